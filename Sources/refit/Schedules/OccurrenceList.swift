import RefitCore

/// `{"occurrences": […]}`, written by hand as `sayJSON` would write it: a million of them are no burden.
enum OccurrenceList {
  static func json(_ occurrences: [Instant], resolved: CronExpression?) -> [UInt8] {
    var bytes = Array("{\n".utf8)
    bytes.reserveCapacity(40 + occurrences.count * 28)
    if let resolved { bytes += Array("  \"cron\" : \"\(resolved.source)\",\n".utf8) }
    bytes += Array("  \"occurrences\" : [\n".utf8)
    for (number, occurrence) in occurrences.enumerated() {
      if number > 0 { bytes += Array(",\n".utf8) }
      append(occurrence, to: &bytes)
    }
    bytes += Array("\n  ]\n}\n".utf8)
    return bytes
  }

  private static func append(_ instant: Instant, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: [0x20, 0x20, 0x20, 0x20, UInt8(ascii: "\"")])
    let minute = instant.seconds / 60
    let date = CivilDate(daysSinceEpoch: minute / 1440)
    // Occurrences are whole minutes, but for zones of the past; those and far years take the long way.
    if instant.seconds >= 0, instant.seconds % 60 == 0, date.year <= 9999 {
      digits(date.year / 100, to: &bytes)
      digits(date.year % 100, to: &bytes)
      bytes.append(UInt8(ascii: "-"))
      digits(date.month, to: &bytes)
      bytes.append(UInt8(ascii: "-"))
      digits(date.day, to: &bytes)
      bytes.append(UInt8(ascii: "T"))
      digits(minute % 1440 / 60, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      digits(minute % 60, to: &bytes)
      bytes.append(contentsOf: ":00Z".utf8)
    } else {
      bytes.append(contentsOf: instant.description.utf8)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func digits(_ number: Int64, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + UInt8(number / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
