import RefitCore
import RefitTesting

extension Plan {
  /// The plan of a seed: always the same.
  ///
  /// - Parameter days: how long it lasts; nil: as long as the seed says.
  public init(seed: UInt64, days: Int? = nil) {
    var chance = SeededGenerator(seed: Chance.bits(seed, "plan"))
    self.seed = seed
    // Between 2024 and 2029, so that leap days and changes of the clock are met at all distances.
    start = Instant(seconds: 1_704_067_200 + Int64(chance.next() % 2000) * 86_400)
    let length = days ?? Int(90 + chance.next() % 640)
    style = chance.pick([.daemon, .daemon, .cron(seconds: 60), .cron(seconds: 900), .cron(seconds: 3600)])
    var maker = ScenarioMaker(chance: chance)
    settings = maker.settings()
    seconds = Int64(min(length, days ?? settings.longest)) * 86_400
    happenings = maker.happenings(seconds: seconds, settings: settings)
  }
}

/// Draws a scenario.
struct ScenarioMaker {
  var chance: SeededGenerator

  private static let names = ["loans", "churn", "fraud", "prices", "demand", "spam", "leads"]
  private static let zones = [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Auckland",
    "America/St_Johns", "Europe/London",
  ]

  mutating func settings() -> ProjectSettings {
    let count = 2 + Int(chance.next() % 4)
    var project = ProjectSettings(
      isClockSimulated: chance.chance(0.15), concurrency: 1 + Int(chance.next() % 3),
      models: (0..<count).map { model(Self.names[$0]) }, leavesWork: chance.chance(0.2))
    // A hundred occurrences of which each is observed by a process of its own take thousands of ticks.
    if project.leavesWork { project.runMissedOnce() }
    return project
  }

  private mutating func model(_ name: String) -> ModelSettings {
    let count = 1 + Int(chance.next() % 3)
    var model = ModelSettings(
      name: name, schedules: (0..<count).map { schedule("s\($0)", isFirst: $0 == 0) })
    model.mode = chance.pick([.promote, .promote, .promote, .promote, .train, .observe])
    model.promotion = chance.pick([.automatic, .approval])
    model.holdout = chance.pick([.file, .file, .draw, .none])
    model.gates = model.holdout == .none ? .none : chance.pick([.champion, .champion, .metric, .confident])
    model.policy = chance.pick([.never, .age(days: 5), .age(days: 20), .observation, .performance])
    model.cooldownHours = chance.pick([2, 24, 72])
    model.attempts = chance.pick([1, 2, 3])
    model.backoffSeconds = chance.pick([5, 60, 600])
    model.timeoutMinutes = chance.pick([45, 120])
    model.hasMonitors = chance.chance(0.2)
    return model
  }

  private mutating func schedule(_ name: String, isFirst: Bool) -> ScheduleSettings {
    var schedule = ScheduleSettings(
      name: name, rhythm: rhythm(isFirst ? 0.1 : 0.03), zone: chance.pick(Self.zones),
      action: chance.chance(0.4) ? .retrain : .evaluate)
    schedule.misfire = misfire()
    schedule.queues = chance.chance(0.5) ? true : nil
    if chance.chance(0.2) {
      let (minutes, hours) = chance.pick([(5, 1), (20, 2), (60, 6)])
      schedule.ready = .init(everyMinutes: minutes, withinHours: hours)
    }
    return schedule
  }

  private mutating func misfire() -> ScheduleSettings.Misfire? {
    guard chance.chance(0.7) else { return nil }
    return ScheduleSettings.Misfire(
      run: chance.pick([.once, .skip, .skip, .all, .all]), graceMinutes: chance.pick([0, 5, 15, 60]),
      withinHours: chance.pick([nil, nil, 1, 12, 72, 720]))
  }

  /// - Parameter share: of rhythms that come many times a day.
  mutating func rhythm(_ share: Double) -> Rhythm {
    // Where clocks are changed, mostly.
    let hour = chance.pick([0, 1, 1, 2, 2, 3, 9, 23])
    let minute = chance.pick([0, 15, 30, 45])
    if chance.chance(share) {
      return chance.chance(0.3)
        ? .everyMinutes(chance.pick([20, 30])) : .everyHours(chance.pick([2, 6]), minute: minute)
    }
    switch chance.next() % 4 {
    case 0: return .weekly(day: Int(chance.next() % 7), hour: hour, minute: minute)
    case 1: return .monthly(day: chance.pick([1, 15, 29, 31]), hour: hour, minute: minute)
    default: return .daily(hour: hour, minute: minute)
    }
  }

  // MARK: - Happenings

  mutating func happenings(seconds: Int64, settings: ProjectSettings) -> [Happening] {
    let names = settings.models.map(\.name)
    // How rough this world is: happenings of each sort a day.
    let persons = 0.05 + chance.unit() * 0.4
    let changes = chance.unit() * 0.06
    let crashes = chance.unit() * 3
    let jobs = chance.unit() * 0.4
    let storage = chance.unit() * 0.1
    let clock = settings.isClockSimulated ? 0 : chance.unit() * 0.08
    let machine = chance.unit() * 0.04
    var happenings = [Happening(at: 5, what: .crash(chance.pick(FailPoint.all), times: 1))]
    func add(_ rate: Double, _ make: (inout ScenarioMaker) -> Happening.What, _ maker: inout ScenarioMaker) {
      let count = Int(rate * Double(seconds) / 86_400 + maker.chance.unit())
      for _ in 0..<count {
        let at = Int64(maker.chance.unit() * Double(seconds))
        happenings.append(Happening(at: at, what: make(&maker)))
      }
    }
    add(persons, { .person($0.person(names)) }, &self)
    add(0.2, { .person(.approve($0.chance.pick(names))) }, &self)
    add(changes, { .configure($0.change(names)) }, &self)
    add(crashes, { $0.crash() }, &self)
    add(jobs, { $0.job() }, &self)
    add(storage, { $0.storage() }, &self)
    add(clock, { .clockStep(seconds: $0.step()) }, &self)
    add(machine, { $0.machine() }, &self)
    add(0.05, { maker in .observe(model: maker.chance.pick(names), value: maker.chance.unit()) }, &self)
    add(0.01, { .pauseFile($0.chance.chance(0.3)) }, &self)
    add(0.01, { .garbleObservations(model: $0.chance.pick(names)) }, &self)
    add(0.04, { _ in .swapCandidate }, &self)
    happenings += repairs(after: happenings, names)
    return Happening.inOrder(happenings)
  }

