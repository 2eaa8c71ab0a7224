import RefitConfiguration
import Testing

@Suite struct BadFileTests {
  @Test("A bad file is refused with one error, at its place", arguments: BadFile.all)
  func refusal(of file: BadFile) {
    let errors = SampleFile.errors(of: file.text)
    #expect(errors.map(\.description) == [file.expected])
  }
}

extension BadFile {
  static let all =
    keys + types + yaml + names + ranges + features + schedules + graph + jobs + conditions + gates + later
}
