import RefitTables

/// Which columns of two files are compared, and as what.
public struct ProfiledColumns: Hashable, Sendable {
  /// Where a column is.
  public enum Presence: String, Hashable, Sendable, Codable {
    case both
    case reference
    case current
  }

  /// One column that is to be compared.
  struct Asked {
    var name: String
    var presence: Presence
    /// Nil: to be inferred from both sides.
    var kind: ColumnKind?
  }

  private let columns: [String]
  private let numeric: [String]
  private let categorical: [String]

  /// Takes names. All columns of both files are meant where `columns` is empty; those that are neither numeric nor
  /// categorical by declaration are inferred.
  public init(columns: [String] = [], numeric: [String] = [], categorical: [String] = []) {
    self.columns = columns
    self.numeric = numeric
    self.categorical = categorical
  }

  /// What is asked of files with these headers, in the order of the reference's and then the current one's.
  ///
  /// - Throws: a sentence where a name is in neither file, is declared twice, or is declared and not compared.
  func resolved(reference: [String], current: [String]) throws(ProfileError) -> [Asked] {
    let inReference = Set(reference.map(Bytes.init))
    let inCurrent = Set(current.map(Bytes.init))
    let all = reference + current.filter { !inReference.contains(Bytes($0)) }
    let asked = try Self.found(columns, among: all, option: "--columns")
    let numeric = try Self.found(numeric, among: all, option: "--numeric")
    let categorical = try Self.found(categorical, among: all, option: "--categorical")
    if let twice = numeric.intersection(categorical).first {
      throw .usage("'\(twice.text)' is declared both numeric and categorical: say one")
    }
    if !asked.isEmpty,
      let apart = numeric.union(categorical).subtracting(asked).min(by: { $0.text < $1.text })
    {
      throw .usage("'\(apart.text)' is declared, but --columns does not name it")
    }
    return all.map { (Bytes($0), $0) }.filter { asked.isEmpty || asked.contains($0.0) }.map { key, name in
      Asked(
        name: name,
        presence: !inCurrent.contains(key) ? .reference : !inReference.contains(key) ? .current : .both,
        kind: numeric.contains(key) ? .numeric : categorical.contains(key) ? .category : nil)
    }
  }

  private static func found(
    _ names: [String], among all: [String], option: String
  ) throws(ProfileError) -> Set<Bytes> {
    let known = Set(all.map(Bytes.init))
    for name in names where !known.contains(Bytes(name)) {
      throw unknown(name, among: all, option: option)
    }
    return Set(names.map(Bytes.init))
  }

  private static func unknown(_ name: String, among all: [String], option: String) -> ProfileError {
    let hint =
      NearestName.of(name, among: all).map { "did you mean '\($0)'?" }
      ?? "the columns are \(all.prefix(12).map { "'\($0)'" }.joined(separator: ", "))"
      + (all.count > 12 ? ", …" : "")
    return .usage("\(option): neither file has a column '\(name)'; \(hint)")
  }

  /// A name that is compared by its bytes, as headers are.
  private struct Bytes: Hashable {
    let text: String
    private let bytes: [UInt8]

    init(_ text: String) {
      self.text = text
      bytes = Array(text.utf8)
    }
  }
}

/// Why two files could not be profiled.
public enum ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file that is not there or is no table.
  case table(TableError)
  /// Something that does not fit the files.
  case usage(String)

  /// A sentence, with the file and the place where there is one.
  public var description: String {
    switch self {
    case .table(let error): error.description
    case .usage(let sentence): sentence
    }
  }
}
