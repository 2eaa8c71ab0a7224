/// Something that is wrong with a configuration file, or worth knowing, with its place.
public struct ConfigurationDiagnostic: Hashable, Sendable, Codable {
  public enum Severity: String, Hashable, Sendable, Codable, CaseIterable { case error, warning }

  public let severity: Severity
  /// The file as the caller named it.
  public let file: String
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  /// One sentence: what is wrong, and what would be right.
  public let message: String

  public init(severity: Severity, file: String, line: Int, column: Int, message: String) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }
}

extension ConfigurationDiagnostic: CustomStringConvertible {
  /// One line as compilers print it: `refit.yaml:31:9: unknown key …`; a warning says that it is one.
  public var description: String {
    let place = "\(file):\(line):\(column): "
    return severity == .warning ? place + "warning: " + message : place + message
  }
}

/// A configuration file that is refused.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Every error of the file, and its warnings, in the order of their places.
  public let diagnostics: [ConfigurationDiagnostic]

  public init(diagnostics: [ConfigurationDiagnostic]) {
    self.diagnostics = diagnostics
  }

  /// The errors, one a line: what has to be mended. Warnings are for those who ask for them.
  public var description: String {
    diagnostics.filter { $0.severity == .error }.map(\.description).joined(separator: "\n")
  }
}
