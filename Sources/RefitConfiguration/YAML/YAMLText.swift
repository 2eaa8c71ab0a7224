/// The bytes of a YAML file, before they are read as YAML.
enum YAMLText {
  /// The bytes without a byte order mark. Throws for bytes that are not UTF-8, and for characters that YAML
  /// does not allow or that only some readers take for the end of a line, with their place.
  static func checked(_ bytes: [UInt8]) throws(Remark) -> ArraySlice<UInt8> {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    var iterator = text.makeIterator()
    var decoder = UTF8.ForwardParser()
    var place = Place.start
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .emptyInput: return text
      case .error: throw Remark(place: place, message: "this is not UTF-8: save the file as UTF-8")
      case .valid(let encoded):
        let scalar = UTF8.decode(encoded)
        guard isAllowed(scalar) else {
          throw Remark(place: place, message: "the character \(name(scalar)) is not allowed")
        }
        place = scalar == "\n" ? Place(line: place.line + 1, column: 1) : place.next
      }
    }
  }

  /// YAML's printable characters without the line ends NEL, LS and PS, which readers do not agree on.
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E: true
    case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: scalar.value >= 0xA0
    }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Place {
  fileprivate var next: Place { Place(line: line, column: column + 1) }
}
