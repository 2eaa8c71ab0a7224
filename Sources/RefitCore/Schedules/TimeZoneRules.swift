/// The offsets of one time zone at all times, as its file in the tz database states them.
public struct TimeZoneRules: Sendable {
  /// The zone's name in the tz database, such as `Europe/Berlin`.
  public let identifier: String

  private let firstOffset: Int64
  /// Ascending in time; neighbours differ in offset.
  private let changes: [OffsetChange]
  /// Where the footer's yearly rule is in force: the changes in the 400 years from here repeat for ever, as the
  /// Gregorian calendar does.
  private let cycleStart: Int64?
  /// Whether the yearly rule also holds for all times before.
  private let isCycleWithoutBeginning: Bool

  private static let cycle: Int64 = 146_097 * 86_400

  /// Coordinated universal time.
  public static let utc = TimeZoneRules(identifier: "UTC", offset: 0)

  /// Reads the bytes of a compiled tz database file (TZif, RFC 9636, versions 1 to 4); throws for malformed bytes
  /// and for files that count leap seconds.
  public init(identifier: String, tzif: [UInt8]) throws(TimeZoneError) {
    do throws(TimeZoneFileError) {
      let file = try TimeZoneFile(bytes: tzif)
      self.init(identifier: identifier, file: file)
    } catch {
      throw TimeZoneError(identifier: identifier, message: error.message)
    }
  }

  private init(identifier: String, offset: Int64) {
    self.identifier = identifier
    firstOffset = offset
    changes = []
    cycleStart = nil
    isCycleWithoutBeginning = false
  }

  private init(identifier: String, file: TimeZoneFile) {
    self.identifier = identifier
    guard let footer = file.footer else {
      firstOffset = file.firstOffset
      changes = Self.withoutRepetition(file.changes, after: file.firstOffset)
      cycleStart = nil
      isCycleWithoutBeginning = false
      return
    }
    let last = file.changes.last
    let lastYear = CivilDate(daysSinceEpoch: Instant.floorDivide(last?.time ?? 0, 86_400)).year
    // Two years on, everything is the rule's; one year more at the end, so that a repeated span finds its end.
    let expanded = footer.changes(inYears: lastYear - 1...lastYear + 403).filter {
      $0.time > last?.time ?? .min
    }
    firstOffset = last == nil ? footer.standardOffset : file.firstOffset
    changes = Self.withoutRepetition(file.changes + expanded, after: firstOffset)
    cycleStart =
      expanded.isEmpty ? nil : CivilDate(firstOf: 1, in: lastYear + 2).daysSinceEpoch * 86_400
    isCycleWithoutBeginning = last == nil
  }

  private static func withoutRepetition(_ changes: [OffsetChange], after first: Int64) -> [OffsetChange] {
    var current = first
    return changes.filter { change in
      defer { current = change.offset }
      return change.offset != current
    }
  }

  /// Local time minus UTC at an instant, in seconds.
  public func offset(at instant: Instant) -> Int { Int(span(at: instant.seconds).offset) }

  /// The stretch of constant offset that holds a second since 1970-01-01T00:00:00Z.
  func span(at second: Int64) -> OffsetSpan {
    let shift = cycleShift(at: second)
    let index = firstChange(after: second - shift)
    let offset = index > 0 ? changes[index - 1].offset : firstOffset
    return OffsetSpan(
      start: index > 0 ? changes[index - 1].time + shift : nil,
      end: index < changes.count ? changes[index].time + shift : nil,
      offset: offset,
      previousOffset: index > 1 ? changes[index - 2].offset : index == 1 ? firstOffset : offset)
  }

  private func cycleShift(at second: Int64) -> Int64 {
    guard let cycleStart,
      second >= cycleStart + Self.cycle || (isCycleWithoutBeginning && second < cycleStart)
    else { return 0 }
    return Instant.floorDivide(second - cycleStart, Self.cycle) * Self.cycle
  }

  /// The index of the first change later than `second`, by binary search.
  private func firstChange(after second: Int64) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].time <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Two zones are equal when they have the same name and the same offsets at all times.
extension TimeZoneRules: Hashable {
  public static func == (left: TimeZoneRules, right: TimeZoneRules) -> Bool {
    left.identifier == right.identifier && left.firstOffset == right.firstOffset
      && left.cycleStart == right.cycleStart && left.isCycleWithoutBeginning == right.isCycleWithoutBeginning
      && left.changes == right.changes
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}
