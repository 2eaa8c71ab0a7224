import Foundation
import RefitConfiguration
import RefitTesting
import Testing

@testable import RefitConfiguration

@Suite("The JSON Schema and the parser agree") struct SchemaTests {
  @Test("It accepts what the parser accepts, as written and as resolved")
  func acceptance() throws {
    let resolved = try SampleFile.good.map {
      ConfigurationFile.resolvedYAML(try SampleFile.parse($0).project)
    }
    let files = SampleFile.good + resolved + AcceptedValue.all.map(\.file) + (try Documented.files())
    for (file, objection) in zip(files, try SchemaOracle.objections(to: files)) {
      #expect(objection == nil, "\(file)")
    }
  }

  @Test("It refuses what the parser refuses, but for what a schema can't say")
  func refusal() throws {
    let files = BadFile.all
    for (file, objection) in zip(files, try SchemaOracle.objections(to: files.map(\.text))) {
      if let reason = file.beyondSchema {
        #expect(objection == nil, "\(file.message): no longer beyond the schema (\(reason.rawValue))")
      } else {
        #expect(objection != nil, "\(file.message)")
      }
    }
  }

  @Test("It knows the keys that the parser knows", arguments: Vocabulary.named)
  func keys(of name: String, vocabulary: Vocabulary) throws {
    let schema = try JSONDecoder().decode(
      Schema.self, from: Data(try Repository.text("Documentation/refit.schema.json").utf8))
    let definition = try #require(schema.definitions[name])
    #expect(definition.properties.map { Set($0.keys) } == Set(vocabulary.keys))
  }

  private struct Schema: Decodable {
    struct Definition: Decodable {
      struct Anything: Decodable {}
      let properties: [String: Anything]?
    }
    let definitions: [String: Definition]

    enum CodingKeys: String, CodingKey { case definitions = "$defs" }
  }
}

extension Vocabulary {
  /// The vocabularies by the names that the schema gives them.
  static let named: [(String, Vocabulary)] = [
    ("project", .project), ("model", .model), ("predictions", .predictions),
    ("predictionColumns", .predictionColumns), ("features", .features), ("feedback", .feedback),
    ("feedbackColumns", .feedbackColumns), ("decision", .decision), ("holdout", .holdout), ("draw", .draw),
    ("monitors", .monitors), ("performanceMonitor", .performanceMonitor), ("driftMonitor", .driftMonitor),
    ("schedule", .schedule), ("misfire", .misfire), ("ready", .ready),
    ("retrain", .retrain), ("gate", .gate),
    ("metricGate", .metricGate),
    ("championGate", .championGate), ("fairnessGate", .fairnessGate), ("leakageGate", .leakageGate),
    ("job", .job), ("retries", .retries), ("condition", .condition),
    ("performanceCondition", .performanceCondition), ("driftCondition", .driftCondition),
    ("feedbackCondition", .feedbackCondition), ("ageCondition", .ageCondition),
    ("observationCondition", .observationCondition), ("persistence", .persistence),
  ]
}
