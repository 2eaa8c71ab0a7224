import RefitCore

/// All that a run is opened with, and keeps.
public struct RunOpening: Hashable, Sendable {
  public var trigger: Run.Trigger
  public var because: String
  public var model: Model
  /// The digest of the model's configuration.
  public var configuration: Digest
  public var interval: DataInterval
  public var knownAt: Instant

  public init(
    trigger: Run.Trigger, because: String, model: Model, configuration: Digest, interval: DataInterval,
    knownAt: Instant
  ) {
    self.trigger = trigger
    self.because = because
    self.model = model
    self.configuration = configuration
    self.interval = interval
    self.knownAt = knownAt
  }

  /// What the ledger says of it.
  func entry(run: RunID, at now: Instant, actor: String) -> LedgerEntry {
    let trigger: Payload =
      switch trigger {
      case .schedule(let name, let nominal):
        ["schedule": .text(name.text), "nominal": .text(nominal.description)]
      case .person(let person): ["person": .text(person)]
      }
    return LedgerEntry(
      kind: .runOpened, model: run.model, run: run.number, actor: actor, at: now,
      payload: [
        "trigger": trigger, "because": .text(because), "configuration": .text(configuration.hex),
        "interval": [
          "start": .optional(interval.start?.description), "end": .text(interval.end.description),
        ],
        "known_at": .text(knownAt.description),
      ])
  }
}
