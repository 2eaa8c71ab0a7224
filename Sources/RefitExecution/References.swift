import Glibc
import RefitCore

/// Values that the configuration names by reference, read when they are used and at no other time.
public enum References {
  /// A value with its references replaced, and what each of them stands for, in their order.
  public struct Resolved: Hashable, Sendable {
    public var value: String
    public var parts: [String]

    /// What must reach no stored byte: each part, and the whole; nothing when there are no references.
    public var secrets: Set<String> {
      parts.isEmpty ? [] : Set(parts + [value]).subtracting([""])
    }
  }

  /// Replaces each `${NAME}` by the environment's value and each `${file:PATH}` by the file's text, without its
  /// last newline.
  ///
  /// - Throws: a sentence when a variable is not set or a file can't be read.
  public static func resolve(_ text: String, in project: ProjectDirectory) throws(DataError) -> Resolved {
    var value = ""
    var rest = text[...]
    var parts: [String] = []
    while let start = rest.firstRange(of: "${") {
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
        throw DataError("'\(text)' has '${' without '}'")
      }
      value += rest[..<start.lowerBound]
      let part = try read(String(rest[start.upperBound..<end]), in: project)
      value += part
      parts.append(part)
      rest = rest[rest.index(after: end)...]
    }
    return Resolved(value: value + rest, parts: parts)
  }

  private static func read(_ name: String, in project: ProjectDirectory) throws(DataError) -> String {
    if name.hasPrefix("file:") {
      let path = String(name.dropFirst("file:".count))
      do {
        let bytes = try FileBytes.read(project.absolute(path), limit: 1 << 20)
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
          throw DataError("it is not text in UTF-8")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
      } catch {
        throw DataError("'${file:\(path)}' can't be read: \(error)")
      }
    }
    guard let value = getenv(name) else { throw DataError("'${\(name)}' is not set in Refit's environment") }
    return String(cString: value)
  }
}

extension Substring {
  fileprivate func firstRange(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
