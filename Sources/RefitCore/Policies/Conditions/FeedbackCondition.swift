/// True when enough labels have matured since the champion's interval ended (or since the interval of the
/// last judged run, when that is later).
public struct FeedbackCondition: Hashable, Sendable, Codable {
  public var rows: Int

  public init(rows: Int) {
    self.rows = rows
  }
}
