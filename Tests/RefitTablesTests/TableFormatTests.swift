import Foundation
import RefitTables
import RefitTesting
import Testing

/// Files whose name or first bytes say that they are something else.
@Suite struct TableFormatTests {
  private func refusal(_ name: String, _ bytes: [UInt8]) throws -> String {
    let scratch = try ScratchDirectory("refit-formats")
    let path = scratch.path(name)
    try Data(bytes).write(to: URL(filePath: path))
    do throws(TableError) {
      _ = try TableFile.readAll(path, as: nil)
      return "read"
    } catch {
      return "\(error)".replacingOccurrences(of: scratch.path + "/", with: "")
    }
  }

  @Test(arguments: [
    ([0x1F, 0x8B, 8, 0], "this is packed with gzip: let its name end in '.gz'"),
    (Array("PAR1\u{15}\u{4}PAR1".utf8), "this is Parquet: let its name end in '.parquet'"),
    (Array("PK\u{3}\u{4}".utf8), "this is a zip archive, as spreadsheets are: export it as CSV"),
    (
      [0xFF, 0xFE, 0x61, 0],
      "this is text in UTF-16, and UTF-8 is needed: 'iconv -f UTF-16 -t UTF-8' makes it of it"
    ),
    (
      [0xFE, 0xFF, 0, 0x61],
      "this is text in UTF-16, and UTF-8 is needed: 'iconv -f UTF-16 -t UTF-8' makes it of it"
    ),
  ])
  func `what is no text in UTF-8 is told for what it is`(bytes: [UInt8], reason: String) throws {
    for name in ["a.csv", "a.jsonl", "a"] { #expect(try refusal(name, bytes) == "\(name): \(reason)") }
  }

  @Test(arguments: ["a.tsv", "a.json", "a.XLSX", "a.tsv.gz"])
  func `a name of another format is refused`(name: String) throws {
    let end = name.replacingOccurrences(of: ".gz", with: "").dropFirst().lowercased()
    #expect(
      try refusal(name, Array("x\n1\n".utf8)) == "\(name): tables in '\(end)' files are not read: "
        + "export it as CSV (.csv), JSON lines (.jsonl) or Parquet (.parquet)")
  }

  @Test(arguments: ["a", "a.txt", "a.csv.1", "json", "tsv"])
  func `any other name is that of CSV`(name: String) throws {
    #expect(try refusal(name, Array("x\n1\n".utf8)) == "read")
    #expect(try refusal(name, Array("PAR1,PAR2\n1,2\n".utf8)) == "read")
  }
}
