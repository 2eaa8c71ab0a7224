import Testing

@testable import Lending

private func world(seed: UInt64 = 7) throws -> LendingWorld {
  LendingWorld(start: try Instant("2026-01-01"), seed: seed, applicationsPerDay: 800)
}

@Test func `the same seed gives the same day, another seed another one`() throws {
  #expect(try world().applications(12) == world().applications(12))
  #expect(try world().applications(12) != world(seed: 8).applications(12))
  #expect(try world().applications(12) != world().applications(13))
}

@Test func `applications come in order, within their day, with ids of their own`() throws {
  let world = try world()
  let days = [1, 2, 120].map { world.applications($0) }
  for (day, applications) in zip([1, 2, 120], days) {
    #expect(applications.count == 800)
    #expect(applications.map(\.scoredAt) == applications.map(\.scoredAt).sorted())
    #expect(applications.allSatisfy { $0.scoredAt.date == world.midnight(day).date })
  }
  #expect(Set(days.joined().map(\.id)).count == 2_400)
}

@Test func `every label arrives once, 1 to 9 days later, some after the five days in which they mature`()
  throws
{
  let world = try world()
  let arrived = (1...30).flatMap { world.labels(arrivingOn: $0) }
  let expected = (1...21).flatMap { world.applications($0) }
  #expect(Set(arrived.map(\.id)).count == arrived.count)
  #expect(Set(arrived.map(\.id)).isSuperset(of: expected.map(\.id)))
  let delays = arrived.map { ($0.labelledAt.secondsSince1970 - $0.scoredAt.secondsSince1970) / 3_600 }
  #expect(delays.allSatisfy { $0 > 0 && $0 < 10 * 24 })
  let late = Double(delays.count { $0 > 5 * 24 }) / Double(delays.count)
  #expect(late > 0.01 && late < 0.15)
}

@Test func `both groups are large, and a fair part of the applicants defaults`() throws {
  let applications = try (1...10).flatMap { try world().applications($0) }
  let women = Double(applications.count { $0.sex == .female }) / Double(applications.count)
  let defaults = Double(applications.count { $0.defaults }) / Double(applications.count)
  #expect(women > 0.47 && women < 0.53)
  #expect(defaults > 0.10 && defaults < 0.30)
}

@Test func `nothing changes before day 60; then the rates rise, then other people apply`() {
  #expect(Economy(day: 1) == Economy(day: 60))
  #expect(Economy(day: 80).squeeze == 1 && Economy(day: 80).campaign == 0)
  #expect(Economy(day: 120).squeeze == 1 && Economy(day: 120).campaign == 1)
}

@Test func `after the rates rose, what was learnt before ranks much worse than what is learnt since`() throws
{
  let world = try world()
  func learn(_ days: ClosedRange<Int>) throws -> LogisticModel {
    let applications = days.flatMap { world.applications($0) }
    return try LogisticRegression().fit(Frame(applications), labels: applications.map(\.defaults))
  }
  let judged = (85...90).flatMap { world.applications($0) }
  func area(_ model: LogisticModel) -> Double? {
    areaUnderCurve(scores: model.probabilities(Frame(judged)), labels: judged.map(\.defaults))
  }
  let (old, new) = (try #require(area(learn(40...53))), try #require(area(learn(70...83))))
  #expect(new > old + 0.1)
}
