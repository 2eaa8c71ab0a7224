internal import Crypto
import RefitCore

extension CronHash {
  /// The hash that fixes `H` in a schedule: by the SHA-256 of `project/model/schedule`.
  public init(project: Name, model: Name, schedule: Name) {
    self.init(name: "\(project)/\(model)/\(schedule)") { Array(SHA256.hash(data: $0)) }
  }
}
