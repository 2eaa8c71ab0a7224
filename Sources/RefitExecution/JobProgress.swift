import FoundationEssentials
import RefitCore

/// How far a job says it is, from the lines that it has written to `REFIT_PROGRESS`.
public struct JobProgress: Hashable, Sendable, Encodable {
  public var done: Double
  public var total: Double?
  public var note: String?
  /// The course of each metric that it reports, the oldest value first.
  public var metrics: [String: [Double]]

  private struct Line: Decodable {
    var done: Double
    var total: Double?
    var note: String?
    var metrics: [String: Double]?
  }

  /// Of a long file its end is read: a curve is told by its newest values.
  private static let newest: Int64 = 256 << 10

  /// Nil while there is no whole line. Lines that can't be read are passed over: progress is told, never trusted.
  public static func read(_ path: String) -> JobProgress? {
    let bytes: [UInt8]
    do { bytes = try FileBytes.readEnd(path, limit: newest) } catch { return nil }
    let decoder = JSONDecoder()
    var progress: JobProgress?
    for text in bytes.split(separator: UInt8(ascii: "\n")) {
      let line: Line
      do { line = try decoder.decode(Line.self, from: Data(text)) } catch { continue }
      var metrics = progress?.metrics ?? [:]
      for (name, value) in line.metrics ?? [:] { metrics[name, default: []].append(value) }
      progress = JobProgress(done: line.done, total: line.total, note: line.note, metrics: metrics)
    }
    return progress
  }
}
