import RefitConnectors
import RefitCore
import Testing

@Suite struct PrometheusTextTests {
  private static let file = "state/monitoring/churn/x.prom"
  private let modified = Instant("2026-11-23T05:30:00Z")!

  private func parse(_ text: String) -> ObservationReading {
    PrometheusText.parse(Array(text.utf8), file: Self.file, modified: modified, now: readingTime)
  }

  /// The example of Prometheus's own documentation (exposition_formats.md), comments and odd spacing included.
  @Test func readsThePublishedExample() {
    let reading = parse(PrometheusSamples.published)
    #expect(reading.rejections.isEmpty)
    #expect(
      reading.observations.map(\.metric) == [
        #"http_requests_total{code="200",method="post"}"#, #"http_requests_total{code="400",method="post"}"#,
        #"msdos_file_access_time_seconds{error="Cannot find file:\n\"FILE.TXT\"","#
          + #"path="C:\\DIR\\FILE.TXT"}"#,
        "metric_without_timestamp_and_labels", #"something_weird{problem="division by zero"}"#,
        #"http_request_duration_seconds_bucket{le="0.05"}"#,
        #"http_request_duration_seconds_bucket{le="+Inf"}"#,
        "http_request_duration_seconds_sum", "http_request_duration_seconds_count",
        #"rpc_duration_seconds{quantile="0.01"}"#, "rpc_duration_seconds_sum",
      ])
    let first = reading.observations[0]
    #expect(first.value == 1027)
    #expect(first.window.start == first.window.end)
    #expect(first.window.end == Instant("2014-03-17T14:26:03Z")!)
    #expect(first.knownAt == readingTime)
    #expect(first.sampleSize == nil)
    #expect(reading.observations[3].window == Observation.Window(start: modified, end: modified))
    #expect(reading.observations[4].value == nil)
    #expect(reading.observations[4].undefined == "+Inf")
    #expect(reading.observations[4].window.end == Instant(microseconds: -3_982_045_000))
  }

  @Test(arguments: [
    ("NaN", "NaN"), ("nan", "NaN"), ("-NaN", "NaN"), ("+Inf", "+Inf"), ("Inf", "+Inf"), ("-Inf", "-Inf"),
    ("-infinity", "-Inf"), ("1e999", "+Inf"),
  ])
  func saysWhyANumberDoesNotExist(word: String, undefined: String) {
    let reading = parse("m \(word)\n")
    #expect(reading.rejections.isEmpty)
    #expect(reading.observations.map(\.value) == [nil])
    #expect(reading.observations.map(\.undefined) == [undefined])
  }

  @Test(arguments: ["", "\n", "# HELP m Text.\n# TYPE m gauge\n#\n  # note\n", "m 1"])
  func findsNothingWhereNothingIsWhole(text: String) {
    #expect(parse(text) == ObservationReading())
  }

  @Test func waitsForTheEndOfTheLastLine() {
    let reading = parse("a 1\nb 12")
    #expect(reading.observations.map(\.metric) == ["a"])
    #expect(reading.rejections.isEmpty)
  }

  @Test(arguments: [
    ("m", "the value is missing; write a number, NaN, +Inf or -Inf"),
    ("m one", "the value is 'one'; write a number, NaN, +Inf or -Inf"),
    ("m 0x10", "the value is '0x10'; write a number, NaN, +Inf or -Inf"),
    ("m 1_000", "the value is '1_000'; write a number, NaN, +Inf or -Inf"),
    ("m 1,5", "the value is '1,5'; write a number, NaN, +Inf or -Inf"),
    ("m 1 1.5", "the timestamp is '1.5'; write whole milliseconds since 1970"),
    ("m 1 9223372036854775", "the timestamp is '9223372036854775'; write whole milliseconds since 1970"),
    (
      "m 1 9223372036854775807",
      "the timestamp is '9223372036854775807'; write whole milliseconds since 1970"
    ),
    (
      "m 1 1395066363000 x",
      "text after the timestamp; a sample is: name{label=\"value\"} number milliseconds"
    ),
    ("9m 1", "column 1: expected a metric's name, not '9m 1'"),
    ("my.metric 1", "the value is '.metric'; write a number, NaN, +Inf or -Inf"),
    (#"{"my.metric"} 1"#, #"column 1: expected a metric's name, not '{"my.metric"} 1'"#),
    (#"m{a="1" 2"#, "column 9: expected ',' or '}' after the label 'a'"),
    (#"m{a="1",,b="2"} 1"#, #"column 9: expected a label's name, not ',b="2"} 1'"#),
    (#"m{a="1",a="2"} 1"#, "the label 'a' stands twice; keep one"),
    (#"m{a:b="1"} 1"#, "column 4: expected '=' after the label 'a'"),
    (#"m{a=1} 1"#, "column 5: the value of the label 'a' must be in double quotes"),
    (#"m{a="1} 1"#, "the value of the label 'a' has no closing quote"),
    (#"m{a="\t"} 1"#, #"the label 'a' has an unknown escape; there are \\, \" and \n"#),
    ("m{a=\"\u{1B}[2J\"} 1", "the label 'a' holds a control character; leave it out"),
    ("m{a=\"\\", #"the label 'a' has an unknown escape; there are \\, \" and \n"#),
    ("m{", "column 3: expected a label's name, not ''"),
    (
      "m 1 1795413901000",
      "the timestamp 2026-11-23T06:05:01Z is in the future: it may be at most five minutes ahead of now, "
        + "2026-11-23T06:00:00Z"
    ),
  ])
  func rejectsALine(line: String, message: String) {
    let reading = parse("before 1\n\(line)\nafter 2\n")
    #expect(reading.observations.map(\.metric) == ["before", "after"])
    #expect(reading.rejections == [ObservationRejection(file: Self.file, line: 2, message: message)])
  }

  @Test func rejectsASampleThatStandsTwice() {
    let reading = parse(
      """
      m{a="1",b="2"} 1
      m{b="2",a="1"} 2
      m{b="2",a="1",} 3
      m{a="1",b="2"} 4 5

      """)
    #expect(reading.observations.map(\.value) == [1, 4])
    #expect(
      reading.rejections.map(\.description) == [
        "\(Self.file):2: the same sample stands on line 1; keep one",
        "\(Self.file):3: the same sample stands on line 1; keep one",
      ])
  }

  @Test func rejectsAFileFromTheFuture() {
    let reading = PrometheusText.parse(
      Array("m 1\nn 1 1795413600000\n".utf8), file: Self.file, modified: Instant("2026-11-23T07:00:00Z")!,
      now: readingTime)
    #expect(reading.observations.map(\.metric) == ["n"])
    #expect(reading.rejections.map(\.line) == [1])
    #expect(
      reading.rejections[0].message.hasPrefix("the file's modification time 2026-11-23T07:00:00Z is in the"))
  }

  @Test func rejectsOpenMetricsAsAWhole() {
    let reading = parse("# TYPE m counter\nm_total 3 1795404478.740\n# EOF\n")
    #expect(reading.observations.isEmpty)
    #expect(
      reading.rejections.map(\.description) == [
        "\(Self.file): line 3 says that this is OpenMetrics, with timestamps in seconds; "
          + "export the text format 0.0.4"
      ])
  }
}
