import Glibc
import RefitCore

/// Where a process of Refit's own does one piece of long work: a directory with one for each time that it was begun,
/// `1`, `2`… Each of those is like an attempt's, with an order to read and a result to leave.
public struct WorkPlace: Hashable, Sendable {
  /// Of the work, without a slash.
  public let name: String
  private let path: String

  /// - Parameter name: the work's own; a file name.
  public init(_ name: String, in project: ProjectDirectory) {
    self.name = name
    path = "\(project.work)/\(name)"
  }

  /// All that are there, by name.
  public static func all(in project: ProjectDirectory) throws(FileBytes.Failure) -> [WorkPlace] {
    guard FileBytes.exists(project.work) else { return [] }
    return try FileBytes.names(in: project.work).map { WorkPlace($0, in: project) }
  }

  /// How often it was begun.
  public func times() throws(FileBytes.Failure) -> Int {
    guard FileBytes.exists(path) else { return 0 }
    return try FileBytes.names(in: path).compactMap { Int($0) }.max() ?? 0
  }

  /// The directory of the time that it was begun last; nil where it was not yet.
  public func newest() throws(FileBytes.Failure) -> String? {
    let times = try times()
    return times > 0 ? directory(times) : nil
  }

  /// Of the time with this number.
  public func directory(_ time: Int) -> String { "\(path)/\(time)" }

  public static func order(in directory: String) -> String { "\(directory)/order.json" }
  public static func result(in directory: String) -> String { "\(directory)/result.json" }

  /// Far more than any order or result has.
  public static let largestFile = 256 << 20

  /// Makes the directory for the time with this number, with its order.
  public func begin(_ time: Int, order: [UInt8]) throws(FileBytes.Failure) {
    let directory = directory(time)
    try FileBytes.makeDirectory(directory)
    try FileBytes.write(order, to: Self.order(in: directory))
  }

  /// Removes it with all that is in it, at once: a crash leaves no half of it under its name, where a result without
  /// its order would be taken for that of the next. Nothing is done where it is not there.
  public func remove() throws(VaultError) {
    let gone = "\(path).gone"
    try FileTree.remove(gone)
    guard rename(path, gone) == 0 || errno == ENOENT else { throw .failed(path, doing: "can't be removed") }
    try FileTree.remove(gone)
  }
}

/// How much there is to read and to make durable, which tells how long it takes.
public enum Weight {
  /// Of one more file, however small: it is opened, hashed and synced.
  static let ofFile: Int64 = 16 << 10

  /// The bytes of a file, or of all files below a directory, and a little for each of them. Counting ends soon after
  /// `enough`; what can't be examined weighs nothing, and is refused by whoever reads it.
  public static func of(_ path: String, enough: Int64) -> Int64 {
    var status = stat()
    guard lstat(path, &status) == 0 else { return 0 }
    guard status.st_mode & S_IFMT == S_IFDIR else { return Int64(status.st_size) + ofFile }
    var total: Int64 = 0
    let names: [String]
    do { names = try FileBytes.names(in: path) } catch { return 0 }
    for name in names where total <= enough { total += of("\(path)/\(name)", enough: enough - total) }
    return total
  }
}
