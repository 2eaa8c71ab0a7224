import Glibc

extension Array where Element: BitwiseCopyable {
  /// Makes room for so many elements in all. Room that nothing is put into costs address space but no memory; repeated
  /// calls cost no more than growing does.
  mutating func reserve(_ count: Int) {
    guard count > capacity else { return }
    reserveCapacity(Swift.max(count, capacity * 2))
    preferLargePages()
  }

  /// Asks the system for memory in large pages, of which a long array takes hundreds of times fewer: to get a page
  /// costs more than to fill it.
  private mutating func preferLargePages() {
    let size = capacity * MemoryLayout<Element>.stride
    guard size >= 1 << 21 else { return }
    withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      // Whole pages, so that arrays beside one another share large ones. It is advice: where the system has no large
      // pages, nothing changes.
      let offset = Int(bitPattern: start) % Int(getpagesize())
      _ = madvise(start - offset, size + offset, MADV_HUGEPAGE)
    }
  }
}
