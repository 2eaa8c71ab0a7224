import ArgumentParser

/// How a command that reads files answers: for people or for programs, and with a page beside.
struct AnswerOptions: ParsableArguments {
  @Flag(help: "Answer in JSON, with every number.") var json = false
  @Option(
    help: ArgumentHelp("Also write a page with figures, for a browser or paper.", valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var report: String?

  /// Where the page goes; nil without one.
  ///
  /// - Throws: a usage failure where that is one of the files to be read.
  func page(notAmong inputs: [String]) throws -> ReportFile? {
    try report.map { try ReportFile($0, notAmong: inputs) }
  }

  /// Answers in JSON, or tells people, and then writes the page: what can't be written takes nothing with it.
  func answer(
    _ json: some Encodable, tell: () -> Void, page: (file: ReportFile?, content: () -> String)
  ) throws {
    if self.json { try sayJSON(json) } else { tell() }
    guard let file = page.file else { return }
    try file.write(page.content())
    if !self.json { say(file.news) }
  }
}
