import Foundation
import RefitTesting
import Testing

/// A text file of the repository, as the tidy tests look at it.
struct SourceFile: Sendable, CustomTestStringConvertible {
  /// Relative to the repository's root.
  let path: String
  let text: String
  /// A Swift file without comments and the contents of strings, line for line; empty for other files.
  let code: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = path.hasSuffix(".swift") ? SwiftCode.withoutTextAndComments(text) : ""
  }

  /// The target that compiles it: the folder under `Sources` or `Tests`.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  var name: String { String(path.split(separator: "/").last ?? "") }
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

  var testDescription: String { path }
}

/// The repository that these tests were compiled from.
enum SourceTree {
  /// Every text file that people keep: no builds, no virtual environments, nothing that Refit or a job wrote.
  static let files: [SourceFile] = {
    let paths = FileManager.default.subpaths(below: Repository.root) { isKept($0) }
    return paths.compactMap { path in
      guard let data = FileManager.default.contents(atPath: Repository.path(path)), data.count < 1 << 20,
        let text = String(validating: data, as: UTF8.self), !text.contains("\0")
      else { return nil }
      return SourceFile(path: path, text: text)
    }
  }()

  static func swift(under folders: String...) -> [SourceFile] {
    files.filter { file in
      file.path.hasSuffix(".swift") && folders.contains { file.path.hasPrefix($0 + "/") }
    }
  }

  static let package = files.first { $0.path == "Package.swift" }!

  private static func isKept(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    if path == "jobs/bin" || path == "data" || name == "__pycache__" { return false }
    if path.hasPrefix("state/") && !path.hasPrefix("state/monitoring") { return false }
    return !name.hasPrefix(".") || path == ".ci" || path == ".gitignore" || path == ".swift-format"
  }
}

extension FileManager {
  /// The files under a directory, relative to it, in order; a folder that is not kept is not entered.
  fileprivate func subpaths(below root: String, isKept: (String) -> Bool) -> [String] {
    var found: [String] = []
    var open = [""]
    while let folder = open.popLast() {
      for name in (try? contentsOfDirectory(atPath: root + "/" + folder)) ?? [] {
        let path = folder.isEmpty ? name : folder + "/" + name
        guard isKept(path) else { continue }
        let type = try? attributesOfItem(atPath: root + "/" + path)[.type] as? FileAttributeType
        if type == .typeDirectory { open.append(path) }
        if type == .typeRegular { found.append(path) }
      }
    }
    return found.sorted()
  }
}
