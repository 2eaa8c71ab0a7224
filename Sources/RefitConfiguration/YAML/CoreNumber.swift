/// A number by the core schema of YAML 1.2.
enum CoreNumber: Hashable {
  case integer(Int)
  case float(Double)

  /// Nil for text that is no number.
  init?(_ text: String) {
    if text.hasPrefix("0o") || text.hasPrefix("0x") {
      guard let number = Self.prefixed(text) else { return nil }
      self = number
      return
    }
    let sign = text.first == "-" || text.first == "+" ? text.first : nil
    let unsigned = sign == nil ? text[...] : text.dropFirst()
    switch unsigned {
    case ".inf", ".Inf", ".INF":
      self = .float(sign == "-" ? -.infinity : .infinity)
    case ".nan", ".NaN", ".NAN":
      guard sign == nil else { return nil }
      self = .float(.nan)
    default:
      guard let number = Self.decimal(text, unsigned: unsigned) else { return nil }
      self = number
    }
  }

  /// `0o` and `0x`; digits of the base, without a sign.
  private static func prefixed(_ text: String) -> CoreNumber? {
    let radix = text.hasPrefix("0o") ? 8 : 16
    let digits = text.dropFirst(2)
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.hexDigitValue.map { $0 < radix } == true })
    else { return nil }
    return Int(digits, radix: radix).map(CoreNumber.integer) ?? .float(.infinity)
  }

  /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
  private static func decimal(_ text: String, unsigned: Substring) -> CoreNumber? {
    var rest = unsigned.utf8[...]
    let whole = takeDigits(&rest)
    var fraction = 0
    var isInteger = true
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = takeDigits(&rest)
      isInteger = false
    }
    guard whole > 0 || fraction > 0 else { return nil }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard takeDigits(&rest) > 0 else { return nil }
      isInteger = false
    }
    guard rest.isEmpty, let double = Double(text) else { return nil }
    return isInteger ? Int(text).map(CoreNumber.integer) ?? .float(double) : .float(double)
  }

  private static func takeDigits(_ rest: inout Substring.UTF8View.SubSequence) -> Int {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.count
  }
}
