import Foundation
import RefitTesting
import Testing

/// `refit profile`, as people and programs call it.
@Suite struct ProfileCommandTests {
  private func profile(_ scratch: ScratchDirectory, _ arguments: String...) throws -> Command {
    try Command.run(
      try Products.path("refit"), ["profile"] + arguments, in: scratch.path, environment: ["NO_COLOR": "1"])
  }

  private func files(_ reference: String, _ current: String) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory("refit-profile")
    try scratch.write(reference, to: "reference.csv")
    try scratch.write(current, to: "current.csv")
    return scratch
  }

  private func answer(_ command: Command) throws -> ProfileAnswer {
    try #require(command.status == 0, "\(command.errors)")
    return try JSONDecoder().decode(ProfileAnswer.self, from: Data(command.output.utf8))
  }

  // MARK: - Numbers

  @Test(arguments: [UInt64](1...6))
  func `every statistic is what numpy and scipy say`(seed: UInt64) throws {
    var world = RandomFiles(seed: seed)
    let (reference, current) = (world.file(shift: 0), world.file(shift: seed % 3 == 0 ? 0 : 0.4))
    let scratch = try files(reference, current)
    let answer = try answer(
      try profile(scratch, "reference.csv", "current.csv", "--categorical", "code", "--json"))
    let expected = try Oracle.ask(
      "profile_oracle.py", Question(reference: reference, current: current, categorical: ["code"]),
      as: OracleAnswer.self)
    #expect(answer.columns.map(\.name) == expected.columns.map(\.name))
    for (column, oracle) in zip(answer.columns, expected.columns) {
      let place = "seed \(seed), \(column.name)"
      #expect(column.type == oracle.type, "\(place)")
      #expect(column.referenceCount == oracle.referenceCount, "\(place)")
      #expect(column.currentCount == oracle.currentCount, "\(place)")
      let names = Set(column.statistics.keys.filter { !$0.hasSuffix("_undefined") && $0 != "ks_method" })
      if column.status == "ok" { #expect(names == Set(oracle.statistics.keys), "\(place)") }
      for name in names {
        let value = column.statistics[name]??.number
        #expect(agree(value, oracle.statistics[name] ?? nil, name), "\(place): \(name)")
        let reason = column.statistics["\(name)_undefined"]??.text
        #expect(
          (value == nil) == (reason != nil), "\(place): \(name) is undefined for a reason or not at all")
      }
    }
  }

  private func agree(_ value: Double?, _ expected: Double?, _ name: String) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    let tolerance = name.hasSuffix("pvalue") ? 1e-6 : 1e-9
    return abs(value - expected) <= max(tolerance * max(abs(value), abs(expected)), 1e-12)
  }

  // MARK: - Kinds and columns

  @Test
  func `a column is numeric only when it is on both sides, and its fields are compared as they are written`()
    throws
  {
    let scratch = try files("x,zip\n1,01\n2,1\n", "x,zip\n1,A\n2,01\n")
    let columns = try answer(profile(scratch, "reference.csv", "current.csv", "--json")).columns
    #expect(columns.map(\.type) == ["numeric", "categorical"])
    #expect(columns.map(\.typeFrom) == ["inferred", "mixed"])
    // 01 is on both sides, 1 and A are on one.
    #expect(columns[1].unseen == ["A"])
    #expect(columns[1].vanished == ["1"])
    let people = try profile(scratch, "reference.csv", "current.csv")
    #expect(
      people.output.contains(
        "'zip' is all numbers in one file only, so both sides are compared as categories."))
  }

  @Test func `columns of one file are named and empty in the other`() throws {
    let scratch = try files("x,old\n1,a\n2,b\n", "new,x\n7,1\n8,\n")
    let columns = try answer(profile(scratch, "reference.csv", "current.csv", "--json")).columns
    #expect(columns.map(\.name) == ["x", "old", "new"])
    #expect(columns.map(\.status) == ["ok", "empty-current", "empty-reference"])
    #expect(columns.map(\.presentIn) == ["both", "reference", "current"])
    #expect(columns[1].statistics["psi_undefined"]??.text == "empty-current")
    let people = try profile(scratch, "reference.csv", "current.csv")
    #expect(people.output.contains("In the reference only: 'old'."))
    #expect(people.output.contains("In the current file only: 'new'."))
  }

  @Test func `columns can be chosen and declared`() throws {
    let scratch = try files("a,b,\"c,d\"\n1,1,1\n2,2,2\n", "a,b,\"c,d\"\n1,1,1\n2,2,2\n")
    let some = try profile(
      scratch, "reference.csv", "current.csv", "--columns", "b,a", "--categorical", "b", "--json")
    #expect(try answer(some).columns.map(\.name) == ["a", "b"])
    #expect(try answer(some).columns.map(\.type) == ["numeric", "categorical"])
    let comma = try profile(scratch, "reference.csv", "current.csv", "--columns", "\"c,d\"", "--json")
    #expect(try answer(comma).columns.map(\.name) == ["c,d"])
  }

  // MARK: - What is wrong is told

  @Test(arguments: [
    (["--columns", "\"age"], "--columns: a quote in '\"age' is not closed"),
    (["--numeric", "\"age\"s,job"], "--numeric: in '\"age\"s,job' something stands behind a closing quote"),
    (["--categorical", "job,"], "--categorical: there is an empty name in 'job,'"),
    (["--columns", "agee"], "--columns: neither file has a column 'agee'; did you mean 'age'?"),
    (
      ["--numeric", "age", "--categorical", "age"], "'age' is declared both numeric and categorical: say one"
    ),
    (["--columns", "age", "--numeric", "job"], "'job' is declared, but --columns does not name it"),
    (["--numeric", "job"], "reference.csv:2:4: column 'job': 'clerk' is not a number"),
  ])
  func `a wrong option is refused with what would be right`(options: [String], reason: String) throws {
    let scratch = try files("age,job\n31,clerk\n", "age,job\n32,smith\n")
    let command = try Command.run(
      try Products.path("refit"), ["profile", "reference.csv", "current.csv"] + options, in: scratch.path)
    #expect(command.status == 64)
    #expect(command.output.isEmpty)
    #expect(command.errors.contains(reason), "\(command.errors)")
    #expect(try scratch.read("current.csv") == "age,job\n32,smith\n")
  }

  @Test(arguments: [
    ("", "current.csv:1: a header is needed"),
    ("x\n1,2\n", "current.csv:2:3: 2 fields where the header has 1"),
    ("x,x\n", "current.csv:1:3: the column name 'x' is there twice"),
    ("y\n1\n", "no column is in both files: reference.csv has 'x'; current.csv has 'y'"),
  ])
  func `a file that is no table is named, with the place`(current: String, reason: String) throws {
    let command = try profile(try files("x\n1\n", current), "reference.csv", "current.csv")
    #expect(command.status == 64)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  @Test func `a file that is not there is named`() throws {
    let command = try profile(try files("x\n1\n", "x\n1\n"), "reference.csv", "novel.csv")
    #expect(command.status == 64)
    #expect(command.errors.contains("novel.csv: there is no such file"))
  }

  @Test func `a file without rows is said to have none`() throws {
    let scratch = try files("x,c\n1,a\n", "x,c\n")
    let command = try profile(scratch, "reference.csv", "current.csv")
    #expect(command.status == 0)
    #expect(command.output.contains("Nothing can be compared: current.csv has no rows."))
    let columns = try answer(profile(scratch, "reference.csv", "current.csv", "--json")).columns
    #expect(columns.map(\.status) == ["empty-current", "empty-current"])
    #expect(columns.allSatisfy { $0.statistics["missing_share_current_undefined"]??.text == "empty-current" })
  }

  @Test func `what does not exist is null beside its reason, wherever it stands`() throws {
    let command = try profile(try files("x,c\n1,a\n", "x,c\n,\n"), "reference.csv", "current.csv", "--json")
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(command.output.utf8))
    #expect(tree["data_set", "drifted_share"] == .null)
    #expect(
      tree["data_set", "drifted_share_undefined"]?.text == "no column has a usable value on both sides")
    guard case .list(let columns) = tree["columns"] else { throw Unexpected() }
    for column in columns {
      for name in ["p_value", "psi_expected_under_no_change", "chi2_small_expected_counts"] {
        #expect(column[name] == .null)
        #expect(column["\(name)_undefined"]?.text == "empty-current")
      }
    }
  }

  private struct Unexpected: Error {}

  @Test func `JSON lines of a day on which nothing happened have no rows and lack no column`() throws {
    let scratch = try files("x\n1\n", "")
    for (empty, status) in [("empty.jsonl", "empty-current"), ("blank.ndjson", "empty-current")] {
      try scratch.write(empty == "blank.ndjson" ? "\n\n" : "", to: empty)
      #expect(
        try answer(profile(scratch, "reference.csv", empty, "--json")).columns.map(\.status) == [status])
      let turned = try answer(profile(scratch, empty, "reference.csv", "--json")).columns
      #expect(turned.map(\.status) == ["empty-reference"])
    }
  }

  @Test func `a column without any value is not said to be numbers`() throws {
    let scratch = try files("x,c\n1,a\n2,b\n", "x,c\n1,\n2,\n")
    let command = try profile(scratch, "reference.csv", "current.csv")
    #expect(!command.output.contains("all numbers in one file only"))
    let columns = try answer(profile(scratch, "reference.csv", "current.csv", "--json")).columns
    #expect(columns.map(\.type) == ["numeric", "categorical"])
    #expect(columns.map(\.typeFrom) == ["inferred", "inferred"])
  }

  // MARK: - For people

  @Test func `people see the most drift first, beside what chance gives`() throws {
    let reference =
      "calm,moved,job\n" + (0..<200).map { "\($0 % 7),\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    let current =
      "calm,moved,job\n" + (0..<200).map { "\($0 % 7),\($0 + 150),\($0 % 2 == 0 ? "" : "b")\n" }.joined()
    let command = try profile(try files(reference, current), "reference.csv", "current.csv")
    let lines = command.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines[0] == ["reference", "reference.csv", "200", "rows"])
    #expect(lines[3].prefix(4) == ["moved", "numeric", "200", "0%"])
    #expect(lines[4].prefix(9) == ["job", "categorical", "200", "/", "100", "0%", "/", "50%", "4.6043"])
    #expect(lines[5].prefix(2) == ["calm", "numeric"])
    #expect(
      command.output.contains(
        "3 columns compared: large drift in 2 (PSI 0.25 or more); the most in 'moved', PSI "))
    #expect(command.output.contains("'job': 1 category vanished ('a')."))
  }

  @Test func `few rows are not called drift`() throws {
    let reference = "x\n" + (0..<30).map { "\(($0 * 7) % 30)\n" }.joined()
    let current = "x\n" + (0..<12).map { "\($0 * $0 % 30)\n" }.joined()
    let command = try profile(try files(reference, current), "reference.csv", "current.csv")
    #expect(command.output.contains("1 column compared: 'x', PSI "))
    #expect(command.output.contains(": perhaps chance, with so few rows.\n"))
    let scratch = try files(
      reference.replacing("\n", with: ",1\n").replacing("x,1", with: "x,y"),
      current.replacing("\n", with: ",1\n").replacing("x,1", with: "x,y"))
    let two = try profile(scratch, "reference.csv", "current.csv")
    #expect(two.output.contains("1 at 0.1 or more, which may be chance with so few rows"))
  }

  @Test func `what the values alone don't show of missing ones is told`() throws {
    let rows = "x,y\n" + (0..<60).map { "\($0 % 6),\($0)\n" }.joined()
    let fewer = "x,y\n" + (0..<60).map { "\($0 < 18 ? String($0 % 6) : ""),\($0)\n" }.joined()
    let command = try profile(try files(rows, fewer), "reference.csv", "current.csv")
    #expect(
      command.output.contains(
        "'x' is missing in 70% of the current rows, in 0% of the reference's: the PSI is "))
    #expect(!command.output.contains("'y' is missing"))
  }

  @Test func `names and categories from outside can't speak for Refit`() throws {
    let hostile = "\u{1B}[31m<b>&\u{202E}"
    let text = "\"\(hostile)\",x\n\"\(hostile)\",1\nplain,2\n"
    let scratch = try files(text, "\"\(hostile)\",x\nother,1\n")
    let command = try profile(scratch, "reference.csv", "current.csv", "--report", "page.html")
    #expect(command.status == 0)
    #expect(!command.output.contains("\u{1B}"))
    let page = try scratch.read("page.html")
    #expect(!page.contains("\u{1B}") && !page.contains("\u{202E}") && !page.contains("<b>"))
    #expect(page.contains("\\u{1B}[31m&lt;b&gt;&amp;"))
  }

  // MARK: - The page

  @Test func `the page is well-formed, names every column, and is the same each time`() throws {
    var world = RandomFiles(seed: 7)
    let scratch = try files(world.file(shift: 0), world.file(shift: 1))
    let command = try profile(scratch, "reference.csv", "current.csv", "--report", "page.html")
    #expect(command.output.hasSuffix("Wrote page.html.\n"))
    let page = try scratch.read("page.html")
    let read = try Oracle.ask("page_oracle.py", ["page": page], as: ReadPage.self)
    for name in RandomFiles.names { #expect(read.texts.contains(name), "\(name)") }
    #expect(read.elements.contains("polyline"))
    // The rest of a long list is there as one row.
    #expect(read.texts.contains { $0.hasSuffix("others") })
    _ = try profile(scratch, "reference.csv", "current.csv", "--report", "again.html")
    #expect(try scratch.read("again.html") == page)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).count == 4)
  }
}

