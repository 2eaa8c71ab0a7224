import RefitCore
import Synchronization

/// Models decoded from their recorded configuration. A digest names one text for ever, so nothing here grows stale.
final class ModelCache: Sendable {
  private struct Key: Hashable {
    var model: Name
    var configuration: Digest
  }

  private static let capacity = 256
  private let models = Mutex<[Key: Model]>([:])

  func model(_ name: Name, configuration: Digest, orDecode decode: () throws -> Model) rethrows -> Model {
    let key = Key(model: name, configuration: configuration)
    if let model = models.withLock({ $0[key] }) { return model }
    let model = try decode()
    models.withLock { models in
      if models.count >= Self.capacity { models.removeAll(keepingCapacity: true) }
      models[key] = model
    }
    return model
  }
}
