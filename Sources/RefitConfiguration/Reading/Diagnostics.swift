/// Collects what is said of one file while it is read.
final class Diagnostics {
  let file: String
  private(set) var all: [ConfigurationDiagnostic] = []
  private(set) var errorCount = 0

  init(file: String) {
    self.file = file
  }

  func error(_ place: Place, _ message: String) {
    errorCount += 1
    add(.error, place, message)
  }

  func warning(_ place: Place, _ message: String) {
    add(.warning, place, message)
  }

  private func add(_ severity: ConfigurationDiagnostic.Severity, _ place: Place, _ message: String) {
    all.append(
      ConfigurationDiagnostic(
        severity: severity, file: file, line: place.line, column: place.column, message: message))
  }

  /// In the order of their places; of one place, in the order in which they were found.
  var sorted: [ConfigurationDiagnostic] {
    all.enumerated().sorted { left, right in
      (left.element.line, left.element.column, left.offset)
        < (right.element.line, right.element.column, right.offset)
    }.map(\.element)
  }
}

/// What a file says of one thing.
enum Part<Value> {
  /// Nothing.
  case absent
  /// Something wrong, which has been reported: who needs the value has nothing to add.
  case broken
  case given(Value)

  var value: Value? {
    if case .given(let value) = self { return value }
    return nil
  }

  var isAbsent: Bool {
    if case .absent = self { return true }
    return false
  }
}

/// A value and the place where it is written.
struct Placed<Value> {
  var value: Value
  var place: Place
}
