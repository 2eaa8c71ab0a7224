import Glibc

extension Array where Element: BitwiseCopyable {
  /// Makes room for so many elements in all. Room that nothing is put into costs address space but no memory; repeated
  /// calls cost no more than growing does.
  mutating func reserve(_ count: Int) {
    guard count > capacity else { return }
    reserveCapacity(Swift.max(count, capacity * 2))
    adviseHugePages()
  }

  /// Asks for large pages where the room is large: a fault for each 4 kB costs more than what is written there.
  private mutating func adviseHugePages() {
    let size = capacity * MemoryLayout<Element>.stride
    guard size >= 1 << 22 else { return }
    withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let page = 1 << 12
      let start = (Int(bitPattern: base) + page - 1) & -page
      let end = (Int(bitPattern: base) + size) & -page
      _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
    }
  }
}
