/// Holds a candidate against its gates.
public enum Judge {
  /// What each gate says, in the order of the gates; a fairness gate says it once for each of its group
  /// columns.
  ///
  /// The same gates and evidence give the same results, byte for byte. Traps when the evidence's columns
  /// differ in length, and on a confidence outside of 0.5..<1 or a negative `not-worse-by`, which no
  /// checked configuration has.
  public static func judge(_ gates: [Gate], evidence: Evidence, model: Name) -> [GateResult] {
    let judged = JudgedRows(evidence, model: model)
    return gates.flatMap { gate -> [GateResult] in
      switch gate {
      case .metric(let gate): [gate.judge(judged)]
      case .champion(let gate): [gate.judge(judged)]
      case .fairness(let gate): gate.judge(judged)
      case .leakage: [LeakageCriterion.judge(judged)]
      }
    }
  }
}
