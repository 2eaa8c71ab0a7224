import RefitCore

/// How a scalar is read as a value.
struct ValueKind<Value: Sendable>: Sendable {
  enum Reading {
    case value(Value)
    /// Not what is expected; the sentence follows from `expected`.
    case unexpected
    /// A sentence of its own, and the character of the scalar's text that it speaks of, from 1.
    case refused(String, character: Int = 1)
  }

  /// What is expected, with an example where that helps: `a duration such as 7d, 12h or 90s`.
  let expected: String
  let read: @Sendable (YAMLScalar) -> Reading

  init(_ expected: String, read: @escaping @Sendable (YAMLScalar) -> Reading) {
    self.expected = expected
    self.read = read
  }

  /// The sentence for a value that is not what was expected.
  func complaint(of subject: String, about node: YAMLNode) -> String {
    var message = "\(subject) must be \(expected), not \(node.found)"
    if case .scalar(let scalar) = node.content, expected.hasPrefix("text") {
      switch scalar.value {
      case .boolean, .integer, .number: message += ": write \"\(scalar.text)\""
      case .null, .text: break
      }
    }
    return message
  }
}

// MARK: - Numbers

extension ValueKind where Value == Double {
  /// A finite number, whole or not.
  static func number(
    _ expected: String = "a number", _ isGood: @escaping @Sendable (Double) -> Bool = { _ in true }
  ) -> Self {
    ValueKind(expected) { scalar in
      let number: Double? =
        switch scalar.value {
        case .integer(let integer): Double(integer)
        case .number(let number) where number.isFinite: number
        default: nil
        }
      guard let number, isGood(number) else { return .unexpected }
      return .value(number)
    }
  }

  static let openShare = number("a number over 0 and under 1") { 0 < $0 && $0 < 1 }
  static let share = number("a number over 0 and up to 1") { 0 < $0 && $0 <= 1 }
  static let confidence = number("a number over 0.5 and under 1") { 0.5 < $0 && $0 < 1 }
  static let unit = number("a number from 0 to 1") { 0 <= $0 && $0 <= 1 }
  static let nonNegative = number("a number that is not negative") { $0 >= 0 }
}

extension ValueKind where Value == Int {
  static func integer(_ range: ClosedRange<Int>) -> Self {
    integer("a whole number from \(range.lowerBound) to \(range.upperBound)") { range.contains($0) }
  }

  static func integer(from least: Int) -> Self {
    integer("a whole number of at least \(least)") { $0 >= least }
  }

  private static func integer(_ expected: String, _ isGood: @escaping @Sendable (Int) -> Bool) -> Self {
    ValueKind(expected) { scalar in
      guard case .integer(let integer) = scalar.value, isGood(integer) else { return .unexpected }
      return .value(integer)
    }
  }
}

extension ValueKind where Value == Change {
  /// `0.03` or `5%`, over 0.
  static let change = ValueKind("a number over 0 such as 0.03, or a part of the baseline such as 5%") {
    scalar in
    switch scalar.value {
    case .integer(let amount) where amount > 0: return .value(.absolute(Double(amount)))
    case .number(let amount) where amount > 0 && amount.isFinite: return .value(.absolute(amount))
    case .text where scalar.text.hasSuffix("%"):
      guard let percent = CoreNumber(String(scalar.text.dropLast()))?.double, percent > 0, percent.isFinite
      else { return .unexpected }
      return .value(.relative(percent: percent))
    default: return .unexpected
    }
  }
}

extension CoreNumber {
  fileprivate var double: Double {
    switch self {
    case .integer(let integer): Double(integer)
    case .float(let double): double
    }
  }
}

// MARK: - Lengths of time, sizes

extension ValueKind where Value == Timespan {
  static let duration = duration("a duration such as 7d, 12h or 90s") { $0 > .zero }
  static let durationOrZero = duration("a duration such as 7d, 12h or 0s") { $0 >= .zero }

  private static func duration(_ expected: String, _ isGood: @escaping @Sendable (Timespan) -> Bool) -> Self {
    ValueKind(expected) { scalar in
      guard scalar.value == .text, let span = Timespan(scalar.text), isGood(span) else { return .unexpected }
      return .value(span)
    }
  }
}

extension ValueKind where Value == ByteCount {
  static let size = ValueKind("a size such as 4GiB, 512MiB or 64KiB") { scalar in
    guard scalar.value == .text, let count = ByteCount(scalar.text), count.bytes > 0 else {
      return .unexpected
    }
    return .value(count)
  }
}
