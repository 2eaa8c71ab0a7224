import ArgumentParser
import RefitCore
import RefitStore

struct Lineage: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a version came from: data, code, parameters, decision, gates, approvals.",
    discussion: """
      Without a version: of the one that serves now, or, with --at, of the one that served then.

        refit lineage credit-risk
        refit lineage credit-risk@17
        refit lineage credit-risk --at 2026-03-01
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "A model, or one version of it as in credit-risk@17.") var subject: String
  @Option(
    help: ArgumentHelp("Of the version that served at this time.", valueName: "time"),
    transform: Arguments.instant) var at: Instant?

  func run() throws {
    try answering {
      let store = try options.reader()
      let id = try version(store)
      guard let lineage = try reading({ try store.lineage(id) }) else {
        throw Failure(.usage, "there is no version \(id)")
      }
      if options.json {
        try sayJSON(LineageAnswer(lineage))
      } else {
        say(LineageTree(lineage).tree.rendered(for: .standardOutput), terminator: "")
      }
    }
  }

  private func version(_ store: StoreReader) throws -> VersionID {
    if let id = VersionID(subject) {
      guard at == nil else { throw Failure(.usage, "--at goes with a model, not with a version") }
      _ = try store.header(id.model)
      return id
    }
    guard let model = Name(subject) else {
      throw Failure(
        .usage, "'\(subject)' is neither a model nor a version; write credit-risk or credit-risk@17")
    }
    let header = try store.header(model)
    if let at {
      guard let served = try reading({ try store.served(model, at: at) }) else {
        throw Failure(.no, "no version of \(model) served at \(at)")
      }
      return served.version
    }
    guard let champion = header.champion else { throw Failure(.no, "nothing serves for \(model)") }
    return VersionID(model: model, number: champion)
  }
}

/// The lineage of a version as a tree for people.
struct LineageTree {
  let lineage: VersionLineage
  private let time = ReaderTime.system

  init(_ lineage: VersionLineage) {
    self.lineage = lineage
  }

  var tree: TextTree {
    let version = lineage.version
    var children = promotions + [run]
    children += lineage.approvals.map {
      TextTree("approved by \($0.actor), \(time.text($0.at))", notes: [$0.because])
    }
    return TextTree(
      version.id.description, style: .bold,
      notes: [
        "model \(version.model.short), sealed \(time.text(version.sealedAt))",
        version.parameters.map { "parameters \($0)" }, version.metrics.map { "reported metrics \($0)" },
      ].compactMap(\.self),
      children: children)
  }

  private var promotions: [TextTree] {
    lineage.promotions.map { record in
      let move = record.promotion
      let verb = move.kind == .promotion ? "promoted" : "rolled back to"
      let published = record.publishedAt.map { ", published \(time.text($0))" } ?? ", not published"
      return TextTree(
        "\(verb) \(time.text(move.at)) by \(move.actor)\(published)",
        sign: Terminal.standardOutput.mark(.yes),
        notes: [move.because])
    }
  }

  private var run: TextTree {
    let run = lineage.run
    var children: [TextTree] = []
    if let decision = lineage.decision {
      children.append(
        TextTree(
          "decision: \(decision.decision.verdict.rawValue), \(time.text(decision.nominal))",
          notes: [decision.decision.sentence]))
    }
    if let holdout = lineage.holdout {
      children.append(
        TextTree(
          "holdout \(holdout.digest.short), \(PersonNumber.count(holdout.rows, "row"))",
          notes: [holdout.origin]))
    }
    children += lineage.attempts.filter { $0.attempt.state == .succeeded }.map(job)
    children += logs
    children += lineage.uses.filter { $0.role == .reference }.map(artifact)
    if let report = lineage.gateReports.last {
      children.append(
        TextTree(
          "gates: \(report.report.verdict.rawValue), report \(report.digest.short)",
          children: report.report.results.map {
            TextTree($0.sentence, sign: Terminal.standardOutput.mark($0.verdict.mark))
          }))
    }
    return TextTree(
      "run \(run.id), opened \(time.text(run.openedAt)) by \(run.trigger.opener)",
      notes: [run.because, "configuration \(run.configuration.short)"], children: children)
  }

  /// The logs that the holdout was drawn from, in one line each kind: there may be hundreds of files.
  private var logs: [TextTree] {
    [ArtifactUse.Role.predictionLog, .feedbackLog].compactMap { role in
      let uses = lineage.uses.filter { $0.role == role }
      guard let first = uses.first, let last = uses.last else { return nil }
      let bytes = PersonNumber.bytes(uses.reduce(0) { $0 + $1.artifact.bytes })
      let title = role == .predictionLog ? "prediction log" : "feedback"
      let names = uses.count == 1 ? first.name : "\(first.name) … \(last.name)"
      return TextTree("\(title): \(PersonNumber.count(uses.count, "file")), \(bytes)", notes: [names])
    }
  }

  private func job(_ record: AttemptRecord) -> TextTree {
    let attempt = record.attempt
    var notes: [String] = []
    if let facts = record.facts {
      notes.append(facts.arguments.joined(separator: " "))
      let commit = facts.commit.map {
        "commit \($0.prefix(12))\(facts.diff == nil ? "" : " with uncommitted changes")"
      }
      notes.append(
        [commit, "seed \(facts.seed)", "on \(facts.host.name)"].compactMap(\.self).joined(separator: ", "))
    }
    if let exit = record.exit {
      notes.append(
        "\(PersonDuration.text(seconds: exit.cpuSeconds)) CPU, \(PersonNumber.bytes(exit.peakMemoryBytes)) memory"
      )
    }
    let subject = attempt.subject == .champion ? " of champion @\(attempt.version ?? 0)" : ""
    return TextTree(
      "job \(attempt.job)\(subject)", notes: notes,
      children: edges(of: record).map(artifact))
  }

  /// What the attempt read and made, the same artifact once each way.
  private func edges(of record: AttemptRecord) -> [ArtifactUse] {
    var met: Set<[String]> = []
    return record.uses.filter {
      $0.role != .log && met.insert([$0.artifact.digest.hex, $0.direction.rawValue]).inserted
    }
  }

  private func artifact(_ use: ArtifactUse) -> TextTree {
    if use.role == .code, use.direction == .output {
      return TextTree("sealed the scoring code \(use.name) \(use.artifact.digest.short)")
    }
    let direction = use.direction == .input ? "read" : "made"
    let shape = use.artifact.rows.map { ", \(PersonNumber.count($0, "row"))" } ?? ""
    let isOwn = lineage.attempts.contains { attempt in
      attempt.uses.contains { $0.direction == .output && $0.artifact.digest == use.artifact.digest }
    }
    // Where the run has made it by itself, others that made the same are of no account.
    let origin =
      (isOwn ? nil : lineage.producers[use.artifact.digest]).map {
        " from \($0.map(\.description).joined(separator: ", "))"
      }
      ?? ""
    return TextTree("\(direction) \(use.name) \(use.artifact.digest.short)\(shape)\(origin)")
  }
}

/// The lineage of a version for programs.
struct LineageAnswer: Encodable {
  struct Move: Encodable {
    var promotion: Promotion
    var publishedAt: Instant?

    private enum CodingKeys: String, CodingKey {
      case promotion
      case publishedAt = "published_at"
    }
  }

  var version: Version
  var run: String
  var because: String
  var openedBy: String
  var configuration: Digest
  var decision: Decision?
  var holdout: FrozenHoldout?
  var attempts: [JobAnswer]
  var uses: [ArtifactUse]
  var gates: [GateReport]
  var approvals: [Approval]
  var promotions: [Move]

  init(_ lineage: VersionLineage) {
    version = lineage.version
    run = lineage.run.id.description
    because = lineage.run.because
    openedBy = lineage.run.trigger.opener
    configuration = lineage.run.configuration
    decision = lineage.decision?.decision
    holdout = lineage.holdout
    attempts = lineage.attempts.map(JobAnswer.init)
    uses = lineage.uses
    gates = lineage.gateReports.map(\.report)
    approvals = lineage.approvals
    promotions = lineage.promotions.map { Move(promotion: $0.promotion, publishedAt: $0.publishedAt) }
  }

  private enum CodingKeys: String, CodingKey {
    case version, run, because, configuration, decision, holdout, attempts, uses, gates, approvals, promotions
    case openedBy = "opened_by"
  }
}
