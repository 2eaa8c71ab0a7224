/// Finds the name that was probably meant.
public enum NearestName {
  /// The candidate with the fewest changed characters, case ignored; nil when all differ in more than a third,
  /// or in every one.
  public static func of(_ name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased())
    let ranked = candidates.map { (name: $0, distance: distance(wanted, Array($0.lowercased()))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }),
      case let length = max(wanted.count, best.name.count),
      best.distance <= max(1, (length + 2) / 3), best.distance < length || length == 0
    else { return nil }
    return best.name
  }

  /// Levenshtein's distance.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let substituted = diagonal + (character == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
