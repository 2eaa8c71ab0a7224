import RefitCore
import RefitExecution
import RefitStore

extension Orchestrator {
  /// How the sealed versions on disk compare with the record.
  public struct VersionCheck: Sendable {
    public var checked: Int
    /// A sentence for each version or link that is not what the record says.
    public var damages: [String]
  }

  /// Hashes every sealed version again, and looks where each champion's link leads.
  public func damagedVersions() throws(EngineError) -> VersionCheck {
    do {
      let store = try StoreReader(path: project.database)
      let publisher = Publisher(project: project, vault: vault)
      var check = VersionCheck(checked: 0, damages: [])
      for model in try store.models() {
        for version in try store.versions(model.name) {
          check.checked += 1
          for digest in [version.model, version.code, version.training].compactMap(\.self) {
            do { try vault.verify(digest) } catch { check.damages.append("\(version.id): \(error)") }
          }
        }
        guard let champion = model.champion,
          let version = try store.version(VersionID(model: model.name, number: champion)),
          !publisher.isPublished(version)
        else { continue }
        let other = publisher.publishedVersion(of: model.name).flatMap { $0 == champion ? nil : $0 }
        let found = other.map { "leads to @\($0)" } ?? "does not lead to what was sealed"
        check.damages.append("\(model.name): the link 'champion' \(found), but @\(champion) serves")
      }
      return check
    } catch {
      throw EngineError(error)
    }
  }
}
