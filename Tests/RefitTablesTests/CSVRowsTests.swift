import Foundation
import RefitTesting
import Testing

@testable import RefitTables

@Suite struct CSVRowsTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  private func rest(_ content: String, _ column: String = "id", without texts: Set<String>) throws -> String?
  {
    let path = try files.write(content, to: "table.csv")
    return try CSVFile.bytes(of: path, withoutRowsWhere: column) {
      texts.contains(String(decoding: $0, as: UTF8.self))
    }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("id,y\na,1\nb,2\nc,3\n", "id,y\na,1\nc,3\n"),
    ("id,y\na,1\nb,2", "id,y\na,1\n"),
    ("id,y\nb,2\na,1", "id,y\na,1"),
    ("id,y\r\nb,1\r\na,2\r\n", "id,y\r\na,2\r\n"),
    ("\u{FEFF}id,y\nb,1\n", "\u{FEFF}id,y\n"),
    ("y,id\n1,\"b\"\n\"x\ny\",\"a\"\n", "y,id\n\"x\ny\",\"a\"\n"),
    ("y,id\n\"1,b\",b\n\"2,b\",a\n", "y,id\n\"2,b\",a\n"),
    ("id,y\n\"b\",\"say \"\"b\"\"\"\nbb,b\n", "id,y\nbb,b\n"),
    ("id,y\na,1\nb,2\n\n\n", "id,y\na,1\n"),
    ("id\na\n\nb\n", "id\na\n\n"),
    ("id,y\nb,1\nb,2\nb,3\n", "id,y\n"),
  ])
  func rowsAreLeftOutAndTheRestIsAsItWas(content: String, expected: String) throws {
    #expect(try rest(content, without: ["b"]) == expected)
  }

  @Test func quotedIdIsItsContent() throws {
    #expect(try rest("id,y\n\"say \"\"b\"\"\",1\nx,2\n", without: ["say \"b\""]) == "id,y\nx,2\n")
  }

  @Test func fileWithoutSuchRowsGivesNothing() throws {
    #expect(try rest("id,y\na,1\n", without: ["b"]) == nil)
    #expect(try rest("id,y\n", without: ["b"]) == nil)
  }

  @Test(arguments: [
    ("x,y\na,1\n", "there is no column 'id'"), ("id,y\nb,1\na\n", "1 field where"), ("", "header"),
  ])
  func whatIsNoTableIsRefused(content: String, words: String) throws {
    let error = try #require(throws: TableError.self) { try rest(content, without: ["b"]) }
    #expect(error.message.contains(words))
  }

  @Test func `a column's name is compared by its bytes`() throws {
    // One letter in two spellings, which Swift's strings call equal.
    #expect(try rest("\u{E9},e\u{301}\na,b\nb,a\n", "e\u{301}", without: ["b"]) == "\u{E9},e\u{301}\nb,a\n")
    let error = try #require(throws: TableError.self) {
      try rest("\u{E9},ids\na,b\n", "e\u{301}", without: [])
    }
    #expect(error.line == 1 && error.message.hasPrefix("there is no column"))
    #expect(throws: TableError.self) { try rest("e\u{301}\na\n", "\u{E9}", without: []) }
    let near = try #require(throws: TableError.self) { try rest("key,ids\na,b\n", "id", without: []) }
    #expect(near.message == "there is no column 'id'; did you mean 'ids'?")
  }

  /// Larger than a block, against the definition: lines without quotes are split by hand.
  @Test(arguments: [UInt64](1...4))
  func agreesWithItsDefinition(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let lines = (0..<40_000).map { _ in
      let id = UInt64.random(in: 0..<2000, using: &generator)
      return
        "\(String(repeating: "x", count: Int(id % 13))),\(id),\(UInt64.random(in: 0..<9, using: &generator))"
    }
    let texts = Set((0..<300).map { _ in String(UInt64.random(in: 0..<2000, using: &generator)) })
    let kept = lines.filter {
      !texts.contains(String($0.split(separator: ",", omittingEmptySubsequences: false)[1]))
    }
    let whole = (["pad,id,y"] + lines).joined(separator: "\n") + "\n"
    #expect(try rest(whole, without: texts) == (["pad,id,y"] + kept).joined(separator: "\n") + "\n")
  }
}
