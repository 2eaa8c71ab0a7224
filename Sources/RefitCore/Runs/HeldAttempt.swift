/// An attempt that has ended as unkillable, and of which processes are still there: its lock is held.
public struct HeldAttempt: Hashable, Sendable, Codable {
  public var run: RunID
  public var key: Attempt.Key

  public init(run: RunID, key: Attempt.Key) {
    self.run = run
    self.key = key
  }

  /// What holds the model up, in one sentence.
  public var sentence: String {
    let champion = key.subject == .champion ? " of the champion" : ""
    return
      "processes of \(run), job \(key.job)\(champion), attempt \(key.number), could not be killed and are "
      + "still there"
  }
}
