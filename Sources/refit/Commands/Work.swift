import ArgumentParser
import RefitEngine

/// What Refit starts for itself when a tick would take too long.
struct Work: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Do long work that a tick has ordered.",
    discussion: """
      Started by Refit itself, under a supervisor: it seals, copies, hashes, observes or judges what is too large for \
      a tick, and leaves the result for the next one. It takes no lock.

        refit work state/long-work/seal.credit-risk.4.train.candidate.1/1
      """,
    shouldDisplay: false)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The directory with the order.", completion: .directory) var directory: String

  func run() throws {
    try answering(for: .doing) { try Worker.work(in: directory, of: try options.directory()) }
  }
}
