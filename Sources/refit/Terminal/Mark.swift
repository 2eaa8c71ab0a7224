/// One sign for an answer: of a gate, a condition, a job.
enum Mark: Hashable, Sendable, CaseIterable {
  case yes, no, unknown, waiting

  var style: TextStyle {
    switch self {
    case .yes: .good
    case .no: .bad
    case .unknown: .warning
    case .waiting: .dim
    }
  }
}

extension Terminal {
  /// `✓ ✗ ? ·`, each one column wide; `+ x ? .` where only ASCII can be shown.
  func mark(_ mark: Mark) -> String {
    let sign =
      switch mark {
      case .yes: hasUnicode ? "✓" : "+"
      case .no: hasUnicode ? "✗" : "x"
      case .unknown: "?"
      case .waiting: hasUnicode ? "·" : "."
      }
    return styled(sign, mark.style)
  }

  /// What stands where there is no value.
  var nothing: String { hasUnicode ? "–" : "-" }
}
