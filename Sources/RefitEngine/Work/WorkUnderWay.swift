import RefitCore
import RefitExecution

/// Long work that a process of Refit's own is at, or that waits for the next tick to take its result; for people.
public struct WorkUnderWay: Hashable, Sendable, Encodable {
  public let model: Name
  /// The run and the job that it is for; nil where it is for none.
  public let run: RunID?
  public let job: Name?
  /// What is being done, as in `sealing`.
  public let doing: String
  public let bytes: Int64
  /// When a tick ordered it.
  public let since: Instant

  /// All of a project, by name. Takes no lock.
  public static func all(in project: ProjectDirectory) throws(EngineError) -> [WorkUnderWay] {
    do {
      return try WorkPlace.all(in: project).compactMap { place in
        guard let directory = try place.newest() else { return nil }
        let path = WorkPlace.order(in: directory)
        // It may go while this looks.
        guard FileBytes.exists(path) else { return nil }
        let order = try WorkOrder.read(path)
        return WorkUnderWay(
          model: order.work.model, run: order.work.run, job: order.work.job, doing: order.work.participle,
          bytes: order.bytes, since: order.at)
      }
    } catch {
      if let failure = error as? FileBytes.Failure, failure.isMissing { return [] }
      throw EngineError(error)
    }
  }
}
