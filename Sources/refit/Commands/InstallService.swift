import ArgumentParser
import Glibc
import RefitCore
import RefitEngine
import RefitExecution

struct InstallService: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install-service",
    abstract: "Print, or install, what makes this project tick: a systemd unit, a timer or a crontab line.",
    discussion: """
      --serve is a unit for 'refit serve', --timer one for a 'refit tick' each minute, --cron a line of your crontab. \
      Without --write it only prints. Writing twice changes nothing; --remove takes it away again. Units of the \
      system are written as root and run as the owner of the project; --user makes units of your own.

        refit install-service --serve
        sudo refit install-service --serve --write
        refit install-service --cron --write
        refit install-service --timer --user --write
      """)

  @OptionGroup var options: ProjectOptions
  @Flag(help: "What to install.") var kind: ServicePlan.Kind
  @Flag(name: .long, help: "Install it.") var write = false
  @Flag(name: .long, help: "Take it away.") var remove = false
  @Flag(name: .long, help: "Units of your own systemd, not of the machine's.") var user = false
  @Option(
    help: ArgumentHelp("The name of the units; by default refit- and the project's.", valueName: "name"),
    transform: Arguments.model)
  var name: Name?
  @Option(
    help: ArgumentHelp("The folder of the units; by default systemd's.", valueName: "dir"),
    completion: .directory)
  var into: String?

  func validate() throws {
    guard !(write && remove) else { throw ValidationError("say --write or --remove, not both") }
    guard !(kind == .cron && (user || into != nil)) else {
      throw ValidationError("--user and --into are for units of systemd")
    }
  }

  func run() throws {
    try answering(for: write || remove ? .doing : .telling) {
      let plan = try plan()
      switch plan.kind {
      case .cron: try Crontab(plan: plan).run(write: write, remove: remove)
      case .serve, .timer:
        try UnitFolder(
          plan: plan, root: options.directory().root, path: try folder(), isUsers: user, isOwn: into == nil
        )
        .run(write: write, remove: remove)
      }
    }
  }

  private func plan() throws -> ServicePlan {
    let project = try options.directory()
    let projectName = try tickingProjectName(project)
    let path = ServicePlan.lastingPath(getenv("PATH").map { String(cString: $0) } ?? "")
    let isSystems = kind != .cron && !user
    let plan = ServicePlan(
      kind: kind, name: name?.text ?? "refit-\(projectName)", project: projectName.text, root: project.root,
      program: try program(), path: path, user: isSystems ? owner(of: project) : nil)
    guard let plan else {
      throw Failure(
        .usage, "the project's path has a control character: neither systemd nor cron can name it")
    }
    return plan
  }

  /// The name of the project, which goes by the wall clock. What was installed can always be removed.
  private func tickingProjectName(_ project: ProjectDirectory) throws -> Name {
    let doctor = Doctor(project: project, machine: .real, now: World.wallClock())
    guard let name = doctor.projectName else {
      throw Failure(.configuration, "refit.yaml is wrong, so that its name is not known: see 'refit check'")
    }
    guard remove || doctor.projectClock == .wall else {
      throw Failure(
        .configuration,
        "this project says 'clock: simulated': only 'refit tick --now TIME' moves it, and whatever ticked by the "
          + "wall clock would fail each time; take 'clock: simulated' out of refit.yaml first")
    }
    return name
  }

  private func program() throws -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { throw Failure(.failure, "/proc/self/exe can't be read: is /proc mounted?") }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  private func owner(of project: ProjectDirectory) -> String {
    var status = stat()
    guard stat(project.root, &status) == 0, let entry = getpwuid(status.st_uid) else { return "root" }
    return String(cString: entry.pointee.pw_name)
  }

  private func folder() throws -> String {
    if let into { return into }
    guard user else { return "/etc/systemd/system" }
    guard let home = getenv("HOME").map({ String(cString: $0) }) else {
      throw Failure(.usage, "HOME is not set: say --into")
    }
    return "\(home)/.config/systemd/user"
  }
}

extension ServicePlan.Kind: EnumerableFlag {}

