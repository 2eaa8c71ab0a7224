import Foundation
import Synchronization

/// The offsets of a time zone as Foundation knows them; not as Refit's own reader does.
struct ZoneOffsets: Sendable {
  /// From each instant on, the offset in seconds; the first holds from the beginning.
  let changes: [(from: Int64, offset: Int64)]
  /// Each that it ever has.
  let offsets: [Int64]

  private static let cache = Mutex<[String: ZoneOffsets]>([:])

  /// The years that simulations play in.
  private static let years: Range<Int64> = 1_640_995_200..<2_524_608_000

  static func of(_ identifier: String) -> ZoneOffsets {
    cache.withLock { cache in
      if let known = cache[identifier] { return known }
      let offsets = ZoneOffsets(identifier)
      cache[identifier] = offsets
      return offsets
    }
  }

  private init(_ identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else {
      preconditionFailure("Foundation knows no time zone \(identifier)")
    }
    func offset(_ instant: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))))
    }
    var changes = [(Int64.min, offset(Self.years.lowerBound))]
    var instant = Self.years.lowerBound
    while let next = zone.nextDaylightSavingTimeTransition(
      after: Date(timeIntervalSince1970: Double(instant)))
    {
      instant = Int64(next.timeIntervalSince1970)
      guard Self.years.contains(instant) else { break }
      changes.append((instant, offset(instant)))
    }
    self.changes = changes
    offsets = Set(changes.map(\.1)).sorted()
  }

  func offset(at instant: Int64) -> Int64 {
    var low = 0
    var high = changes.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if changes[middle].from <= instant { low = middle } else { high = middle - 1 }
    }
    return changes[low].offset
  }
}
