import Glibc
import RefitExecution

/// What a tick has touched and a waiting daemon does not need.
enum IdleMemory {
  /// Lets go of the program's own code and constants, most of what is resident. They stay in the page cache, and
  /// come back page by page as they are used.
  static func release() {
    let maps: [UInt8]
    do { maps = try FileBytes.read("/proc/self/maps", limit: 1 << 20) } catch { return }
    let lines = String(decoding: maps, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
    // The program comes first; what lies behind its code has been written to by the loader, and is kept.
    guard let program = lines.first?.last,
      let code = lines.lastIndex(where: { $0[1] == "r-xp" && $0.last == program })
    else { return }
    for fields in lines[...code] where fields.last == program && !fields[1].contains("w") {
      let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard bounds.count == 2, let start = UnsafeMutableRawPointer(bitPattern: bounds[0]) else { continue }
      madvise(start, Int(bounds[1] - bounds[0]), MADV_DONTNEED)
    }
  }
}
