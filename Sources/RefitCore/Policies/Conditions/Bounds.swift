extension Change {
  /// Whether a move away from the baseline is at least this change; noise of floating point aside.
  func isReached(by move: Double, from baseline: Double) -> Bool {
    let amount = amount(from: baseline)
    return move > 0 && (move >= amount || isNoise(move - amount, of: baseline, move))
  }

  /// `0.03` or `5 %`.
  var words: String {
    switch self {
    case .absolute(let amount): Figure.exact(amount)
    case .relative(let percent): "\(Figure.exact(percent)) %"
    }
  }
}

extension Threshold {
  /// `below 0.7`.
  var words: String {
    switch self {
    case .below(let bound): "below \(Figure.exact(bound))"
    case .above(let bound): "above \(Figure.exact(bound))"
    }
  }

  /// The change of the named number that would bring it to the other side of the bound.
  func flip(of name: String, at number: Double, _ truth: Truth) -> Finding.Flip {
    let amount = abs(number - value)
    let size = max(abs(number), abs(value))
    let isBelow = if case .below = self { true } else { false }
    let by = amount == 0 ? "at all" : "by another \(Figure.change(amount))"
    let phrase =
      truth == .yes
      ? "if \(name) had been \(Figure.change(amount)) \(isBelow ? "higher" : "lower")"
      : "if \(name) \(isBelow ? "fell" : "rose") \(by)"
    return Finding.Flip(distance: size == 0 ? 0 : amount / size, phrase: phrase)
  }
}
