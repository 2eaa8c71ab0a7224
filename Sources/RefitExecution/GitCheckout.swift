import Foundation
import RefitCore

/// The state of the code that jobs run from.
public struct GitCheckout: Hashable, Sendable {
  public var commit: String
  /// What `git diff HEAD` tells, and each untracked file of the code as a diff against nothing; nil where the tree
  /// is clean.
  public var diff: [UInt8]?

  /// Git could not tell how the tree is. That is not the same as a clean one.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
  }

  /// A larger untracked file is named, and not recorded.
  private static let largestFile: Int64 = 1 << 20
  /// As many untracked files are recorded; the names of the others are.
  private static let mostFiles = 500

  /// Nil where the directory is no git checkout with a commit, or git is not installed.
  ///
  /// - Parameter code: files and folders, relative to the directory, in which untracked files count too unless git
  ///   is told to ignore them. A file that lies in the directory itself stands for all that lie beside it.
  public static func read(at directory: String, code: [String]) throws(Failure) -> GitCheckout? {
    guard isInCheckout(directory), let head = run(["rev-parse", "--verify", "HEAD"], in: directory),
      head.status == 0
    else {
      return nil
    }
    let commit = String(decoding: head.output, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    var diff = try output(of: ["diff", "--no-ext-diff", "--no-textconv", "--binary", "HEAD"], in: directory)
    for (index, path) in try untracked(in: directory, code).enumerated() {
      diff += index < mostFiles ? try addition(of: path, in: directory) : omission(of: path)
    }
    return GitCheckout(commit: commit, diff: diff.isEmpty ? nil : diff)
  }

  /// Whether `.git` lies in the directory or above it, which is where git looks. Asking git itself takes longer than
  /// all else that the start of an attempt does.
  private static func isInCheckout(_ directory: String) -> Bool {
    var place = directory[...]
    while true {
      if FileBytes.exists("\(place)/.git") { return true }
      guard let slash = place.lastIndex(of: "/") else { return false }
      place = place[..<slash]
    }
  }

  /// Relative to the directory, sorted.
  private static func untracked(in directory: String, _ code: [String]) throws(Failure) -> [String] {
    guard !code.isEmpty else { return [] }
    let places = code.map { path in
      path.contains("/") || FileBytes.isDirectory("\(directory)/\(path)") ? ":(literal)\(path)" : ":(glob)*"
    }
    let names = try output(
      of: ["ls-files", "-z", "--others", "--exclude-standard", "--"] + Set(places).sorted()
        + [":(exclude,literal)state"],
      in: directory)
    return names.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  /// The file as a diff against nothing.
  private static func addition(of path: String, in directory: String) throws(Failure) -> [UInt8] {
    let file = "\(directory)/\(path)"
    guard FileBytes.isRegularFile(file) else { return omission(of: path) }
    do { guard try FileDigest.size(of: file) <= largestFile else { return omission(of: path) } } catch {
      throw Failure(description: "\(error)")
    }
    return try output(
      of: ["diff", "--no-ext-diff", "--no-textconv", "--binary", "--no-index", "--", "/dev/null", path],
      in: directory, accepting: 0...1)
  }

  private static func omission(of path: String) -> [UInt8] {
    Array("untracked, and not recorded: \(path)\n".utf8)
  }

  private static func output(
    of arguments: [String], in directory: String, accepting statuses: ClosedRange<Int32> = 0...0
  ) throws(Failure) -> [UInt8] {
    let result = run(arguments, in: directory)
    guard let result, statuses.contains(result.status) else {
      throw Failure(
        description: "whether the code has uncommitted changes can't be told: 'git \(arguments[0])' fails in "
          + "\(directory); run it there to see why")
    }
    return result.output
  }

  /// What git printed, and its exit status; nil when it could not be started, or a signal ended it.
  private static func run(
    _ arguments: [String], in directory: String
  ) -> (status: Int32, output: [UInt8])? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // The code counts, also where the checkout is another user's; and looking at it must not write to it.
    let settings = ["--no-optional-locks", "-c", "safe.directory=*", "-c", "core.quotePath=true"]
    process.arguments = ["git", "-C", directory] + settings + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    do { try process.run() } catch { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit else { return nil }
    return (process.terminationStatus, Array(bytes))
  }
}
