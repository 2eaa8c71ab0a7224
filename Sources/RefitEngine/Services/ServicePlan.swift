import RefitExecution

/// What makes somebody tick: the files of systemd, or the lines of a crontab, for one project.
public struct ServicePlan: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case serve, timer, cron
  }

  /// One unit of systemd.
  public struct Unit: Hashable, Sendable {
    public var name: String
    public var text: String
  }

  public let kind: Kind
  /// Of the units, without their endings: `refit-churn`.
  public let name: String
  /// The project's name, for those who read the units.
  let project: String
  /// The project's directory, absolute.
  let root: String
  /// The program's path, absolute.
  let program: String
  /// Where jobs find their programs.
  let path: String
  /// Who runs it; nil for a unit of the user's own manager.
  let user: String?

  /// - Returns: nil when a path has a line's end or another control character, which neither systemd nor cron can say.
  public init?(
    kind: Kind, name: String, project: String, root: String, program: String, path: String, user: String?
  ) {
    let words = [project, root, program, path, user ?? ""]
    guard !words.contains(where: { $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }) else {
      return nil
    }
    self.kind = kind
    self.name = name
    self.project = project
    self.root = root
    self.program = program
    self.path = path
    self.user = user
  }

  /// Where programs are looked for when nothing else is said.
  static let usualPath = "/usr/local/bin:/usr/bin:/bin"

  /// The folders of a `PATH` that mean the same to every process: absolute ones that are there, each once, in their
  /// order; the usual ones where none is left.
  public static func lastingPath(
    _ path: String, isDirectory: (String) -> Bool = FileBytes.isDirectory
  ) -> String {
    var kept: [Substring] = []
    for folder in path.split(separator: ":") where folder.hasPrefix("/") && isDirectory(String(folder)) {
      if !kept.contains(folder) { kept.append(folder) }
    }
    return kept.isEmpty ? usualPath : kept.joined(separator: ":")
  }

  // MARK: - systemd

  /// The units to write; none for a crontab.
  public var units: [Unit] {
    switch kind {
    case .serve: [Unit(name: "\(name).service", text: serveUnit)]
    case .timer:
      [Unit(name: "\(name).service", text: tickUnit), Unit(name: "\(name).timer", text: timerUnit)]
    case .cron: []
    }
  }

  /// The unit that is enabled.
  public var enabledUnit: String { kind == .timer ? "\(name).timer" : "\(name).service" }

  /// The head of each file: what it is, and for which project, so that another project of this name is noticed.
  private var head: String { "# Written by 'refit install-service' for \(root)" }

  public static func isOfProject(_ text: String, root: String) -> Bool {
    text.hasPrefix("# Written by 'refit install-service' for \(root)\n")
  }

  private func command(_ verb: String) -> String {
    [program, verb, "--project", root].map(ServiceText.argument).joined(separator: " ")
  }

  private var common: String {
    let user = user.map { "User=\($0)\n" } ?? ""
    // Jobs outlive the tick and the daemon; systemd would end them with it.
    return user + "Environment=\(ServiceText.assignment("PATH", path))\nKillMode=process"
  }

  private var serveUnit: String {
    """
    \(head)
    [Unit]
    Description=Refit keeps the models of \(project) fit
    After=network.target time-sync.target

    [Service]
    Type=notify
    ExecStart=\(command("serve"))
    ExecReload=/bin/kill -HUP $MAINPID
    \(common)
    Restart=on-failure
    RestartSec=5s
    WatchdogSec=30min

    [Install]
    WantedBy=\(user == nil ? "default.target" : "multi-user.target")

    """
  }

  private var tickUnit: String {
    """
    \(head)
    [Unit]
    Description=One tick of Refit for the models of \(project)

    [Service]
    Type=oneshot
    ExecStart=\(command("tick"))
    \(common)

    """
  }

  private var timerUnit: String {
    """
    \(head)
    [Unit]
    Description=Ticks of Refit for the models of \(project)

    [Timer]
    OnCalendar=minutely
    AccuracySec=1s

    [Install]
    WantedBy=timers.target

    """
  }

  // MARK: - cron

  private var marker: String { "# refit install-service: \(root)" }

  /// The two lines of the crontab: a mark, and the tick of each minute.
  public var crontabLines: [String] {
    let words = [program, "tick", "--project", root].map(ServiceText.cronWord).joined(separator: " ")
    return [marker, "* * * * * PATH=\(ServiceText.cronWord(path)) \(words)"]
  }

  /// A crontab with the lines of this project, once; all others stay as they are.
  public func adding(to crontab: String) -> String {
    let rest = removing(from: crontab)
    let end = rest.isEmpty || rest.hasSuffix("\n") ? "" : "\n"
    return rest + end + crontabLines.joined(separator: "\n") + "\n"
  }

  /// A crontab without the lines of this project.
  public func removing(from crontab: String) -> String {
    var kept: [Substring] = []
    var isMarked = false
    for line in crontab.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == marker {
        isMarked = true
      } else if isMarked {
        isMarked = false
        // A line that somebody else put behind the mark is not of this project.
        if !line.contains(" tick' ") && !line.contains("'tick'") { kept.append(line) }
      } else {
        kept.append(line)
      }
    }
    return kept.joined(separator: "\n")
  }
}