/// The folder of systemd's units, as this command changes it.
private struct UnitFolder {
  let plan: ServicePlan
  let root: String
  let path: String
  let isUsers: Bool
  /// Whether systemd reads it.
  let isOwn: Bool

  func run(write: Bool, remove: Bool) throws {
    if remove { return try self.remove() }
    guard write else {
      for unit in plan.units { say("# \(path)/\(unit.name)\n\(unit.text)", terminator: "") }
      return
    }
    for unit in plan.units { try checkOwner("\(path)/\(unit.name)") }
    try FileBytes.makeDirectory(path)
    for unit in plan.units { try FileBytes.replace("\(path)/\(unit.name)", with: Array(unit.text.utf8)) }
    say("Wrote \(plan.units.map { "\(path)/\($0.name)" }.joined(separator: " and ")).")
    systemctl([["daemon-reload"], ["enable", "--now", plan.enabledUnit]])
  }

  private func remove() throws {
    let there = plan.units.map { "\(path)/\($0.name)" }.filter(FileBytes.exists)
    guard !there.isEmpty else { throw Failure(.no, "there is no \(plan.units[0].name) in \(path)") }
    for unit in there { try checkOwner(unit) }
    systemctl([["disable", "--now", plan.enabledUnit]])
    for unit in there where unlink(unit) != 0 {
      throw Failure(.failure, FileBytes.Failure(path: unit, doing: "can't be removed").description)
    }
    say("Removed \(there.joined(separator: " and ")). Jobs that run go on to their end.")
    systemctl([["daemon-reload"]])
  }

  /// A unit of this name may be another project's, or somebody's own.
  private func checkOwner(_ unit: String) throws {
    guard FileBytes.exists(unit) else { return }
    let text = String(decoding: try FileBytes.read(unit, limit: 1 << 16), as: UTF8.self)
    guard ServicePlan.isOfProject(text, root: root) else {
      throw Failure(
        .no,
        "\(unit) was not written for this project; another name is chosen with --name, or remove the file")
    }
  }

  private func systemctl(_ commands: [[String]]) {
    guard isOwn else { return }
    let words = commands.map { (isUsers ? ["systemctl", "--user"] : ["systemctl"]) + $0 }
    guard FileBytes.isDirectory("/run/systemd/system") else {
      for command in words {
        say("systemd does not run here; where it does: \(command.joined(separator: " "))")
      }
      return
    }
    for command in words {
      let trouble: String
      do throws(ProgramOutput.Failure) {
        let answer = try ProgramOutput.run(command, within: 60)
        if answer.status == 0 { continue }
        trouble = answer.errors
      } catch {
        trouble = error.description
      }
      complain("'\(command.joined(separator: " "))' failed: \(trouble)")
    }
  }
}

/// The user's crontab, as this command changes it.
private struct Crontab {
  let plan: ServicePlan

  func run(write: Bool, remove: Bool) throws {
    guard write || remove else {
      say(plan.crontabLines.joined(separator: "\n"))
      return
    }
    let before = try read()
    let after = remove ? plan.removing(from: before) : plan.adding(to: before)
    guard after != before else {
      if remove { throw Failure(.no, "the crontab has no line of this project") }
      say("The crontab has the line already.")
      return
    }
    let answer = try crontab(["-"], input: after)
    guard answer.status == 0 else { throw Failure(.failure, "crontab refused the lines: \(answer.errors)") }
    say(remove ? "Took the line out of your crontab." : "Added to your crontab:\n\(plan.crontabLines[1])")
  }

  private func read() throws -> String {
    let answer = try crontab(["-l"])
    // Without a crontab it says so, and ends with 1.
    guard answer.status == 0 || answer.errors.contains("no crontab for") else {
      throw Failure(.failure, "'crontab -l' failed: \(answer.errors)")
    }
    return answer.status == 0 ? answer.output : ""
  }

  private func crontab(_ arguments: [String], input: String = "") throws -> ProgramOutput {
    do throws(ProgramOutput.Failure) {
      return try ProgramOutput.run(["crontab"] + arguments, input: input)
    } catch {
      guard case .notInstalled = error else { throw Failure(.failure, error.description) }
      throw Failure(.failure, "\(error): install cron, or use --serve or --timer")
    }
  }
}
