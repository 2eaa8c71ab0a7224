import Glibc

/// What has been shown of one log. It may still grow; at its cap it becomes a ring, whose new bytes are put straight in
/// a file of the same name when the job has ended.
struct LogTail {
  /// What comes next of a log.
  enum Piece: Hashable {
    case bytes([UInt8])
    /// Something that is said of the log.
    case note(String)
  }

  private var offset: off_t = 0
  private var inode: ino_t?
  private var changed: timespec?
  private var isRing = false
  /// Whether what was shown of it ends within a line.
  private(set) var isMidLine = false

  /// Whether there has been a log at all.
  var isShown: Bool { inode != nil }

  /// What has come since the last time; nothing while there is no log.
  mutating func read(_ path: String) -> [Piece] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    var pieces: [Piece] = []
    if let inode, inode != status.st_ino {
      // The first half is what it was; the mark of what was left out and the newest bytes follow it.
      offset = status.st_size / 2
      isRing = false
      pieces.append(.note("the log was longer than its cap: its newest part"))
    } else if status.st_size < offset {
      offset = 0
      isRing = false
      pieces.append(.note("the log begins anew"))
    }
    inode = status.st_ino
    let fresh = rest(of: file)
    if let last = fresh.last {
      pieces.append(.bytes(fresh))
      isMidLine = last != UInt8(ascii: "\n")
    }
    if let note = noteOfRing(file, hasGrown: !pieces.isEmpty) { pieces.append(.note(note)) }
    return pieces
  }

  private mutating func rest(of file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(file, &buffer, buffer.count, offset)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      offset += off_t(count)
    }
  }

  /// Told once: the file is written to and does not grow.
  private mutating func noteOfRing(_ file: Int32, hasGrown: Bool) -> String? {
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    defer { changed = status.st_size == offset ? status.st_mtim : nil }
    guard !isRing, !hasGrown, status.st_size == offset, let changed,
      (changed.tv_sec, changed.tv_nsec) < (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    else { return nil }
    isRing = true
    return "the log has reached its cap: what follows is shown when the job has ended"
  }
}
