import Foundation

/// A service manager of a test's own: hears what a daemon tells through `NOTIFY_SOCKET`.
public final class NotifySocket: Sendable {
  private let descriptor: Int32

  /// - Parameter name: as in `NOTIFY_SOCKET`: a path, or `@` and an abstract name.
  public init(_ name: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array((name.hasPrefix("@") ? "\0" + name.dropFirst() : Substring(name)).utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard status == 0 else { throw SupportFailure("can't listen at \(name): \(errno)") }
  }

  deinit {
    close(descriptor)
  }

  /// The next datagram that is there; empty when there is none.
  public func heard() -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  /// Waits for a datagram that begins so.
  public func wait(for beginning: String) throws {
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 60_000) == 1 else {
        throw SupportFailure("waited in vain to be told '\(beginning)'")
      }
      if heard().hasPrefix(beginning) { return }
    }
  }
}
