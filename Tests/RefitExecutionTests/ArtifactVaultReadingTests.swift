import Foundation
import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("Reading from the vault")
struct ArtifactVaultReadingTests {
  let directory = TemporaryDirectory()
  var vault: ArtifactVault { ArtifactVault(directory: directory.path("vault")) }

  private func sealTree() throws -> Digest {
    directory.write("weights", to: "tree/model.bin")
    directory.write("#!/bin/sh\n", to: "tree/bin/score", mode: 0o755)
    directory.makeDirectory("tree/hollow")
    return try vault.seal(directory.path("tree")).digest
  }

  struct Tampering: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// A shell command in the sealed tree.
    var command: String

    init(_ testDescription: String, _ command: String) {
      self.testDescription = testDescription
      self.command = command
    }
  }

  @Test(arguments: [
    Tampering("a byte changed", "printf W | dd of=model.bin conv=notrunc status=none"),
    Tampering("a byte appended", "echo >> model.bin"),
    Tampering("truncated", ": > model.bin"),
    Tampering("a file removed", "rm model.bin"),
    Tampering("a file added", "touch added"),
    Tampering("a file renamed", "mv model.bin model.bim"),
    Tampering("an empty directory removed", "rmdir hollow"),
    Tampering("made executable", "chmod +x model.bin"),
    Tampering("no longer executable", "chmod -x bin/score"),
    Tampering("replaced by a link", "mv model.bin ../../../moved; ln -s ../../../moved model.bin"),
    Tampering("a named pipe added", "mkfifo pipe"),
  ])
  func tamperingIsFound(tampering: Tampering) throws {
    let digest = try sealTree()
    try vault.verify(digest)
    let place = vault.path(of: digest)
    run("/bin/chmod", "-R", "u+w", place)
    run("/bin/sh", "-c", "cd \"$0\" && \(tampering.command)", place)
    let error = try #require(throws: VaultError.self) { try vault.verify(digest) }
    guard case .damaged(digest, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect("\(error)".hasPrefix("the artifact \(digest.short) in the vault is damaged: "))
    #expect(throws: VaultError.self) { try vault.materialise(digest, at: directory.path("copy")) }
    #expect(!FileBytes.exists(directory.path("copy")))
    #expect(!FileBytes.exists(directory.path(".copy.new")))
  }

  @Test func tamperedFileIsFound() throws {
    let digest = try vault.seal(directory.write("data", to: "file")).digest
    let place = vault.path(of: digest)
    chmod(place, 0o644)
    directory.write("DATA", to: "vault/\(digest.hex.prefix(2))/\(digest.hex)")
    #expect(throws: VaultError.self) { try vault.verify(digest) }
    unlink(place)
    symlink(directory.path("file"), place)
    #expect(throws: VaultError.damaged(digest, because: "it is a symbolic link")) { try vault.verify(digest) }
    unlink(place)
    #expect(throws: VaultError.missing(digest)) { try vault.verify(digest) }
  }

  @Test func whatWasNeverSealedIsMissing() throws {
    let digest = FileDigest.digest(of: Array("never".utf8))
    #expect(!vault.contains(digest))
    #expect(throws: VaultError.missing(digest)) { try vault.verify(digest) }
    #expect(throws: VaultError.missing(digest)) { try vault.materialise(digest, at: directory.path("copy")) }
    #expect("\(VaultError.missing(digest))" == "the vault has no artifact \(digest.short)")
  }

  @Test func copyIsEqualReadOnlyAndNoLink() throws {
    let digest = try sealTree()
    #expect(vault.contains(digest))
    let copy = directory.path("copy")
    try vault.materialise(digest, at: copy)
    #expect(run("/usr/bin/diff", "-r", directory.path("tree"), copy) == "")
    #expect(run("/usr/bin/find", copy, "-perm", "/222") == "")
    #expect(run("/usr/bin/find", copy, "-type", "f", "-links", "+1") == "")
    #expect(access(copy + "/bin/score", X_OK) == 0)
    // Sealed again it is the same: nothing was lost on the way.
    #expect(try vault.seal(copy).digest == digest)
    run("/bin/sh", "-c", "chmod -R u+w \"$0\"; echo more >> \"$0\"/model.bin", copy)
    try vault.verify(digest)
  }

  @Test func fileIsCopied() throws {
    let digest = try vault.seal(bytes: Array("data".utf8)).digest
    try vault.materialise(digest, at: directory.path("input.csv"))
    #expect(try FileBytes.read(directory.path("input.csv"), limit: 100) == Array("data".utf8))
  }

  @Test func copyNeverReplacesWhatIsThere() throws {
    let digest = try vault.seal(bytes: Array("data".utf8)).digest
    let there = directory.write("mine", to: "there")
    #expect(throws: VaultError.self) { try vault.materialise(digest, at: there) }
    #expect(try FileBytes.read(there, limit: 100) == Array("mine".utf8))
  }

  @Test func copyThatACrashLeftHalfIsMadeAnew() throws {
    let digest = try sealTree()
    directory.write("half", to: "input/.model.new/bin/score", mode: 0o444)
    chmod(directory.path("input/.model.new/bin"), 0o555)
    try vault.materialise(digest, at: directory.path("input/model"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path("input")) == ["model"])
    #expect(run("/usr/bin/diff", "-r", directory.path("tree"), directory.path("input/model")) == "")
  }
}
