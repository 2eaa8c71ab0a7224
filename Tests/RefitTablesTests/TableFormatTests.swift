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

  @Test(arguments: [
    (
      Array("PAR1\u{15}\u{4}PAR1".utf8),
      "this is Parquet packed with gzip: unpack it with 'gunzip' and let its name end in '.parquet'"
    ),
    (
      Array("PK\u{3}\u{4}".utf8),
      "this is a zip archive, as spreadsheets are, packed with gzip: export it as CSV"
    ),
    (
      [0xFF, 0xFE, 0x61, 0],
      "this is text in UTF-16, packed with gzip, and UTF-8 is needed: unpack it with 'gunzip', and "
        + "'iconv -f UTF-16 -t UTF-8' makes it of it"
    ),
    ([0x1F, 0x8B, 8, 0], "this is packed with gzip twice: unpack it once with 'gunzip'"),
  ])
  func `what gzip unpacks to is told for what it is, too`(bytes: [UInt8], sentence: String) throws {
    // By hand, not to depend on what reads it: a member for each byte, stored, without a check of its header.
    let packed = bytes.flatMap(Self.stored)
    for name in ["a.csv.gz", "a.jsonl.gz"] { #expect(try refusal(name, packed) == "\(name): \(sentence)") }
    #expect(try refusal("a.csv.gz", Array("PAR1\n1\n".utf8).flatMap(Self.stored)) == "read")
  }

  /// A gzip member that unpacks to one byte: RFC 1951, 3.2.4 and RFC 1952, 2.2.
  private static func stored(_ byte: UInt8) -> [UInt8] {
    var check: UInt32 = 0xFFFF_FFFF ^ UInt32(byte)
    for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
    check = ~check
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let content: [UInt8] = [1, 1, 0, 0xFE, 0xFF, byte]
    return header + content + (0..<4).map { UInt8(truncatingIfNeeded: check >> ($0 * 8)) } + [1, 0, 0, 0]
  }

  @Test(arguments: ["a.parquet.gz", "a.PQ.gz"])
  func `Parquet packed with gzip is refused by its name`(name: String) throws {
    #expect(
      try refusal(name, [])
        == "\(name): this is Parquet packed with gzip: unpack it with 'gunzip' and let its "
        + "name end in '.parquet'")
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
