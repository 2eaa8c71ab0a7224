import RefitCore
import RefitTesting

extension Plan {
  /// The plan of a seed, with more of what a guard is there for: so that its loss shows within a few seeds.
  public static func hazardous(for missing: Guard, seed: UInt64) -> Plan {
    var plan = Plan(seed: seed, days: 20)
    var chance = SeededGenerator(seed: Chance.bits(seed, missing.rawValue))
    let names = plan.settings.models.map(\.name)
    plan.settings.expose(missing)
    for _ in 0..<6 {
      let at = Int64(chance.unit() * Double(plan.seconds))
      let name = chance.pick(names)
      switch missing {
      case .occurrences:
        plan.happenings += [
          Happening(at: at, what: .clockStep(seconds: -86_400 * Int64(1 + chance.next() % 3))),
          Happening(at: at + 60, what: .configure(.remove(model: name))),
          Happening(at: at + 7200, what: .configure(.restore(model: name))),
        ]
      case .claim: plan.happenings.append(Happening(at: at, what: .launch(.claimLate(seconds: 900))))
      case .rehash:
        plan.happenings += [
          Happening(at: at, what: .swapCandidate), Happening(at: at + 7200, what: .person(.approve(name))),
        ]
      case .misfire: plan.happenings.append(Happening(at: at, what: .off(seconds: 40 * 3600)))
      case .queue:
        plan.happenings += [
          Happening(at: at, what: .configure(.mode(model: name, .promote))),
          Happening(at: at / 7200 * 7200 + 7080, what: .person(.retrain(name))),
        ]
      case .ready: break
      case .clock:
        // A schedule that is new meets occurrences at once; what others waited for lies ahead.
        plan.happenings += [
          Happening(at: at, what: .clockStep(seconds: -86_400 * 3)),
          Happening(at: at + 60, what: .configure(.remove(model: name))),
          Happening(at: at + 900, what: .configure(.restore(model: name))),
        ]
      }
    }
    plan.happenings = Happening.inOrder(plan.happenings)
    return plan
  }
}

extension ProjectSettings {
  /// Lets the first schedule of each model be one that a guard is there for.
  fileprivate mutating func expose(_ guarded: Guard) {
    for model in models.indices {
      switch guarded {
      case .misfire: models[model].schedules[0].misfire = .init(run: .skip, graceMinutes: 5, withinHours: 12)
      case .queue:
        models[model].schedules[0].rhythm = .everyHours(2, minute: 0)
        models[model].schedules[0].zone = "UTC"
        models[model].schedules[0].action = .retrain
        models[model].schedules[0].queues = true
      case .ready: models[model].schedules[0].ready = .init(everyMinutes: 20, withinHours: 2)
      case .occurrences, .claim, .rehash, .clock: break
      }
    }
    if guarded == .clock { isClockSimulated = false }
  }
}

extension Happening {
  /// In their order of time; of two at once the one that stood first.
  static func inOrder(_ happenings: [Happening]) -> [Happening] {
    happenings.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }
}
