import RefitCore

/// `refit.yaml`: bytes to values, and back.
public enum ConfigurationFile {
  /// The name of the file in a project's directory.
  public static let name = "refit.yaml"

  /// The project that a file's bytes describe, validated and with every default filled in, and the warnings;
  /// throws every error of the file at once. `file` is how diagnostics name it; `zoneExists` tells whether
  /// the machine knows an IANA time zone.
  public static func parse(
    _ bytes: [UInt8], file: String, zoneExists: (String) -> Bool
  ) throws(ConfigurationError) -> (project: Project, warnings: [ConfigurationDiagnostic]) {
    try withoutActuallyEscaping(zoneExists) { zoneExists throws(ConfigurationError) in
      try parse(bytes, file: file, zones: ZoneCheck(zoneExists))
    }
  }

  static func parse(
    _ bytes: [UInt8], file: String, zones: ZoneCheck
  ) throws(ConfigurationError) -> (project: Project, warnings: [ConfigurationDiagnostic]) {
    let diagnostics = Diagnostics(file: file)
    let project = read(bytes, diagnostics: diagnostics, zones: zones)
    guard diagnostics.errorCount == 0, let project else {
      throw ConfigurationError(diagnostics: diagnostics.sorted)
    }
    return (project, diagnostics.sorted)
  }

  private static func read(_ bytes: [UInt8], diagnostics: Diagnostics, zones: ZoneCheck) -> Project? {
    do throws(Remark) {
      let document = try YAMLDocument.compose(bytes)
      for remark in document.remarks { diagnostics.error(remark.place, remark.message) }
      guard let root = document.root else {
        diagnostics.error(
          .start, "the file is empty; Documentation/configuration.md shows what belongs in it")
        return nil
      }
      return ProjectReader(diagnostics: diagnostics, zones: zones).project(root)
    } catch {
      diagnostics.error(error.place, error.message)
      return nil
    }
  }
}
