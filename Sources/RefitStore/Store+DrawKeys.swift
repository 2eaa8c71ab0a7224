internal import FoundationEssentials
internal import GRDB
import RefitCore

extension Store {
  /// The key that draws a model's holdouts: 32 bytes, the same for ever. `making` gives it where there is none.
  public func drawKey(_ model: Name, makingIfMissing making: () -> [UInt8]) throws(StoreError) -> [UInt8] {
    if let key = try drawKey(model) { return key }
    let key = making()
    guard key.count == 32 else { throw .refused("a draw key has 32 bytes, not \(key.count)") }
    try write(.keepDrawKey) { db in
      try db.execute(
        sql: "UPDATE model SET draw_key = ? WHERE name = ? AND draw_key IS NULL",
        arguments: [Data(key), model])
      guard db.changesCount == 1 else { throw StoreError.unknown("model \(model)") }
    }
    return key
  }
}

extension StoreQueries {
  /// The key that draws a model's holdouts; nil before the first draw.
  public func drawKey(_ model: Name) throws(StoreError) -> [UInt8]? {
    try read { db in
      try Data.fetchOne(
        db, sql: "SELECT draw_key FROM model WHERE name = ? AND draw_key IS NOT NULL", arguments: [model]
      ).map(Array.init)
    }
  }
}
