/// References in the value of a variable: `${NAME}` and `${file:PATH}`, read when a job is launched.
enum Reference {
  /// The first `${` that begins no reference: its character, from 1, and why.
  static func firstError(in text: String) -> (character: Int, message: String)? {
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index + 1 < scalars.count {
      guard scalars[index] == "$", scalars[index + 1] == "{" else {
        index += 1
        continue
      }
      guard let end = scalars[index...].firstIndex(of: "}") else {
        return (index + 1, "the reference '${' has no end: write ${NAME} or ${file:PATH}")
      }
      var content = String.UnicodeScalarView()
      content.append(contentsOf: scalars[(index + 2)..<end])
      guard isValid(String(content)) else {
        return (index + 1, "'${\(String(content))}' is no reference: write ${NAME} or ${file:PATH}")
      }
      index = end + 1
    }
    return nil
  }

  private static func isValid(_ content: String) -> Bool {
    content.hasPrefix("file:") ? content.utf8.count > 5 : isVariableName(content)
  }

  /// `[A-Za-z_][A-Za-z0-9_]*`
  static func isVariableName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
