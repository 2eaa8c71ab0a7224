/// A holdout as it was pinned for a run.
public struct FrozenHoldout: Hashable, Sendable, Codable {
  /// Of the whole table: ids, times, features, labels and groups.
  public var digest: Digest
  /// Of what score jobs see: the same rows without labels and groups.
  public var blinded: Digest
  /// Of the list of ids that training must not use.
  public var withheld: Digest
  public var rows: Int
  /// How it came about, in words: the path, or the draw with its window.
  public var origin: String

  public init(digest: Digest, blinded: Digest, withheld: Digest, rows: Int, origin: String) {
    self.digest = digest
    self.blinded = blinded
    self.withheld = withheld
    self.rows = rows
    self.origin = origin
  }
}
