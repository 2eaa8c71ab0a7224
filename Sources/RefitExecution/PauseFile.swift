import Glibc
import RefitCore

/// The file `state/PAUSED`: whoever can write to `state/` pauses the whole project by making it, without a command
/// and without the database. Its text is the reason.
public enum PauseFile {
  /// Longer reasons are cut: the file is a note, and it reaches the record.
  private static let longest = 200

  /// The pause that the file says; nil where there is no file. Anything at that path pauses, also what can't be
  /// read: a directory, a pipe, a file without permission, a link that leads nowhere. None of it is waited for.
  public static func read(_ project: ProjectDirectory) -> Pause? {
    let path = project.pauseFile
    var there = stat()
    guard lstat(path, &there) == 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return nil }
      return pause("it can't be examined: \(String(cString: strerror(code)))", owner: nil)
    }
    return pause(reason(path), owner: there.st_uid)
  }

  private static func pause(_ reason: String, owner: uid_t?) -> Pause {
    Pause(model: nil, origin: .file, since: nil, actor: owner.map(name) ?? "unknown", because: reason)
  }

  private static func reason(_ path: String) -> String {
    var target = stat()
    // A look before opening: opening alone can already act on a device.
    guard stat(path, &target) == 0 else { return "it is a link that leads nowhere" }
    switch target.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: return "it is a directory, and gives no reason"
    default: return "it is no regular file, and gives no reason"
    }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return "its reason can't be read: \(String(cString: strerror(errno)))" }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 4 * longest) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
    return shortened(String(decoding: bytes, as: UTF8.self))
  }

  /// The text on one line, without what a terminal would act on.
  private static func shortened(_ text: String) -> String {
    let words = text.split { $0.isWhitespace }.map { word in
      String(word.unicodeScalars.filter { !($0.properties.generalCategory == .control) }.map(Character.init))
    }
    let line = words.filter { !$0.isEmpty }.joined(separator: " ")
    if line.isEmpty { return "it gives no reason" }
    return line.count <= longest ? line : line.prefix(longest - 1) + "…"
  }

  private static func name(_ owner: uid_t) -> String {
    guard let entry = getpwuid(owner) else { return "uid \(owner)" }
    return String(cString: entry.pointee.pw_name)
  }
}
