import Glibc

/// A scale from numbers to a stretch of a drawing, with round numbers along it.
public struct Axis: Sendable, Hashable {
  /// What is measured.
  public let title: String
  let low: Double
  let high: Double

  /// An axis over a finite range that is not empty; one that is gets some room on both sides.
  public init(_ title: String, from low: Double, to high: Double) {
    precondition(low.isFinite && high.isFinite && (high - low).isFinite && low <= high, "an axis has a range")
    self.title = title
    let room = low == high ? max(abs(low) * 0.05, 0.5) : 0
    self.low = low - room
    self.high = high + room
  }

  /// Shares, from 0 to 1.
  public static func share(_ title: String) -> Axis { Axis(title, from: 0, to: 1) }

  /// Where a number lies, as a share of the axis's length; outside it the nearer end.
  func position(_ value: Double) -> Double { min(1, max(0, (value - low) / (high - low))) }

  struct Tick: Hashable {
    let value: Double
    let label: String
  }

  /// Three to eight round numbers inside the range: multiples of 1, 2 or 5 times a power of ten.
  var ticks: [Tick] {
    let rough = (high - low) / 5
    var exponent = Int(floor(log10(rough)))
    let fraction = rough / pow(10, Double(exponent))
    var mantissa = fraction < 1.5 ? 1 : fraction < 3.5 ? 2 : fraction < 7.5 ? 5 : 10
    if mantissa == 10 { (mantissa, exponent) = (1, exponent + 1) }
    let step = Double(mantissa) * pow(10, Double(exponent))
    let (first, last) = ((low / step).rounded(.up), (high / step).rounded(.down))
    // Between neighbouring Doubles there is no round number.
    guard step > 0, abs(first) < 1e15, abs(last) < 1e15, first <= last else { return [] }
    return (Int(first)...Int(last)).prefix(12).map { index in
      Tick(value: Double(index) * step, label: Axis.decimal(index * mantissa, exponent: exponent))
    }
  }

  /// `digits`·10^exponent, written out where that is short.
  private static func decimal(_ digits: Int, exponent: Int) -> String {
    let sign = digits < 0 ? "−" : ""
    let text = String(abs(digits))
    if digits == 0 { return "0" }
    if exponent >= 0 {
      return text.count + exponent <= 6
        ? sign + text + String(repeating: "0", count: exponent) : "\(sign)\(text)e\(exponent)"
    }
    guard exponent >= -6 else { return "\(sign)\(text)e\(exponent)" }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - text.count)) + text
    let point = padded.index(padded.endIndex, offsetBy: exponent)
    return "\(sign)\(padded[..<point]).\(padded[point...])"
  }
}
