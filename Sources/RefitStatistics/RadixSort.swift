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
  static func sorted(_ values: [Double]) -> [Double] { sorted(values[...]) }

  /// The same of a part of a column.
  static func sorted(_ values: ArraySlice<Double>) -> [Double] {
    guard values.count >= fewest else { return values.sorted() }
    let (first, count) = (values.startIndex, values.count)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { scratch in
      let sorted = sort(scratch, count: count, key: \.self) { key(of: values[first + $0]) }
      return [Double](unsafeUninitializedCapacity: count) { numbers, initialized in
        for index in 0..<count { numbers.initializeElement(at: index, to: number(of: sorted[index])) }
        initialized = count
      }
    }
  }

  /// The places of the numbers, none of them NaN, in ascending order of the numbers; equal ones, which −0 and 0 are,
  /// in ascending order of their places. Traps beyond 2^32 numbers.
  static func order(_ values: [Double]) -> [UInt32] {
    let count = values.count
    precondition(count <= Int(UInt32.max), "a place fits into 32 bits")
    guard count >= fewest else {
      return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map(UInt32.init)
    }
    return withUnsafeTemporaryAllocation(of: Entry.self, capacity: 2 * count) { scratch in
      // Adding 0 makes 0 of −0.
      let sorted = sort(scratch, count: count, key: \.key) { place in
        Entry(key: key(of: values[place] + 0), place: UInt32(place))
      }
      return [UInt32](unsafeUninitializedCapacity: count) { places, initialized in
        for index in 0..<count { places.initializeElement(at: index, to: sorted[index].place) }
        initialized = count
      }
    }
  }

  private struct Entry {
    let key: UInt64
    let place: UInt32
  }

  /// Sorts `count` elements within scratch memory for twice as many, and gives the half that has them in order.
  @inline(__always)
  private static func sort<Element>(
    _ scratch: UnsafeMutableBufferPointer<Element>, count: Int, key: (Element) -> UInt64,
    element: (Int) -> Element
  ) -> UnsafeMutableBufferPointer<Element> {
    var source = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
    var target = UnsafeMutableBufferPointer(rebasing: scratch[count...])
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: passes * buckets) { counts in
      counts.initialize(repeating: 0)
      for index in 0..<count {
        let element = element(index)
        source.initializeElement(at: index, to: element)
        target.initializeElement(at: index, to: element)
        for pass in 0..<passes { counts[pass * buckets + digit(key(element), pass)] += 1 }
      }
      for pass in 0..<passes {
        let ofPass = UnsafeMutableBufferPointer(rebasing: counts[pass * buckets..<(pass + 1) * buckets])
        guard ofPass[digit(key(source[0]), pass)] < count else { continue }
        distribute(source, to: target, by: pass, ofPass, key: key)
        swap(&source, &target)
      }
    }
    return source
  }

  @inline(__always)
  private static func distribute<Element>(
    _ source: UnsafeMutableBufferPointer<Element>, to target: UnsafeMutableBufferPointer<Element>,
    by pass: Int, _ counts: UnsafeMutableBufferPointer<UInt32>, key: (Element) -> UInt64
  ) {
    var start: UInt32 = 0
    for bucket in 0..<buckets {
      let size = counts[bucket]
      counts[bucket] = start
      start += size
    }
    for element in source {
      let bucket = digit(key(element), pass)
      target[Int(counts[bucket])] = element
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