private struct Question: Encodable {
  let reference: String
  let current: String
  let categorical: [String]
}

private struct ReadPage: Decodable {
  let elements: [String]
  let texts: [String]
}

/// What `refit profile --json` promises.
private struct ProfileAnswer: Decodable {
  struct Side: Decodable {
    let rows: Int
  }

  struct Column: Decodable {
    let name: String
    let type: String
    let typeFrom: String
    let presentIn: String
    let status: String
    let referenceCount: Int
    let currentCount: Int
    let unseen: [String]?
    let vanished: [String]?
    let statistics: [String: Value?]

    private enum CodingKeys: String, CodingKey {
      case name, type, status, statistics
      case typeFrom = "type_from"
      case presentIn = "present_in"
      case referenceCount = "n_reference"
      case currentCount = "n_current"
      case unseen = "unseen_categories"
      case vanished = "vanished_categories"
    }
  }

  /// A number or a text.
  enum Value: Decodable {
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do { self = .number(try container.decode(Double.self)) } catch {
        self = .text(try container.decode(String.self))
      }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
  }

  let reference: Side
  let current: Side
  let columns: [Column]
}

private struct OracleAnswer: Decodable {
  struct Column: Decodable {
    let name: String
    let type: String
    let referenceCount: Int
    let currentCount: Int
    let statistics: [String: Double?]

