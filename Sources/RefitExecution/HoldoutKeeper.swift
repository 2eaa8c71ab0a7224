import struct Crypto.HMAC
import struct Crypto.SHA256
import struct Crypto.SymmetricKey
import RefitCore
import RefitTables

/// Freezes a run's holdout: which rows it has, what score jobs may see of them, and what training must leave out.
public struct HoldoutKeeper {
  let project: ProjectDirectory
  let vault: ArtifactVault

  public init(project: ProjectDirectory, vault: ArtifactVault) {
    self.project = project
    self.vault = vault
  }

  /// The three tables of a holdout, before they are sealed.
  struct Tables {
    var full: CSVWriter
    var blinded: CSVWriter
    var withheld: CSVWriter
    var rows = 0
    var labels = LabelValues()
    var origin: String
    var uses: [ArtifactUse] = []
  }

  /// Pins the holdout of a run as it was known when the run was opened.
  ///
  /// - Parameter drawKey: the model's own, so that an id is always on the same side of the draw.
  /// - Throws: a `DataError` with a sentence when a file can't be used, no row is left, or the labels are
  ///   not the two classes of the task; a `VaultError` when the tables could not be stored.
  public func freeze(_ run: Run, drawKey: [UInt8]) throws -> (FrozenHoldout, [ArtifactUse]) {
    guard let holdout = run.model.holdout else { throw DataError("model \(run.id.model) has no 'holdout'") }
    let tables: Tables
    switch holdout.origin {
    case .path(let path): tables = try fixed(path, holdout, run)
    case .draw(let draw): tables = try drawn(draw, holdout, run, key: SymmetricKey(data: drawKey))
    }
    guard tables.rows > 0 else {
      throw DataError("the holdout is empty: \(tables.origin) gave no labelled row")
    }
    if run.model.task == .binaryClassification {
      try tables.labels.check(positive: run.model.feedback?.positive ?? "1")
    }
    let full = try vault.seal(bytes: tables.full.bytes)
    let blinded = try vault.seal(bytes: tables.blinded.bytes)
    let withheld = try vault.seal(bytes: tables.withheld.bytes)
    let frozen = FrozenHoldout(
      digest: full.digest, blinded: blinded.digest, withheld: withheld.digest, rows: tables.rows,
      origin: tables.origin)
    let uses = [
      ArtifactUse(artifact: full, direction: .input, role: .holdout, name: "holdout"),
      ArtifactUse(artifact: blinded, direction: .input, role: .holdout, name: "holdout.csv"),
      ArtifactUse(artifact: withheld, direction: .input, role: .withheld, name: "withheld.csv"),
    ]
    return (frozen, uses + tables.uses)
  }

  // MARK: - A fixed file

  private func fixed(_ path: String, _ holdout: Holdout, _ run: Run) throws(DataError) -> Tables {
    let file = project.absolute(path)
    do {
      let header = try CSVFile.header(at: file)
      let table = try CSVFile.read([file], columns: header.map { ColumnRequest($0, as: .text) })
      let columns = HoldoutColumns(model: run.model, holdout: holdout, header: header)
      try columns.checkNames()
      try columns.check(header, file: path)
      let picked = try columns.pick(from: table)
      _ = try RowIndex.unique(picked.ids, of: table)
      var tables = columns.emptyTables(origin: "the file \(path)")
      for row in 0..<table.rowCount {
        guard !picked.label[row].isEmpty else {
          throw DataError("\(path):\(table.location(ofRow: row).line): no label in column '\(columns.label)'")
        }
        picked.append(row, to: &tables)
        tables.withheld.append(row: [.text(picked.ids[row])])
      }
      // The monitoring state that led to the run, although no row of the holdout comes from it.
      tables.uses = try uses(of: [(file, .holdout)])
      tables.uses += try logUses(
        LabelledLog.LogFiles(
          predictions: run.model.predictions.map { project.files(matching: $0.path) } ?? [],
          feedback: run.model.feedback.map { project.files(matching: $0.path) } ?? []))
      return tables
    } catch {
      throw DataError(error)
    }
  }

  // MARK: - A draw from feedback

  private func drawn(
    _ draw: Holdout.Draw, _ holdout: Holdout, _ run: Run, key: SymmetricKey
  ) throws(DataError) -> Tables {
    guard let log = run.model.predictions, let first = project.files(matching: log.path).first else {
      throw DataError("no file matches predictions.path '\(run.model.predictions?.path ?? "")'")
    }
    do {
      let header = try TableFile.columnNames(of: first)
      let columns = HoldoutColumns(model: run.model, holdout: holdout, header: header)
      try columns.checkNames()
      let wanted = (columns.features + holdout.groups).map { ColumnRequest($0, as: .text) }
      let rows = try LabelledLog.read(run.model, in: project, columns: wanted, knownAt: run.knownAt)
      let picked = try columns.pick(from: rows.table)
      let start = run.knownAt - draw.last
      let origin =
        "\(draw.share) of the ids whose labels matured from \(start) to \(run.knownAt), drawn by a keyed hash"
      var tables = columns.emptyTables(origin: origin)
      // Also ids whose labels have yet to mature: a later draw may take them.
      var held = (0..<rows.count).filter { row in
        rows.maturedAt[row].map { $0 > start } ?? true
          && isHeldOut(rows.ids, row, share: draw.share, key: key)
      }
      // Which file a row came in is of no account.
      held.sort { (rows.times[$0], rows.ids[$0]) < (rows.times[$1], rows.ids[$1]) }
      for row in held {
        tables.withheld.append(row: [.text(rows.ids[row])])
        if rows.maturedAt[row] != nil { picked.append(row, label: rows.label(row) ?? "", to: &tables) }
      }
      tables.uses = try logUses(rows.files)
      return tables
    } catch {
      throw DataError(error)
    }
  }

  /// Whether the keyed hash of the id, as a number in [0, 1), is under the share.
  private func isHeldOut(_ ids: TextColumn, _ row: Int, share: Double, key: SymmetricKey) -> Bool {
    ids.withBytes(at: row) { bytes in
      let code = HMAC<SHA256>.authenticationCode(for: UnsafeRawBufferPointer(bytes), using: key)
      let leading = code.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self).bigEndian }
      return Double(leading >> 11) / Double(1 << 53) < share
    }
  }

  private func logUses(_ files: LabelledLog.LogFiles) throws(DataError) -> [ArtifactUse] {
    let logs = files.predictions.map { ($0, ArtifactUse.Role.predictionLog) }
    let labels = files.feedback.map { ($0, ArtifactUse.Role.feedbackLog) }
    return try uses(of: logs + labels)
  }

  private func uses(of files: [(String, ArtifactUse.Role)]) throws(DataError) -> [ArtifactUse] {
    var uses: [ArtifactUse] = []
    for (file, role) in files {
      do {
        let artifact = try FileDigest.artifact(at: file)
        uses.append(
          ArtifactUse(artifact: artifact, direction: .input, role: role, name: project.relative(file)))
      } catch {
        throw DataError(error)
      }
    }
    return uses
  }
}
