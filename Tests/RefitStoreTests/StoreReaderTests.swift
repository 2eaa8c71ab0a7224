import Foundation
import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct StoreReaderTests {
  @Test func aReaderSeesWhatTheWriterHasCommitted() throws {
    let place = try Workplace()
    let store = try place.configured()
    let reader = try StoreReader(path: place.path)
    let run = try store.openSampleRun()
    #expect(try reader.run(run.id) == run)
    #expect(try reader.verify() == store.verify())
  }

  @Test func aReaderDoesNotSeeAnOpenTransaction() throws {
    let place = try Workplace()
    let store = try place.configured()
    let reader = try StoreReader(path: place.path)
    try store.write(.appendEvents) { db in
      try db.appendToLedger([
        LedgerEntry(kind: .alert, model: nil, run: nil, actor: "refit", at: .day(3), payload: [:])
      ])
      #expect(try reader.events(limit: 9).count == 2)
    }
    #expect(try reader.events(limit: 9).count == 3)
  }

  /// The last connection that closes would otherwise empty the log and delete it, beside the writer's lock.
  @Test func aReaderThatClosesLastLeavesTheLogAsItIs() throws {
    let place = try Workplace()
    let store = try place.configured()
    let run = try store.openSampleRun()
    let copy = try place.copied()
    func contents(_ file: String) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: "\(copy.folder)/\(file)"))
    }
    let before = (database: try contents("refit.db"), log: try contents("refit.db-wal"))
    do {
      let reader = try StoreReader(path: copy.path)
      #expect(try reader.run(run.id) == run)
      try reader.close()
    }
    #expect(try contents("refit.db") == before.database)
    #expect(try contents("refit.db-wal") == before.log)
  }

  @Test func aReaderCanNotWrite() throws {
    let place = try Workplace()
    try place.configured().close()
    let reader = try StoreReader(path: place.path)
    #expect(throws: StoreError.readOnly(path: place.path)) {
      try reader.read { try $0.execute(sql: "UPDATE project SET name = 'x'") }
    }
  }

  /// Root may write anywhere.
  @Test(.enabled(if: geteuid() != 0)) func aReaderReadsInAFolderThatCanNotBeWrittenTo() throws {
    let place = try Workplace()
    let store = try place.configured()
    let run = try store.openSampleRun()
    let copy = try place.copied()
    try store.close()
    for folder in [place.folder, copy.folder] { chmod(folder, 0o555) }
    defer { for folder in [place.folder, copy.folder] { chmod(folder, 0o755) } }
    #expect(try StoreReader(path: place.path).run(run.id) == run)
    let refused = #expect(throws: StoreError.self) { try StoreReader(path: copy.path) }
    #expect(refused?.description.contains("refit.db-wal") == true)
  }

  @Test func whatDoesNotChangeIsReadWithoutALog() throws {
    let place = try Workplace()
    let store = try place.configured()
    let run = try store.openSampleRun()
    #expect(throws: StoreError.self) { try StoreReader.connectToUnchanging(place.path) }
    try store.close()
    let odd = "\(place.folder)/a b?c#d%20.db"
    try FileManager.default.moveItem(atPath: place.path, toPath: odd)
    let connection = try StoreReader.connectToUnchanging(odd)
    let number = try connection.read { try Int.fetchOne($0, sql: "SELECT number FROM run") }
    #expect(number == run.id.number)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder) == ["a b?c#d%20.db"])
  }

  @Test func aReaderDoesNotMakeADatabase() throws {
    let place = try Workplace()
    #expect(throws: StoreError.missing(path: place.path)) { try StoreReader(path: place.path) }
    #expect(!FileManager.default.fileExists(atPath: place.path))
  }
}
