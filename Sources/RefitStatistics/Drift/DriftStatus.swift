/// Whether two samples can be compared at all: one usable value a side is enough.
public enum DriftStatus: String, Sendable, Hashable, Codable {
  case ok
  case emptyReference = "empty-reference"
  case emptyCurrent = "empty-current"
  case emptyBoth = "empty-both"

  /// The status of two samples of this many usable values.
  public init(referenceCount: Int, currentCount: Int) {
    self =
      switch (referenceCount, currentCount) {
      case (0, 0): .emptyBoth
      case (0, _): .emptyReference
      case (_, 0): .emptyCurrent
      default: .ok
      }
  }

  /// Why no statistic exists, or nil when both sides have a value.
  public var reason: String? { self == .ok ? nil : rawValue }
}
