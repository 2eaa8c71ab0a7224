import CZlib

/// The bytes that a gzip file unpacks to (RFC 1952): one member or several one after the other, as appending to a
/// compressed log makes them. What follows the last member may only be zero bytes, as tapes leave them.
///
/// Memory stays small whatever the file unpacks to.
final class GzipFile: ByteSource {
  private enum State {
    /// Before a member or the end of the file.
    case betweenMembers
    case inMember
    case atEnd
  }

  private let file: RegularFile
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let packed = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  private var state = State.betweenMembers
  private var hasMember = false
  /// Whether nothing was read yet.
  private var isUnread = true

  private static let magic: [UInt8] = [0x1F, 0x8B]
  /// The largest window, and 16 for gzip's header and checksum in place of zlib's own.
  private static let windowBits: Int32 = 15 + 16

  var identity: FileIdentity? { file.identity }

  /// Unpacks a file.
  init(_ file: RegularFile) throws(TableError) {
    self.file = file
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw failure("zlib cannot begin: \(Self.name(of: status))") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    packed.deallocate()
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TableError) -> Int {
    let wanted = min(buffer.count, Int(UInt32.max))
    stream.pointee.next_out = buffer.baseAddress
    stream.pointee.avail_out = UInt32(wanted)
    let least = isUnread ? min(FileSignature.size, wanted) : 1
    while wanted - Int(stream.pointee.avail_out) < least, state != .atEnd {
      switch state {
      case .atEnd: break
      case .betweenMembers: try beginMember()
      case .inMember: try unpack()
      }
    }
    let count = wanted - Int(stream.pointee.avail_out)
    if isUnread, let found = FileSignature(buffer.prefix(count)) { throw failure(found.adviceOnPacked) }
    isUnread = false
    return count
  }

  private func beginMember() throws(TableError) {
    try fill(atLeast: Self.magic.count)
    let next = UnsafeBufferPointer(start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
    if next.starts(with: Self.magic) {
      inflateReset(stream)
      hasMember = true
      state = .inMember
    } else if hasMember {
      try skipZeros()
    } else {
      throw failure("the name says gzip, but the file does not begin as gzip does")
    }
  }

  /// Steps over the zero bytes up to the end of the file.
  private func skipZeros() throws(TableError) {
    repeat {
      let rest = UnsafeBufferPointer(start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
      guard rest.allSatisfy({ $0 == 0 }) else {
        throw failure("something that is not gzip follows the compressed data")
      }
      stream.pointee.avail_in = 0
      try fill(atLeast: 1)
    } while stream.pointee.avail_in > 0
    state = .atEnd
  }

  private func unpack() throws(TableError) {
    try fill(atLeast: 1)
    guard stream.pointee.avail_in > 0 else {
      throw failure("the compressed data ends in the middle; the file was cut off")
    }
    switch inflate(stream, Z_NO_FLUSH) {
    case Z_OK: break
    case Z_STREAM_END: state = .betweenMembers
    case let status:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? Self.name(of: status)
      throw failure("the compressed data is damaged: \(reason)")
    }
  }

  /// Reads on until so many packed bytes are at hand or the file ends.
  private func fill(atLeast wanted: Int) throws(TableError) {
    var count = Int(stream.pointee.avail_in)
    guard count < wanted, let base = packed.baseAddress else { return }
    if count > 0, let next = stream.pointee.next_in { base.update(from: next, count: count) }
    while count < wanted {
      let received = try file.read(into: UnsafeMutableBufferPointer(rebasing: packed[count...]))
      if received == 0 { break }
      count += received
    }
    stream.pointee.next_in = base
    stream.pointee.avail_in = UInt32(count)
  }

  private func failure(_ message: String) -> TableError { TableError(file: file.path, message: message) }

  private static func name(of status: Int32) -> String {
    zError(status).map { String(cString: $0) } ?? "status \(status)"
  }
}
