import RefitCore
import RefitEngine
import RefitExecution
import RefitStore

extension ProjectOptions {
  /// Reads what Refit remembers of the project, beside whoever writes.
  ///
  /// - Throws: that nothing is remembered yet, where no tick has been made.
  func reader() throws -> StoreReader {
    let project = try directory()
    let nothing = Failure(.no, "nothing is recorded yet: 'refit tick' begins")
    guard FileBytes.exists(project.database) else { throw nothing }
    do {
      return try StoreReader(path: project.database)
    } catch StoreError.missing {
      // The first tick was killed before it had made the tables.
      throw nothing
    } catch {
      throw Failure(EngineError.store(error))
    }
  }

  /// The time that "now" means in this project, the real one where nothing is recorded yet.
  func now() throws -> Instant {
    FileBytes.exists(try directory().database) ? try now(reader()) : World.wallClock()
  }

  /// The time that "now" means in this project: of its clock, real or simulated.
  ///
  /// - Throws: that the simulated clock can't be read; the real one would be another time altogether.
  func now(_ store: StoreReader) throws -> Instant {
    guard try reading({ try store.project() })?.clock == .simulated else { return World.wallClock() }
    return try simulatedTime(of: try directory())
  }

  /// The simulated time that the last tick has set.
  private func simulatedTime(of project: ProjectDirectory) throws -> Instant {
    let text: String
    do {
      text = String(decoding: try FileBytes.read(project.simulatedClock, limit: 64), as: UTF8.self)
    } catch {
      throw Failure(.failure, "the simulated time is not known: \(error); 'refit tick --now' sets it")
    }
    guard let now = Instant(text) else {
      throw Failure(
        .failure,
        "the simulated time is not known: \(project.simulatedClock) holds no time; 'refit tick --now' sets it"
      )
    }
    return now
  }

  /// The same, where it is known at all.
  func knownSimulatedTime(of project: ProjectDirectory) -> Instant? {
    do { return try simulatedTime(of: project) } catch { return nil }
  }
}

/// Calls the store; its errors become failures that end the command.
func reading<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as StoreError {
    throw Failure(EngineError.store(error))
  }
}

extension StoreReader {
  /// The model's header; a usage failure with the names that there are when there is none of this name.
  func header(_ name: Name) throws -> ModelHeader {
    let all = try reading { try models() }
    guard let header = all.first(where: { $0.name == name }) else {
      let known = all.map(\.name.text).joined(separator: ", ")
      throw Failure(.usage, "there is no model '\(name)' in refit.yaml; it has \(known)")
    }
    return header
  }

  func existing(_ id: RunID) throws -> Run {
    guard let run = try reading({ try run(id) }) else {
      throw Failure(.usage, "there is no run \(id); 'refit runs' lists them")
    }
    return run
  }
}
