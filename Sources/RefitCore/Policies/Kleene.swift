/// Kleene's strong three-valued logic: unknown stays unknown unless the other parts settle the answer.
extension Truth {
  init(_ value: Bool) { self = value ? .yes : .no }

  /// True when one is true, else unknown when one is unknown, else false; false for none.
  public static func any(_ parts: some Sequence<Truth>) -> Truth {
    var result = Truth.no
    for part in parts {
      if part == .yes { return .yes }
      if part == .unknown { result = .unknown }
    }
    return result
  }

  /// False when one is false, else unknown when one is unknown, else true; true for none.
  public static func all(_ parts: some Sequence<Truth>) -> Truth {
    any(parts.lazy.map(\.negated)).negated
  }

  /// True and false change places, unknown stays.
  public var negated: Truth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }
}

extension Condition {
  /// The truth of the tree, given the truth of each of its leaves from left to right.
  func truth(of leaves: [Truth]) -> Truth {
    var rest = leaves[...]
    return truth(taking: &rest)
  }

  private func truth(taking rest: inout ArraySlice<Truth>) -> Truth {
    switch self {
    case .any(let parts): Truth.any(parts.map { $0.truth(taking: &rest) })
    case .all(let parts): Truth.all(parts.map { $0.truth(taking: &rest) })
    case .not(let part): part.truth(taking: &rest).negated
    default: rest.removeFirst()
    }
  }
}
