import Foundation
import RefitCore
import RefitExecution
import RefitEngine

/// What the jobs of an `EngineProject` do: the model is one weight, and a score is `x` or `1 − x` by its sign.
enum PlayedJobs {
  static let succeeded = ExitRecord(reason: .exited, exitCode: 0)

  static func play(_ order: LaunchOrder) -> ExitRecord {
    do {
      switch order.environment["REFIT_JOB"] {
      case nil: try Worker.work(in: order.directory, of: ProjectDirectory(root: order.workingDirectory))
      case "train": try train(order)
      default: try score(order)
      }
      return succeeded
    } catch {
      return ExitRecord(reason: .exited, exitCode: 1)
    }
  }

  static func train(_ order: LaunchOrder) throws {
    let weight = try String(contentsOfFile: "\(order.workingDirectory)/weight", encoding: .utf8)
    try write(weight, to: "model/weight", of: order)
    try write("id\ntrained-1\ntrained-2\n", to: "training.csv", of: order)
  }

  static func score(_ order: LaunchOrder) throws {
    let input = order.environment["REFIT_INPUT"] ?? ""
    let weight = try String(contentsOfFile: "\(input)/model/weight", encoding: .utf8)
    let isUpright = !weight.hasPrefix("-")
    let rows = try String(contentsOfFile: "\(input)/holdout.csv", encoding: .utf8).split(separator: "\n")
    var text = "id,score\n"
    for row in rows.dropFirst() {
      let fields = row.split(separator: ",")
      let x = Double(fields[2])!
      text += "\(fields[0]),\(isUpright ? x : 1 - x)\n"
    }
    try write(text, to: "predictions.csv", of: order)
  }

  static func write(_ text: String, to name: String, of order: LaunchOrder) throws {
    let url = URL(filePath: "\(order.environment["REFIT_OUTPUT"] ?? "")/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
