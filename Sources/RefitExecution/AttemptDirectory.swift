import FoundationEssentials
import Glibc
import RefitCore

/// What an attempt's directory tells, and the protocol by which a supervisor and the orchestrator agree in it.
///
/// The lock says that a supervisor is alive. Whoever creates `claim` decides: a supervisor that starts the command,
/// or the orchestrator that gives it up. `exit.json` comes before the lock goes.
struct AttemptDirectory {
  let path: String

  /// The supervisor's claim.
  struct Claim: Codable {
    var bootIdentifier: String
    var pid: Int32
    var startTime: UInt64
    var token: String

    private enum CodingKeys: String, CodingKey {
      case pid, token
      case bootIdentifier = "boot_id"
      case startTime = "start_time"
    }
  }

  enum Decision {
    case none
    case void
    case claimed(Claim)
  }

  private static let voidText = Array("void\n".utf8)
  private static let largestFile = 1 << 20

  var lock: String { "\(path)/lock" }
  var cancel: String { "\(path)/cancel" }
  private var claim: String { "\(path)/claim" }
  private var exit: String { "\(path)/exit.json" }

  func isLocked() throws(LaunchError) -> Bool {
    do { return try OpenFileLock.isHeld(lock) } catch { throw LaunchError("\(error)") }
  }

  func decision() throws(LaunchError) -> Decision {
    guard let bytes = try read(claim) else { return .none }
    return bytes == Self.voidText ? .void : .claimed(try decode(Claim.self, from: bytes, at: claim))
  }

  func exitRecord() throws(LaunchError) -> ExitRecord? {
    guard let bytes = try read(exit) else { return nil }
    return try decode(ExitRecord.self, from: bytes, at: exit)
  }

  /// Creates the claim of one who gives the attempt up; false when it has been claimed before.
  func claimAsVoid() throws(LaunchError) -> Bool {
    if try createClaim(Self.voidText) { return true }
    if case .void = try decision() { return true }
    return false
  }

  /// Claims and ends the attempt in one go, for a command that no supervisor could be given; false when another
  /// has it.
  func end(as record: ExitRecord, claim: Claim) throws(LaunchError) -> Bool {
    do {
      guard let held = try OpenFileLock.take(lock) else { return false }
      defer { close(held) }
      let encoder = JSONEncoder()
      guard try createClaim([UInt8](try encoder.encode(claim))) else { return false }
      try FileBytes.write([UInt8](try encoder.encode(record)), to: exit, mode: 0o600)
      try sync()
      return true
    } catch {
      throw LaunchError("\(error)")
    }
  }

  /// Of all who try, supervisors included, exactly one gets true.
  private func createClaim(_ bytes: [UInt8]) throws(LaunchError) -> Bool {
    let temporary = "\(claim).\(getpid())"
    do { try FileBytes.write(bytes, to: temporary, mode: 0o600) } catch { throw LaunchError("\(error)") }
    let linked = link(temporary, claim)
    let code = errno
    unlink(temporary)
    guard linked == 0 else {
      if code == EEXIST { return false }
      throw LaunchError("\(FileBytes.Failure(path: claim, code: code, doing: "can't be made"))")
    }
    try sync()
    return true
  }

  private func sync() throws(LaunchError) {
    do { try TreeCopy.sync(directory: path) } catch { throw LaunchError("\(error)") }
  }

  private func read(_ file: String) throws(LaunchError) -> [UInt8]? {
    do { return try FileBytes.read(file, limit: Self.largestFile) } catch {
      if error.isMissing { return nil }
      throw LaunchError("\(error)")
    }
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], at file: String
  ) throws(LaunchError) -> Value {
    do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
      throw LaunchError("\(file) is not what a supervisor writes: \(error)")
    }
  }
}
