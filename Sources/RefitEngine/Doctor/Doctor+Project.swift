import RefitConfiguration
import RefitCore
import RefitExecution

/// What `refit.yaml` says, held against what is there.
extension Doctor {
  func configurationFile() -> [Diagnosis] {
    guard configuration == nil else { return [.ok("refit.yaml", "it is good")] }
    let first = configurationErrors.first ?? "it can't be read"
    let more = configurationErrors.count > 1 ? " (and \(configurationErrors.count - 1) more)" : ""
    return [.problem("refit.yaml", first + more, "mend it; 'refit check' names every error")]
  }

  private var jobs: [(model: Model, job: Job)] {
    configuration?.models.flatMap { model in model.pipeline.jobs.map { (model, $0) } } ?? []
  }

  func executables() -> [Diagnosis] {
    let path = machine.variable("PATH") ?? "/usr/bin:/bin"
    let missing = jobs.compactMap { model, job -> Diagnosis? in
      guard let program = job.run.first else { return nil }
      let name = "\(model.name), job \(job.name)"
      if program.contains("/") {
        let place = project.absolute(program)
        if MachineFacts.isExecutable(place) { return nil }
        return FileBytes.exists(place)
          ? .problem("jobs", "\(name): \(place) is not executable", "chmod +x \(place)")
          : .problem(
            "jobs", "\(name): there is no \(place)", "make it, or mend the job's 'run' in refit.yaml")
      }
      if Self.isFound(program, in: path) { return nil }
      return .problem(
        "jobs", "\(name): '\(program)' is not in PATH (\(path))",
        "install it, name it with its whole path, or set PATH where Refit is started")
    }
    if !missing.isEmpty { return missing }
    return jobs.isEmpty ? [] : [.ok("jobs", "the programs of all \(jobs.count) jobs are there")]
  }

  static func isFound(_ program: String, in path: String) -> Bool {
    path.split(separator: ":").contains { MachineFacts.isExecutable("\($0)/\(program)") }
  }

  /// The values that jobs refer to; what they are is not looked at any longer than it takes to see that they are there.
  func references() -> [Diagnosis] {
    let texts = jobs.flatMap { model, job in job.variables.map { (model, job, $0.key, $0.value) } }
    return texts.compactMap { model, job, name, text in
      do {
        _ = try References.resolve(text, in: project)
        return nil
      } catch {
        return .problem(
          "variables", "\(model.name), job \(job.name), variable \(name): \(error)",
          "set it where Refit is started: in the crontab, or by Environment= of the unit")
      }
    }
  }

  func secrets() -> [Diagnosis] {
    let files = Set(jobs.flatMap { $0.job.variables.values.flatMap(Self.files) })
    return files.sorted().compactMap { file in
      let path = project.absolute(file)
      do throws(FileBytes.Failure) {
        guard let mode = try MachineFacts.mode(of: path), mode & 0o077 != 0 else { return nil }
        return .warning(
          "secrets", "\(path) can be read by others (mode \(String(mode, radix: 8)))", "chmod 600 \(path)")
      } catch {
        return .unseen("secrets", "whether others can read \(path)", error)
      }
    }
  }

  /// The paths of `${file:PATH}`.
  private static func files(in text: String) -> [String] {
    text.split(separator: "$").compactMap { part in
      guard part.hasPrefix("{file:"), let end = part.firstIndex(of: "}") else { return nil }
      return String(part.dropFirst(6).prefix(upTo: end))
    }
  }

  /// Schedules that start at the same minute.
  func schedules() -> [Diagnosis] {
    guard let configuration else { return [] }
    var starts: [Instant: Int] = [:]
    for model in configuration.models {
      for schedule in model.schedules {
        do {
          if let next = try schedule.resolved().next(after: now) { starts[next, default: 0] += 1 }
        } catch {
          return [
            .problem(
              "schedules", "\(model.name), schedule \(schedule.name): \(error)",
              "mend its timezone in refit.yaml")
          ]
        }
      }
    }
    guard let (instant, count) = starts.max(by: { $0.value < $1.value }), count >= 10 else { return [] }
    return [
      .warning(
        "schedules", "\(count) schedules come due at the same minute, \(instant)",
        "spread their minutes: the machine runs \(configuration.concurrency) jobs at once")
    ]
  }
}
