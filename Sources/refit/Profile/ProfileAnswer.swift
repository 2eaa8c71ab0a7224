import RefitEngine
import RefitStatistics

/// A profile for programs: every statistic by its name, `null` beside the reason where it does not exist.
struct ProfileAnswer: Encodable {
  struct Side: Encodable {
    var path: String
    /// Those that match, where the path is a pattern.
    var files: [String]?
    var rows: Int

    init(_ side: FileProfile.Side) {
      path = side.files.name
      files = side.files.isPattern ? side.files.paths : nil
      rows = side.rowCount
    }
  }

  /// A column: what it is, and the numbers, each of which may not exist.
  struct Column: Encodable {
    private let description: Description
    private let profile: ColumnProfile
    private let pValue: TableDrift.PValue?

    init(_ column: FileProfile.Column, _ pValue: TableDrift.PValue?) {
      description = Description(column)
      profile = column.profile
      self.pValue = pValue
    }

    func encode(to encoder: any Encoder) throws {
      try description.encode(to: encoder)
      var container = encoder.container(keyedBy: NameKey.self)
      let (status, histogram) = (profile.status.rawValue, profile.histogram)
      try container.encode(
        histogram.psiExpectedUnderNoChange, under: "psi_expected_under_no_change", otherwise: status)
      try container.encode(
        profile.smallExpectedCounts, under: "chi2_small_expected_counts", otherwise: status)
      try container.encode(pValue, under: "p_value", otherwise: status)
      try container.encode(Statistics(profile: profile), forKey: NameKey("statistics"))
    }
  }

  /// All columns together; a column has drifted when its PSI is 0.25 or more.
  struct Whole: Encodable {
    let drift: TableDrift

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: NameKey.self)
      try container.encode(drift.comparable, forKey: NameKey("comparable_columns"))
      try container.encode(drift.drifted, forKey: NameKey("drifted_columns"))
      try container.encode(drift.driftedShare, under: "drifted_share")
    }
  }

  var reference: Side
  var current: Side
  var whole: Whole
  var columns: [Column]

  private enum CodingKeys: String, CodingKey {
    case reference, current, columns
    case whole = "data_set"
  }

  init(_ profile: FileProfile) {
    reference = Side(profile.reference)
    current = Side(profile.current)
    let drift = profile.drift
    whole = Whole(drift: drift)
    columns = zip(profile.columns, drift.pValues).map(Column.init)
  }
}

/// What a column is on both sides.
private struct Description: Encodable {
  var name: String
  var type: ColumnProfile.Kind
  var typeFrom: FileProfile.Origin
  var presentIn: ProfiledColumns.Presence
  var status: DriftStatus
  var reading: DriftReading
  var referenceCount: Int
  var currentCount: Int
  var notFiniteReference: Int?
  var notFiniteCurrent: Int?
  var unseenCategories: [String]?
  var vanishedCategories: [String]?

  private enum CodingKeys: String, CodingKey {
    case name, type, status, reading
    case typeFrom = "type_from"
    case presentIn = "present_in"
    case referenceCount = "n_reference"
    case currentCount = "n_current"
    case notFiniteReference = "not_finite_reference"
    case notFiniteCurrent = "not_finite_current"
    case unseenCategories = "unseen_categories"
    case vanishedCategories = "vanished_categories"
  }

  /// Of an identifier every category is new; the count says so, and the names are no news.
  private static let mostNames = 100

  init(_ column: FileProfile.Column) {
    let profile = column.profile
    let isNumeric = profile.kind == .numeric
    let oneSided = profile.oneSided
    name = column.name
    type = profile.kind
    typeFrom = column.origin
    presentIn = column.presence
    status = profile.status
    reading = DriftReading(profile)
    referenceCount = profile.histogram.referenceCount
    currentCount = profile.histogram.currentCount
    notFiniteReference = isNumeric ? profile.unusable.notFiniteReference : nil
    notFiniteCurrent = isNumeric ? profile.unusable.notFiniteCurrent : nil
    unseenCategories = isNumeric ? nil : oneSided.unseen.prefix(Self.mostNames).map(\.name)
    vanishedCategories = isNumeric ? nil : oneSided.vanished.prefix(Self.mostNames).map(\.name)
  }
}

/// Each statistic of the column's kind under its name.
private struct Statistics: Encodable {
  let profile: ColumnProfile

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    for measure in profile.measures { try container.encode(measure.value, under: measure.name.rawValue) }
    if profile.kind == .numeric {
      try container.encode(profile.ksMethod, under: "ks_method", otherwise: profile.status.rawValue)
    }
  }
}
