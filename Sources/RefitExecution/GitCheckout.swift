import Foundation
import RefitCore

/// The state of the code that jobs run from.
public struct GitCheckout: Hashable, Sendable {
  public var commit: String
  /// `git diff HEAD`; nil where the tree is clean.
  public var diff: [UInt8]?

  /// Nil where the directory is no git checkout with a commit, or git is not installed.
  public static func read(at directory: String) -> GitCheckout? {
    guard let head = git(["rev-parse", "--verify", "HEAD"], in: directory) else { return nil }
    let commit = String(decoding: head, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    let diff = git(["diff", "--no-ext-diff", "--no-textconv", "HEAD"], in: directory) ?? []
    return GitCheckout(commit: commit, diff: diff.isEmpty ? nil : diff)
  }

  /// What git printed; nil when it did not succeed.
  private static func git(_ arguments: [String], in directory: String) -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", directory] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    do { try process.run() } catch { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? Array(bytes) : nil
  }
}
