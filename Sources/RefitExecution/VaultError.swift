import Glibc
import RefitCore

/// Why something could not be sealed, or why what was sealed can't be used.
public enum VaultError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Neither a regular file nor a directory, or a directory that holds such a thing.
  case unsuitable(path: String, because: String)
  /// It was written to while it was being sealed.
  case changed(path: String)
  /// The vault does not have it.
  case missing(Digest)
  /// What the vault has under this digest is something else by now.
  case damaged(Digest, because: String)
  case failed(FileBytes.Failure)

  public var description: String {
    switch self {
    case .unsuitable(let path, let because): "\(path) can't be sealed: \(because)"
    case .changed(let path): "\(path) changed while it was being sealed: something still writes to it"
    case .missing(let digest): "the vault has no artifact \(digest.short)"
    case .damaged(let digest, let because): "the artifact \(digest.short) in the vault is damaged: \(because)"
    case .failed(let failure): "\(failure)"
    }
  }

  /// Whether storage failed, rather than what was to be sealed from `source`. What a job has left may be gone,
  /// unreadable or misnamed by its own doing; a disk that is full or broken, or too many open files, is not.
  public func isOfStorage(sealing source: String) -> Bool {
    guard case .failed(let failure) = self else { return false }
    guard failure.path == source || failure.path.hasPrefix(source + "/") else { return true }
    return !FileBytes.Failure.isOfContent(failure.code)
  }

  /// Whether the vault has something else than what was sealed: trying again does not help.
  var isOfContent: Bool {
    if case .failed = self { return false }
    return true
  }

  static func failed(_ path: String, doing action: String) -> VaultError {
    .failed(FileBytes.Failure(path: path, doing: action))
  }
}
