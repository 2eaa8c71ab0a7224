import ArgumentParser
import Glibc
import RefitSimulation

@main
struct RefitSimulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refit-simulate",
    abstract: "Play years of schedules and faults on a simulated machine, and check every invariant.",
    discussion: """
      The same seed plays the same, byte for byte.

        refit-simulate --seed 17 --trace
        refit-simulate --minutes 60
      """)

  @Option(help: "Which world to play.") var seed: UInt64?
  @Option(help: "How long, instead of as long as the seed says.") var days: Int?
  @Flag(help: "Tell everything that happens.") var trace = false

  func run() throws {
    let plan = Plan(seed: seed ?? 1, days: days)
    let simulation = try Simulation(plan, trace: trace ? { print($0) } : nil)
    let outcome = try simulation.run()
    print(outcome)
  }
}
