import RefitCore
import RefitExecution

/// Whether anybody ticks, and whether those who are told to do it right.
extension Doctor {
  /// Lines of the crontab and units that name this project.
  private enum Ticker {
    case cron(String)
    case unit(path: String, text: String)
    case daemon(String)
  }

  private var tickers: [Ticker] {
    var found: [Ticker] = []
    if let holder = try? ServeLock.holder(ifHeld: project) { found.append(.daemon(holder)) }
    for line in crontab where names(line) { found.append(.cron(line)) }
    for folder in machine.unitFolders {
      for name in (try? FileBytes.names(in: folder)) ?? [] where name.hasSuffix(".service") {
        let path = "\(folder)/\(name)"
        guard let bytes = try? FileBytes.read(path, limit: 1 << 16) else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.split(separator: "\n").contains(where: { $0.hasPrefix("ExecStart=") && names(String($0)) }) {
          found.append(.unit(path: path, text: text))
        }
      }
    }
    return found
  }

  private var crontab: [String] {
    guard let answer = machine.run(["crontab", "-l"]), answer.status == 0 else { return [] }
    return answer.output.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  private func names(_ line: String) -> Bool {
    line.contains("refit") && line.contains(project.root)
  }

  func ticking() -> [Diagnosis] {
    let subject = "ticking"
    guard configuration?.clock != .simulated else {
      return [.ok(subject, "time is simulated: 'refit tick --now TIME' moves it")]
    }
    let who = tickers.map { ticker in
      switch ticker {
      case .cron: "the crontab"
      case .unit(let path, _): path
      case .daemon(let holder): "refit serve (\(holder))"
      }
    }
    let remedy = "'refit install-service' writes a unit, a timer or a crontab line"
    guard let changed = MachineFacts.changedAt(project.writerLock) else {
      return [
        who.isEmpty
          ? .warning(subject, "nobody has ever ticked, and nobody is set to", remedy)
          : .warning(
            subject, "\(who.joined(separator: ", ")) is set to tick, but nothing has ticked yet",
            "wait a minute, then look at what cron mails or 'journalctl' says")
      ]
    }
    let last = now - Instant(seconds: changed)
    let ago = last < .minutes(2) ? "\(max(0, last.seconds)) s ago" : "\(last.seconds / 60) minutes ago"
    // A daemon that has nothing to do ticks once an hour.
    let gap = max(shortestGap ?? .hours(1), .hours(1))
    let longest = Timespan(seconds: gap.seconds + 600)
    switch (who.isEmpty, last > longest) {
    case (false, false): return [.ok(subject, "\(who.joined(separator: ", ")) ticks; the last time \(ago)")]
    case (false, true):
      return [
        .problem(
          subject, "\(who.joined(separator: ", ")) is set to tick, but nothing has ticked since \(ago)",
          "look at what cron mails or 'journalctl' says; 'refit tick' by hand shows errors")
      ]
    case (true, false):
      return [.warning(subject, "the last tick was \(ago), but nothing is set to tick", remedy)]
    case (true, true):
      return [
        .problem(subject, "nothing has ticked since \(ago), which is longer than a schedule's gap", remedy)
      ]
    }
  }

  private var shortestGap: Timespan? {
    let schedules = configuration?.models.flatMap(\.schedules) ?? []
    return schedules.compactMap { schedule in
      guard let cron = try? schedule.resolved(), let first = cron.next(after: now),
        let second = cron.next(after: first)
      else { return nil }
      return second - first
    }.min()
  }

  /// What is wrong with those who are set to tick.
  func services() -> [Diagnosis] {
    tickers.compactMap { ticker in
      switch ticker {
      case .daemon: nil
      case .unit(let path, let text):
        text.contains("\nKillMode=process")
          ? nil
          : .problem(
            "systemd", "\(path) lacks 'KillMode=process': jobs are killed when the tick or the daemon ends",
            "add it to [Service], then 'systemctl daemon-reload'")
      case .cron(let line): cronTrouble(line)
      }
    }
  }

  private func cronTrouble(_ line: String) -> Diagnosis? {
    // On the line itself, or on one of its own.
    let own = line.split(separator: " ").first { $0.hasPrefix("PATH=") }.map(String.init)
    let set = (own ?? crontab.last { $0.hasPrefix("PATH=") }).map {
      $0.dropFirst(5).filter { $0 != "'" && $0 != "\"" }
    }
    let path = set ?? "/usr/bin:/bin"
    let command = line.split(separator: " ").first {
      $0 == "refit" || $0.hasSuffix("/refit") || $0.hasSuffix("/refit'")
    }
    if command == "refit", !Self.isFound("refit", in: path) {
      return .problem(
        "cron", "the crontab calls 'refit', which is not in cron's PATH (\(path))",
        "write its whole path, or a line PATH=… above it")
    }
    let programs = configuration?.models.flatMap(\.pipeline.jobs).compactMap(\.run.first) ?? []
    guard let lost = programs.first(where: { !$0.contains("/") && !Self.isFound($0, in: path) }) else {
      return nil
    }
    return .problem(
      "cron", "jobs call '\(lost)', which is not in cron's PATH (\(path))",
      "write a line PATH=… above the one that calls refit")
  }
}
