import RefitConnectors
import RefitCore
import Testing

@Suite struct RefitJSONLinesTests {
  private static let file = "state/monitoring/churn/x.jsonl"
  private static let keys = "metric, value, sample_size, window, version, column, slice, known_at"
  private static let ahead =
    "is in the future: it may be at most five minutes ahead of now, 2026-11-23T06:00:00Z"
  private static let noNumber = "write a number, or leave the line out where there is none"
  private static let window = #""window": {"start": "2026-11-22T00:00:00Z", "end": "2026-11-23T00:00:00Z"}"#

  private func parse(_ text: String) -> ObservationReading {
    RefitJSONLines.parse(Array(text.utf8), file: Self.file, now: readingTime)
  }

  private var day: Observation.Window {
    Observation.Window(start: Instant("2026-11-22T00:00:00Z")!, end: Instant("2026-11-23T00:00:00Z")!)
  }

  @Test func readsAllKeys() {
    let reading = parse(
      """
      {"metric": "roc_auc", "value": 0.741, "sample_size": 1200, "window": {"start": "2026-11-22T00:00:00Z", \
      "end": "2026-11-23T00:00:00+00:00"}, "version": 17, "column": "income", "slice": "region=north", \
      "known_at": "2026-11-23 01:00:00"}

      """)
    #expect(reading.rejections.isEmpty)
    #expect(
      reading.observations == [
        Observation(
          metric: "roc_auc", version: 17, column: "income", slice: "region=north", window: day, value: 0.741,
          sampleSize: 1200, source: Self.file, knownAt: Instant("2026-11-23T01:00:00Z")!)
      ])
  }

  @Test func becomesKnownWhenFirstRead() {
    let reading = parse(#"{"metric":"latency","value":-4e-2,\#(Self.window)}"# + "\r\n")
    #expect(
      reading.observations == [
        Observation(metric: "latency", window: day, value: -0.04, source: Self.file, knownAt: readingTime)
      ])
  }

  @Test(arguments: ["1200", "1200.0", "1.2e3"]) func readsWholeNumbersHoweverWritten(digits: String) {
    let reading = parse(#"{"metric":"m","value":1,"sample_size":\#(digits),\#(Self.window)}"# + "\n")
    #expect(reading.observations.first?.sampleSize == 1200)
  }

  @Test(arguments: ["", "\n", "\n\n  \r\n\t\n"]) func hasNothingToSayOfNothing(text: String) {
    #expect(parse(text) == ObservationReading())
  }

  @Test func waitsForTheEndOfTheLastLine() {
    let line = #"{"metric":"m","value":1,\#(Self.window)}"#
    for length in 0...line.utf8.count {
      let reading = parse(line + "\n" + String(line.prefix(length)))
      #expect(reading.observations.count == 1)
      #expect(reading.rejections.isEmpty)
    }
    #expect(parse(line + "\n" + line + "\n").observations.count == 2)
  }

  @Test func waitsForTheEndOfACharacterToo() {
    let bytes = Array("{\"metric\":\"é".utf8).dropLast()
    #expect(RefitJSONLines.parse(Array(bytes), file: Self.file, now: readingTime) == ObservationReading())
  }

  @Test func losesNoOtherLineToABadOne() {
    let good = #"{"metric":"m","value":1,\#(Self.window)}"#
    let reading = parse("\(good)\n\n{\n\(good)\nnonsense\n")
    #expect(reading.observations.count == 2)
    #expect(reading.rejections.map(\.line) == [3, 5])
    #expect(reading.rejections[0].description == "\(Self.file):3: column 2: expected a key in double quotes")
  }

  @Test func countsWhatItDoesNotTell() {
    let reading = parse(String(repeating: "x\n", count: 23))
    #expect(reading.rejections.count == 21)
    #expect(
      reading.rejections.last?.description
        == "\(Self.file): 3 more lines were rejected too; correct the first ones and look again")
    #expect(parse(String(repeating: "x\n", count: 20)).rejections.count == 20)
  }

  @Test func rejectsAFileThatIsNotUTF8() {
    let bytes = Array("{}\n".utf8) + [0x22, 0xC3, 0x28, 0x0A]
    let reading = RefitJSONLines.parse(bytes, file: Self.file, now: readingTime)
    #expect(reading.observations.isEmpty)
    #expect(
      reading.rejections.map(\.description) == [
        "\(Self.file): line 2 is not UTF-8 (byte 4 of the file); write the whole file as UTF-8"
      ])
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let line: String
    let message: String

    init(_ line: String, _ message: String) {
      self.line = line
      self.message = message
    }

    var testDescription: String { message }
  }

  @Test(arguments: [
    Bad(
      #"[1]"#,
      "the line is an array; write an object with \(Self.keys)"),
    Bad(
      #"{"value":1,W}"#,
      "the key 'metric' is missing; add it"),
    Bad(
      #"{"metric":"m",W}"#,
      "the key 'value' is missing; add it"),
    Bad(
      #"{"metric":"m","value":1}"#,
      "the key 'window' is missing; add it"),
    Bad(
      #"{"metric":"m","value":1,W,"sample-size":3}"#,
      "unknown key 'sample-size' in the line; the keys are \(Self.keys)"
    ),
    Bad(
      #"{"metric":"m","value":1,"value":2,W}"#,
      "column 25: the key 'value' stands twice; keep one"),
    Bad(
      #"{"metric":3,"value":1,W}"#,
      "metric is a number; write a string"),
    Bad(
      #"{"metric":"","value":1,W}"#,
      "metric is ''; write 1 to 200 characters, no control characters"),
    Bad(
      #"{"metric":"a\u001b]0;x","value":1,W}"#,
      #"metric is 'a\u{1B}]0;x'; write 1 to 200 characters, no control characters"#),
    Bad(
      #"{"metric":"m","value":"1",W}"#,
      "value is a string; \(Self.noNumber)"),
    Bad(
      #"{"metric":"m","value":null,W}"#,
      "value is null; \(Self.noNumber)"),
    Bad(
      #"{"metric":"m","value":NaN,W}"#,
      "column 23: 'NaN' is no JSON value"),
    Bad(
      #"{"metric":"m","value":1e999,W}"#,
      "value is '1e999', too large; write a number that a double can hold"),
    Bad(
      #"{"metric":"m","value":1,"sample_size":-1,W}"#,
      "sample_size is '-1'; write a whole number, 0 or more"),
    Bad(
      #"{"metric":"m","value":1,"sample_size":1.5,W}"#,
      "sample_size is '1.5'; write a whole number, 0 or more"),
    Bad(
      #"{"metric":"m","value":1,"sample_size":true,W}"#,
      "sample_size is a truth value; write a whole number, 0 or more"),
    Bad(
      #"{"metric":"m","value":1,"version":0,W}"#,
      "version is '0'; write a whole number, 1 or more"),
    Bad(
      #"{"metric":"m","value":1,"version":"m@3",W}"#,
      "version is a string; write a whole number, 1 or more"),
    Bad(
      #"{"metric":"m","value":1,"column":null,W}"#,
      "column is null; write a string"),
    Bad(
      #"{"metric":"m","value":1,"window":"7d"}"#,
      "window is a string; write an object with start, end"),
    Bad(
      #"{"metric":"m","value":1,"window":{"start":"2026-11-22"}}"#,
      "the key 'end' is missing; add it"),
    Bad(
      #"{"metric":"m","value":1,"window":{"start":"2026-11-22","end":"2026-11-23","by":"time"}}"#,
      "unknown key 'by' in window; the keys are start, end"),
    Bad(
      #"{"metric":"m","value":1,"window":{"start":"2026-11-31","end":"2026-12-01"}}"#,
      #"start is '2026-11-31'; write a time such as "2026-12-01T02:15:00Z""#),
    Bad(
      #"{"metric":"m","value":1,"window":{"start":1795404506,"end":1795404506}}"#,
      #"start is a number; write a time such as "2026-12-01T02:15:00Z""#),
    Bad(
      #"{"metric":"m","value":1,"window":{"start":"2026-11-23","end":"2026-11-22"}}"#,
      "the window starts at 2026-11-23T00:00:00Z, after its end 2026-11-22T00:00:00Z; swap them"),
    Bad(
      #"{"metric":"m","value":1,"window":{"start":"2026-11-23","end":"2026-11-23T06:05:01Z"}}"#,
      "the window's end 2026-11-23T06:05:01Z \(Self.ahead)"),
    Bad(
      #"{"metric":"m","value":1,W,"known_at":"9999-12-31T23:59:59Z"}"#,
      "known_at 9999-12-31T23:59:59Z \(Self.ahead)"),
    Bad(
      #"{"metric":"m","value":1,W,"known_at":"2026-11-22T23:00:00Z"}"#,
      "known_at 2026-11-22T23:00:00Z is before the window's end 2026-11-23T00:00:00Z; "
        + "a number is known once its window is over"
    ),
    Bad(
      #"{"metric":"m","value":1,W}{}"#,
      "column 100: text after the end of the value; one line is one value"),
  ])
  func rejects(bad: Bad) {
    let line = bad.line.replacing(",W", with: "," + Self.window)
    let reading = parse(line + "\n")
    #expect(reading.observations.isEmpty)
    #expect(reading.rejections == [ObservationRejection(file: Self.file, line: 1, message: bad.message)])
  }

  @Test func acceptsClocksThatDifferByFiveMinutes() {
    let text = #"{"metric":"m","value":1,"window":{"start":"2026-11-23","end":"2026-11-23T06:05:00Z"}}"#
    #expect(parse(text + "\n").observations.count == 1)
  }
}
