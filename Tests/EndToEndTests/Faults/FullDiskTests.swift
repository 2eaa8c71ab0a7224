import Foundation
import RefitTesting
import Testing

/// A file system that is really full, or really read-only: it is mounted in a namespace of the test's own, which a
/// machine may refuse to those who are not root.
@Suite struct FullDiskTests {
  /// Runs a script in which `state/` is a file system of its own, of `size`.
  private static func run(_ script: String, size: String, in project: TestProject) throws -> Command {
    try Command.run(
      "/usr/bin/unshare",
      [
        "--mount", "/bin/sh", "-c",
        """
        set -e
        refit=$0; project=$1; now=$2
        cp -a "$project/state" "$project/kept"
        mount -t tmpfs -o size=\(size) tmpfs "$project/state"
        cp -a "$project/kept/." "$project/state"
        try() { status=0; "$refit" "$@" --project "$project" || status=$?; echo "status $status of $1"; }
        \(script)
        """, try Products.path("refit"), project.path, TestProject.time(17),
      ])
  }

  static let isPossible: Bool = {
    let tried = try? Command.run(
      "/usr/bin/unshare", ["--mount", "/bin/sh", "-c", "mount -t tmpfs tmpfs /mnt"])
    return tried?.status == 0
  }()

  private static func project() throws -> TestProject {
    let project = try TestProject()
    try project.live(0...14, truth: 1.5, version: nil, rows: 30)
    try project.tick(16)
    return project
  }

  @Test(.enabled(if: isPossible, "mounting takes root, or user namespaces"))
  func `on a disk that is full nothing is lost, and once there is room the run goes on`() throws {
    let command = try Self.run(
      """
      head -c 100000000 /dev/zero > "$project/state/ballast" 2> /dev/null || true
      try retrain loans --because first
      try status
      rm "$project/state/ballast"
      try retrain loans --because second --wait
      try audit verify
      ls "$project/state/models/loans/champion/"
      """, size: "2m", in: Self.project())
    let told = command.output
    #expect(told.contains("status 70 of retrain"), "\(command)")
    #expect(command.errors.contains("full") || command.errors.contains("No space left"), "\(command)")
    #expect(told.contains("status 0 of status"), "\(command)")
    #expect(told.contains("status 0 of audit"), "\(command)")
    #expect(told.hasSuffix("weight\n"), "\(command)")
  }

  @Test(.enabled(if: isPossible, "mounting takes root, or user namespaces"))
  func `a state that can only be read is said so, can be asked, and is written to again later`() throws {
    let command = try Self.run(
      """
      mount -o remount,ro "$project/state"
      try tick --now "$now"
      try retrain loans --because first
      try status
      try audit log
      try audit verify
      mount -o remount,rw "$project/state"
      try tick --now "$now"
      try audit verify
      """, size: "20m", in: Self.project())
    #expect(
      command.output.split(separator: "\n").filter { $0.hasPrefix("status") } == [
        "status 70 of tick", "status 70 of retrain", "status 0 of status", "status 0 of audit",
        "status 0 of audit", "status 0 of tick", "status 0 of audit",
      ], "\(command)")
    #expect(command.errors.contains("read-only") || command.errors.contains("Read-only"), "\(command)")
  }
}
