import RefitConfiguration
import RefitCore
import Testing

@Suite struct SystemTimeZonesTests {
  @Test func readsAZoneOfTheSystem() throws {
    let berlin = try SystemTimeZones.rules(for: "Europe/Berlin")
    #expect(berlin.identifier == "Europe/Berlin")
    #expect(berlin.offset(at: Instant(seconds: 1_767_225_600)) == 3600)
    #expect(berlin.offset(at: Instant(seconds: 1_782_864_000)) == 7200)
    #expect(try SystemTimeZones.rules(for: "UTC") == .utc)
  }

  @Test(arguments: [
    ("", "not a zone's name"), ("..", "not a zone's name"),
    ("../zoneinfo/Europe/Berlin", "not a zone's name"),
    ("Europe/../Europe/Berlin", "not a zone's name"), ("/usr/share/zoneinfo/UTC", "not a zone's name"),
    ("Europe//Berlin", "not a zone's name"), ("Europe/", "not a zone's name"),
    ("Europe/Berlin\0", "not a zone's name"), ("zone.tab", "not a zone's name"),
    ("Europe", "no such zone"), ("Europe/Nowhere", "no such zone"), ("Europe/Berlin/Mitte", "no such zone"),
    ("leapseconds", "TZif"), ("right/Europe/Berlin", "leap seconds"),
  ])
  func refusesWhatIsNoZone(identifier: String, words: String) throws {
    let error = try #require(throws: TimeZoneError.self) { try SystemTimeZones.rules(for: identifier) }
    #expect(error.identifier == identifier)
    #expect(error.message.contains(words), "\(error)")
  }

  @Test func tellsTheVersionOfTheDatabase() throws {
    let version = try #require(SystemTimeZones.databaseVersion)
    #expect(version.prefix(4).allSatisfy(\.isNumber) && version.count >= 5)
  }
}
