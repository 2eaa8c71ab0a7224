import RefitCore

extension ValueKind where Value == String {
  /// Text that is not empty.
  static let text = text("text") { !$0.isEmpty }
  static let anyText = text("text") { _ in true }

  static func text(_ expected: String, _ isGood: @escaping @Sendable (String) -> Bool) -> Self {
    ValueKind(expected) { scalar in
      guard scalar.value == .text else { return .unexpected }
      if let character = scalar.text.unicodeScalars.firstIndex(of: "\0") {
        let number = scalar.text.unicodeScalars.distance(from: scalar.text.startIndex, to: character) + 1
        return .refused("text may not hold the character U+0000", character: number)
      }
      return isGood(scalar.text) ? .value(scalar.text) : .unexpected
    }
  }

  /// A label, as it is written: text, a number or a boolean.
  static let label = ValueKind("a label such as 1 or \"yes\"") { scalar in
    scalar.value == .null || scalar.text.isEmpty || scalar.text.contains("\0")
      ? .unexpected : .value(scalar.text)
  }

  /// The path of a CSV file; it may lie outside of the project.
  static let table = path("the path of a CSV file such as data/holdout.csv") { path in
    path.hasSuffix(".csv") ? nil : "\(YAMLScalar.quoted(path)) must end in .csv"
  }

  /// The path of a table in any format that is read, or a glob; it may lie outside of the project.
  static let anyTable = path("the path of a table such as data/labels/*.csv") { path in
    if tableEndings.contains(where: path.hasSuffix) { return nil }
    let endings = "\(tableEndings.dropLast().joined(separator: ", ")) or \(tableEndings.last ?? "")"
    return "\(YAMLScalar.quoted(path)) must end in \(endings)"
  }

  private static let tableEndings = [
    ".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".parquet", ".pq",
  ]

  /// A path within a directory of the project's or of a run's.
  static let innerPath = path("a relative path") { path in
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if path.hasPrefix("/") { return "\(YAMLScalar.quoted(path)) must be a relative path" }
    if parts.contains("..") { return "\(YAMLScalar.quoted(path)) may not lead out by '..'" }
    if parts.dropLast().contains("") || parts.allSatisfy({ $0 == "." || $0.isEmpty }) {
      return "\(YAMLScalar.quoted(path)) is not the path of a file"
    }
    return nil
  }

  private static func path(_ expected: String, complaint: @escaping @Sendable (String) -> String?) -> Self {
    ValueKind(expected) { scalar in
      let reading = ValueKind.text.read(scalar)
      guard case .value(let path) = reading else { return reading }
      if path.contains("${") { return .refused("references are read in 'variables' only, not in a path") }
      return complaint(path).map { .refused($0) } ?? reading
    }
  }

  /// The value of an environment variable; `${NAME}` and `${file:PATH}` in it are references.
  static let variable = ValueKind("text") { scalar in
    let reading = ValueKind.anyText.read(scalar)
    guard case .value(let text) = reading, let (character, message) = Reference.firstError(in: text) else {
      return reading
    }
    return .refused(message, character: character)
  }
}

extension ValueKind where Value == Name {
  static let name = ValueKind(nameRule) { scalar in
    guard scalar.value == .text, let name = Name(scalar.text) else { return .unexpected }
    return .value(name)
  }
}

/// The rule for names, in words.
let nameRule = "text of 1 to 63 lower-case letters, digits and hyphens that does not begin with a hyphen"

extension ValueKind where Value == CronExpression {
  /// A cron expression whose `H` is fixed by a hash.
  static func cron(_ hash: CronHash) -> ValueKind {
    ValueKind("text: a cron expression such as \"15 2 * * *\"") { scalar in
      guard scalar.value == .text else { return .unexpected }
      do throws(CronError) {
        return .value(try CronExpression(scalar.text, hash: hash))
      } catch {
        let field = error.field.map { "\($0): " } ?? ""
        return .refused("cron expression, \(field)\(error.message)", character: error.column)
      }
    }
  }
}

// MARK: - Choices

extension ValueKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the value's words. `later` are words whose feature comes later, `meant` is what people write.
  static func choice(
    _ noun: String, of type: Value.Type, later: Set<String> = [], meant: [String: String] = [:]
  ) -> Self {
    let words = Value.allCases.map(\.rawValue)
    return ValueKind("one of " + words.joined(separator: ", ")) { scalar in
      guard scalar.value == .text else { return .unexpected }
      if let value = Value(rawValue: scalar.text) { return .value(value) }
      if later.contains(scalar.text) { return .refused("'\(scalar.text)' is not supported yet") }
      let unknown = "unknown \(noun) \(YAMLScalar.quoted(scalar.text))"
      guard let near = Spelling.nearest(to: scalar.text, among: words + meant.keys.sorted()) else {
        return .refused("\(unknown): use \(words.joined(separator: ", "))")
      }
      return .refused("\(unknown): did you mean '\(meant[near] ?? near)'?")
    }
  }
}
