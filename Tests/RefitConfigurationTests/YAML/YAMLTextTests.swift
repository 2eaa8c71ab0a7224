import Testing

@testable import RefitConfiguration

@Suite("The bytes of a file") struct YAMLTextTests {
  @Test("A byte order mark and the other line ends change nothing")
  func encodings() throws {
    let expected = try SampleFile.parse(SampleFile.lending).project
    let bytes = Array(SampleFile.lending.utf8)
    #expect(try SampleFile.parse(bytes: [0xEF, 0xBB, 0xBF] + bytes).project == expected)
    let windows = SampleFile.lending.split(separator: "\n", omittingEmptySubsequences: false).joined(
      separator: "\r\n")
    #expect(try SampleFile.parse(windows).project == expected)
  }

  @Test("JSON is read too")
  func json() throws {
    let text =
      #"{"version": 1, "project": "x", "models": {"a": {"mode": "observe", "schedules":\#n"#
      + #"{"s": {"cron": "@daily", "do": "evaluate"}}}}}"#
    #expect(try SampleFile.parse(text).project.models.map(\.name.text) == ["a"])
  }

  @Test(
    "Bytes that are not UTF-8 are refused where they begin",
    arguments: [
      ([0xFF], "1:1"), ([0x61, 0x0A, 0xC3, 0xA4, 0xC3, 0x28], "2:2"), ([0x61, 0xED, 0xA0, 0x80], "1:2"),
      ([0x0A, 0x0A, 0xF0, 0x9F, 0xA6], "3:1"), ([0xEF, 0xBB, 0xBF, 0x62, 0xC0, 0x80], "1:2"),
    ] as [([UInt8], String)])
  func invalid(bytes: [UInt8], place: String) {
    do throws(ConfigurationError) {
      _ = try SampleFile.parse(bytes: bytes)
      Issue.record("the bytes were taken for a configuration")
    } catch {
      #expect(error.description == "refit.yaml:\(place): this is not UTF-8: save the file as UTF-8")
    }
  }
}
