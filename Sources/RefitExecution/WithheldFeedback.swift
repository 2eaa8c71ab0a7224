import Glibc
import RefitCore
import RefitTables

/// The feedback as a run's jobs may see it: without the rows of the ids that are withheld from training.
///
/// The copies are made once for a run and a state of a file, and lie in the run's directory until it has ended.
struct WithheldFeedback {
  let project: ProjectDirectory
  let vault: ArtifactVault

  /// For each feedback file that holds withheld rows a copy without them.
  ///
  /// - Throws: a `DataError` when a file can't be read as a table with its id column.
  func covers(for run: Run, withheld: Digest) throws -> [SandboxView.Cover] {
    guard let log = run.model.feedback else { return [] }
    let files = project.files(matching: log.path)
    guard !files.isEmpty else { return [] }
    let directory = Self.directory(of: run.id, in: project)
    try FileBytes.makeDirectory(directory)
    var ids: RowIndex?
    var covers: [SandboxView.Cover] = []
    for file in files {
      let name = "\(directory)/\(try Self.key(of: file))"
      if FileBytes.exists("\(name).whole") { continue }
      if !FileBytes.exists("\(name).csv") {
        let index = try ids ?? readIDs(withheld)
        ids = index
        guard let rest = try rest(of: file, column: log.columns.id, without: index) else {
          try FileBytes.touch("\(name).whole")
          continue
        }
        try FileBytes.write(rest, to: "\(name).csv", mode: 0o644)
      }
      covers.append(SandboxView.Cover(file: file, replacement: "\(name).csv"))
    }
    return covers
  }

  /// Removes the copies of a run that has ended.
  static func remove(of run: RunID, in project: ProjectDirectory) throws(FileBytes.Failure) {
    let directory = directory(of: run, in: project)
    guard FileBytes.exists(directory) else { return }
    for name in try FileBytes.names(in: directory) where unlink("\(directory)/\(name)") != 0 {
      throw FileBytes.Failure(path: "\(directory)/\(name)", doing: "can't be removed")
    }
    guard rmdir(directory) == 0 else { throw FileBytes.Failure(path: directory, doing: "can't be removed") }
  }

  /// No job has this name: it begins with a point.
  private static func directory(of run: RunID, in project: ProjectDirectory) -> String {
    "\(project.run(run))/.feedback"
  }

  /// Another one as soon as the file is another, or was written to.
  private static func key(of file: String) throws(FileBytes.Failure) -> String {
    var status = stat()
    guard stat(file, &status) == 0 else { throw FileBytes.Failure(path: file, doing: "can't be read") }
    let time = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    return FileDigest.digest(of: "\(file)\n\(status.st_ino)\n\(status.st_size)\n\(time)".utf8).description
  }

  private func readIDs(_ withheld: Digest) throws -> RowIndex {
    do {
      let path = vault.path(of: withheld)
      let ids = try CSVFile.read([path], columns: [ColumnRequest("id", as: .text)]).text("id")
      return try RowIndex(ids, duplicates: .first)
    } catch let error as TableError {
      throw DataError(error)
    }
  }

  private func rest(of file: String, column: String, without ids: RowIndex) throws(DataError) -> [UInt8]? {
    do { return try CSVFile.bytes(of: file, withoutRowsWhere: column) { ids[$0] != nil } } catch {
      throw DataError(error)
    }
  }
}
