import Glibc
import RefitCore
import RefitTables

/// What an attempt that ended with exit 0 has left, looked through and sealed.
public struct AttemptOutputs: Sendable, Codable {
  public var uses: [ArtifactUse] = []
  public var model: Artifact?
  public var training: Artifact?
  /// The text of `params.json` and `metrics.json`, canonical.
  public var parameters: String?
  public var metrics: String?

  /// Nothing.
  public init() {}
}

/// Seals outputs: copies them to the vault under their hash.
public struct OutputSealer {
  let project: ProjectDirectory
  let vault: ArtifactVault

  public init(project: ProjectDirectory, vault: ArtifactVault) {
    self.project = project
    self.vault = vault
  }

  /// Looks through the output directory and seals what is in it.
  ///
  /// - Parameter holdout: the rows that a score job must have predicted; nil for any other job.
  /// - Throws: a `DataError` with the sentence "exit 0 but …" when a declared output is missing, empty or
  ///   malformed; a `VaultError` when it could not be stored.
  public func seal(
    _ attempt: Attempt, job: Job, of run: Run, holdout: HoldoutRows?
  ) throws -> AttemptOutputs {
    let directory = project.attempt(attempt.key, of: run.id)
    let output = "\(directory)/output"
    var sealed = AttemptOutputs()
    do {
      let names = try FileBytes.names(in: output)
      try checkDeclared(job, output)
      for name in names {
        let path = "\(output)/\(name)"
        switch name {
        case "params.json": sealed.parameters = try FlatJSON.read(path, name: name)
        case "metrics.json": sealed.metrics = try FlatJSON.read(path, name: name)
        case "predictions.csv" where holdout != nil: _ = try holdout?.predictions(at: path, model: run.model)
        case "inputs.json": sealed.uses += try DeclaredInputs.read(path, attempt: attempt.key, in: project)
        default: break
        }
        try checkSize(of: path, name)
        var artifact = try vault.seal(path)
        if name.hasSuffix(".csv") { artifact = measured(artifact) }
        if name == "model", job.kind == .train { sealed.model = artifact }
        let role = role(of: name, job)
        if role == .training { sealed.training = artifact }
        sealed.uses.append(
          ArtifactUse(artifact: artifact, direction: .output, role: role, name: name, attempt: attempt.key))
      }
      if let training = job.training, sealed.training == nil {
        let use = try trainingInput(training, job, attempt, directory)
        sealed.training = use.artifact
        sealed.uses.append(use)
      }
      return sealed
    } catch let error as VaultError where error.isOfStorage(sealing: directory) {
      // The disk's fault, not the job's: the attempt stays as it is, and is looked at again.
      throw error
    } catch {
      throw DataError(error, prefix: "exit 0 but ")
    }
  }

  private func checkDeclared(_ job: Job, _ output: String) throws(DataError) {
    var declared = job.outputs
    if job.kind == .train { declared.append("model") }
    if job.kind == .score { declared.append("predictions.csv") }
    for name in declared {
      let path = "\(output)/\(name)"
      guard FileBytes.exists(path) else { throw DataError("the output '\(name)' is missing") }
      if FileBytes.isDirectory(path) {
        let isEmpty: Bool
        do { isEmpty = try FileBytes.names(in: path).isEmpty } catch { throw DataError(error) }
        guard !isEmpty else { throw DataError("the output directory '\(name)' is empty") }
      } else if name == "model" {
        throw DataError("the output 'model' must be a directory")
      } else {
        guard try !isEmptyFile(path) else { throw DataError("the output '\(name)' is empty") }
      }
    }
  }

  /// A file of holes may be larger than the disk that it lies on; a copy of it has no holes.
  private func checkSize(of path: String, _ name: String) throws {
    let isDirectory = try FileTree.examine(path).mode & S_IFMT == S_IFDIR
    let files = isDirectory ? try FileTree(at: path).entries.map(\.signature) : [try FileTree.examine(path)]
    let bytes = files.reduce(0) { $0 + Double($1.bytes) }
    if let capacity = FileBytes.capacity(at: path), bytes > Double(capacity) {
      throw DataError("the output '\(name)' is larger than the disk that it lies on")
    }
  }

  private func isEmptyFile(_ path: String) throws(DataError) -> Bool {
    do { return try FileDigest.size(of: path) == 0 } catch { throw DataError(error) }
  }

  /// The declared training file among the inputs: the output of a job that this one needs.
  private func trainingInput(
    _ name: String, _ job: Job, _ attempt: Attempt, _ directory: String
  ) throws -> ArtifactUse {
    for need in job.needs where FileBytes.exists("\(directory)/input/\(need)/\(name)") {
      let artifact = measured(try vault.seal("\(directory)/input/\(need)/\(name)"))
      return ArtifactUse(
        artifact: artifact, direction: .input, role: .training, name: "\(need)/\(name)", attempt: attempt.key)
    }
    throw DataError("the declared training file '\(name)' is neither among its outputs nor among its inputs")
  }

  private func role(of name: String, _ job: Job) -> ArtifactUse.Role {
    switch (name, job.kind) {
    case ("model", .train): .model
    case ("predictions.csv", .score): .predictions
    case (job.training, _): .training
    default: .output
    }
  }

  /// The artifact with its rows and columns; a file that is no table keeps none.
  private func measured(_ artifact: Artifact) -> Artifact {
    var artifact = artifact
    guard artifact.form == .file, let shape = shape(of: vault.path(of: artifact.digest)) else {
      return artifact
    }
    artifact.rows = shape.rows
    artifact.columns = shape.columns
    return artifact
  }

  private func shape(of path: String) -> (rows: Int, columns: Int)? {
    do {
      let header = try CSVFile.header(at: path)
      let table = try CSVFile.read([path], columns: header.prefix(1).map { ColumnRequest($0, as: .text) })
      return (table.rowCount, header.count)
    } catch {
      return nil
    }
  }
}
