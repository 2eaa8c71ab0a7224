import Foundation
import RefitExecution
import RefitTesting
import Testing

/// What a service manager hears, held against a socket of the test's own.
@Suite struct ServiceManagerTests {
  @Test(arguments: [false, true]) func eachMessageIsOneDatagram(_ isAbstract: Bool) throws {
    let scratch = try ScratchDirectory("refit-notify")
    let name = isAbstract ? "@refit-notify-\(getpid())" : scratch.path("notify")
    let listener = try NotifySocket(name)
    let manager = try #require(
      ServiceManager(socket: name, watchdogMicroseconds: nil, watchdogProcess: nil))
    #expect(manager.tell(.ready(status: "nothing\nis due")))
    #expect(listener.heard() == "READY=1\nSTATUS=nothing is due")
    #expect(manager.tell(.reloading(since: 77)))
    #expect(listener.heard() == "RELOADING=1\nMONOTONIC_USEC=77")
    #expect(manager.tell(.watchdog))
    #expect(listener.heard() == "WATCHDOG=1")
    #expect(manager.tell(.stopping))
    #expect(listener.heard() == "STOPPING=1")
  }

  @Test func systemdsOwnClientIsHeardAlike() throws {
    // The reference: what systemd-notify sends for the same fields.
    guard access("/usr/bin/systemd-notify", X_OK) == 0 else {
      Issue.record("systemd-notify is not installed: the format is not held against it", severity: .warning)
      return
    }
    let scratch = try ScratchDirectory("refit-notify")
    let listener = try NotifySocket(scratch.path("notify"))
    _ = try Command.run(
      "/usr/bin/systemd-notify", ["--no-block", "--ready", "--status=all is well"],
      environment: ["NOTIFY_SOCKET": scratch.path("notify")])
    let theirs = Set(listener.heard().split(separator: "\n"))
    while !listener.heard().isEmpty {}
    let manager = ServiceManager(
      socket: scratch.path("notify"), watchdogMicroseconds: nil, watchdogProcess: nil)
    manager?.tell(.ready(status: "all is well"))
    let ours = Set(listener.heard().split(separator: "\n"))
    #expect(!ours.isEmpty)
    #expect(ours.isSubset(of: theirs), "\(theirs)")
  }

  @Test(arguments: ["", "@", "relative", "vsock:2:1234", "/" + String(repeating: "x", count: 107)])
  func whatIsNoSocketIsRefused(_ name: String) {
    #expect(ServiceManager(socket: name, watchdogMicroseconds: nil, watchdogProcess: nil) == nil)
  }

  @Test func nobodyWhoListensIsNoFailure() throws {
    let scratch = try ScratchDirectory("refit-notify")
    let manager = try #require(
      ServiceManager(socket: scratch.path("gone"), watchdogMicroseconds: nil, watchdogProcess: nil))
    #expect(!manager.tell(.watchdog))
  }

  @Test func theWatchdogCountsWhereItWatchesThisProcess() {
    func interval(_ microseconds: String?, _ process: String?) -> Duration? {
      ServiceManager(socket: "/x", watchdogMicroseconds: microseconds, watchdogProcess: process)?.watchdog
    }
    #expect(interval("30000000", nil) == .seconds(30))
    #expect(interval("30000000", "\(getpid())") == .seconds(30))
    #expect(interval("30000000", "1") == nil)
    #expect(interval("soon", nil) == nil)
    #expect(interval("0", nil) == nil)
  }
}
