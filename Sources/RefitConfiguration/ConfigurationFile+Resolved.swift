import FoundationEssentials
import RefitCore

extension ConfigurationFile {
  /// A project as a `refit.yaml` that says everything, defaults included: parsed, it gives the same project.
  public static func resolvedYAML(_ project: Project) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The values know how they are written; as JSON they are YAML already, and are only laid out anew.
    do {
      let json = String(decoding: try encoder.encode(project), as: UTF8.self)
      let document = try YAMLDocument.compose(Array(escaped(json).utf8))
      guard let root = document.root else { preconditionFailure("a project is a map") }
      return YAMLWriter.text(of: root)
    } catch {
      preconditionFailure("a validated project can be written: \(error)")
    }
  }

  /// JSON whose texts hold no character that a YAML file may not have as it is.
  private static func escaped(_ json: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in json.unicodeScalars {
      if YAMLText.isAllowed(scalar) {
        scalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16)
        scalars.append(
          contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
      }
    }
    return String(scalars)
  }
}
