/// What a gate says. Inconclusive is not pass.
public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
  case pass, fail, inconclusive

  /// Of several: fail when one fails, else inconclusive when one is, else pass.
  public static func combined(_ verdicts: some Sequence<Verdict>) -> Verdict {
    var result = Verdict.pass
    for verdict in verdicts {
      if verdict == .fail { return .fail }
      if verdict == .inconclusive { result = .inconclusive }
    }
    return result
  }
}
