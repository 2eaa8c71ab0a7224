import Glibc

/// The right to be the project's only daemon, held until the value is gone or the process ends.
public final class ServeLock {
  /// What came of asking for it.
  public enum Outcome {
    case taken(ServeLock)
    /// Another process has it; who, as far as its file says.
    case held(by: String)
  }

  private let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// - Parameter name: who asks, for whoever finds it taken.
  public static func take(_ project: ProjectDirectory, name: String) throws(FileBytes.Failure) -> Outcome {
    try FileBytes.makeDurableDirectory(project.state)
    let path = project.serveLock
    guard let descriptor = try OpenFileLock.take(path) else { return .held(by: holder(of: project)) }
    let lock = ServeLock(path: path, descriptor: descriptor)
    ftruncate(descriptor, 0)
    let text = Array("\(name)\n".utf8)
    guard pwrite(descriptor, text, text.count, 0) == text.count else {
      throw FileBytes.Failure(path: path, doing: "can't be written")
    }
    return .taken(lock)
  }

  /// Who holds it, in the words that it left; nil when nobody does.
  public static func holder(ifHeld project: ProjectDirectory) throws(FileBytes.Failure) -> String? {
    try OpenFileLock.isHeld(project.serveLock) ? holder(of: project) : nil
  }

  private static func holder(of project: ProjectDirectory) -> String {
    let text: String
    do { text = String(decoding: try FileBytes.read(project.serveLock, limit: 200), as: UTF8.self) } catch {
      return "a process that can't be named"
    }
    return text.split(separator: "\n").first.map(String.init) ?? "a process that has not said its name"
  }

  /// Whether the file that is locked is still the one at its path: `state/` may have been deleted meanwhile.
  public var isInPlace: Bool {
    var held = stat()
    var there = stat()
    return fstat(descriptor, &held) == 0 && stat(path, &there) == 0 && held.st_ino == there.st_ino
      && held.st_dev == there.st_dev
  }
}
