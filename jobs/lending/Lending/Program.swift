import Glibc

/// Runs the body of a job and turns what it throws into a sentence on standard error and an exit status:
/// 64 for a wrong command line, else 1.
public func runProgram(_ name: String, _ body: () throws(LendingError) -> Void) -> Never {
  do throws(LendingError) {
    try body()
    exit(0)
  } catch {
    let message = Array("\(name): \(error)\n".utf8)
    _ = write(STDERR_FILENO, message, message.count)
    if case .usage = error { exit(64) }
    exit(1)
  }
}
