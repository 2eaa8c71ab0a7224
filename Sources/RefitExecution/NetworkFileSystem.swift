import Glibc

/// File systems that lie elsewhere. Locks and syncs on them are not what the state needs, and a second machine could
/// tick beside this one.
public enum NetworkFileSystem {
  /// As the mount table calls them, and as people do.
  private static let names: [String: String] = [
    "nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "9p": "9p", "afs": "AFS",
    "openafs": "AFS", "coda": "Coda", "ceph": "Ceph", "lustre": "Lustre", "gpfs": "GPFS", "beegfs": "BeeGFS",
    "panfs": "PanFS", "ncpfs": "NCP", "orangefs": "OrangeFS", "pvfs2": "OrangeFS",
    "vboxsf": "a shared folder of VirtualBox", "prl_fs": "a shared folder of Parallels",
  ]

  /// Programs behind FUSE that reach over the network.
  private static let fusePrograms: Set<String> = [
    "sshfs", "glusterfs", "s3fs", "goofys", "mount-s3", "gcsfuse", "blobfuse", "blobfuse2", "rclone", "ceph",
    "ceph-fuse", "moosefs", "mfs", "juicefs", "davfs", "davfs2", "curlftpfs", "smbnetfs", "lizardfs",
    "seaweedfs",
    "hdfs", "hadoop-fuse-dfs", "alluxio", "cernvm-fs", "google-drive-ocamlfuse", "onedriver", "vmhgfs-fuse",
  ]

  /// What people call the file system of this type, where it is one over the network; nil for any other.
  ///
  /// - Parameter type: as the mount table says it, for example `ext4` or `fuse.sshfs`.
  public static func name(ofType type: String) -> String? {
    guard type.hasPrefix("fuse.") else { return names[type] }
    let program = String(type.dropFirst("fuse.".count))
    return fusePrograms.contains(program) ? program : nil
  }

  /// What people call the network file system that a path lies on; nil where it lies on this machine.
  public static func name(at path: String) throws(FileBytes.Failure) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileBytes.Failure(path: path, doing: "can't be looked at") }
    // What has a block device of its own is a disk. The rest is to be looked up.
    guard Device(status.st_dev).major == 0 else { return nil }
    let table = try FileBytes.read("/proc/self/mountinfo", limit: 1 << 26)
    return type(of: Device(status.st_dev), in: String(decoding: table, as: UTF8.self)).flatMap(name(ofType:))
  }

  /// - Parameter table: in the format of /proc/PID/mountinfo (proc_pid_mountinfo(5)).
  static func type(of device: Device, in table: String) -> String? {
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 3, fields[2] == "\(device.major):\(device.minor)",
        let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      return String(fields[dash + 1])
    }
    return nil
  }

  /// A device number, taken apart as gnu_dev_major and gnu_dev_minor do.
  struct Device: Hashable {
    let major: UInt64
    let minor: UInt64

    init(_ number: dev_t) {
      let number = UInt64(number)
      major = (number >> 8) & 0xFFF | (number >> 32) & ~0xFFF
      minor = number & 0xFF | (number >> 12) & 0xFFFF_FF00
    }
  }
}
