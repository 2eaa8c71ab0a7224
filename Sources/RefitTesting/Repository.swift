import Foundation

/// The repository that the tests were compiled from.
public enum Repository {
  /// This file is Sources/RefitTesting/Repository.swift in it.
  public static let root: String = {
    var place = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<3 { place.deleteLastPathComponent() }
    return place.path
  }()

  /// The path of something in the repository.
  public static func path(_ name: String) -> String { "\(root)/\(name)" }

  /// What is written in a file of the repository.
  public static func text(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: path(name)), encoding: .utf8)
  }
}