  /// Where a clock was set back, someone often takes a model out of the configuration and puts it back: its schedules
  /// start from then, and meet occurrences that they have had.
  private mutating func repairs(after happenings: [Happening], _ names: [String]) -> [Happening] {
    var repairs: [Happening] = []
    for happening in happenings {
      guard case .clockStep(let seconds) = happening.what, seconds <= -3600, chance.chance(0.6) else {
        continue
      }
      if chance.chance(0.5) {
        let later = chance.pick([600, 7200, 86_400] as [Int64])
        repairs.append(Happening(at: happening.at + later, what: .person(.acceptClock)))
      }
      let name = chance.pick(names)
      repairs.append(Happening(at: happening.at + 60, what: .configure(.remove(model: name))))
      repairs.append(Happening(at: happening.at + 900, what: .configure(.restore(model: name))))
    }
    return repairs
  }

  private mutating func person(_ names: [String]) -> Happening.Person {
    let name = chance.pick(names)
    switch chance.next() % 10 {
    case 0, 1: return .retrain(name)
    case 2, 3: return .approve(name)
    case 4: return .reject(name)
    case 5: return .cancel(name)
    case 6: return .rollback(name)
    case 7:
      let hours = chance.chance(0.7) ? 1 + Int(chance.next() % 60) : nil
      return .pause(chance.chance(0.8) ? name : nil, hours: hours)
    case 8: return chance.chance(0.2) ? .backfill(name, days: 3) : .resume(name)
    default: return .resume(chance.chance(0.6) ? nil : name)
    }
  }

  private mutating func change(_ names: [String]) -> Happening.Configuring {
    let name = chance.pick(names)
    switch chance.next() % 9 {
    case 0, 1:
      return .reschedule(
        model: name, schedule: Int(chance.next() % 3), rhythm(0.05), zone: chance.pick(Self.zones))
    case 2: return .action(model: name, schedule: Int(chance.next() % 3))
    case 3: return .remove(model: name)
    case 4: return .restore(model: name)
    case 5: return .mode(model: name, chance.pick([.promote, .promote, .train, .observe]))
    case 6: return .promotion(model: name, chance.pick([.automatic, .approval]))
    case 7: return .gates(model: name, chance.pick([.champion, .metric, .confident]))
    default: return chance.chance(0.4) ? .spoil : .mend
    }
  }

  private mutating func crash() -> Happening.What {
    switch chance.next() % 20 {
    case 0: .kill
    case 1: .duplicateTick
    case 2: .intruder(chance.pick(FailPoint.all))
    case 3...13: .crashSoon(after: Int(chance.next() % 40))
    default: .crash(chance.pick(FailPoint.all), times: chance.chance(0.2) ? 2 : 1)
    }
  }

  private mutating func job() -> Happening.What {
    switch chance.next() % 9 {
    case 8: return .job(.check, chance.pick(Behaviour.possible(for: .check)))
    case 0: return .launch(.refuse(1 + Int(chance.next() % 3)))
    case 1: return .launch(.neverClaim(1 + Int(chance.next() % 3)))
    case 2, 3: return .launch(.claimLate(seconds: chance.pick([2, 20, 90, 900, 4000])))
    default:
      let kind: JobKind = chance.chance(0.6) ? .train : .score
      return .job(kind, chance.pick(Behaviour.possible(for: kind)))
    }
  }

  private mutating func storage() -> Happening.What {
    let point = chance.pick(FailPoint.all)
    // A disk that is full says so before anything is durable.
    let fault: Happening.StorageFault =
      point.moment == .before && chance.chance(0.5) ? .diskFull : .inputOutput
    return .fault(fault, point)
  }

  private mutating func step() -> Int64 {
    let size: Int64 = chance.pick([1, 600, 3600, 7200, 86_400, 86_400, 3 * 86_400, 40 * 86_400])
    return chance.chance(0.5) && size < 40 * 86_400 ? -size : size
  }

  private mutating func machine() -> Happening.What {
    switch chance.next() % 5 {
    case 0: .loseSupervisors
    case 1: .off(seconds: 3600 * Int64(1 + chance.next() % 60))
    case 2: .off(seconds: 30 * 86_400)
    default: .reboot
    }
  }
}

extension ProjectSettings {
  /// The most days that a world of these schedules lasts: the more often they come, the sooner all has happened that can.
  fileprivate var longest: Int {
    schedules.map(\.rhythm.longest).min() ?? .max
  }
}

extension Rhythm {
  fileprivate var longest: Int {
    switch self {
    case .everyMinutes: 30
    case .everyHours(let step, _): step * 45
    case .daily, .weekly, .monthly: .max
    }
  }
}
