import Foundation
import RefitTesting
import Testing

@testable import RefitTables

@Suite struct GzipFileTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  struct Packing: Encodable {
    var path: String
    var members: [String]
  }

  struct Unpacked: Decodable {
    var text: String?
    var refused: String?
  }

  private func pack(_ members: [String], to name: String) throws -> String {
    let packing = Packing(path: files.path(name), members: members)
    let _: [Unpacked] = try Oracle.ask("gzip_oracle.py", ["pack": [packing]])
    return packing.path
  }

  @Test func readsMembersOneAfterTheOtherAsOneText() throws {
    let path = try pack(["id,sco", "", "re\na,1\n\"b\nc\",", "2\nd,x\n"], to: "log.csv.gz")
    #expect(try TableFile.columnNames(of: path) == ["id", "score"])
    let table = try TableFile.readAll(path, as: .text)
    #expect(try table.text("id") == TextColumn(["a", "b\nc", "d"]))
    #expect(table.location(ofRow: 2).description == "\(path):5")
    let error = try #require(throws: TableError.self) {
      try TableFile.read([path], columns: [ColumnRequest("score", as: .numeric)])
    }
    #expect(error.description == "\(path):5:3: column 'score': 'x' is not a number")
  }

  @Test func filesOfSeveralFormatsAreOneTable() throws {
    let plain = try files.write("id,score\na,1\n", to: "one.csv")
    let packed = try pack(["score,id\n2,b\n"], to: "two.CSV.GZ")
    let table = try TableFile.read([plain, packed, plain], columns: [ColumnRequest("score", as: .numeric)])
    #expect(try table.numeric("score") == [1, 2, 1])
    #expect(throws: TableError.self) { try TableFile.read([], columns: []) }
  }

  @Test(arguments: [
    ("plain", "the name says gzip, but the file does not begin as gzip does"),
    ("empty", "the name says gzip, but the file does not begin as gzip does"),
    ("cut", "the compressed data ends in the middle; the file was cut off"),
    ("garbage", "something that is not gzip follows the compressed data"),
    ("flipped", "the compressed data is damaged: incorrect data check"),
  ])
  func saysWhatIsWrongWithAFile(damage: String, sentence: String) throws {
    var bytes = try [UInt8](Data(contentsOf: URL(filePath: pack(["id\na\n"], to: "a.csv.gz"))))
    switch damage {
    case "plain": bytes = Array("id\na\n".utf8)
    case "empty": bytes = []
    case "cut": bytes.removeLast()
    case "garbage": bytes += [0, 0, 1]
    default: bytes[bytes.count - 8] ^= 1
    }
    let path = try files.write(bytes, to: "damaged.csv.gz")
    let error = try #require(throws: TableError.self) { try TableFile.readAll(path, as: .text) }
    #expect(error.description == "\(path): \(sentence)")
  }

  @Test func agreesWithPythonOnWhatIsGzipAndWhatItHolds() throws {
    var generator = SeededGenerator(seed: 1952)
    var packings: [Packing] = []
    for number in 0..<300 {
      let members = (0...Int.random(in: 0...2, using: &generator)).map { member in
        (member == 0 ? "a\n" : "")
          + (0..<Int.random(in: 0...40, using: &generator)).map { _ in "\(generator.next() % 1000)\n" }
          .joined()
      }
      packings.append(Packing(path: files.path("\(number).csv.gz"), members: members))
    }
    let _: [Unpacked] = try Oracle.ask("gzip_oracle.py", ["pack": packings])
    for packing in packings {
      var bytes = try [UInt8](Data(contentsOf: URL(filePath: packing.path)))
      damage(&bytes, using: &generator)
      try Data(bytes).write(to: URL(filePath: packing.path))
    }
    let answers: [Unpacked] = try Oracle.ask("gzip_oracle.py", ["unpack": packings.map(\.path)])
    var accepted = 0
    for (packing, answer) in zip(packings, answers) {
      do throws(TableError) {
        let column = try TableFile.readAll(packing.path, as: .text).text("a")
        let text = "a\n" + (0..<column.count).map { column[$0] + "\n" }.joined()
        #expect(answer.text == text, "\(packing.path): \(answer.refused ?? "")")
        accepted += 1
      } catch {
        #expect(answer.refused != nil, "\(error)")
        #expect(error.file == packing.path)
      }
    }
    #expect(accepted > 100 && accepted < 250)
  }

  private func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
    case 1: bytes += [UInt8](repeating: 0, count: Int.random(in: 1...600, using: &generator))
    case 2: bytes += Array("tail".utf8)
    case 3:
      // In the data or the checksum: in a header there are bits that Python does not look at.
      let position = Int.random(in: bytes.count - 10..<bytes.count, using: &generator)
      bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    default: break
    }
  }
}
