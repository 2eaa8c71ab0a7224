import RefitEngine
import RefitStatistics

/// A profile for programs: every statistic by its name, `null` beside the reason where it does not exist.
struct ProfileAnswer: Encodable {
  struct Side: Encodable {
    var path: String
    var rows: Int
  }

  struct Column: Encodable {
    var name: String
    var type: ColumnProfile.Kind
    var typeFrom: FileProfile.Origin
    var presentIn: ProfiledColumns.Presence
    var status: DriftStatus
    var referenceCount: Int
    var currentCount: Int
    var notFiniteReference: Int?
    var notFiniteCurrent: Int?
    var psiExpected: Double?
    var smallExpectedCounts: Int?
    var unseenCategories: [String]?
    var vanishedCategories: [String]?
    var pValue: TableDrift.PValue?
    var statistics: Statistics

    private enum CodingKeys: String, CodingKey {
      case name, type, status, statistics
      case typeFrom = "type_from"
      case presentIn = "present_in"
      case referenceCount = "n_reference"
      case currentCount = "n_current"
      case notFiniteReference = "not_finite_reference"
      case notFiniteCurrent = "not_finite_current"
      case psiExpected = "psi_expected_under_no_change"
      case smallExpectedCounts = "chi2_small_expected_counts"
      case unseenCategories = "unseen_categories"
      case vanishedCategories = "vanished_categories"
      case pValue = "p_value"
    }
  }

  /// All columns together; a column has drifted when its PSI is 0.25 or more.
  struct Whole: Encodable {
    var comparableColumns: Int
    var driftedColumns: Int
    var driftedShare: Double?

    private enum CodingKeys: String, CodingKey {
      case comparableColumns = "comparable_columns"
      case driftedColumns = "drifted_columns"
      case driftedShare = "drifted_share"
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
    reference = Side(path: profile.reference.path, rows: profile.reference.rowCount)
    current = Side(path: profile.current.path, rows: profile.current.rowCount)
    let drift = profile.drift
    whole = Whole(
      comparableColumns: drift.comparable, driftedColumns: drift.drifted,
      driftedShare: drift.driftedShare.value)
    columns = zip(profile.columns, drift.pValues).map(Column.init)
  }
}

extension ProfileAnswer.Column {
  /// Of an identifier every category is new; the count says so, and the names are no news.
  private static let mostNames = 100

  init(_ column: FileProfile.Column, _ pValue: TableDrift.PValue?) {
    let profile = column.profile
    let isNumeric = profile.kind == .numeric
    let oneSided = profile.oneSided
    name = column.name
    type = profile.kind
    typeFrom = column.origin
    presentIn = column.presence
    status = profile.status
    referenceCount = profile.histogram.referenceCount
    currentCount = profile.histogram.currentCount
    notFiniteReference = isNumeric ? profile.unusable.notFiniteReference : nil
    notFiniteCurrent = isNumeric ? profile.unusable.notFiniteCurrent : nil
    psiExpected = profile.histogram.psiExpectedUnderNoChange
    smallExpectedCounts = profile.smallExpectedCounts
    unseenCategories = isNumeric ? nil : oneSided.unseen.prefix(Self.mostNames).map(\.name)
    vanishedCategories = isNumeric ? nil : oneSided.vanished.prefix(Self.mostNames).map(\.name)
    self.pValue = pValue
    statistics = Statistics(profile)
  }

  /// Each statistic of the column's kind under its name.
  struct Statistics: Encodable {
    private let profile: ColumnProfile

    init(_ profile: ColumnProfile) { self.profile = profile }

    private struct Key: CodingKey {
      let stringValue: String
      let intValue: Int? = nil

      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.init(stringValue) }
      init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      for measure in profile.measures {
        let name = measure.name.rawValue
        switch measure.value {
        case .defined(let value): try container.encode(value, forKey: Key(name))
        case .undefined(let reason): try container.undefined(name, reason)
        }
      }
      guard profile.kind == .numeric else { return }
      if let method = profile.ksMethod {
        try container.encode(method, forKey: Key("ks_method"))
      } else {
        try container.undefined("ks_method", profile.status.rawValue)
      }
    }
  }
}

extension KeyedEncodingContainer where Key: CodingKey {
  /// `null` under a name, and why under its sibling.
  fileprivate mutating func undefined(_ name: String, _ reason: String) throws {
    guard let value = Key(stringValue: name), let sibling = Key(stringValue: "\(name)_undefined") else {
      return
    }
    try encodeNil(forKey: value)
    try encode(reason, forKey: sibling)
  }
}
