import Foundation
import RefitTesting

/// What a project's state folder holds, read from outside by `Tests/Oracles/torture_oracle.py`.
struct StateRows: Decodable {
  struct Occurrence: Decodable, Hashable {
    var model: String
    var schedule: String
    var nominal: Int64
    var state: String
  }

  struct Decision: Decodable {
    var model: String
    var schedule: String
    var nominal: Int64
    var verdict: String
    var runs: Int
  }

  struct Run: Decodable {
    var model: String
    var number: Int
    var state: String
    var reason: String?
    var schedule: String?
    var nominal: Int64?

    var name: String { "\(model)#\(number)" }
    var isLive: Bool { ["queued", "running", "gating", "awaiting-approval"].contains(state) }
  }

  struct Attempt: Decodable {
    var model: String
    var run: Int
    var job: String
    var subject: String
    var number: Int
    var state: String
    var launches: Int
    var reason: String?
    var token: String

    /// As its folder is called.
    var name: String { "\(model)/\(run)/\(job)/\(subject == "champion" ? "champion-" : "")\(number)" }
  }

  struct Champion: Decodable {
    var model: String
    var version: Int
    var sealed: String
    var published: Int64?
  }

  struct Link: Decodable {
    /// What the link says.
    var names: String
    /// Of the tree that it leads to, computed anew.
    var digest: String
  }

  struct Version: Decodable, Hashable {
    var model: String
    var number: Int
    var sealed: String
    var code: String?
    var training: String?
  }

  struct Promotion: Decodable, Hashable {
    var model: String
    var kind: String
    var version: Int
  }

  struct Report: Decodable, Hashable {
    var model: String
    var candidate: Int
    var champion: Int?
    var verdict: String
    var digest: String
  }

  struct Event: Decodable {
    var kind: String
    var model: String?
    var leaf: String
  }

  var integrity: [String]
  /// How many steps of the schema the database has seen.
  var schema: [Int]
  var dangling: Int
  /// When the first configuration came in force; nil before.
  var applied: [Int64?]
  var occurrences: [Occurrence]
  var decisions: [Decision]
  var runs: [Run]
  var attempts: [Attempt]
  var champions: [Champion]
  var links: [String: Link?]
  var versions: [Version]
  var promotions: [Promotion]
  var reports: [Report]
  var events: [Event]

  init(of project: TorturedProject) throws {
    let output = "\(project.path)/output/rows.json"
    let script = Repository.path("Tests/Oracles/torture_oracle.py")
    let oracle = try Subprocess(Oracle.interpreter(), [script, project.path], output: .kept(output))
    guard try oracle.wait() == .exited(0) else {
      throw SupportFailure("torture_oracle.py could not read \(project.path):\n\(oracle.printed)")
    }
    self = try JSONDecoder().decode(StateRows.self, from: Data(oracle.printed.utf8))
  }
}
