import Glibc

/// Seeded columns of a binary task and of a drifting feature, the same for every peer.
enum SampleColumns {
  /// Writes the columns that the works read in memory, `rows` long.
  static func write(rows: Int, to folder: String) {
    var random = SplitMix(state: 7)
    var labels = [UInt8](), scores = [Double](), rival = [Double](), groups = [Int32]()
    var reference = [Double](), current = [Double]()
    for _ in 0..<rows {
      let signal = random.normal()
      labels.append(signal + random.normal() > 0.5 ? 1 : 0)
      scores.append(logistic(signal + 0.5 * random.normal()))
      rival.append(logistic(signal + 0.6 * random.normal()))
      groups.append(Int32(truncatingIfNeeded: random.next() % 4))
      reference.append(random.normal())
      current.append(1.05 * random.normal() + 0.05)
    }
    ColumnFile.write(labels, to: "\(folder)/labels.u8")
    ColumnFile.write(scores, to: "\(folder)/scores.f64")
    ColumnFile.write(rival, to: "\(folder)/champion.f64")
    ColumnFile.write(scores.map { $0 >= 0.5 ? 1 : 0 } as [UInt8], to: "\(folder)/predictions.u8")
    ColumnFile.write(rival.map { $0 >= 0.5 ? 1 : 0 } as [UInt8], to: "\(folder)/champion.u8")
    ColumnFile.write(groups, to: "\(folder)/groups.i32")
    ColumnFile.write(reference, to: "\(folder)/reference.f64")
    ColumnFile.write(current, to: "\(folder)/current.f64")
  }

  private static func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}

/// A seeded generator that is the same on every machine (Steele, Lea and Flood, 2014).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform, 0…1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Normal with mean 0 and deviation 1 (Box and Muller).
  mutating func normal() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
  }
}
