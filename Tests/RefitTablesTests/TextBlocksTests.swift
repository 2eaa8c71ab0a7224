import Foundation
import RefitTesting
import Testing

@testable import RefitTables

@Suite struct TextBlocksTests {
  private let files: ScratchDirectory

  init() throws { files = try ScratchDirectory() }

  private func reason(_ path: String) throws -> String {
    let error = try #require(throws: TableError.self) { try CSVFile.header(at: path) }
    #expect(error.file == path)
    return error.message
  }

  @Test(.timeLimit(.minutes(1))) func refusesWhatIsNotARegularFileWithoutWaiting() throws {
    #expect(mkfifo(files.path("fifo"), 0o600) == 0)
    #expect(try reason(files.path("fifo")) == "this is a FIFO, not a regular file")
    #expect(try reason(files.path) == "this is a directory, not a regular file")
    #expect(try reason("/dev/zero") == "this is a device, not a regular file")
    #expect(try reason(files.path("absent")) == "there is no such file")
    #expect(symlink("fifo", files.path("link")) == 0)
    #expect(try reason(files.path("link")) == "this is a FIFO, not a regular file")
  }

  @Test func refusesSockets() throws {
    let path = files.path("s")
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    #expect(try reason(path).contains("not a regular file"))
  }

  @Test func followsLinksToFiles() throws {
    let path = try files.write("a,b\n", to: "table.csv")
    #expect(symlink(path, files.path("link")) == 0)
    #expect(try CSVFile.header(at: files.path("link")) == ["a", "b"])
  }

  @Test func blocksOfAnySizeGiveTheSameTable() throws {
    let content = "\u{FEFF}id,\"te\"\"xt\"\r\n1,\"a\r\n\"\"b\"\"\"\n2,\n\"\",日本語\n3,\"\"\"\"\r\n"
    let path = try files.write(content, to: "table.csv")
    let expected = try TableFile.readAll(path, as: .text)
    for blockSize in 1...content.utf8.count + 1 {
      var builder = TableBuilder(
        requests: [ColumnRequest("id", as: .text), ColumnRequest("te\"xt", as: .text)])
      try CSVReader(path: path, blockSize: blockSize).readRows(into: &builder)
      let table = builder.table
      #expect(try table.text("id") == expected.text("id"))
      #expect(try table.text("te\"xt") == expected.text("te\"xt"))
      #expect((0..<4).map { table.location(ofRow: $0).line } == [2, 4, 5, 6])
    }
  }

  @Test func errorsHaveTheSamePlaceWhateverTheBlocks() throws {
    let contents = [
      "a,b\n1,2\n\"x\ny\",\"ü\"z\n", "a,b\n\"1\n\",2\n3\n", "a,b\n1,\"2", "a,b\n1,2\r3", "a,b\n\n1,2\n",
    ]
    for content in contents {
      let path = try files.write(content, to: "table.csv")
      let expected = try #require(throws: TableError.self) { try TableFile.readAll(path, as: .text) }
      for blockSize in 1...content.utf8.count {
        #expect(throws: expected) {
          var builder = TableBuilder(requests: [])
          try CSVReader(path: path, blockSize: blockSize).readRows(into: &builder)
        }
      }
    }
  }
}
