import RefitStatistics

extension DriftReading {
  var style: TextStyle {
    switch self {
    case .large: .bad
    case .some, .unknown: .warning
    case .perhapsChance: .dim
    case .little: .plain
    }
  }

  /// In one or two words.
  var words: String {
    switch self {
    case .large: "large drift"
    case .some: "some drift"
    case .perhapsChance: "perhaps chance"
    case .little: "little drift"
    case .unknown: "not comparable"
    }
  }
}
