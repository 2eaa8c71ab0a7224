/// A standstill of one model, or of the whole project: as long as it lasts no run, trial or promotion starts.
public struct Pause: Hashable, Sendable, Codable {
  /// How it was said.
  public enum Origin: String, Hashable, Sendable, Codable {
    /// By `refit pause`; the row is the truth.
    case command
    /// By a file that somebody put there; the file is the truth, and a row records when it was noticed.
    case file
  }

  /// Nil: the whole project.
  public var model: Name?
  public var origin: Origin
  /// Since when it is recorded; nil for a file that no tick has noticed yet.
  public var since: Instant?
  /// When it ends by itself; nil: never.
  public var until: Instant?
  /// Who said it: a user of the operating system, or the owner of the file.
  public var actor: String
  public var because: String

  public init(
    model: Name?, origin: Origin, since: Instant?, until: Instant? = nil, actor: String, because: String
  ) {
    self.model = model
    self.origin = origin
    self.since = since
    self.until = until
    self.actor = actor
    self.because = because
  }

  /// Whether it lasts at this time: its end is no longer part of it.
  public func isInForce(at now: Instant) -> Bool {
    until.map { now < $0 } ?? true
  }

  public func concerns(_ name: Name) -> Bool {
    model == nil || model == name
  }

  /// `credit-risk is paused by ada: year-end close`; its end is told beside it.
  public var sentence: String {
    switch origin {
    case .command: "\(model?.text ?? "the project") is paused by \(actor): \(because)"
    case .file: "the project is paused by the file state/PAUSED of \(actor): \(because)"
    }
  }

  /// What a person does to end it.
  public var remedy: String {
    switch origin {
    case .command: "'refit resume \(model.map { "\($0) " } ?? "")--because …' ends the pause"
    case .file: "removing state/PAUSED ends the pause"
    }
  }
}

extension [Pause] {
  /// The pause that keeps the model still for longest: one without an end before all others; nil when none is in
  /// force.
  public func decisive(for model: Name, at now: Instant) -> Pause? {
    filter { $0.concerns(model) && $0.isInForce(at: now) }.max { first, second in
      guard let end = first.until else { return false }
      return second.until.map { end < $0 } ?? true
    }
  }
}
