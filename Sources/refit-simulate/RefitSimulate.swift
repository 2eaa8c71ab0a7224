import ArgumentParser
import RefitSimulation

/// Plays simulated worlds: one again, or new ones until the time is up.
@main
struct RefitSimulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refit-simulate",
    abstract: "Play years of schedules and faults on a simulated machine, and check every invariant.",
    discussion: """
      The same seed plays the same, byte for byte. Exits 0 when every invariant held, 1 when one did not.

        refit-simulate --seed 17 --trace
        refit-simulate --minutes 60
        refit-simulate --seed 17 --shrink --keep Tests/SimulationTests/Kept/lost-run.json
        refit-simulate --plan Tests/SimulationTests/Kept/lost-run.json --trace
        refit-simulate --minutes 2 --without claim
      """)

  @Option(help: "Which world to play; with --minutes, the first of them.") var seed: UInt64?
  @Option(help: ArgumentHelp("Play a plan that was kept.", valueName: "file")) var plan: String?
  @Flag(help: "Play the short plan that is killed once at every fail point.") var everywhere = false
  @Option(help: "So many years of it, instead of as many as the seed says.") var years: Double?
  @Option(help: "Play one seed after the other for so long.") var minutes: Double?
  @Flag(help: "Tell everything that happens.") var trace = false
  @Flag(help: "After a failure, look for the fewest happenings that still bring it about.") var shrink = false
  @Option(
    help: ArgumentHelp(
      "Write the plan that failed to a file, shrunk where --shrink says so.", valueName: "file"))
  var keep: String?
  @Option(
    help: ArgumentHelp(
      "Take a guard out, to see that it would be missed: \(Guard.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "guard"))
  var without: Guard?
  @Flag(help: "With --without: worlds with more of what the guard is there for.") var hazardous = false

  func validate() throws {
    if let years, years <= 0 { throw ValidationError("--years takes a positive number") }
    if let minutes, minutes <= 0 { throw ValidationError("--minutes takes a positive number") }
    if plan != nil, seed != nil || minutes != nil {
      throw ValidationError("--plan says which world to play; leave out --seed and --minutes")
    }
  }

  func run() throws {
    let plan = try self.plan.map { try KeptPlan(path: $0).plan }
    let campaign = Campaign(without: without)
    var seed = self.seed ?? 1
    var total = Figures()
    let start = Campaign.processorSeconds
    let end = minutes.map { Campaign.elapsedSeconds + $0 * 60 }
    repeat {
      let plan = plan ?? chosen(seed)
      if end != nil { print("seed \(seed)", terminator: "\r") }
      let outcome = try Simulation(plan, without: without, trace: trace ? { print($0) } : nil).run()
      total = total + outcome.figures
      if let violation = outcome.violation {
        print(campaign.report(of: violation, plan, at: outcome.at))
        try follow(violation, plan, until: outcome.figures.seconds)
        print(campaign.summary(total, processorSeconds: Campaign.processorSeconds - start))
        throw ExitCode(1)
      }
      seed += 1
    } while end.map { Campaign.elapsedSeconds < $0 } ?? false
    print(campaign.summary(total, processorSeconds: Campaign.processorSeconds - start))
  }

  private func chosen(_ seed: UInt64) -> Plan {
    if everywhere { return .everywhere(isClockSimulated: seed % 2 == 0) }
    if hazardous, let without { return .hazardous(for: without, seed: seed) }
    return Plan(seed: seed, days: years.map { max(1, Int(($0 * 365.25).rounded())) })
  }

  /// Shrinks and keeps what failed, where that was asked for.
  private func follow(_ violation: Violation, _ plan: Plan, until seconds: Int64) throws {
    var plan = plan
    if shrink {
      plan = try plan.shrunk(keeping: violation.invariant, until: seconds, without: without) {
        print("\($0) happenings left", terminator: "\r")
      }
      print("It takes \(plan.happenings.count) happenings:")
      for happening in plan.happenings { print("  \(happening)") }
    }
    if let keep {
      try KeptPlan(found: violation.description, date: Campaign.today, plan: plan).write(to: keep)
      print("Written to \(keep); replay it with: refit-simulate --plan \(keep) --trace")
    }
  }
}

extension Guard: ExpressibleByArgument {}
