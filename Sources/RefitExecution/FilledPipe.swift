import Glibc
import RefitCore

/// A pipe that already holds all that its reader will find: bytes for another process that reach no file and no
/// command line. Nobody waits for the reader, and none has to be there.
struct FilledPipe {
  /// `fcntl`: a pipe's capacity. The C header shows it to GNU programs only.
  private static let setCapacity: Int32 = 1031
  /// More than Linux grants to any user unless the administrator says otherwise.
  private static let mostBytes = 1 << 20
  /// What each pipe holds.
  private static let leastCapacity = 4096

  /// Where the bytes are read; closed when a program is executed.
  let end: Int32

  /// Nil when the bytes are too many for any pipe.
  init?(_ bytes: [UInt8]) throws(LaunchError) {
    guard bytes.count <= Self.mostBytes else { return nil }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw LaunchError("a job's secrets can't be passed on: no pipe (\(String(cString: strerror(errno))))")
    }
    defer { Glibc.close(ends[1]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let fits = bytes.count <= Self.leastCapacity || fcntl(ends[1], Self.setCapacity, Int32(bytes.count)) > 0
    guard fits, write(ends[1], bytes, bytes.count) == bytes.count else {
      let cause = String(cString: strerror(errno))
      Glibc.close(ends[0])
      throw LaunchError("a job's secrets can't be passed on: no pipe of \(bytes.count) bytes (\(cause))")
    }
    end = ends[0]
  }

  func close() { Glibc.close(end) }
}
