import Glibc
import RefitConfiguration
import RefitCore
import RefitExecution

/// The machine that the project is on.
extension Doctor {
  func supervisor() -> [Diagnosis] {
    let subject = "supervisor"
    let path: String
    switch machine.supervisor {
    case .success(let found): path = found
    case .failure(let error):
      return [.problem(subject, "\(error)", "install Refit as a whole: 'make install' puts it beside refit")]
    }
    let remedy = "is it of another machine's kind, or on a file system mounted noexec?"
    do throws(ProgramOutput.Failure) {
      // Without arguments it says that it was called in a wrong way, and does nothing.
      let answer = try machine.run([path])
      guard answer.status == 64 else {
        return [.problem(subject, "\(path) is no supervisor: it ended with \(answer.status)", remedy)]
      }
      return [.ok(subject, "\(path) runs")]
    } catch {
      return [.problem(subject, "\(path) can't be run: \(error)", remedy)]
    }
  }

  func sandbox() -> [Diagnosis] {
    let without = "jobs run without a sandbox: that they don't read the holdout's labels is a convention"
    do throws(ProgramOutput.Failure) {
      let answer = try machine.run(["bwrap", "--ro-bind", "/", "/", "--unshare-pid", "/bin/true"])
      guard answer.status == 0 else {
        return [
          .warning(
            "sandbox", "bubblewrap can't make a namespace here; \(without)",
            "allow user namespaces (sysctl kernel.unprivileged_userns_clone, AppArmor, the container's profile)"
          )
        ]
      }
      return [.ok("sandbox", "bubblewrap works")]
    } catch {
      let remedy = "install the package bubblewrap"
      guard case .failed = error else {
        return [.warning("sandbox", "bubblewrap is not installed; \(without)", remedy)]
      }
      return [.warning("sandbox", "whether there is one can't be told: \(error)", remedy)]
    }
  }

  func controlGroup() -> [Diagnosis] {
    guard FileBytes.exists("/sys/fs/cgroup/cgroup.controllers") else {
      return [
        .ok("cgroup", "there is no cgroup v2: memory limits are kept by looking, ten times a second")
      ]
    }
    return [.ok("cgroup", "cgroup v2 is there")]
  }

  func clock() -> [Diagnosis] {
    guard configuration?.clock != .simulated else { return [.ok("clock", "it is simulated")] }
    func unknown(_ reason: String) -> [Diagnosis] {
      [
        .warning(
          "clock", "it is \(now); whether it is synchronised can't be told: \(reason)",
          "ask what keeps it right, such as chrony or the host of this container")
      ]
    }
    let answer: ProgramOutput
    do throws(ProgramOutput.Failure) {
      answer = try machine.run(["timedatectl", "show", "--property=NTPSynchronized", "--value"])
    } catch {
      return unknown("\(error)")
    }
    guard answer.status == 0 else {
      return unknown("'timedatectl' ended with \(answer.status)\(answer.lastWords)")
    }
    guard answer.output.hasPrefix("yes") else {
      return [
        .warning(
          "clock", "it is \(now), and not synchronised with anything",
          "turn NTP on ('timedatectl set-ntp true'), or see to the clock by hand")
      ]
    }
    return [.ok("clock", "it is synchronised")]
  }

  func timeZones() -> [Diagnosis] {
    do throws(TimeZoneError) {
      _ = try SystemTimeZones.rules(for: "Europe/Berlin")
    } catch {
      return [.problem("time zones", "\(error)", "install the package tzdata")]
    }
    return [
      .ok(
        "time zones",
        "the tz database is there\(SystemTimeZones.databaseVersion.map { ", version \($0)" } ?? "")")
    ]
  }

  func openFiles() -> [Diagnosis] {
    let limit = MachineFacts.openFileLimit()
    guard limit < 256 else { return [] }
    return [
      .warning("open files", "a process may have only \(limit) files open", "raise 'ulimit -n' to 1024")
    ]
  }
}

extension ProgramOutput {
  /// `: no bus`; empty where it has not complained.
  var lastWords: String {
    errors.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
  }
}
