import Foundation
import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct StoreTests {
  @Test func aNewDatabaseRemembersThatItWasMade() throws {
    let place = try Workplace()
    let store = try place.open(at: .day(3))
    #expect(try store.project() == nil)
    #expect(try store.appliedConfiguration() == nil)
    let events = try store.events(limit: 9)
    #expect(events.map(\.kind) == [.projectCreated])
    #expect(events.first?.at == .day(3))
  }

  @Test func whatWasWrittenIsThereAfterOpeningAgain() throws {
    let place = try Workplace()
    let run: Run
    do {
      let store = try place.configured()
      run = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
      try store.close()
    }
    let store = try place.open(at: .day(9))
    #expect(try store.run(run.id) == run)
    #expect(try store.events(limit: 99).count { $0.kind == .projectCreated } == 1)
    #expect(try store.verify().isIntact)
  }

  @Test func whatWasWrittenIsThereWithoutClosing() throws {
    let place = try Workplace()
    let store = try place.configured()
    let run = try store.openSampleRun()
    let copy = try place.copied()
    #expect(try copy.open().run(run.id) == run)
  }

  @Test func theDatabaseIsSetUpToBeDurable() throws {
    let place = try Workplace()
    let store = try place.open()
    let settings = try store.read { db in
      try ["journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint"].map {
        try String.fetchOne(db, sql: "PRAGMA \($0)")
      }
    }
    #expect(settings == ["wal", "2", "1", "0"])
  }

  @Test func everyTableIsStrict() throws {
    let place = try Workplace()
    let store = try place.open()
    let loose = try store.read { db in
      try String.fetchAll(
        db,
        sql:
          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite%'"
      )
    }
    #expect(loose == [])
  }

  @Test func aNewerSchemaIsRefusedAndLeftAlone() throws {
    let place = try Workplace()
    try place.configured().close()
    try place.tamper("PRAGMA user_version = 7")
    let refusal = #expect(throws: StoreError.newerSchema(path: place.path, found: 7, known: Schema().current))
    {
      try place.open()
    }
    #expect(refusal?.description.contains("newer Refit") == true)
    #expect(throws: StoreError.newerSchema(path: place.path, found: 7, known: Schema().current)) {
      try StoreReader(path: place.path)
    }
    #expect(try place.raw { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 7)
  }

  @Test func anOlderSchemaIsCopiedThenMigrated() throws {
    let place = try Workplace()
    let store = try place.configured()
    let run = try store.openSampleRun()
    try store.close()
    let next = Schema(migrations: Migration.all + [Migration(sql: "CREATE TABLE later (x INTEGER) STRICT")])
    #expect(throws: StoreError.olderSchema(path: place.path, found: Schema().current, known: next.current)) {
      try StoreReader(path: place.path, schema: next, patience: 0)
    }
    let migrated = try Store(path: place.path, now: .day(5), project: "lending", schema: next, patience: 0)
    #expect(try migrated.run(run.id) == run)
    #expect(try migrated.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM later") } == 0)
    let backup = "\(place.path).backup-v\(Schema().current)-\(Instant.day(5).microseconds)"
    let old = try StoreReader(path: backup)
    #expect(try old.run(run.id) == run)
  }

  @Test func aMigrationThatFailsLeavesTheOldSchema() throws {
    let place = try Workplace()
    try place.configured().close()
    let broken = Schema(
      migrations: Migration.all + [Migration(sql: "CREATE TABLE later (x INTEGER) STRICT; SELECT nonsense")])
    #expect(throws: StoreError.self) {
      try Store(path: place.path, now: .day(5), project: "lending", schema: broken, patience: 0)
    }
    let store = try place.open()
    #expect(try store.read { try $0.tableExists("later") } == false)
    #expect(try store.models().count == 1)
  }

  @Test func anotherProgramsDatabaseIsRefused() throws {
    let place = try Workplace()
    try place.tamper("CREATE TABLE notes (x)")
    #expect(throws: StoreError.foreign(path: place.path)) { try place.open() }
    #expect(throws: StoreError.foreign(path: place.path)) { try StoreReader(path: place.path) }
  }

  @Test func aFileThatIsNoDatabaseIsRefusedAndKept() throws {
    let place = try Workplace()
    let text = Data(String(repeating: "no database at all ", count: 400).utf8)
    try text.write(to: URL(fileURLWithPath: place.path))
    let refusal = #expect(throws: StoreError.self) { try place.open() }
    guard case .corrupt? = refusal else {
      Issue.record("\(String(describing: refusal)) does not say that it is damaged")
      return
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: place.path)) == text)
  }

  @Test func aDamagedPageStopsTheWriter() throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    try store.close()
    let root = try place.raw {
      try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'run'")
    }
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: place.path))
    try file.seek(toOffset: UInt64((try #require(root) - 1) * 4096))
    try file.write(contentsOf: Data(repeating: 0xff, count: 4096))
    try file.close()
    let damaged = try place.open()
    let first = #expect(throws: StoreError.self) { try damaged.openSampleRun() }
    guard case .corrupt? = first else {
      Issue.record("\(String(describing: first)) does not say that it is damaged")
      return
    }
    let entry = LedgerEntry(kind: .alert, model: nil, run: nil, actor: "refit", at: .day(3), payload: [:])
    let second = #expect(throws: StoreError.self) { try damaged.append([entry]) }
    #expect(second == first)
  }

  @Test func aForeignProgramThatHoldsTheDatabaseIsNamed() throws {
    let place = try Workplace()
    let store = try place.configured()
    let other = try DatabaseQueue(path: place.path)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      #expect(throws: StoreError.busy(path: place.path)) { try store.openSampleRun() }
      try db.execute(sql: "ROLLBACK")
    }
    _ = try store.openSampleRun()
  }

  @Test func aFullDiskLosesNothingAndStopsNothing() throws {
    let place = try Workplace()
    let store = try place.configured()
    let pages = try store.read { try Int.fetchOne($0, sql: "PRAGMA page_count") }!
    _ = try store.connection.queue.inDatabase { db in
      try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 1)")
    }
    let large = LedgerEntry(
      kind: .alert, model: nil, run: nil, actor: "refit", at: .day(3),
      payload: ["text": .text(String(repeating: "x", count: 50_000))])
    #expect(throws: StoreError.diskFull(path: place.path)) { try store.append([large]) }
    _ = try store.connection.queue.inDatabase { db in
      try Int.fetchOne(db, sql: "PRAGMA max_page_count = 100000")
    }
    try store.append([large])
    #expect(try store.verify().isIntact)
  }

  @Test func aFolderThatIsMissingIsSaid() throws {
    let place = try Workplace()
    #expect(throws: StoreError.self) {
      try Store(path: place.folder + "/nowhere/refit.db", now: .day(0), project: "lending")
    }
  }

  @Test func checkpointingMovesTheLogIntoTheFile() throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try store.openSampleRun()
    try store.checkpoint()
    let copy = try Workplace()
    try FileManager.default.copyItem(atPath: place.path, toPath: copy.path)
    #expect(try copy.open().runs(limit: 9).count == 1)
  }

  @Test func aLongLogIsCheckpointedByItself() throws {
    let place = try Workplace()
    let store = try place.configured()
    let entry = LedgerEntry(kind: .alert, model: nil, run: nil, actor: "refit", at: .day(3), payload: [:])
    for _ in 0..<40 {
      try store.append(Array(repeating: entry, count: 1000))
    }
    let log = try FileManager.default.attributesOfItem(atPath: place.path + "-wal")[.size] as? Int
    #expect(try #require(log) < 4 << 20)
  }
}
