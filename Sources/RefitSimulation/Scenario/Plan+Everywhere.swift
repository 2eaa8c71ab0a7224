import RefitCore

extension Plan {
  /// A short plan that comes to every fail point, and is killed once at each.
  public static func everywhere(isClockSimulated: Bool) -> Plan {
    let often = {
      ScheduleSettings(name: "often", rhythm: .everyHours(6, minute: 0), zone: "UTC", action: $0)
    }
    var landing = ScheduleSettings(
      name: "landing", rhythm: .daily(hour: 3, minute: 30), zone: "UTC", action: .evaluate)
    landing.ready = .init(everyMinutes: 20, withinHours: 2)
    var loans = ModelSettings(name: "loans", schedules: [often(.retrain), landing])
    loans.cooldownHours = 2
    loans.attempts = 3
    var churn = ModelSettings(name: "churn", promotion: .approval, schedules: [often(.evaluate)])
    churn.policy = .observation
    churn.holdout = .draw
    churn.hasMonitors = true
    churn.cooldownHours = 2
    let hour: Int64 = 3600
    var happenings = FailPoint.all.map { Happening(at: 0, what: .crash($0, times: 1)) }
    happenings += [
      Happening(at: 1, what: .observe(model: "churn", value: 0.9)),
      // Lost and swept; never claimed and given up; cancelled while it runs.
      Happening(at: 5 * hour, what: .job(.train, .vanish)),
      Happening(at: 29 * hour, what: .launch(.neverClaim(9))),
      Happening(at: 31 * hour, what: .person(.cancel("loans"))),
      Happening(at: 48 * hour + 60, what: .person(.retrain("loans"))),
      Happening(at: 48 * hour + 80, what: .person(.cancel("loans"))),
      Happening(at: 48 * hour + 90, what: .person(.cancel("churn"))),
      Happening(at: 49 * hour, what: .person(.pause("churn", hours: nil))),
      Happening(at: 49 * hour + 1, what: .person(.pause("churn", hours: nil))),
      Happening(at: 49 * hour + 2, what: .person(.pause("churn", hours: nil))),
      Happening(at: 49 * hour + 3, what: .person(.resume("churn"))),
      Happening(at: 49 * hour + 4, what: .person(.resume("churn"))),
      Happening(at: 49 * hour + 5, what: .person(.resume("churn"))),
      Happening(at: 52 * hour, what: .person(.backfill("churn", days: 2))),
      Happening(at: 53 * hour, what: .person(.backfill("churn", days: 2))),
      Happening(at: 54 * hour, what: .person(.backfill("churn", days: 2))),
      Happening(at: 55 * hour, what: .person(.backfill("churn", days: 1))),
      Happening(at: 50 * hour, what: .garbleObservations(model: "churn")),
    ]
    for day in Int64(1)...12 {
      happenings.append(Happening(at: day * 24 * hour - 50, what: .person(.approve("churn"))))
      happenings.append(Happening(at: day * 24 * hour - 40, what: .person(.rollback("loans"))))
      happenings.append(Happening(at: day * 24 * hour - 30, what: .person(.retrain("churn"))))
    }
    return Plan(
      seed: 7, start: Instant(seconds: 1_767_225_600), seconds: 12 * 24 * hour, style: .daemon,
      settings: ProjectSettings(
        isClockSimulated: isClockSimulated, models: [loans, churn], leavesWork: isClockSimulated),
      happenings: Happening.inOrder(happenings))
  }
}