    private enum CodingKeys: String, CodingKey {
      case name, type, statistics
      case referenceCount = "n_reference"
      case currentCount = "n_current"
    }
  }

  let columns: [Column]
}

/// Files with whatever a column can hold: missing values, quotes, constants, infinities, many categories.
private struct RandomFiles {
  static let names = ["amount", "age", "constant", "job, \"title\"", "many", "code", "gone", "infinite"]
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func file(shift: Double) -> String {
    let header = Self.names.map { $0.contains(",") ? "\"job, \"\"title\"\"\"" : $0 }.joined(separator: ",")
    return "\(header)\n"
      + (0..<Int.random(in: 60...400, using: &generator)).map { _ in row(shift) + "\n" }.joined()
  }

  private mutating func row(_ shift: Double) -> String {
    let jobs = ["clerk", "\"smith, black\"", "\"the \"\"boss\"\"\"", "Zürich", "NA", ""]
    let fields = [
      generator.chance(0.1) ? "" : "\(1000 * (generator.bell() + shift))",
      generator.chance(0.05) ? "NaN" : "\(18 + Int(40 * generator.unit() * (1 + shift)))",
      "7.5", generator.pick(Array(jobs.dropLast(shift > 0.3 ? 0 : 1))),
      "c\(Int(60 * generator.unit() * (1 + shift)))", "0\(Int(3 * generator.unit()))",
      shift == 0 ? "\(generator.unit())" : "",
      generator.chance(0.1) ? generator.pick(["inf", "-inf"]) : "\(Int(generator.bell() * 100))",
    ]
    return fields.joined(separator: ",")
  }
}
