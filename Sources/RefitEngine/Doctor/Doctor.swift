import RefitConfiguration
import RefitCore
import RefitExecution
import RefitStore

/// Looks at a project and at the machine that it is on, and changes nothing.
public struct Doctor {
  let project: ProjectDirectory
  let now: Instant
  /// What the machine says; a test says it instead.
  let machine: Machine
  /// As far as it can be read.
  let configuration: Project?
  let store: StoreReader?
  let storeError: StoreError?
  let configurationErrors: [String]

  public init(project: ProjectDirectory, machine: Machine, now: Instant) {
    self.project = project
    self.machine = machine
    self.now = now
    do throws(ConfigurationError) {
      configuration = try ConfigurationFile.load(projectDirectory: project.root).project
      configurationErrors = []
    } catch {
      configuration = nil
      configurationErrors = error.diagnostics.filter { $0.severity == .error }.map(\.description)
    }
    guard FileBytes.exists(project.database) else {
      (store, storeError) = (nil, nil)
      return
    }
    do throws(StoreError) {
      store = try StoreReader(path: project.database)
      storeError = nil
    } catch {
      (store, storeError) = (nil, error)
    }
  }

  /// The checks, in the order in which they are told.
  static let checks: [@Sendable (Doctor) -> [Diagnosis]] = [
    { $0.configurationFile() }, { $0.stateFolder() }, { $0.space() }, { $0.database() }, { $0.ledger() },
    { $0.writer() }, { $0.supervisor() }, { $0.sandbox() }, { $0.controlGroup() }, { $0.clock() },
    { $0.timeZones() }, { $0.executables() }, { $0.references() }, { $0.secrets() }, { $0.ticking() },
    { $0.services() }, { $0.schedules() }, { $0.leftovers() }, { $0.openFiles() },
  ]

  /// As refit.yaml says it; nil where that can't be read.
  public var projectName: Name? { configuration?.name }

  /// What the project goes by; nil where refit.yaml can't be read.
  public var projectClock: Project.Clock? { configuration?.clock }

  public func examine() -> [Diagnosis] {
    Self.checks.flatMap { $0(self) }
  }
}

/// What a doctor asks of the machine.
public struct Machine: Sendable {
  /// The supervisor's path, or why there is none.
  public var supervisor: Result<String, LaunchError>
  /// Runs a program to its end, for a few seconds at most.
  public var run: @Sendable (_ arguments: [String]) throws(ProgramOutput.Failure) -> ProgramOutput
  public var variable: @Sendable (String) -> String?
  /// Folders with systemd's units.
  public var unitFolders: [String]

  public init(
    supervisor: Result<String, LaunchError>,
    run: @escaping @Sendable ([String]) throws(ProgramOutput.Failure) -> ProgramOutput,
    variable: @escaping @Sendable (String) -> String?, unitFolders: [String]
  ) {
    self.supervisor = supervisor
    self.run = run
    self.variable = variable
    self.unitFolders = unitFolders
  }
}
