import ArgumentParser
import RefitCore
import RefitEngine
import RefitStore

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read and verify the ledger: who did what, when, and whether the record is intact.",
    subcommands: [AuditLog.self, AuditVerify.self])
}

struct AuditLog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "List events of the ledger, the oldest of them first.",
    discussion: """
        refit audit log --model credit-risk --since 2026-03-01
        refit audit log --kind promoted --json
      """)

  @OptionGroup var options: ProjectOptions
  @Option(help: "Only of this model.", transform: Arguments.model) var model: Name?
  @Option(help: "Only of this person, or of refit.") var actor: String?
  @Option(help: "Only of this kind.") var kind: LedgerEvent.Kind?
  @Option(help: ArgumentHelp("Only at this time or later.", valueName: "time"), transform: Arguments.instant)
  var since: Instant?
  @Option(help: "At most so many, the newest.") var limit = 50

  func run() throws {
    try answering {
      guard limit > 0 else { throw Failure(.usage, "--limit takes a positive number") }
      let store = try options.reader()
      if let model { _ = try store.header(model) }
      let filter = LedgerFilter(model: model, actor: actor, kind: kind, since: since)
      let events = try reading { try store.events(filter, limit: limit) }
      if options.json {
        try sayJSON(["events": events.map(EventAnswer.init)])
        return
      }
      guard !events.isEmpty else { throw Failure(.no, "no event matches") }
      var table = TextTable([
        .init("seq", .right), .init("at"), .init("who"), .init("what"), .init("of"), .init("payload"),
      ])
      for event in events {
        let subject = event.model.map { model in event.run.map { "\(model)#\($0)" } ?? model.text } ?? ""
        table.append([
          .init("\(event.sequence)"), .init(ReaderTime.system.text(event.at)), .init(event.actor),
          .init(event.kind.rawValue), .init(subject), .init(event.payload ?? "(pruned)"),
        ])
      }
      say(table.rendered(for: .standardOutput), terminator: "")
    }
  }
}

extension LedgerEvent.Kind: ExpressibleByArgument {}

/// An event for programs; its payload is JSON within the JSON.
private struct EventAnswer: Encodable {
  var sequence: Int64
  var at: Instant
  var actor: String
  var kind: LedgerEvent.Kind
  var model: Name?
  var run: Int?
  var payloadDigest: Digest
  var payload: Payload?

  init(_ event: LedgerEvent) throws {
    sequence = event.sequence
    at = event.at
    actor = event.actor
    kind = event.kind
    model = event.model
    run = event.run
    payloadDigest = event.payloadDigest
    payload = try event.payload.map { try Payload(stored: $0) }
  }

  private enum CodingKeys: String, CodingKey {
    case sequence, at, actor, kind, model, run, payload
    case payloadDigest = "payload_digest"
  }
}

struct AuditVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check that the record is intact: every event's hash, the tree over them, the rows, the artifacts.",
    discussion: """
      Exits 0 when it is, 1 when it is not, and names the first bad event.

        refit audit verify
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws {
    try answering {
      let store = try options.reader()
      let verification = try reading { try store.verify() }
      let damages = try options.orchestrator().damagedVersions()
      let answer = Answer(verification, damages)
      if options.json { try sayJSON(answer) } else { tell(answer) }
      if !answer.intact { throw ExitCode(Failure.Code.no.rawValue) }
    }
  }

  private func tell(_ answer: Answer) {
    let terminal = Terminal.standardOutput
    if answer.intact {
      say(
        "\(terminal.mark(.yes)) \(PersonNumber.count(answer.events, "event")), root \(answer.root.short): the ledger is "
          + "intact, the rows agree with it, and \(PersonNumber.count(answer.versions, "sealed version")) "
          + "\(answer.versions == 1 ? "has" : "have") the recorded hash.")
    }
    for finding in answer.findings { say("\(terminal.mark(.no)) \(ShownText(finding).text)") }
  }

  private struct Answer: Encodable {
    var intact: Bool
    var events: Int
    var root: Digest
    var versions: Int
    var firstBadEvent: Int64?
    var findings: [String]

    init(_ verification: LedgerVerification, _ versions: Orchestrator.VersionCheck) {
      events = Int(verification.head.size)
      root = verification.head.root
      self.versions = versions.checked
      firstBadEvent = verification.firstBadEvent?.sequence
      findings =
        verification.findings.map { finding in
          finding.sequence.map { "event \($0): \(finding.sentence)" } ?? finding.sentence
        } + versions.damages
      intact = findings.isEmpty
    }

    private enum CodingKeys: String, CodingKey {
      case intact, events, root, versions, findings
      case firstBadEvent = "first_bad_event"
    }
  }
}
