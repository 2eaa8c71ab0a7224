/// A schedule of a simulated model. What a plan that was kept earlier does not say is as Refit's default.
struct ScheduleSettings: Hashable, Sendable, Codable {
  enum Action: String, Sendable, Codable { case evaluate, retrain }

  /// Which of the occurrences that came late run.
  struct Misfire: Hashable, Sendable, Codable {
    enum Run: String, Sendable, Codable { case once, skip, all }

    var run = Run.once
    var graceMinutes = 15
    var withinHours: Int?

    /// So many run in a row at most.
    static let most = 100

    var grace: Int64 { Int64(graceMinutes) * 60 }
    var within: Int64? { withinHours.map { Int64($0) * 3600 } }

    var text: String {
      let within = withinHours.map { ", within: \($0)h" } ?? ""
      return "{run: \(run.rawValue), grace: \(graceMinutes)m\(within)}"
    }
  }

  /// A command that says whether the data have landed.
  struct Ready: Hashable, Sendable, Codable {
    var everyMinutes: Int
    var withinHours: Int

    var every: Int64 { Int64(everyMinutes) * 60 }
    var within: Int64 { Int64(withinHours) * 3600 }

    var text: String { "{run: [jobs/landed], every: \(everyMinutes)m, within: \(withinHours)h}" }
  }

  var name: String
  var rhythm: Rhythm
  var zone: String
  var action: Action
  var misfire: Misfire?
  /// Whether a retraining that is due in a live run waits for its end.
  var queues: Bool?
  var ready: Ready?

  var rule: Misfire { misfire ?? Misfire() }
  var isQueue: Bool { action == .retrain && queues ?? false }

  /// Whether Refit takes it for the same schedule as before: it is another one when its time, zone or action is.
  func isSame(as other: ScheduleSettings) -> Bool {
    (rhythm, zone, action) == (other.rhythm, other.zone, other.action)
  }

  /// - Parameter missing: a rule that Refit is not told of, as if it did not know it.
  func text(without missing: Guard?) -> String {
    var keys = ["cron: \"\(rhythm.cron)\"", "timezone: \(zone)", "do: \(action.rawValue)"]
    if let misfire, missing != .misfire { keys.append("misfire: \(misfire.text)") }
    if let ready, missing != .ready { keys.append("ready: \(ready.text)") }
    if isQueue, missing != .queue { keys.append("overlap: queue") }
    return "        \(name): {\(keys.joined(separator: ", "))}"
  }
}
