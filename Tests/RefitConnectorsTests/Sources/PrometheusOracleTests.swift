import RefitConnectors
import RefitCore
import RefitTesting
import Testing

/// Refit against the parser of prometheus_client, on real files and on random texts.
@Suite struct PrometheusOracleTests {
  private struct Question: Encodable {
    let texts: [String]
  }

  private struct Answer: Decodable {
    let answers: [[Sample]]
  }

  private struct Sample: Decodable, Hashable, CustomStringConvertible {
    let metric: String
    let value: String
    let milliseconds: Int64?

    init(metric: String, value: String, milliseconds: Int64?) {
      self.metric = metric
      self.value = value
      self.milliseconds = milliseconds
    }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      metric = try container.decode(String.self)
      let text = try container.decode(String.self)
      value = ["nan": "NaN", "inf": "+Inf", "-inf": "-Inf"][text] ?? "\(Double(text)!)"
      milliseconds = try container.decodeIfPresent(Int64.self)
    }

    var description: String { "\(metric) \(value) \(milliseconds.map(String.init) ?? "-")" }
  }

  private let modified = Instant("2026-11-23T05:30:00Z")!

  private func read(_ text: String) -> [Sample] {
    let reading = PrometheusText.parse(Array(text.utf8), file: "x.prom", modified: modified, now: readingTime)
    #expect(reading.rejections.isEmpty)
    return reading.observations.map { observation in
      let end = observation.window.end
      return Sample(
        metric: observation.metric, value: observation.value.map { "\($0)" } ?? observation.undefined!,
        milliseconds: end == modified ? nil : end.microseconds / 1000)
    }
  }

  @Test func readsWhatThePythonClientReads() throws {
    var random = SeededGenerator(seed: 3)
    let texts =
      [PrometheusSamples.published, PrometheusSamples.pushgateway, PrometheusSamples.nodeExporter]
      + (0..<300).map { _ in random.exposition() }
    let answers = try Oracle.ask("prometheus_oracle.py", Question(texts: texts), as: Answer.self).answers
    try #require(answers.count == texts.count)
    for (text, answer) in zip(texts, answers) {
      // The client gathers samples by family, so that only the set is the same.
      #expect(Set(read(text)) == Set(answer), "\(text)")
      #expect(!answer.isEmpty)
    }
  }
}

extension SeededGenerator {
  /// A text of up to ten distinct samples that both parsers must take.
  fileprivate mutating func exposition() -> String {
    (0...Int.random(in: 0..<10, using: &self)).map { "m\($0)_" + sample() + "\n" }.joined()
  }

  private mutating func sample() -> String {
    let space = ["", " ", "\t", "  "].randomElement(using: &self)!
    let values = [
      "0", "-1.5", "3e8", "NaN", "+Inf", "-Inf", "1.7976931348623157e308", "12.47", "5E-324", "+7", ".5",
    ]
    var text = ["a", "b_total", "c_bucket", "d:sum"].randomElement(using: &self)!
    if Bool.random(using: &self) {
      let names = ["le", "quantile", "_x", "Feature9"].shuffled(using: &self).prefix(
        Int.random(in: 1..<4, using: &self))
      text += "{" + space + names.map { "\($0)=\"\(labelValue())\"" }.joined(separator: "," + space)
      text += Bool.random(using: &self) ? ",}" : "}"
    }
    text += " " + space + values.randomElement(using: &self)!
    if Bool.random(using: &self) {
      text += " \(Int64.random(in: -1_000_000...1_790_000_000_000, using: &self))"
    }
    return text
  }

  private mutating func labelValue() -> String {
    let parts = ["a", "é", #"\""#, #"\\"#, #"\n"#, "}", "{", "#", "日本", "+Inf", " "]
    return (0..<Int.random(in: 0..<6, using: &self)).map { _ in parts.randomElement(using: &self)! }.joined()
  }
}
