import ArgumentParser
import RefitConfiguration
import RefitCore

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read refit.yaml and say all that is wrong with it.",
    discussion: """
      Starts nothing and writes nothing. Exits 0 when the file is good, 78 when it is not.

        refit check
        refit check --resolved     # with every default filled in
      """)

  @OptionGroup var options: ProjectOptions

  @Flag(name: .long, help: "Print the configuration with every default filled in.")
  var resolved = false

  func run() throws {
    try answering {
      let project = try options.directory()
      do {
        let loaded = try ConfigurationFile.check(projectDirectory: project.root) { clock in
          // Before the first tick of a simulated project its clock says nothing yet.
          let simulated = clock == .simulated ? options.knownSimulatedTime(of: project) : nil
          return simulated ?? World.wallClock()
        }
        if options.json {
          try sayJSON(
            Answer(valid: true, diagnostics: loaded.warnings, configuration: resolved ? loaded.project : nil))
          return
        }
        for warning in loaded.warnings { say(ShownText("\(warning)").text, to: .standardError) }
        if resolved {
          say(ConfigurationFile.resolvedYAML(loaded.project))
        } else {
          let models = PersonNumber.count(loaded.project.models.count, "model")
          let schedules = PersonNumber.count(
            loaded.project.models.reduce(0) { $0 + $1.schedules.count }, "schedule")
          say("refit.yaml is good: \(models), \(schedules).")
        }
      } catch let error as ConfigurationError {
        if options.json {
          try sayJSON(Answer(valid: false, diagnostics: error.diagnostics, configuration: nil))
        }
        if !options.json {
          for diagnostic in error.diagnostics { say(ShownText("\(diagnostic)").text, to: .standardError) }
        }
        throw ExitCode(Failure.Code.configuration.rawValue)
      }
    }
  }

  private struct Answer: Encodable {
    var valid: Bool
    var diagnostics: [ConfigurationDiagnostic]
    var configuration: Project?
  }
}
