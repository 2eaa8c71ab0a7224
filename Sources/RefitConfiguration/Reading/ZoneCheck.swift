/// Tells whether time zones exist, asking for each one once.
final class ZoneCheck {
  private let zoneExists: (String) -> Bool
  private var known: [String: Bool] = [:]

  init(_ zoneExists: @escaping (String) -> Bool) {
    self.zoneExists = zoneExists
  }

  /// The zone that the map names; nil when it names none, and when there is no such zone, which is reported.
  func zone(_ map: MapReader) -> String? {
    guard let zone = map.optional("timezone", .text) else { return nil }
    if exists(zone) { return zone }
    let name = YAMLScalar.quoted(zone)
    map.error(at: "timezone", "unknown time zone \(name): names look like Europe/Berlin or UTC")
    return nil
  }

  private func exists(_ zone: String) -> Bool {
    if let answer = known[zone] { return answer }
    let answer = zoneExists(zone)
    known[zone] = answer
    return answer
  }
}
