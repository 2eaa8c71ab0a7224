import Foundation
import RefitTesting
import Testing

/// What tests of `refit score` have in common.
protocol ScoreCommandCase {}

extension ScoreCommandCase {
  static var binary: [String] {
    ["--task", "binary-classification", "--label", "y", "--score", "p"]
  }

  func score(
    _ scratch: ScratchDirectory, _ arguments: [String], resamples: Int = 100
  ) throws -> Command {
    try Command.run(
      try Products.path("refit"), ["score", "new.csv", "--resamples", "\(resamples)"] + arguments,
      in: scratch.path,
      environment: ["NO_COLOR": "1"])
  }

  func files(_ new: String, old: String? = nil) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory("refit-score")
    try scratch.write(new, to: "new.csv")
    if let old { try scratch.write(old, to: "old.csv") }
    return scratch
  }

  func answer(_ command: Command) throws -> JSONTree {
    try #require([0, 1, 2].contains(command.status), "\(command.errors)")
    return try JSONDecoder().decode(JSONTree.self, from: Data(command.output.utf8))
  }

  /// Rows whose scores are as good as the sharpness, with a group each.
  func predictions(_ rows: Int, seed: UInt64, sharpness: Double = 1, header: String = "id,y,p,sex")
    -> String
  {
    var generator = SeededGenerator(seed: 3)
    var noise = SeededGenerator(seed: seed)
    return "\(header)\n"
      + (0..<rows).map { row in
        let label = generator.chance(0.4)
        let score = 1 / (1 + exp(-(noise.bell() + (label ? sharpness : -sharpness))))
        return "\(row),\(label ? 1 : 0),\(score),\(row % 3 == 0 ? "F" : "M")\n"
      }.joined()
  }
}
