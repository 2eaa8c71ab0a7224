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

  /// The version that the link leads to, whose own link leads into the vault; nil where either is not as it was
  /// made, or what they lead to is gone.
  func publishedVersion(of model: Name) -> Int? {
    let directory = project.published(model)
    guard let target = target(of: "\(directory)/champion"), target.hasPrefix("versions/"),
      let number = Int(target.dropFirst("versions/".count)), target == "versions/\(number)",
      self.target(of: "\(directory)/\(target)")?.hasPrefix(
        "../../../../\(project.relative(vault.directory))/")
        ?? false,
      FileBytes.exists("\(directory)/champion")
    else { return nil }
    return number
  }

  /// Whether the links lead to this version's sealed model and to nothing else.
  func isPublished(_ version: Version) -> Bool {
    publishedVersion(of: version.id.model) == version.id.number
      && target(of: link(to: version.id)) == sealed(version)
  }

  private func link(to version: VersionID) -> String {
    "\(project.published(version.model))/versions/\(version.number)"
  }

  /// Relative, so that a project that is moved as a whole still serves.
  private func sealed(_ version: Version) -> String {
    "../../../../\(project.relative(vault.path(of: version.model)))"
  }

  /// What a link says; nil where there is none.
  private func target(of link: String) -> String? {
    var target = [UInt8](repeating: 0, count: 4096)
    let length = readlink(link, &target, target.count)
    return length > 0 ? String(decoding: target[..<length], as: UTF8.self) : nil
  }

  /// Lets the link lead to the version, atomically and durably.
  func publish(_ version: Version) throws(FileBytes.Failure) {
    let directory = project.published(version.id.model)
    try FileBytes.makeDirectory("\(directory)/versions")
    try link(from: link(to: version.id), to: sealed(version))
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
