import RefitCore

/// The clocks of a simulated machine: time that only passes, a wall clock that can be set, and a boot that ends.
struct VirtualTime: Sendable {
  /// Seconds since the simulation began, by a clock that nobody sets.
  private(set) var elapsed: Int64 = 0
  /// What the wall clock shows beyond the elapsed time: seconds since 1970.
  private(set) var offset: Int64
  /// Counts the machine's boots.
  private(set) var boot = 1

  init(start: Instant) {
    offset = start.seconds
  }

  /// What the wall clock shows.
  var wall: Instant { Instant(seconds: elapsed + offset) }

  /// When the wall clock will show an instant, if nobody sets it before.
  func elapsed(at wall: Instant) -> Int64 { wall.seconds - offset }

  mutating func advance(to elapsed: Int64) {
    precondition(elapsed >= self.elapsed, "time that only passes can't go back")
    self.elapsed = elapsed
  }

  mutating func setWallClock(by seconds: Int64) { offset += seconds }

  mutating func reboot() { boot += 1 }
}
