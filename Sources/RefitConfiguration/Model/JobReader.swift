import RefitCore

/// Reads the settings of one job.
struct JobReader {
  let map: MapReader
  /// Nil when it is wrong.
  let kind: Job.Kind?

  var diagnostics: Diagnostics { map.diagnostics }

  func job(_ name: Name, needs: [Name], given: [String], sandbox: Job.Sandbox) -> Job? {
    let standard = Job(name: name, run: [])
    let run = map.command()
    let outputs = map.list("outputs", of: .innerPath, mayBeEmpty: true).map(\.value)
    let training = map.optional("training", .innerTable)
    let id = map.optional("id", .text)
    checkKind(given: given)
    checkCode(run)
    return Job(
      name: name, kind: kind ?? .other, needs: needs, run: run, outputs: outputs,
      training: training, id: id, code: map.optional("code", .innerPath), given: given,
      timeout: map.optional("timeout", .duration) ?? standard.timeout,
      grace: map.optional("grace", .durationOrZero) ?? standard.grace, retries: readRetries(),
      memory: map.optional("memory", .size), log: map.optional("log", .size) ?? standard.log,
      sandbox: map.optional("sandbox", .choice("sandbox", of: Job.Sandbox.self)) ?? sandbox,
      variables: readVariables())
  }

  /// Settings that have a meaning for one kind of job only, and pairs that go together.
  private func checkKind(given: [String]) {
    guard let kind else { return }
    var owners: [(key: String, kind: Job.Kind)] = [("training", .train), ("id", .train), ("code", .score)]
    if !given.isEmpty { owners.append(("given", .score)) }
    for owner in owners where owner.kind != kind && map.has(owner.key) {
      diagnostics.error(
        map.place(of: owner.key), "'\(owner.key)' is for the job of 'kind: \(owner.kind.rawValue)' only")
    }
    guard kind == .train, map.has("training") != map.has("id") else { return }
    let (present, absent) = map.has("training") ? ("training", "id") : ("id", "training")
    diagnostics.error(map.place(of: present), "'\(present)' needs '\(absent)' beside it")
  }

  /// Beside a file in the project's own folder lies the whole project: which of it is code must be said.
  private func checkCode(_ run: [String]) {
    guard kind == .score, !map.has("code") else { return }
    for (position, argument) in run.enumerated() where !argument.hasPrefix("-") {
      let isHere = argument.hasPrefix("./")
      let path = isHere ? argument.dropFirst(2) : argument[...]
      if path.contains("/") { return }
      // A program without a folder is the machine's.
      guard position > 0 || isHere, Self.isScript(path) else { continue }
      diagnostics.error(
        map.place(of: "run"),
        "\(YAMLScalar.quoted(argument)) lies in the project's own folder: put it into a folder with all that it "
          + "needs, or name that in 'code'")
      return
    }
  }

  private static func isScript(_ name: Substring) -> Bool {
    let kinds: Set = [
      "py", "r", "sh", "bash", "jl", "pl", "rb", "js", "mjs", "ts", "lua", "php", "swift", "ipynb", "jar",
    ]
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return false }
    return kinds.contains(name[name.index(after: dot)...].lowercased())
  }

  private func readRetries() -> RetryRule {
    let standard = RetryRule()
    guard let retries = map.map("retries", .retries) else { return standard }
    return RetryRule(
      attempts: retries.optional("attempts", .integer(1...100)) ?? standard.attempts,
      backoff: retries.optional("backoff", .durationOrZero) ?? standard.backoff)
  }

  private func readVariables() -> [String: String] {
    guard let entry = map.entry("variables"),
      let variables = MapReader(names: entry.value, "'variables'", at: entry.place, diagnostics: diagnostics)
    else { return [:] }
    var values: [String: String] = [:]
    for entry in variables.all {
      let name = YAMLScalar.quoted(entry.key)
      if !Reference.isVariableName(entry.key) || entry.key.utf8.count > 255 {
        diagnostics.error(
          entry.place,
          "\(name) is no name of a variable: use letters, digits and _, not beginning with a digit")
      } else if entry.key.hasPrefix("REFIT_") {
        diagnostics.error(entry.place, "\(name) can't be set: names that begin with REFIT_ are Refit's own")
      }
      values[entry.key] = variables.value(of: entry.value, .variable, subject: name)
    }
    return values
  }
}

extension ValueKind where Value == String {
  /// A CSV file in an output directory.
  static let innerTable = ValueKind(innerPath.expected) { scalar in
    let reading = ValueKind.innerPath.read(scalar)
    guard case .value = reading else { return reading }
    return ValueKind.table.read(scalar)
  }
}
