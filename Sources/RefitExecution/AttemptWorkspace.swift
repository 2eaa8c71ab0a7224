import Glibc
import RefitCore

/// Prepares the directory of an attempt: what the job reads, where it writes, and the environment that tells it so.
public struct AttemptWorkspace {
  let project: ProjectDirectory
  let vault: ArtifactVault

  public init(project: ProjectDirectory, vault: ArtifactVault) {
    self.project = project
    self.vault = vault
  }

  /// What a job reads.
  public enum Inputs: Hashable, Sendable {
    /// The outputs of the jobs that it needs, by job, and the ids that it must not use.
    case outputs([Name: [ArtifactUse]], withheld: Digest?)
    /// A version with its sealed code, and the holdout without labels.
    case scoring(Version, holdout: Digest)
  }

  /// The attempt's directory relative to its parts.
  struct Layout {
    let root: String
    var input: String { "\(root)/input" }
    var output: String { "\(root)/output" }
    var work: String { "\(root)/work" }
    var progress: String { "\(root)/progress" }
  }

  /// Makes the directories and the copies; doing it again gives the same.
  ///
  /// - Throws: a `DataError` when the vault has not what the job needs; a `VaultError` or a `FileBytes.Failure`
  ///   when storage fails.
  public func prepare(_ attempt: Attempt, of run: Run, inputs: Inputs) throws {
    let layout = Layout(root: project.attempt(attempt.key, of: run.id))
    do {
      try FileBytes.makeDurableDirectory(layout.root)
      try FileBytes.makeDirectory(layout.input)
      try FileBytes.makeDirectory(layout.output)
      switch inputs {
      case .outputs(let outputs, let withheld):
        for (job, uses) in outputs {
          try FileBytes.makeDirectory("\(layout.input)/\(job)")
          for use in uses { try copy(use.artifact.digest, to: "\(layout.input)/\(job)/\(use.name)") }
        }
        if let withheld { try copy(withheld, to: "\(layout.input)/withheld.csv") }
      case .scoring(let version, let holdout):
        try copy(version.model, to: "\(layout.input)/model")
        try copy(holdout, to: "\(layout.input)/holdout.csv")
        try FileBytes.makeDirectory(layout.work)
        if let code = version.code, let path = version.codePath {
          if let slash = path.lastIndex(of: "/") {
            try FileBytes.makeDirectory("\(layout.work)/\(path[..<slash])")
          }
          try copy(code, to: "\(layout.work)/\(path)")
        }
      }
      try close(layout.input)
      // The attempt's row is written only once its directory is there to stay.
      try FileBytes.sync(directory: layout.root)
    } catch let error as VaultError where error.isOfContent {
      throw DataError("\(error)")
    }
  }

  /// Makes the directory of inputs, and those of the jobs in it, read-only: the copies in them are already.
  private func close(_ input: String) throws {
    for name in try FileBytes.names(in: input) where FileBytes.isDirectory("\(input)/\(name)") {
      try TreeCopy.close(directory: "\(input)/\(name)")
    }
    try TreeCopy.close(directory: input)
  }

  private func copy(_ digest: Digest, to path: String) throws {
    if !FileBytes.exists(path) { try vault.materialise(digest, at: path) }
  }

  /// The order that starts the attempt.
  ///
  /// - Throws: a sentence when a variable refers to something that is not there.
  public func order(
    for attempt: Attempt, job: Job, of run: Run, facts: AttemptFacts
  ) throws(DataError) -> LaunchOrder {
    let layout = Layout(root: project.attempt(attempt.key, of: run.id))
    var environment = Self.plainEnvironment
    var secrets: Set<String> = []
    for (name, text) in job.variables {
      let resolved: References.Resolved
      do { resolved = try References.resolve(text, in: project) } catch {
        throw DataError("variable \(name): \(error)")
      }
      environment[name] = resolved.value
      secrets.formUnion(resolved.secrets)
    }
    environment["REFIT_MODEL"] = run.id.model.text
    environment["REFIT_RUN"] = run.id.description
    environment["REFIT_JOB"] = job.name.text
    environment["REFIT_ATTEMPT"] = String(attempt.number)
    environment["REFIT_INTERVAL_START"] = run.interval.start?.description
    environment["REFIT_INTERVAL_END"] = run.interval.end.description
    environment["REFIT_KNOWN_AT"] = run.knownAt.description
    environment["REFIT_INPUT"] = layout.input
    environment["REFIT_OUTPUT"] = layout.output
    environment["REFIT_SEED"] = String(facts.seed)
    environment["REFIT_PROGRESS"] = layout.progress
    environment["REFIT_TOKEN"] = facts.token
    return LaunchOrder(
      directory: layout.root, arguments: job.run,
      workingDirectory: job.kind == .score ? layout.work : project.root, environment: environment,
      secrets: secrets, token: facts.token, timeout: job.timeout, grace: job.grace, memory: job.memory,
      log: job.log, wake: project.wake)
  }

  /// What every command is given, whoever started the tick.
  static var plainEnvironment: [String: String] {
    var environment = ["LANG": "C.UTF-8", "TZ": "UTC"]
    for name in ["PATH", "HOME"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return environment
  }

  /// Where the code of a version lies in the project: the job's `code`, else the folder of the first argument
  /// that is a regular file of the project. Nil where there is none: then the command is the machine's.
  public func codePath(of job: Job) -> String? {
    if let code = job.code { return Self.plain(code) }
    for argument in job.run.map(Self.plain) where !argument.hasPrefix("/") && !argument.hasPrefix("-") {
      guard !argument.split(separator: "/").contains(".."),
        FileBytes.isRegularFile(project.absolute(argument))
      else { continue }
      guard let slash = argument.lastIndex(of: "/") else { return argument }
      return String(argument[..<slash])
    }
    return nil
  }

  /// Without `./` in front.
  private static func plain(_ path: String) -> String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    return String(path)
  }
}
