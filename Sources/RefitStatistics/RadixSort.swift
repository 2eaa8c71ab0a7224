/// Sorts finite numbers in time that grows with their count alone.
enum RadixSort {
  /// Fewer numbers are sorted sooner by comparing them.
  static let fewest = 2048

  private static let digitBits = 11
  private static let passes = 6
  private static let buckets = 1 << digitBits

  /// The numbers, none of them NaN, in ascending order; −0 and 0 are the same and stand in any order.
  ///
  /// Least significant digit first over an order-preserving map of doubles to integers; a digit that all numbers
  /// share costs no pass.
  static func sorted(_ values: [Double]) -> [Double] {
    guard values.count >= fewest else { return values.sorted() }
    let count = values.count
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { scratch in
      var source = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
      var target = UnsafeMutableBufferPointer(rebasing: scratch[count...])
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: passes * buckets) { counts in
        counts.initialize(repeating: 0)
        for index in 0..<count {
          let key = key(of: values[index])
          source.initializeElement(at: index, to: key)
          target.initializeElement(at: index, to: 0)
          for pass in 0..<passes { counts[pass * buckets + digit(key, pass)] += 1 }
        }
        for pass in 0..<passes {
          let ofPass = UnsafeMutableBufferPointer(rebasing: counts[pass * buckets..<(pass + 1) * buckets])
          guard ofPass[digit(source[0], pass)] < count else { continue }
          distribute(source, to: target, by: pass, ofPass)
          swap(&source, &target)
        }
      }
      return [Double](unsafeUninitializedCapacity: count) { sorted, initialized in
        for index in 0..<count { sorted.initializeElement(at: index, to: number(of: source[index])) }
        initialized = count
      }
    }
  }

  private static func distribute(
    _ source: UnsafeMutableBufferPointer<UInt64>, to target: UnsafeMutableBufferPointer<UInt64>, by pass: Int,
    _ counts: UnsafeMutableBufferPointer<UInt32>
  ) {
    var start: UInt32 = 0
    for bucket in 0..<buckets {
      let size = counts[bucket]
      counts[bucket] = start
      start += size
    }
    for key in source {
      let bucket = digit(key, pass)
      target[Int(counts[bucket])] = key
      counts[bucket] += 1
    }
  }

  @inline(__always)
  private static func digit(_ key: UInt64, _ pass: Int) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(pass * digitBits)) & (buckets - 1)
  }

  /// Keys order as the numbers do: the sign bit is turned over, and all bits of a negative number are.
  @inline(__always)
  private static func key(of number: Double) -> UInt64 {
    let bits = number.bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  @inline(__always)
  private static func number(of key: UInt64) -> Double {
    let isPositive = key >> 63 == 1
    return Double(bitPattern: isPositive ? key ^ (1 << 63) : ~key)
  }
}
