import Glibc
import RefitCore
import RefitExecution

/// Waits for what may give a tick work: `state/wake` was touched, `state/PAUSED` came or went, `refit.yaml` changed,
/// the supervisor of a live attempt ended, an instant was reached, the clock was set. What happens between two waits
/// is not missed.
final class WakeWatch {
  /// What ended a wait.
  enum Cause: Hashable {
    /// Something of the project has changed.
    case change
    /// `refit.yaml`, or where it leads.
    case configuration
    /// The instant was reached, or the clock was set so that nobody knows how far away it is now.
    case instant
    /// The longest time that a wait may take is over.
    case limit
    /// A signal arrived, or the descriptor for interruptions became readable.
    case interruption
  }

  private let project: ProjectDirectory
  private let changes: Int32
  private let timer: InstantTimer
  /// What becomes readable when a signal has arrived.
  private let interruption: Int32?
  /// The locks of live attempts that are watched.
  private var locks: [String: Int32] = [:]
  private var lockWatches: Set<Int32> = []

  private static let files = UInt32(
    IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE_SELF)

  /// Nil where the kernel gives no watch: then only the time limit of a wait bounds it.
  init?(_ project: ProjectDirectory, interruption: Int32? = nil) {
    self.project = project
    self.interruption = interruption
    changes = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard changes >= 0, let timer = InstantTimer() else { return nil }
    self.timer = timer
    guard watchDirectories() else {
      close(changes)
      return nil
    }
  }

  deinit {
    close(changes)
  }

  /// Watches `state/` and the folders that hold `refit.yaml` and what it leads to. A folder that is there already
  /// keeps its watch; one that was made anew gets one.
  @discardableResult
  private func watchDirectories() -> Bool {
    var isComplete = true
    var folders = [project.state, project.root]
    if let target = realpath(project.configuration, nil) {
      let path = String(cString: target)
      free(target)
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
      if folder != project.root, !folder.isEmpty { folders.append(folder) }
    }
    for folder in folders where inotify_add_watch(changes, folder, Self.files) < 0 { isComplete = false }
    return isComplete
  }

  /// Watches the locks of live attempts, and no others: a supervisor that ends, however it ends, closes its lock.
  private func watch(locks wanted: Set<String>) {
    for (path, watch) in locks where !wanted.contains(path) {
      inotify_rm_watch(changes, watch)
      locks[path] = nil
    }
    for path in wanted where locks[path] == nil {
      let watch = inotify_add_watch(changes, path, UInt32(IN_CLOSE_WRITE | IN_DELETE_SELF))
      if watch >= 0 { locks[path] = watch }
    }
    lockWatches = Set(locks.values)
  }

  /// Returns when something has happened since the last wait, when the instant is reached, or after the limit.
  ///
  /// - Parameter locks: the lock files of attempts that are live.
  func wait(until instant: Instant? = nil, locks: Set<String> = [], atMost limit: Duration) -> Cause {
    watchDirectories()
    watch(locks: locks)
    timer.set(instant ?? Instant(seconds: Int64(Int32.max) * 4))
    let end = ContinuousClock.now + limit
    while true {
      let left = ContinuousClock.now.duration(to: end).inMilliseconds
      var waiting = [changes, timer.descriptor, interruption ?? -1].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      let ready = poll(&waiting, nfds_t(waiting.count), Int32(max(0, min(left, 3_600_000))))
      if ready < 0 || waiting[2].revents != 0 { return .interruption }
      if waiting[1].revents != 0, timer.take() != nil { return .instant }
      if waiting[0].revents != 0, let cause = cause(of: events()) { return cause }
      if left <= 0 { return .limit }
    }
  }

  private struct Event {
    var watch: Int32
    var mask: UInt32
    var name: String
  }

  private func cause(of events: [Event]) -> Cause? {
    let configuration = "refit.yaml"
    if events.contains(where: { $0.name == configuration || $0.name == "..data" }) { return .configuration }
    let isChange = events.contains { event in
      lockWatches.contains(event.watch) || ["wake", "PAUSED", "state"].contains(event.name)
        || event.mask & UInt32(IN_DELETE_SELF | IN_Q_OVERFLOW) != 0 || isDatabaseExchanged(event)
    }
    return isChange ? .change : nil
  }

  /// Another file lies at the database's path: a backup was restored.
  private func isDatabaseExchanged(_ event: Event) -> Bool {
    event.name == "refit.db" && event.mask & UInt32(IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM) != 0
  }

  /// The events that are there.
  private func events() -> [Event] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 8)
    defer { buffer.deallocate() }
    var events: [Event] = []
    while true {
      let count = read(changes, buffer.baseAddress, buffer.count)
      guard count > 0 else { return events }
      var offset = 0
      while offset < count {
        let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        let start = offset + MemoryLayout<inotify_event>.size
        let end = start + Int(event.len)
        let name = String(decoding: buffer[start..<end].prefix { $0 != 0 }, as: UTF8.self)
        events.append(Event(watch: event.wd, mask: event.mask, name: name))
        offset = end
      }
    }
  }
}

extension Duration {
  /// Rounded up.
  fileprivate var inMilliseconds: Int64 {
    components.seconds * 1000 + (components.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }
}
