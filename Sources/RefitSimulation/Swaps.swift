import Foundation

/// Sealed models that someone has written to behind Refit's back.
struct Swaps {
  private var originals: [String: String] = [:]
  static let foreign = "someone else's model\n"

  /// Writes other bytes into the sealed model at this path.
  mutating func swap(_ path: String) throws {
    guard let original = ScratchProject.read(path), original != Self.foreign else { return }
    originals[path] = original
    try Self.write(Self.foreign, path)
  }

  /// Lets all of them look as they were sealed: what reads them now can't tell.
  func hide() throws { for (path, original) in originals { try Self.write(original, path) } }

  func show() throws { for path in originals.keys { try Self.write(Self.foreign, path) } }

  private static func write(_ text: String, _ path: String) throws {
    chmod(path, 0o644)
    try ScratchProject.write(text, to: path)
    chmod(path, 0o444)
  }
}
