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

  /// Who is set to tick, and what could not be looked at.
  private struct Tickers {
    var all: [Ticker] = []
    /// Without comments.
    var crontab: [String] = []
    var unseen: [Diagnosis] = []
  }

  private func tickers() -> Tickers {
    var found = Tickers()
    do throws(FileBytes.Failure) {
      if let holder = try ServeLock.holder(ifHeld: project) { found.all.append(.daemon(holder)) }
    } catch {
      found.unseen.append(.unseen("ticking", "whether 'refit serve' runs", error))
    }
    do throws(ProgramOutput.Failure) {
      found.crontab = try crontab()
      found.all += found.crontab.filter(names).map(Ticker.cron)
    } catch {
      found.unseen.append(.unseen("ticking", "what the crontab says", error))
    }
    for path in machine.unitFolders.flatMap({ unitFiles(in: $0, &found) }) {
      do throws(FileBytes.Failure) {
        guard let text = try unit(at: path) else { continue }
        let starts = text.split(separator: "\n").filter { $0.hasPrefix("ExecStart=") }
        if starts.contains(where: { names(String($0)) }) { found.all.append(.unit(path: path, text: text)) }
      } catch {
        found.unseen.append(.unseen("ticking", "what a unit of systemd says", error))
      }
    }
    return found
  }

  private func unitFiles(in folder: String, _ found: inout Tickers) -> [String] {
    do throws(FileBytes.Failure) {
      return try FileBytes.names(in: folder).filter { $0.hasSuffix(".service") }.map { "\(folder)/\($0)" }
    } catch {
      if !error.isMissing {
        found.unseen.append(.unseen("ticking", "what the units of systemd say", error))
      }
      return []
    }
  }

  /// Nil for one that is turned off: a link to /dev/null, or to nowhere.
  private func unit(at path: String) throws(FileBytes.Failure) -> String? {
    if FileBytes.size(of: path) == 0 { return nil }
    do { return String(decoding: try FileBytes.read(path, limit: 1 << 16), as: UTF8.self) } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  private func crontab() throws(ProgramOutput.Failure) -> [String] {
    let answer: ProgramOutput
    do { answer = try machine.run(["crontab", "-l"]) } catch {
      if case .notInstalled = error { return [] }
      throw error
    }
    guard answer.status == 0 else {
      // Without a crontab it says so, and ends with 1.
      if answer.errors.contains("no crontab for") { return [] }
      throw .failed("crontab -l", because: "ended with \(answer.status)\(answer.lastWords)")
    }
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
    let tickers = tickers()
    let who = tickers.all.map { ticker in
      switch ticker {
      case .cron: "the crontab"
      case .unit(let path, _): path
      case .daemon(let holder): "refit serve (\(holder))"
      }
    }
    return tickers.unseen + ticking(by: who)
  }

  private func ticking(by who: [String]) -> [Diagnosis] {
    let subject = "ticking"
    let remedy = "'refit install-service' writes a unit, a timer or a crontab line"
    let lastChange: Int64?
    do throws(FileBytes.Failure) { lastChange = try MachineFacts.changedAt(project.writerLock) } catch {
      return [.unseen(subject, "when anybody ticked last", error)]
    }
    guard let changed = lastChange else {
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

  /// Of the schedules whose zone is known; what is wrong with the others is said of the schedules.
  private var shortestGap: Timespan? {
    let schedules = configuration?.models.flatMap(\.schedules) ?? []
    return schedules.compactMap { schedule in
      let cron: CronSchedule
      do { cron = try schedule.resolved() } catch { return nil }
      guard let first = cron.next(after: now), let second = cron.next(after: first) else { return nil }
      return second - first
    }.min()
  }

  /// What is wrong with those who are set to tick.
  func services() -> [Diagnosis] {
    let tickers = tickers()
    return tickers.all.compactMap { ticker in
      switch ticker {
      case .daemon: nil
      case .unit(let path, let text):
        text.contains("\nKillMode=process")
          ? nil
          : .problem(
            "systemd", "\(path) lacks 'KillMode=process': jobs are killed when the tick or the daemon ends",
            "add it to [Service], then 'systemctl daemon-reload'")
      case .cron(let line): cronTrouble(line, in: tickers.crontab)
      }
    }
  }

  private func cronTrouble(_ line: String, in crontab: [String]) -> Diagnosis? {
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
