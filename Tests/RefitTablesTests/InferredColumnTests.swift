import Foundation
import RefitTesting
import Testing

@testable import RefitTables

/// A column whose kind is inferred is what the whole of it says, wherever the field stands that decides.
@Suite struct InferredColumnTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  private static let requests = [ColumnRequest("n", as: nil), ColumnRequest("v", as: nil)]

  /// A file of two columns: numbers, and the fields given, in one of the formats.
  private func write(_ fields: [String], to name: String) throws -> String {
    let isJSON = name.contains("jsonl")
    let rows = fields.enumerated().map { row, field in
      isJSON ? "{\"n\":\(row),\"v\":\"\(field)\"}" : "\(row).5,\(field)"
    }
    let text = (isJSON ? rows : ["n,v"] + rows).joined(separator: "\n") + "\n"
    guard name.hasSuffix(".gz") else { return try files.write(text, to: name) }
    struct Packing: Encodable { var path: String, members: [String] }
    struct Answer: Decodable {}
    let packing = Packing(path: files.path(name), members: [text])
    let _: [Answer] = try Oracle.ask("gzip_oracle.py", ["pack": [packing]])
    return packing.path
  }

  @Test(arguments: ["csv", "csv.gz", "jsonl", "jsonl.gz"])
  func theLastFieldOfTheLastFileMayMakeCategoriesOfNumbers(format: String) throws {
    // Longer than a block.
    let numbers = ["01", "1", "", "1.0", "NaN"] + (0..<60_000).map { "\($0 % 1_000)" }
    let first = try write(numbers, to: "first.\(format)")
    let last = try write(["1e0", "x"], to: "last.\(format)")
    let table = try TableFile.read([first, last], columns: Self.requests)
    #expect(table.kind(of: "n") == .numeric)
    let column = try table.categories("v")
    #expect(column.names.prefix(6) == ["01", "1", "1.0", "NaN", "0", "2"])
    #expect(column.names.suffix(2) == ["1e0", "x"])
    #expect(column.names.count == 1_005)
    #expect((0..<table.rowCount).map { column[$0] ?? "" } == numbers + ["1e0", "x"])
    #expect(try TableFile.read([first, first], columns: Self.requests).kind(of: "v") == .numeric)
    #expect(table.location(ofRow: table.rowCount - 1).file == last)
  }

  @Test func aFileOfAnotherFormatMayDecide() throws {
    let paths = [
      try write(["7", "07"], to: "one.csv"), try write(["", ""], to: "two.csv.gz"),
      try write(["true"], to: "three.jsonl"), try write(["8"], to: "four.csv"),
    ]
    let column = try TableFile.read(paths, columns: Self.requests).categories("v")
    #expect(column.names == ["7", "07", "true", "8"])
    #expect(column.codes == [0, 1, -1, -1, 2, 3])
  }

  /// Which texts are numbers is known here, so that the kind follows from the definition.
  @Test func isNumericWhereAllFieldsThatAreNotMissingAreNumbers() throws {
    var generator = SeededGenerator(seed: 4211)
    let numbers = ["1", "01", "-2.50", " 3", "inf", "123456789.123456789"]
    var late = 0
    for number in 0..<200 {
      var fields = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
        Bool.random(using: &generator) ? "" : numbers.randomElement(using: &generator) ?? ""
      }
      let texts = Int.random(in: 0...2, using: &generator)
      for _ in 0..<texts { fields[Int.random(in: 0..<fields.count, using: &generator)] = "a" }
      let cut = Int.random(in: 0...fields.count, using: &generator)
      let format = Bool.random(using: &generator) ? "csv" : "jsonl"
      let paths = [
        try write(Array(fields[..<cut]), to: "\(number)a.\(format)"),
        try write(Array(fields[cut...]), to: "\(number)b.\(format)"),
      ]
      var readings = 0
      let table = try TableBuilder.table(of: Self.requests, in: paths) { path, builder throws(TableError) in
        readings += 1
        try read(path, into: &builder, blockSize: 40, threads: 1 + number % 3)
      }
      if readings > paths.count { late += 1 }
      if texts == 0 {
        let found = try table.numeric("v")
        #expect(zip(found, fields).allSatisfy { $0.isNaN == $1.isEmpty } && found.count == fields.count)
      } else {
        let column = try table.categories("v")
        let names = fields.reduce(into: [String]()) { names, field in
          if !field.isEmpty, !names.contains(field) { names.append(field) }
        }
        #expect(column.names == names)
        #expect((0..<column.count).map { column[$0] ?? "" } == fields)
      }
    }
    #expect(late > 50 && late < 180)
  }

  private func read(
    _ path: String, into builder: inout TableBuilder, blockSize: Int = 1 << 18, threads: Int = 1
  ) throws(TableError) {
    let source = try RegularFile(path: path)
    if path.hasSuffix(".jsonl") {
      let file = JSONLinesFile(source, path: path, blockSize: blockSize, byteLimit: builder.byteLimit)
      _ = try file.readRows(into: &builder, threads: threads)
    } else {
      try CSVReader(source, path: path, blockSize: blockSize, byteLimit: builder.byteLimit)
        .readRows(into: &builder, threads: threads)
    }
  }

  /// Reads a file that `change` alters in place before it is read again.
  private func read(_ path: String, changing change: () -> Void) throws(TableError) -> Table {
    var isAgain = false
    return try TableBuilder.table(of: Self.requests, in: [path]) { path, builder throws(TableError) in
      if isAgain { change() }
      isAgain = true
      try read(path, into: &builder, blockSize: 8)
    }
  }

  /// Two files of numbers, as a table, and what `change` leaves of the second is read again.
  private func readAgain(_ format: String, changing change: (String) throws -> Void) throws -> Table {
    let paths = [
      try write(["01", "1", ""], to: "first.\(format)"), try write(["1.0", "2"], to: "second.\(format)"),
    ]
    let table = try TableFile.read(paths, columns: Self.requests)
    #expect(table.kind(of: "v") == .numeric)
    try change(paths[1])
    return try TableFile.readAgain(table, asCategories: ["v"])
  }

  @Test(arguments: ["csv", "csv.gz", "jsonl", "jsonl.gz"])
  func `numbers are read again as they were written, without what was appended`(format: String) throws {
    let table = try readAgain(format) { path in
      let more = try write(["3", "x"], to: "more.\(format)")
      let bytes = try Data(contentsOf: URL(filePath: more))
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      try file.seekToEnd()
      try file.write(contentsOf: bytes)
      try file.close()
    }
    #expect(table.columnNames == ["n", "v"])
    #expect(try table.categories("v").names == ["01", "1", "1.0", "2"])
    #expect(try table.categories("v").codes == [0, 1, -1, 2, 3])
    #expect(try table.numeric("n").count == 5)
    #expect(throws: TableError.self) { try table.numeric("v") }
    #expect(table.location(ofRow: 4).file == files.path("second.\(format)"))
  }

  @Test(arguments: ["csv", "csv.gz", "jsonl", "jsonl.gz"])
  func `another file with as many rows is not read again in place of the first`(format: String) throws {
    let error = try #require(throws: TableError.self) {
      try readAgain(format) { path in
        let other = try write(["1.0", "2"], to: "other.\(format)")
        #expect(rename(other, path) == 0)
      }
    }
    #expect(
      error.description.hasSuffix("second.\(format): the file was changed while it was read; read it again"))
  }

  @Test func whatIsAppendedToAFileMeanwhileIsNotInTheTable() throws {
    let path = try files.write("n,v\n1,01\n2,1\n3,x\n", to: "changing.csv")
    let table = try read(path) {
      let file = fopen(path, "a")
      fputs("4,y\n5,\"half a row", file)
      fclose(file)
    }
    #expect(try table.categories("v").names == ["01", "1", "x"])
    #expect(try table.numeric("n") == [1, 2, 3])
  }

  @Test func aFileThatLosesRowsMeanwhileIsRefused() throws {
    let path = try files.write("n,v\n1,01\n2,1\n3,x\n", to: "changing.csv")
    let error = try #require(throws: TableError.self) {
      try read(path) { #expect(truncate(path, 13) == 0) }
    }
    #expect(error.description == "\(path): the file was changed while it was read; read it again")
  }

  @Test func aFileThatIsReplacedMeanwhileIsRefused() throws {
    let text = "n,v\n1,01\n2,1\n3,x\n"
    let path = try files.write(text, to: "changing.csv")
    let other = try files.write(text, to: "other.csv")
    let error = try #require(throws: TableError.self) {
      try read(path) { #expect(rename(other, path) == 0) }
    }
    #expect(error.message == "the file was changed while it was read; read it again")
  }
}
