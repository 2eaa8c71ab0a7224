extension Array where Element: BitwiseCopyable {
  /// Makes room for so many elements in all. Room that nothing is put into costs address space but no memory; repeated
  /// calls cost no more than growing does.
  mutating func reserve(_ count: Int) {
    guard count > capacity else { return }
    reserveCapacity(Swift.max(count, capacity * 2))
  }
}
