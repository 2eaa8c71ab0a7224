import ArgumentParser
import Glibc
import RefitEngine
import RefitTables

struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the columns of two files: how far has the data drifted?",
    discussion: """
      Needs no project. Compares every column that both files have, with the statistics of monitors and policies. A \
      column is numeric when it is declared so, or when every field of both files that is not missing is a number; \
      else it is categorical. Files are CSV or JSON lines, also packed with gzip, or \
      Parquet; a pattern in quotes means all files that match it, as one table.

        refit profile data/training.csv data/predictions/2026-11.csv
        refit profile data/training.csv 'data/predictions/2026-11-*.csv'
        refit profile old.csv new.csv --columns age,zip --categorical zip
        refit profile old.csv new.csv --report drift.html
      """)

  @Argument(help: "What is normal, such as the training data.", completion: .file()) var reference: String
  @Argument(help: "What is to be held against it.", completion: .file()) var current: String
  @Option(
    help: ArgumentHelp(
      "Compare these only, separated by commas, a name with a comma in double quotes; by default all.",
      valueName: "names"))
  var columns: [String] = []
  @Option(help: ArgumentHelp("These are numbers.", valueName: "names")) var numeric: [String] = []
  @Option(help: ArgumentHelp("These are categories, whatever they look like.", valueName: "names"))
  var categorical: [String] = []
  @OptionGroup var output: AnswerOptions

  func validate() throws { _ = try asked() }

  private func asked() throws -> ProfiledColumns {
    ProfiledColumns(
      columns: try NameList(option: "--columns").names(in: columns),
      numeric: try NameList(option: "--numeric").names(in: numeric),
      categorical: try NameList(option: "--categorical").names(in: categorical))
  }

  func run() throws {
    try answering {
      let (reference, current) = (try TableFiles(named: reference), try TableFiles(named: current))
      let page = try output.page(notAmong: reference.paths + current.paths)
      let profile = try read(reference, current)
      try output.answer(
        ProfileAnswer(profile), tell: { ProfileTable(profile).tell() },
        page: (page, { ProfileReport(profile).page }))
    }
  }

  private func read(_ reference: TableFiles, _ current: TableFiles) throws -> FileProfile {
    let asked = try asked()
    do {
      return try FileProfile.read(
        reference: reference, current: current, columns: asked,
        threads: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    } catch {
      throw Failure(.usage, error.description)
    }
  }
}
