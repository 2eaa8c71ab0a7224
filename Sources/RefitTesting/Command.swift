import Foundation

/// A program that a test runs to its end, and what came of it.
public struct Command: Sendable {
  public var status: Int32
  public var output: String
  public var errors: String

  /// Runs a program and waits for it.
  ///
  /// - Parameters:
  ///   - input: the path of the file that is its standard input; nil: nothing.
  ///   - environment: variables beside those of the test.
  public static func run(
    _ program: String, _ arguments: [String], in directory: String? = nil, input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Command {
    try start(program, arguments, in: directory, input: input, environment: environment).wait()
  }

  /// Starts a program, and lets it be waited for later.
  public static func start(
    _ program: String, _ arguments: [String], in directory: String? = nil, input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Started {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, mine in mine }
    if let directory { process.currentDirectoryURL = URL(filePath: directory) }
    process.standardInput = try input.map { try FileHandle(forReadingFrom: URL(filePath: $0)) } ?? .nullDevice
    // Files, not pipes: a job that outlives the program must not hold the test up.
    let scratch = try ScratchDirectory("refit-output")
    process.standardOutput = FileHandle(forWritingAtPath: try scratch.write("", to: "out"))
    process.standardError = FileHandle(forWritingAtPath: try scratch.write("", to: "err"))
    try process.run()
    return Started(process: process, scratch: scratch)
  }

  /// A program that runs.
  public struct Started: @unchecked Sendable {
    public let process: Process
    fileprivate let scratch: ScratchDirectory

    public var identifier: pid_t { process.processIdentifier }

    /// What it has printed so far.
    public var output: String { (try? scratch.read("out")) ?? "" }

    public func wait() -> Command {
      process.waitUntilExit()
      let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
      return Command(status: status, output: output, errors: (try? scratch.read("err")) ?? "")
    }

    public func kill(_ signal: Int32) {
      Foundation.kill(process.processIdentifier, signal)
    }
  }
}

/// Waits until a condition holds, looking again and again, and gives up after a time limit.
public func eventually(
  within seconds: Double = 20, _ condition: () throws -> Bool
) rethrows -> Bool {
  let end = Date().addingTimeInterval(seconds)
  while Date() < end {
    if try condition() { return true }
    usleep(20_000)
  }
  return try condition()
}
