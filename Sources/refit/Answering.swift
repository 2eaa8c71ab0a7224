import ArgumentParser
import Glibc
import RefitEngine
import Synchronization

/// What a command is there for.
enum Purpose {
  /// It says something. Where that can't be written the command has failed.
  case telling
  /// It does something, which is done whether or not anybody hears of it.
  case doing
}

/// Runs a command's body; a failure is told on standard error, and ends the process with its exit code.
func answering(for purpose: Purpose = .telling, _ body: () throws -> Void) throws {
  do {
    try body()
    if case .telling = purpose, let trouble = StandardOutput.trouble { throw Failure(.failure, trouble) }
  } catch let error as EngineError {
    try leave(Failure(error))
  } catch let error as Failure {
    try leave(error)
  } catch let error where error is ExitCode || error is ValidationError {
    throw error
  } catch {
    try leave(Failure(.failure, "\(error)"))
  }
  if let trouble = StandardOutput.trouble { complain("the work is done, but \(trouble)") }
}

private func leave(_ failure: Failure) throws -> Never {
  complain(failure.description)
  throw ExitCode(failure.code.rawValue)
}

/// Tells on standard error what is wrong, each line of it as one of Refit's own.
func complain(_ trouble: String) {
  let terminal = Terminal.standardError
  for line in trouble.split(separator: "\n") {
    say("\(terminal.styled("refit:", .bad)) \(ShownText(String(line)).text)", to: .standardError)
  }
}

/// Where a line goes.
enum Stream: Int32 {
  case standardOutput = 1
  case standardError = 2
}

/// Prints a line, at once, also through a pipe.
func say(_ line: String, to stream: Stream = .standardOutput, terminator: String = "\n") {
  say(Array((line + terminator).utf8), to: stream)
}

/// Prints bytes as they are, at once. That they could not be printed `StandardOutput.trouble` tells.
func say(_ bytes: [UInt8], to stream: Stream = .standardOutput) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(stream.rawValue, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else {
      if stream == .standardOutput { StandardOutput.note(errno) }
      return
    }
    rest = rest.dropFirst(count)
  }
}

/// How this process has fared with its standard output, as `ferror` tells it of a stream of C.
enum StandardOutput {
  private static let failure = Mutex<Int32?>(nil)

  /// A reader who has gone, as `head` does, has heard enough: that is no trouble.
  fileprivate static func note(_ code: Int32) {
    guard code != EPIPE else { return }
    failure.withLock { $0 = $0 ?? code }
  }

  /// What kept something from being written to it; nil where all was.
  static var trouble: String? {
    failure.withLock { $0 }.map { code in
      "what it says could not be written to standard output: \(String(cString: strerror(code)))"
    }
  }
}
