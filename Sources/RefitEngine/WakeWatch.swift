import Glibc
import RefitCore
import RefitExecution

/// Notices that `state/wake` was touched, or `refit.yaml` changed. What happens between two waits is not missed.
final class WakeWatch {
  private let descriptor: Int32

  /// Nil where the kernel gives no watch: then only the time limit of a wait bounds it.
  init?(_ project: ProjectDirectory) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0 else { return nil }
    let state = inotify_add_watch(descriptor, project.state, UInt32(IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE))
    let root = inotify_add_watch(descriptor, project.root, UInt32(IN_CLOSE_WRITE | IN_MOVED_TO))
    guard state >= 0, root >= 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit {
    close(descriptor)
  }

  /// Returns when one of the two has happened since the last wait, when a signal arrives, or when the time is up.
  func wait(atMost limit: Duration) {
    let end = ContinuousClock.now + limit
    while true {
      let left = ContinuousClock.now.duration(to: end).inMilliseconds
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(max(0, min(left, 3_600_000))))
      guard ready > 0, left >= 0 else { return }
      if names().contains(where: { $0 == "wake" || $0 == "refit.yaml" }) { return }
    }
  }

  /// The names in the events that are there.
  private func names() -> Set<String> {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 8)
    defer { buffer.deallocate() }
    var names: Set<String> = []
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { return names }
      var offset = 0
      while offset < count {
        let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        let start = offset + MemoryLayout<inotify_event>.size
        let end = start + Int(event.len)
        names.insert(String(decoding: buffer[start..<end].prefix { $0 != 0 }, as: UTF8.self))
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
