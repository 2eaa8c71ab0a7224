import RefitCore
import RefitExecution
import RefitStore

extension Orchestrator {
  /// How the sealed versions on disk compare with the record.
  public struct VersionCheck: Sendable {
    public var checked: Int
    /// A sentence for each version, artifact, log or link that is not what the record says.
    public var damages: [String]
  }

  /// Hashes all that was sealed again, and the logs that are still there, and looks where each champion's link
  /// leads.
  public func damagedVersions() throws(EngineError) -> VersionCheck {
    do {
      let store = try StoreReader(path: project.database)
      let publisher = Publisher(project: project, vault: vault)
      var check = VersionCheck(checked: 0, damages: [])
      var met: Set<Digest> = []
      for model in try store.models() {
        for version in try store.versions(model.name) {
          check.checked += 1
          for digest in [version.model, version.code, version.training].compactMap(\.self) {
            met.insert(digest)
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
      for kept in try store.sealedArtifacts() where met.insert(kept.digest).inserted {
        do { try vault.verify(kept.digest) } catch {
          check.damages.append("\(kept.run), \(kept.name): \(error)")
        }
      }
      for log in try store.attemptLogs() {
        let path = project.absolute(log.name)
        guard FileBytes.exists(path), try FileDigest.artifact(at: path).digest != log.digest else { continue }
        check.damages.append("\(log.run): \(log.name) is not the log that the attempt left")
      }
      return check
    } catch {
      throw EngineError(error)
    }
  }
}
