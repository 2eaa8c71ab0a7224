import RefitCore
import RefitExecution
import RefitStore

/// What Refit remembers, and the place that it lies in.
extension Doctor {
  func stateFolder() -> [Diagnosis] {
    let subject = "state"
    guard FileBytes.isDirectory(project.state) else {
      return MachineFacts.isWritable(project.root)
        ? [.ok(subject, "\(project.state) is not there yet; the first tick makes it")]
        : [
          .problem(
            subject, "\(project.state) is not there, and \(project.root) can't be written to by this user",
            "make it, and give it to the user who ticks")
        ]
    }
    guard MachineFacts.isWritable(project.state) else {
      return [
        .problem(
          subject, "\(project.state) can't be written to by this user",
          "run doctor as the user who ticks, or give the folder to that user")
      ]
    }
    do throws(FileBytes.Failure) {
      guard let name = try NetworkFileSystem.name(at: project.state) else {
        return [.ok(subject, "\(project.state) is writable and on a local file system")]
      }
      return [
        .problem(
          subject, "\(project.state) is on a network file system (\(name)): its locks can't be relied on",
          "move state/ to a disk of this machine; a symbolic link to it will do")
      ]
    } catch {
      return [.unseen(subject, "whether \(project.state) is on a local file system", error)]
    }
  }

  func space() -> [Diagnosis] {
    let place = FileBytes.isDirectory(project.state) ? project.state : project.root
    let disk: MachineFacts.FileSystem
    do throws(FileBytes.Failure) { disk = try MachineFacts.fileSystem(of: place) } catch {
      return [.unseen("space", "how much is free", error)]
    }
    guard disk.size > 0 else {
      return [.warning("space", "the file system of \(place) tells nothing of itself", "look with df")]
    }
    let free = "\(disk.free >> 20) MiB of \(disk.size >> 20) MiB are free"
    if disk.isReadOnly {
      return [.problem("space", "the file system is mounted read-only", "mount it for writing")]
    }
    let remedy = "make room: state/runs/ of ended runs may go, state/vault/ may not"
    if disk.free < 64 << 20 { return [.problem("space", "only \(free)", remedy)] }
    if disk.free < 1 << 30 || disk.free * 20 < disk.size {
      return [.warning("space", "the disk is full soon: \(free)", remedy)]
    }
    return [.ok("space", free)]
  }

  func database() -> [Diagnosis] {
    let subject = "database"
    if let storeError {
      return [.problem(subject, "\(storeError)", "see 'What to do when' in the guide to operating")]
    }
    guard let store else { return [.ok(subject, "nothing is recorded yet")] }
    do {
      let health = try store.health()
      guard health.complaints.isEmpty else {
        return [
          .problem(
            subject, "\(project.database) is damaged: \(health.complaints.joined(separator: "; "))",
            "keep a copy of it and of its -wal, restore state/ from a backup, then 'refit audit verify'")
        ]
      }
      return [.ok(subject, "\(project.database) is sound (SQLite \(health.library))")] + log()
    } catch {
      return [.problem(subject, "\(error)", "see 'What to do when' in the guide to operating")]
    }
  }

  /// The write-ahead log, which each tick empties.
  private func log() -> [Diagnosis] {
    guard let size = FileBytes.size(of: "\(project.database)-wal"), size > 64 << 20 else { return [] }
    return [
      .warning(
        "database", "its write-ahead log has grown to \(size >> 20) MiB",
        "does a program keep the database open for reading? end it; the next tick empties the log")
    ]
  }

  func ledger() -> [Diagnosis] {
    guard let store else { return [] }
    do {
      let health = try store.health()
      guard health.events == health.leaves else {
        return [
          .problem(
            "ledger", "it has \(health.events) events, and its tree has counted \(health.leaves)",
            "'refit audit verify' says where they part")
        ]
      }
      var found = [Diagnosis.ok("ledger", "\(health.events) events; 'refit audit verify' proves them")]
      if configuration?.clock != .simulated, let newest = try store.newestEventTime(),
        newest > now + .minutes(5)
      {
        found.append(
          .problem(
            "clock", "it is \(now), but the newest record is of \(newest)",
            "set the clock; until then schedules that were decided do not run again"))
      }
      return found
    } catch {
      return [.problem("ledger", "\(error)", "'refit audit verify' says more")]
    }
  }

  func writer() -> [Diagnosis] {
    let (who, changed): (String, Int64?)
    do throws(FileBytes.Failure) {
      guard try FileLocks.isHeld(project.writerLock) else {
        return [.ok("writer", "nobody is at work on the project now")]
      }
      who = try ProcessSearch.holders(of: project.writerLock).joined(separator: ", ")
      changed = try MachineFacts.changedAt(project.writerLock)
    } catch {
      return [.unseen("writer", "whether somebody is at work", error)]
    }
    let name = who.isEmpty ? "a process of another user" : "process \(who)"
    let since = changed.map { now - Instant(seconds: $0) } ?? .zero
    guard since > .minutes(10) else { return [.ok("writer", "\(name) is at work on the project")] }
    return [
      .warning(
        "writer", "\(name) has been at work for \(since.seconds / 60) minutes",
        "look what it does; if it hangs, kill it: nothing is lost")
    ]
  }
}
