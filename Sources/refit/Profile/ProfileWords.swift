import RefitEngine
import RefitStatistics

/// A profile in sentences, for the terminal and for the page.
struct ProfileWords {
  let profile: FileProfile
  /// The largest PSI first, then those without one; of equal ones in the order of the files.
  let ranked: [FileProfile.Column]

  init(_ profile: FileProfile) {
    self.profile = profile
    ranked = profile.columns.enumerated().sorted { left, right in
      let (first, second) = (left.element.profile[.psi].value ?? -1, right.element.profile[.psi].value ?? -1)
      return (-first, left.offset) < (-second, right.offset)
    }.map(\.element)
  }

  /// What the whole comes to.
  var summary: String {
    let readings = profile.columns.map { DriftReading($0.profile) }
    func count(_ reading: DriftReading) -> Int { readings.count { $0 == reading } }
    let comparable = readings.count - count(.unknown)
    guard comparable > 0, let most = ranked.first, let psi = most.profile[.psi].value else { return nothing }
    var parts: [String] = []
    if count(.large) > 0 {
      parts.append("large drift in \(count(.large)) (PSI \(DriftReading.largeBound) or more)")
    }
    if count(.some) > 0 { parts.append("some drift in \(count(.some)) (\(DriftReading.someBound) or more)") }
    if count(.perhapsChance) > 0 {
      parts.append(
        "\(count(.perhapsChance)) at \(DriftReading.someBound) or more, which may be chance with so few rows")
    }
    let (name, largest) = ("'\(most.name)'", PersonNumber.text(psi))
    if comparable == 1 {
      let reading = DriftReading(most.profile)
      let rows = reading == .perhapsChance ? ", with so few rows" : ""
      return "1 column compared: \(name), PSI \(largest): \(reading.words)\(rows)."
    }
    let found =
      parts.isEmpty ? "every PSI is under \(DriftReading.someBound)" : parts.joined(separator: ", ")
    let columns = PersonNumber.count(comparable, "column")
    return "\(columns) compared: \(found); the most in \(name), PSI \(largest)."
  }

  private var nothing: String {
    for side in [profile.reference, profile.current] where side.rowCount == 0 {
      return "Nothing can be compared: \(side.files.name) has no rows."
    }
    return "Nothing can be compared: no column has a usable value in both files."
  }

  /// The p-value of the KS test, of categories that of the chi-square test; one that is too small for a Double is no 0.
  static func pValue(of profile: ColumnProfile) -> String? {
    profile[profile.kind == .numeric ? .ksPValue : .chiSquarePValue].value.map {
      PersonNumber.fixed(max($0, .leastNonzeroMagnitude), places: 4)
    }
  }

  /// What a reader of the numbers should know beside them.
  var notes: [String] {
    var notes: [String] = []
    for (presence, file) in [(ProfiledColumns.Presence.reference, "reference"), (.current, "current file")] {
      let names = profile.columns.filter { $0.presence == presence }.map { "'\($0.name)'" }
      if !names.isEmpty { notes.append("In the \(file) only: \(names.joined(separator: ", ")).") }
    }
    for column in profile.columns { notes += Self.notes(of: column) }
    notes += [family, kinds].compactMap(\.self)
    return notes
  }

  /// Of many tests some have a small p-value by chance.
  private var family: String? {
    let tests = profile.drift.pValues.compactMap(\.self)
    guard tests.count > 1 else { return nil }
    let found = tests.count { $0.holm <= 0.01 }
    return "Holm's correction for \(tests.count) tests leaves \(PersonNumber.count(found, "column")) "
      + "with a p-value of at most 0.01."
  }

  private var kinds: String {
    let isInferred = profile.columns.contains { $0.origin != .declared }
    return isInferred
      ? "Kinds are inferred from both files, numeric where every field that is not missing is a number; "
        + "--numeric and --categorical declare them."
      : "All kinds are as declared."
  }

  private static func notes(of column: FileProfile.Column) -> [String] {
    var notes: [String] = []
    let name = "'\(column.name)'"
    let profile = column.profile
    if column.origin == .mixed {
      notes.append("\(name) is all numbers in one file only, so both sides are compared as categories.")
    }
    let infinite = profile.unusable.notFiniteReference + profile.unusable.notFiniteCurrent
    if infinite > 0 { notes.append("\(name): \(PersonNumber.count(infinite, "infinite value")) left out.") }
    guard profile.status == .ok else { return notes }
    notes += [missing(name, profile)].compactMap(\.self)
    let (unseen, vanished) = profile.oneSided
    if !unseen.isEmpty, let share = profile[.unseenShare].value {
      notes.append(
        "\(name): \(PersonNumber.percent(share)) of the current rows are of "
          + "\(categories(unseen.count)) that the reference lacks (\(list(unseen))).")
    }
    if !vanished.isEmpty {
      notes.append("\(name): \(categories(vanished.count)) vanished (\(list(vanished))).")
    }
    return notes
  }

  /// What the PSI of the values does not tell.
  private static func missing(_ name: String, _ profile: ColumnProfile) -> String? {
    guard let psi = profile[.psi].value, let whole = profile[.psiMissing].value,
      psi < DriftReading.someBound, whole >= DriftReading.someBound,
      let before = profile[.missingShareReference].value, let now = profile[.missingShareCurrent].value
    else { return nil }
    return "\(name) is missing in \(PersonNumber.percent(now)) of the current rows, in "
      + "\(PersonNumber.percent(before)) of the reference's: the PSI is \(PersonNumber.text(whole)) where missing is a bin."
  }

  private static func categories(_ count: Int) -> String {
    PersonNumber.count(count, "category", plural: "categories")
  }

  private static func list(_ categories: [Category]) -> String {
    let most = 4
    let shown = categories.prefix(most).map { category in
      category.name.count > 40 ? "'\(category.name.prefix(39))…'" : "'\(category.name)'"
    }.joined(separator: ", ")
    return categories.count > most ? "\(shown), …" : shown
  }
}
