import Foundation
import GRDB
import RefitCore
import RefitTesting

@testable import RefitStore

/// A folder with a database in it, gone with the test.
final class Workplace: Sendable {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory("refit-store")
  }

  var folder: String { scratch.path }
  var path: String { scratch.path("refit.db") }

  func open(at now: Instant = .day(0), patience: Double = 0) throws -> Store {
    try Store(path: path, now: now, project: "lending", schema: Schema(), patience: patience)
  }

  /// A store in which `credit-risk` (and the other names) are configured.
  func configured(_ models: [Model] = [.sample()]) throws -> Store {
    let store = try open()
    try store.configure(models)
    return store
  }

  /// A second place with the files that a process leaves here when it is killed: the database and its log.
  func copied() throws -> Workplace {
    let copy = try Workplace()
    for file in ["refit.db", "refit.db-wal"] {
      try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(copy.folder)/\(file)")
    }
    return copy
  }

  /// Changes the database behind the store's back, as someone with an editor would.
  func tamper(_ sql: String, _ arguments: StatementArguments = []) throws {
    try raw { try $0.execute(sql: sql, arguments: arguments) }
  }

  /// The same with the guards taken away that a determined hand would take away.
  func tamperWithoutTriggers(_ sql: String, _ arguments: StatementArguments = []) throws {
    try raw { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try db.execute(sql: sql, arguments: arguments)
    }
  }

  func raw<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let queue = try DatabaseQueue(path: path)
    return try queue.inDatabase(body)
  }
}

extension Name: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    self.init(text)!
  }
}

extension Instant {
  /// So many days after 2026-01-01.
  static func day(_ day: Int64, hour: Int64 = 0) -> Instant {
    Instant(seconds: 1_767_225_600 + day * 86_400 + hour * 3600)
  }
}

extension Digest {
  /// The SHA-256 of a word: a digest that is easy to name.
  static func of(_ word: String) -> Digest { CanonicalJSON.digest(of: word) }
}
