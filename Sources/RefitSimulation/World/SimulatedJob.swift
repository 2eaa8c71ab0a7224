import RefitCore
import RefitExecution

/// What simulated jobs read and write. A model is one number between 0 and 1, how much of the truth it has learnt.
enum SimulatedJob {
  /// The share of the truth that a training finds: fixed by the seed and the run, whatever else happens.
  static func quality(seed: UInt64, run: String) -> Double {
    let chance = Chance.unit(seed, run)
    // One in five learns next to nothing.
    return Chance.unit(seed, run + "/luck") < 0.2 ? chance * 0.1 : 0.5 + chance / 2
  }

  static func model(seed: UInt64, run: String) -> String {
    "quality=\(quality(seed: seed, run: run)) run=\(run)\n"
  }

  static func score(x: Double, id: String, model: String) -> Double {
    let fields = model.split(separator: "=")
    let quality = fields.count > 1 ? Double(fields[1].prefix { $0 != " " }) ?? 0 : 0
    return quality * x + (1 - quality) * Chance.unit(0, model + id)
  }

  /// Leaves what the behaviour leaves in the output folder.
  static func run(_ behaviour: Behaviour, _ order: LaunchOrder, kind: JobKind, seed: UInt64) throws {
    let output = order.environment["REFIT_OUTPUT"] ?? ""
    let run = order.environment["REFIT_RUN"] ?? ""
    switch (kind, behaviour) {
    case (_, .noOutput): return
    case (.train, .emptyModel): try FileBytes.makeDirectory("\(output)/model")
    case (.train, _):
      try ScratchProject.write(model(seed: seed, run: run), to: "\(output)/model/weights")
      if behaviour == .halfOutput { return }
      try ScratchProject.write("id\ntrained-1\ntrained-2\n", to: "\(output)/training.csv")
    case (.score, _): try score(behaviour, order, output)
    case (.work, _), (.check, _): return
    }
    if let metrics = metrics(behaviour) { try ScratchProject.write(metrics, to: "\(output)/metrics.json") }
  }

  private static func metrics(_ behaviour: Behaviour) -> String? {
    switch behaviour {
    case .malformedMetrics: #"{"loss": "#
    case .infiniteMetrics: #"{"loss": NaN}"#
    default: nil
    }
  }

  private static func score(_ behaviour: Behaviour, _ order: LaunchOrder, _ output: String) throws {
    let input = order.environment["REFIT_INPUT"] ?? ""
    let model = ScratchProject.read("\(input)/model/weights") ?? ""
    let rows = (ScratchProject.read("\(input)/holdout.csv") ?? "").split(separator: "\n")
    let column = rows.first?.split(separator: ",").firstIndex(of: "x") ?? 1
    var lines = ["id,score"]
    for row in rows.dropFirst() {
      let fields = row.split(separator: ",")
      let score = score(x: Double(fields[column]) ?? 0, id: String(fields[0]), model: model)
      lines.append("\(fields[0]),\(score)")
    }
    switch behaviour {
    case .missingRows: lines.removeLast(3)
    case .undefinedScores: lines[lines.count - 1] = lines[lines.count - 1].prefix { $0 != "," } + ",nan"
    case .foreignRows: lines.append("nobody,0.5")
    default: break
    }
    try ScratchProject.write(lines.joined(separator: "\n") + "\n", to: "\(output)/predictions.csv")
  }
}

/// Numbers that follow from a seed and a name alone, so that leaving one happening out changes no other.
enum Chance {
  /// FNV-1a, then a finaliser: well spread, and the same on every machine.
  static func bits(_ seed: UInt64, _ name: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (seed &* 0x9E37_79B9_7F4A_7C15)
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }

  /// Uniform on 0..<1.
  static func unit(_ seed: UInt64, _ name: String) -> Double { Double(bits(seed, name) >> 11) * 0x1p-53 }
}
