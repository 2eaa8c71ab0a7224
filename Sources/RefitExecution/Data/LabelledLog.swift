import RefitCore
import RefitTables

/// A model's prediction log with the labels that had arrived by a given time, row by row.
public struct LabelledLog: Sendable {
  public let model: Model
  public let files: LogFiles
  public let table: Table
  public let ids: TextColumn
  public let times: [Instant]
  /// By row: the row of its label in `labels`, or −1.
  public let labelRows: [Int32]
  public let labels: LabelColumn?
  /// By row: when its label matured; nil while it has not.
  public let maturedAt: [Instant?]

  /// The files that were read.
  public struct LogFiles: Hashable, Sendable, Codable {
    public var predictions: [String]
    public var feedback: [String]

    public init(predictions: [String], feedback: [String]) {
      self.predictions = predictions
      self.feedback = feedback
    }
  }

  public var count: Int { ids.count }

  /// Reads the log and the feedback as they were known at an instant: later labels are not there yet.
  ///
  /// - Parameter columns: further columns of the prediction log, beside those that the model names.
  /// - Throws: a sentence when no file matches, a column is missing, a time can't be read, or an id occurs twice.
  public static func read(
    _ model: Model, in project: ProjectDirectory, columns: [ColumnRequest], knownAt: Instant
  ) throws(DataError) -> LabelledLog {
    try MonitoredLog.read(model, in: project, columns: columns).known(at: knownAt)
  }

  /// The label's text of a row; nil while it has none.
  public func label(_ row: Int) -> String? {
    labelRows[row] < 0 ? nil : labels?[Int(labelRows[row])]
  }

  static func read(_ files: [String], _ requests: [ColumnRequest]) throws(DataError) -> Table {
    do { return try TableFile.read(files, columns: requests) } catch { throw DataError(error) }
  }

  static func text(_ name: String, of table: Table) throws(DataError) -> TextColumn {
    do { return try table.text(name) } catch { throw DataError(error) }
  }

  /// The column's times; a missing or unreadable one is an error.
  static func instants(_ name: String, of table: Table) throws(DataError) -> [Instant] {
    do {
      return try table.values(
        of: name, expected: "a time; write ISO 8601, for example 2026-03-01T02:15:00Z"
      ) { Instant(iso8601: $0) }
    } catch {
      throw DataError(error)
    }
  }
}

extension RowIndex {
  /// An index of ids: every row has one, and each occurs only once.
  static func unique(_ ids: TextColumn, of table: Table) throws(DataError) -> RowIndex {
    if let row = (0..<ids.count).first(where: { ids.isMissing($0) }) {
      let place = table.location(ofRow: row)
      throw DataError("\(place.file):\(place.line): the id is missing")
    }
    do { return try RowIndex(ids) } catch {
      let places = error.rows.map { row in
        let place = table.location(ofRow: row)
        return "\(place.file):\(place.line)"
      }
      throw DataError(
        "\(places.last ?? ""): id '\(error.text)' is already at \(places.first ?? ""); ids must be unique")
    }
  }
}
