import Foundation
import Glibc
import RefitTesting
import Testing

@testable import RefitExecution

@Suite("Which file systems lie elsewhere")
struct NetworkFileSystemTests {
  @Test(arguments: [
    ("nfs", "NFS"), ("nfs4", "NFS"), ("cifs", "SMB"), ("smb3", "SMB"), ("9p", "9p"), ("ceph", "Ceph"),
    ("lustre", "Lustre"), ("gpfs", "GPFS"), ("fuse.sshfs", "sshfs"), ("fuse.glusterfs", "glusterfs"),
    ("fuse.s3fs", "s3fs"),
  ])
  func networkFileSystemHasAName(type: String, name: String) {
    #expect(NetworkFileSystem.name(ofType: type) == name)
  }

  @Test(arguments: [
    "ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "f2fs", "fuse.mergerfs", "fuse.gocryptfs", "fuseblk",
    "fuse", "",
  ])
  func diskOfThisMachineHasNone(type: String) {
    #expect(NetworkFileSystem.name(ofType: type) == nil)
  }

  @Test func typeIsThatOfTheDeviceInTheMountTable() {
    // Lines as proc_pid_mountinfo(5) shows them, with and without optional fields.
    let table = """
      36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
      40 35 0:52 / /srv/share rw,relatime shared:7 propagate_from:2 - nfs4 server:/export rw,vers=4.2
      41 35 0:53 / /home/a\\040b rw - fuse.sshfs me@there: rw
      """
    func type(_ major: UInt32, _ minor: UInt32) -> String? {
      // makedev(3).
      let number = UInt64(minor & 0xFF) | UInt64(major & 0xFFF) << 8 | UInt64(minor & ~0xFF) << 12
      return NetworkFileSystem.type(of: .init(dev_t(number)), in: table)
    }
    #expect(type(98, 0) == "ext3")
    #expect(type(0, 52) == "nfs4")
    #expect(type(0, 53) == "fuse.sshfs")
    #expect(type(0, 54) == nil)
  }

  @Test func temporaryDirectoryLiesHere() throws {
    #expect(try NetworkFileSystem.name(at: NSTemporaryDirectory()) == nil)
    #expect(throws: FileBytes.Failure.self) { try NetworkFileSystem.name(at: "/no/such/place") }
  }
}
