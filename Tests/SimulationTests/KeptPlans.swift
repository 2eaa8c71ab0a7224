import Foundation
import RefitTesting

/// The plans in `Kept/`: each made an invariant fail once. None is ever taken out.
enum KeptPlans {
  static func path(_ name: String) -> String { Repository.path("Tests/SimulationTests/Kept/\(name)") }

  static let files: [String] = {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path("")).filter { $0.hasSuffix(".json") }
        .sorted()
    } catch {
      return []
    }
  }()
}
