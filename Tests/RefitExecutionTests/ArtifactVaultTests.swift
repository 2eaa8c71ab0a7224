import Foundation
import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("Sealing into the vault")
struct ArtifactVaultTests {
  let directory = TemporaryDirectory()
  var vault: ArtifactVault { ArtifactVault(directory: directory.path("vault")) }

  /// The digest that coreutils tells.
  private func sha256(_ path: String) -> String { String(run("/usr/bin/sha256sum", path).prefix(64)) }

  /// The documented definition of a tree's digest, in a shell: find, sort and sha256sum do all the work.
  private func treeDigest(_ root: String) -> String {
    let script = """
      cd "$1"
      { printf 'refit tree 1\\n'
        find . -mindepth 1 -printf '%P\\0' | LC_ALL=C sort -z | while IFS= read -r -d '' p; do
          if [ -d "$p" ]; then printf 'd %s\\0' "$p"
          else
            mode=f; case $(stat -c %A "./$p") in ???x*) mode=x;; esac
            printf '%s %s %s\\0' "$mode" "$(sha256sum < "./$p" | cut -c1-64)" "$p"
          fi
        done
      } | sha256sum
      """
    return String(run("/bin/bash", "-c", script, "bash", root).prefix(64))
  }

  private func makeTree(_ name: String = "tree") -> String {
    directory.write("weights", to: "\(name)/model.bin")
    directory.write("#!/bin/sh\n", to: "\(name)/bin/score", mode: 0o755)
    directory.write("", to: "\(name)/empty")
    directory.write("x", to: "\(name)/bin.d/x")
    directory.makeDirectory("\(name)/hollow/inner")
    return directory.path(name)
  }

