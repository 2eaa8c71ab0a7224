import Glibc
import RefitCore
import RefitLinux

/// A descriptor that becomes readable when the wall clock reaches an instant, and also when somebody sets the clock
/// meanwhile. A machine that slept past the instant finds it readable when it wakes.
final class InstantTimer {
  enum Outcome {
    case reached, clockWasSet
  }

  let descriptor: Int32

  /// Nil where the kernel gives none.
  init?() {
    descriptor = timerfd_create(CLOCK_REALTIME, refit_timer_flags)
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    close(descriptor)
  }

  /// Sets it anew; a past instant is reached at once.
  func set(_ instant: Instant) {
    // Zero would turn it off.
    let microseconds = max(1, instant.microseconds)
    var time = itimerspec()
    time.it_value.tv_sec = time_t(microseconds / 1_000_000)
    time.it_value.tv_nsec = Int(microseconds % 1_000_000) * 1000
    timerfd_settime(descriptor, refit_timer_until_instant, &time, nil)
  }

  /// Why it is readable; nil when it is not.
  func take() -> Outcome? {
    var expirations: UInt64 = 0
    if read(descriptor, &expirations, 8) == 8 { return .reached }
    return errno == ECANCELED ? .clockWasSet : nil
  }
}
