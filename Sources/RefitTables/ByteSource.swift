/// The bytes of a table's text from its beginning to its end, wherever they come from.
protocol ByteSource: AnyObject {
  /// About how many bytes there are in all; nil where that is not known.
  var expectedByteCount: Int? { get }
  /// Which file they are in; nil where that is not known.
  var identity: FileIdentity? { get }
  /// Puts the next bytes at the beginning of a buffer that is not empty and returns how many they are: 0 at the end
  /// and only there. Throws when there is no reading on.
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TableError) -> Int
}

extension ByteSource {
  var expectedByteCount: Int? { nil }
  var identity: FileIdentity? { nil }
}

/// A file whatever its path.
struct FileIdentity: Hashable, Sendable {
  let device: UInt
  let inode: UInt
}