  @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 262_143, 262_144, 262_145, 1_000_000])
  func fileIsKnownByTheHashOfItsBytes(count: Int) throws {
    let file = directory.write((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }, to: "file")
    let artifact = try vault.seal(file)
    #expect(artifact.form == .file)
    #expect(artifact.bytes == Int64(count))
    #expect(artifact.digest.hex == sha256(file))
    let place = vault.path(of: artifact.digest)
    #expect(place == directory.path("vault/\(artifact.digest.hex.prefix(2))/\(artifact.digest.hex)"))
    #expect(FileManager.default.contentsEqual(atPath: place, andPath: file))
    try vault.verify(artifact.digest)
  }

  @Test func bytesAreSealedAsAFile() throws {
    let artifact = try vault.seal(bytes: Array("abc".utf8))
    #expect(artifact.digest.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(artifact.digest == (try vault.seal(directory.write("abc", to: "file")).digest))
    #expect(artifact.bytes == 3)
  }

  @Test func treeIsKnownByItsDocumentedDigest() throws {
    let tree = makeTree()
    let artifact = try vault.seal(tree)
    #expect(artifact.form == .tree)
    #expect(artifact.bytes == 7 + 10 + 0 + 1)
    #expect(artifact.digest.hex == treeDigest(tree))
    #expect(run("/usr/bin/diff", "-r", tree, vault.path(of: artifact.digest)) == "")
    try vault.verify(artifact.digest)
  }

  @Test func emptyTreeIsTheHashOfItsHeading() throws {
    directory.makeDirectory("tree")
    let artifact = try vault.seal(directory.path("tree"))
    #expect(artifact.bytes == 0)
    #expect(artifact.digest.hex == treeDigest(directory.path("tree")))
    let heading = directory.write("refit tree 1\n", to: "heading")
    #expect(artifact.digest.hex == sha256(heading))
    try vault.verify(artifact.digest)
  }

  @Test func oddNamesAreSealed() throws {
    let names = [
      "a b", "-rf", "$(id)", "new\nline", "\u{1B}[31m", "Zoë", "Zoe\u{308}", "a", "a.b", "a0", "…", "\\",
      "'\"",
    ]
    for name in names { directory.write(name, to: "tree/\(name)") }
    directory.write("nested", to: "tree/d/-/*")
    let artifact = try vault.seal(directory.path("tree"))
    #expect(artifact.digest.hex == treeDigest(directory.path("tree")))
    try vault.verify(artifact.digest)
  }

  @Test func namesContentExecutabilityAndEmptyDirectoriesCount() throws {
    var digests: Set<Digest> = [try vault.seal(makeTree("a")).digest]
    #expect(try vault.seal(makeTree("same")).digest == digests.first)
    let changes: [(String) -> Void] = [
      { _ = self.directory.write("Weights", to: "\($0)/model.bin") },
      { rename(self.directory.path("\($0)/empty"), self.directory.path("\($0)/Empty")) },
      { chmod(self.directory.path("\($0)/bin/score"), 0o644) },
      { chmod(self.directory.path("\($0)/empty"), 0o755) },
      { rmdir(self.directory.path("\($0)/hollow/inner")) },
      { rename(self.directory.path("\($0)/bin.d/x"), self.directory.path("\($0)/x")) },
    ]
    for (index, change) in changes.enumerated() {
      let tree = makeTree("changed-\(index)")
      change("changed-\(index)")
      digests.insert(try vault.seal(tree).digest)
    }
    #expect(digests.count == changes.count + 1)
    // Whom it belongs to, when it was written and who may read it do not.
    let tree = makeTree("times")
    run("/bin/chmod", "-R", "go-rwx", tree)
    run("/usr/bin/touch", "-d", "2001-01-01", tree + "/model.bin")
    #expect(digests.contains(try vault.seal(tree).digest))
  }

  @Test func sealingAgainGivesTheSameAndKeepsTheFirst() throws {
    for source in [makeTree(), directory.write("file", to: "file")] {
      let artifact = try vault.seal(source)
      var before = stat()
      stat(vault.path(of: artifact.digest), &before)
      #expect(try vault.seal(source) == artifact)
      var after = stat()
      stat(vault.path(of: artifact.digest), &after)
      #expect(before.st_ino == after.st_ino)
    }
  }

  @Test func whatIsSealedIsReadOnlyAndLinkedNowhereElse() throws {
    for source in [makeTree(), directory.write("file", to: "file", mode: 0o666)] {
      let place = vault.path(of: try vault.seal(source).digest)
      #expect(run("/usr/bin/find", place, "-perm", "/222") == "")
      #expect(run("/usr/bin/find", place, "-type", "f", "-links", "+1") == "")
      run("/bin/sh", "-c", "find \"$0\" -type f -exec sh -c 'echo more >> \"$0\"' {} \\;", source)
    }
    for name in try FileManager.default.subpathsOfDirectory(atPath: vault.directory) where name.count == 67 {
      try vault.verify(try #require(Digest(String(name.suffix(64)))))
    }
  }

  @Test func executableFileStaysExecutable() throws {
    let plain = try vault.seal(directory.write("#!/bin/sh\n", to: "plain"))
    #expect(access(vault.path(of: plain.digest), X_OK) != 0)
    let script = try vault.seal(directory.write("#!/bin/sh\n", to: "script", mode: 0o755))
    #expect(plain == script)
    #expect(access(vault.path(of: plain.digest), X_OK) == 0)
    try vault.materialise(script.digest, at: directory.path("copy"))
    #expect(access(directory.path("copy"), X_OK) == 0)
  }

  struct Unsuitable: Sendable, CustomTestStringConvertible {
    var says: String
    var make: @Sendable (String) -> Void
    var testDescription: String { says }
  }

  @Test(arguments: [
    Unsuitable(says: "symbolic link") { symlink("/etc/passwd", $0) },
    Unsuitable(says: "symbolic link") { symlink("model.bin", $0) },
    Unsuitable(says: "symbolic link") { symlink("nowhere", $0) },
    Unsuitable(says: "named pipe") { mkfifo($0, 0o644) },
    Unsuitable(says: "socket") { mknod($0, S_IFSOCK | 0o644, 0) },
  ])
  func whatIsNoFileIsRefused(example: Unsuitable) throws {
    example.make(directory.path("alone"))
    let tree = makeTree()
    example.make(tree + "/bin/odd")
    for path in [directory.path("alone"), tree] {
      let error = try #require(throws: VaultError.self) { try vault.seal(path) }
      #expect("\(error)".contains(example.says))
      #expect("\(error)".contains(path))
    }
    #expect(try leftovers() == [])
  }

  @Test func deviceIsRefused() throws {
    let error = try #require(throws: VaultError.self) { try vault.seal("/dev/null") }
    #expect("\(error)" == "/dev/null can't be sealed: it is a device")
  }

  @Test func nameThatIsNotUnicodeIsRefused() throws {
    let tree = makeTree()
    run("/bin/bash", "-c", "touch \"$1\"/$'\\xff'", "bash", tree)
    let error = try #require(throws: VaultError.self) { try vault.seal(tree) }
    #expect("\(error)".contains("not UTF-8"))
  }

  @Test func whatIsMissingIsSaidSo() throws {
    let error = try #require(throws: VaultError.self) { try vault.seal(directory.path("nothing")) }
    #expect("\(error)" == "\(directory.path("nothing")): can't be examined: No such file or directory")
    #expect(try leftovers() == [])
  }

  @Test(arguments: ["tree", "tree/file"], TreeCopy.Moment.allCases)
  func outputThatChangesWhileItIsSealedIsRefused(_ sealed: String, _ moment: TreeCopy.Moment) throws {
    let changes: [(String) throws -> Void] = [
      { try Data("longer".utf8).write(to: URL(filePath: $0)) },
      { file in
        let descriptor = open(file, O_WRONLY)
        #expect(pwrite(descriptor, "B", 1, 0) == 1)
        close(descriptor)
      },
      { #expect(chmod($0, 0o755) == 0) },
    ]
    for change in changes {
      let file = directory.write("first", to: "tree/file", mode: 0o644)
      // Long ago: the clock of files may stand still for some milliseconds.
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644, .modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: file)
      var failure: (any Error)?
      #expect {
        try vault.seal(directory.path(sealed)) { reached in
          guard reached == moment else { return }
          do { try change(file) } catch { failure = error }
        }
      } throws: {
        if case VaultError.changed = $0 { true } else { false }
      }
      #expect(failure == nil)
      #expect(try leftovers() == [])
    }
  }

  @Test func largeFileIsSealed() throws {
    let path = directory.path("large")
    run("/bin/sh", "-c", "head -c 300000000 /dev/zero > \"$0\"; echo end >> \"$0\"", path)
    let artifact = try vault.seal(path)
    #expect(artifact.bytes == 300_000_004)
    #expect(artifact.digest.hex == sha256(path))
  }

  @Test func whatACrashLeftIsRemovedAndWhatIsAtWorkIsNot() throws {
    directory.write("half", to: "vault/staging/aBcDeF/artifact")
    directory.write("at work", to: "vault/staging/working/artifact")
    let lock = open(directory.path("vault/staging/working"), O_RDONLY)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    _ = try vault.seal(bytes: [1])
    #expect(try leftovers() == ["working"])
    // A child that another test starts may share the descriptor for a moment, so closing it is not enough.
    flock(lock, LOCK_UN)
    close(lock)
    _ = try vault.seal(bytes: [2])
    #expect(try leftovers() == [])
  }

  @Test func manySealersAtOnceAgree() async throws {
    let tree = makeTree()
    let vault = vault
    let digests = await withTaskGroup(of: Digest?.self) { group in
      for _ in 0..<24 { group.addTask { try? vault.seal(tree).digest } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(digests).count == 1)
    try vault.verify(try #require(digests[0]))
    #expect(try leftovers() == [])
  }

  private func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path("vault/staging"))
  }
}
