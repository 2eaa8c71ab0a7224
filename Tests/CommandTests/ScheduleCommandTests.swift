import Foundation
import RefitTesting
import Testing

/// `refit schedule`, as people and programs call it.
@Suite struct ScheduleCommandTests {
  private func refit(_ arguments: String..., in directory: String? = nil) throws -> Command {
    try Command.run(try Products.path("refit"), arguments, in: directory, environment: ["NO_COLOR": "1"])
  }

  private func project() throws -> ScratchDirectory {
    let scratch = try ScratchDirectory("refit-schedules")
    try scratch.write(
      """
      version: 1
      project: lending
      timezone: Europe/Berlin
      models:
        credit-risk:
          mode: observe
          schedules:
            nightly: {cron: "H 2 * * *", do: evaluate}
            quarterly: {cron: "*/15 2 * * *", do: evaluate}
        fraud:
          mode: observe
          schedules:
            hourly: {cron: "0 * * * *", do: evaluate, timezone: UTC}

      """, to: "refit.yaml")
    return scratch
  }

  @Test func answersProgramsWithoutAProject() throws {
    let answer = try refit(
      "schedule", "--cron", "15 2 * * *", "--timezone", "Europe/Berlin", "--after", "2026-03-28T00:00:00Z",
      "--next",
      "3", "--json")
    #expect(answer.status == 0)
    let occurrences = try JSONDecoder().decode([String: [String]].self, from: Data(answer.output.utf8))
    #expect(
      occurrences == [
        "occurrences": ["2026-03-28T01:15:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z"]
      ])
  }

  @Test func resolvesHByTheNameThatIsGiven() throws {
    let named = try refit(
      "schedule", "--cron", "H 2 * * *", "--for", "lending/credit-risk/nightly", "--after", "2026-01-01",
      "--next", "1")
    #expect(
      named.output.hasPrefix(
        "\"10 2 * * *\" (from \"H 2 * * *\") in UTC\n  Thu 2026-01-01T02:10:00Z  in 2 hours\n"),
      "\(named.output)")
    let folder = try project()
    let inProject = try refit(
      "schedule", "credit-risk", "--project", folder.path, "--after", "2026-01-01", "--next", "1")
    #expect(
      inProject.output.contains("nightly: \"10 2 * * *\" (from \"H 2 * * *\") in Europe/Berlin, do evaluate"))
  }

  @Test(arguments: [
    (["--cron", "5-1 * * * *"], "column 1, minute: the range 5-1 runs backwards"),
    (["--cron", "H 2 * * *"], "column 1, minute: H stands for a value that a name fixes, and there is none"),
    (["--cron", "H 2 * * *"], "--for lending/credit-risk/nightly"),
    (
      ["--cron", "H 2 * * *", "--for", "nightly"], "'nightly' names no schedule; write project/model/schedule"
    ),
    (["--cron", "0 2 * * *", "--timezone", "Europe/Bonn"], "the system knows no such zone"),
    (["credit-risk", "--cron", "0 2 * * *"], "say either a model or --cron, not both"),
    (["--timezone", "UTC"], "--timezone and --for go with --cron"),
    (["--calendar", "2026", "--next", "3", "--cron", "@daily"], "leave out --next and --after"),
    (["--calendar", "26", "--cron", "@daily"], "--calendar takes a year from 1900 to 9999"),
    (["--cron", "@daily", "--next", "0"], "--next takes 1 to 1000000"),
    (["--cron", "@daily", "--next", "1000001"], "--next takes 1 to 1000000"),
  ])
  func refusesWithTheReason(arguments: [String], reason: String) throws {
    let answer = try Command.run(try Products.path("refit"), ["schedule"] + arguments)
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains(reason), "\(answer.errors)")
  }

  @Test func aModelThatIsNotThereIsToldWithThoseThatAre() throws {
    let folder = try project()
    let answer = try refit("schedule", "churn", "--project", folder.path)
    #expect(answer.status == 64)
    #expect(answer.errors.contains("there is no model 'churn' in refit.yaml; it has credit-risk, fraud"))
  }

  @Test func tellsAProjectsOccurrencesTogether() throws {
    let folder = try project()
    let people = try refit(
      "schedule", "--project", folder.path, "--after", "2026-03-29T00:30:00Z", "--next", "3")
    let lines = people.output.split(separator: "\n").map(String.init)
    #expect(
      lines[1].hasPrefix("2026-03-29T01:00:00Z  Sun 2026-03-29 03:00 Europe/Berlin  credit-risk/nightly"))
    #expect(lines[2].hasPrefix("2026-03-29T01:00:00Z  Sun 2026-03-29 01:00 UTC            fraud/hourly"))
    #expect(people.output.contains("note: credit-risk/quarterly: 2026-03-29 02:00 and 3 more do not exist"))
    let programs = try refit(
      "schedule", "--project", folder.path, "--after", "2026-03-29T00:30:00Z", "--next", "1", "--json")
    #expect(programs.output.contains("\"model\" : \"credit-risk\""))
  }

  @Test func showsAYearAtAGlance() throws {
    let folder = try project()
    let year = try refit("schedule", "--calendar", "2026", "--project", folder.path)
    #expect(year.status == 0)
    #expect(year.output.hasPrefix("lending, 2026: 3 schedules, 10,585 starts\n"), "\(year.output)")
    #expect(year.output.contains("2026-03-29 02:10 Europe/Berlin does not exist: runs at 01:00 UTC"))
    #expect(
      year.output.contains("2026-10-25 02:00 (and 3 more) Europe/Berlin come twice: at 00:00 and 01:00 UTC"))
    let model = try refit("schedule", "fraud", "--calendar", "2026", "--project", folder.path)
    #expect(model.output.hasPrefix("lending/fraud, 2026: 8,760 starts\n"))
    let json = try refit("schedule", "fraud", "--calendar", "2028", "--project", folder.path, "--json")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(answer["starts"] as? Int == 8_784)
  }

  @Test func aCheckShowsWhatHCameToAndWarnsOfClockChanges() throws {
    let folder = try project()
    let resolved = try refit("check", "--resolved", "--project", folder.path)
    #expect(resolved.output.contains("cron: \"10 2 * * *\""))
    #expect(resolved.errors.contains("warning: schedule 'quarterly': "))
    #expect(resolved.errors.contains("do not exist in Europe/Berlin"))
    #expect(resolved.errors.contains("come twice in Europe/Berlin"))
    #expect(!resolved.errors.contains("schedule 'nightly': 20"))
  }
}
