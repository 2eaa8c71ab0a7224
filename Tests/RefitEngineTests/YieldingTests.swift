import Foundation
import Glibc
import RefitCore
import RefitStore
import RefitTesting
import Synchronization
import Testing

@testable import RefitEngine

@Suite("A tick lets others have their turn after a second")
struct YieldingTests {
  /// Another writer, on a thread of its own, and how many decisions there were when it had the lock.
  private final class Other: Sendable {
    private let project: ProjectPaths
    private let found = Mutex<Int?>(nil)

    struct ProjectPaths: Sendable {
      let lock: String
      let database: String
    }

    init(_ project: ProjectPaths) { self.project = project }

    var decisions: Int? { found.withLock { $0 } }

    /// Starts to wait for the lock, and returns once a holder could tell.
    func wait() {
      Thread.detachNewThread { [self] in
        guard case .acquired(let lock)? = try? WriterLock.acquire(path: project.lock, waitUpTo: 30) else {
          return
        }
        let count = try? StoreReader(path: project.database).decisions(Name("loans")!, limit: 9).count
        let others = try? StoreReader(path: project.database).decisions(Name("aloans")!, limit: 9).count
        found.withLock { $0 = (count ?? -9) + (others ?? -9) }
        _ = consume lock
      }
      let end = Date() + 30
      while !isSeen, Date() < end { usleep(200) }
    }

    /// Whether it has the shared lock on the second byte, as another program would ask.
    private var isSeen: Bool {
      let file = open(project.lock, O_RDWR | O_CLOEXEC)
      defer { close(file) }
      var request = flock()
      request.l_type = Int16(F_WRLCK)
      request.l_whence = Int16(SEEK_SET)
      request.l_start = 1
      request.l_len = 1
      return fcntl(file, 36, &request) == 0 && Int32(request.l_type) != F_UNLCK
    }
  }

  private func project() throws -> EngineProject {
    var settings = EngineProject.Settings()
    settings.models.append(.init())
    settings.models[1].name = "aloans"
    settings.models[0].schedules =
      #"{a: {cron: "0 3 * * *", do: evaluate}, b: {cron: "0 3 * * *", do: evaluate}}"#
    let project = try EngineProject(settings)
    try project.tick(0, hour: 0)
    return project
  }

  @Test("who waits gets the lock after the unit in hand, and the tick goes on until all is done")
  func givesWay() throws {
    let project = try project()
    let other = Other(.init(lock: project.directory.writerLock, database: project.directory.database))
    let launcher = project.launcher
    project.restart { point in
      guard point == FailPoint(.after, .recordEvaluation) else { return }
      launcher.pass(.seconds(2))
      if other.decisions == nil { other.wait() }
    }
    let report = try project.tick(0)
    #expect(other.decisions == 1)
    #expect(report.decisions.count == 3)
    #expect(Set(report.decisions.map { "\($0.model) \($0.schedule)" }).count == 3)
    #expect(report.troubles.isEmpty && !report.wasBusy)
    #expect(try project.events(.occurrenceDecided).count == 3)
  }

  @Test("within the first second nobody is let in between")
  func keepsTheFirstSecond() throws {
    let project = try project()
    let other = Other(.init(lock: project.directory.writerLock, database: project.directory.database))
    let launcher = project.launcher
    let begun = Atomic(false)
    project.restart { point in
      guard point == FailPoint(.after, .recordEvaluation) else { return }
      launcher.pass(.milliseconds(300))
      if !begun.exchange(true, ordering: .relaxed) { other.wait() }
    }
    try project.tick(0)
    #expect(eventually { other.decisions == 3 })
  }

  @Test("what could not be done is not tried again and again while others have their turn")
  func triedOnce() throws {
    let project = try project()
    project.longWork = ByteCount(bytes: 0)
    try project.live(0...3)
    try project.live(0...3, model: "aloans")
    let launcher = project.launcher
    let other = Other(.init(lock: project.directory.writerLock, database: project.directory.database))
    let reached = Atomic(0)
    launcher.breakDown()
    project.restart { point in
      guard point == FailPoint(.before, .beginWork) else { return }
      launcher.pass(.seconds(2))
      if reached.add(1, ordering: .relaxed).newValue == 1 { other.wait() }
    }
    let report = try project.tick(0)
    #expect(report.troubles.count == 3)
    #expect(reached.load(ordering: .relaxed) == 3)
    #expect(other.decisions == 0)
  }
}
