import RefitCore

/// Prometheus's text format, version 0.0.4: what its clients, the Pushgateway and node_exporter's textfiles hold.
public enum PrometheusText {
  /// Reads a file's bytes. A sample's name with its sorted labels is the metric, the parts of a histogram or a
  /// summary are samples like any other; its window is its timestamp, or `modified`, as start and end. NaN and the
  /// infinities are undefined values. Comments, HELP and TYPE tell people and are skipped; a last line without a
  /// newline waits.
  public static func parse(
    _ bytes: [UInt8], file: String, modified: Instant, now: Instant
  ) -> ObservationReading {
    var reading = FileReading(file: file)
    do throws(LineRefusal) {
      let lines = try TextLines(bytes)
      try refuseOpenMetrics(lines)
      var firstLine: [Key: Int] = [:]
      lines.forEach { number, line in
        do throws(LineRefusal) {
          guard let sample = try PrometheusSample(line: line) else { return }
          let instant = try instant(of: sample, modified: modified, now: now)
          let key = Key(metric: sample.metric, instant: instant)
          if let first = firstLine.updateValue(number, forKey: key) {
            firstLine[key] = first
            throw LineRefusal("the same sample stands on line \(first); keep one")
          }
          reading.take(observation(of: sample, at: instant, source: file, now: now))
        } catch {
          reading.reject(line: number, error.message)
        }
      }
    } catch {
      return ObservationReading(rejections: [ObservationRejection(file: file, message: error.message)])
    }
    return reading.finished()
  }

  private struct Key: Hashable {
    let metric: String
    let instant: Instant
  }

  private static func instant(
    of sample: PrometheusSample, modified: Instant, now: Instant
  ) throws(LineRefusal) -> Instant {
    let instant = sample.timestamp ?? modified
    let name = sample.timestamp == nil ? "the file's modification time" : "the timestamp"
    try ClockTolerance.check(instant, called: name, now: now)
    return instant
  }

  private static func observation(
    of sample: PrometheusSample, at instant: Instant, source: String, now: Instant
  ) -> Observation {
    Observation(
      metric: sample.metric, window: Observation.Window(start: instant, end: instant),
      value: sample.value.isFinite ? sample.value : nil,
      undefined: sample.value.isFinite ? nil : word(sample.value), source: source, knownAt: now)
  }

  /// As Prometheus writes it.
  private static func word(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
  }

  /// OpenMetrics looks the same but counts timestamps in seconds: read as milliseconds they would lie in 1970.
  private static func refuseOpenMetrics(_ lines: TextLines) throws(LineRefusal) {
    var line: Int?
    lines.forEach { number, bytes in
      if bytes.elementsEqual("# EOF".utf8) || bytes.elementsEqual("# EOF\r".utf8) { line = line ?? number }
    }
    guard let line else { return }
    throw LineRefusal(
      "line \(line) says that this is OpenMetrics, with timestamps in seconds; export the text format 0.0.4")
  }
}
