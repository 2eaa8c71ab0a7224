import RefitCore

/// Refit's own format of monitoring state: one JSON object a line, one observation an object.
///
///     {"metric": "latency_p95_ms", "value": 41.5, "sample_size": 9120,
///      "window": {"start": "2026-11-22T00:00:00Z", "end": "2026-11-23T00:00:00Z"}}
///
/// (in one line), with `version`, `column`, `slice` and `known_at` where they apply.
public enum RefitJSONLines {
  /// Reads a file's bytes; a last line without a newline waits for its end, blank lines are nothing. `file` names the
  /// source of the observations and the place of the rejections; `now` is when they become known, unless they say.
  public static func parse(_ bytes: [UInt8], file: String, now: Instant) -> ObservationReading {
    var reading = FileReading(file: file)
    do throws(LineRefusal) {
      try TextLines(bytes).forEach { number, line in
        do throws(LineRefusal) {
          reading.take(try ObservationLine(line).observation(source: file, now: now))
        } catch {
          reading.reject(line: number, error.message)
        }
      }
    } catch {
      return ObservationReading(rejections: [ObservationRejection(file: file, message: error.message)])
    }
    return reading.finished()
  }
}
