import Glibc
import RefitCore
import RefitExecution
import RefitStore

/// Makes what serves visible: `state/models/MODEL/champion` leads to the champion's sealed model.
///
/// Level-triggered: the link is compared with the champion each time, so that a crash between a promotion and its
/// publication is made good by the next tick.
struct Publisher {
  let project: ProjectDirectory
  let vault: ArtifactVault

  /// Where the link leads now: the version's number; nil where there is none.
  func publishedVersion(of model: Name) -> Int? {
    var target = [UInt8](repeating: 0, count: 256)
    let length = readlink("\(project.published(model))/champion", &target, target.count)
    guard length > 0 else { return nil }
    let path = String(decoding: target[..<length], as: UTF8.self)
    return path.split(separator: "/").last.flatMap { Int($0) }
  }

  /// Lets the link lead to the version, atomically and durably.
  func publish(_ version: Version) throws(FileBytes.Failure) {
    let directory = project.published(version.id.model)
    try FileBytes.makeDirectory("\(directory)/versions")
    let sealed = "../../../../\(project.relative(vault.path(of: version.model)))"
    try link(from: "\(directory)/versions/\(version.id.number)", to: sealed)
    try link(from: "\(directory)/champion", to: "versions/\(version.id.number)")
    try sync("\(directory)/versions")
    try sync(directory)
  }

  private func link(from path: String, to target: String) throws(FileBytes.Failure) {
    let temporary = path + ".new"
    unlink(temporary)
    guard symlink(target, temporary) == 0 else {
      throw FileBytes.Failure(path: temporary, doing: "can't be made")
    }
    guard rename(temporary, path) == 0 else {
      throw FileBytes.Failure(path: path, doing: "can't be replaced")
    }
  }

  private func sync(_ directory: String) throws(FileBytes.Failure) {
    let file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw FileBytes.Failure(path: directory, doing: "can't be opened") }
    defer { close(file) }
    guard fsync(file) == 0 else { throw FileBytes.Failure(path: directory, doing: "can't be synced") }
  }
}
