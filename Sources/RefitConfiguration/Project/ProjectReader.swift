import RefitCore

/// Reads a whole file.
struct ProjectReader {
  let diagnostics: Diagnostics
  let zones: ZoneCheck

  /// The project; nil when something was reported that keeps a project from being made.
  func project(_ root: YAMLNode) -> Project? {
    guard let map = MapReader(root, .project, "the file", diagnostics: diagnostics) else {
      return nil
    }
    let version = map.required("version", .integer(1...1))
    let name = map.required("project", .name)
    let timezone = zones.zone(map) ?? "UTC"
    let concurrency = map.optional("concurrency", .integer(1...1024)) ?? 2
    let clock = map.optional("clock", .choice("clock", of: Project.Clock.self)) ?? .wall
    zones.look(by: clock)
    // Where the project's name is wrong no project is made; any other serves to read the rest.
    let models = self.models(map, of: name ?? Name("unnamed")!, timezone: timezone)
    guard version != nil, let name else { return nil }
    return Project(
      name: name, timezone: timezone, concurrency: concurrency, clock: clock, models: models)
  }

  private func models(_ map: MapReader, of project: Name, timezone: String) -> [Model] {
    guard let entry = map.entry("models") else {
      map.missing("models")
      return []
    }
    guard let models = MapReader(names: entry.value, "'models'", at: entry.place, diagnostics: diagnostics)
    else {
      return []
    }
    if models.isEmpty { diagnostics.error(entry.value.place, "'models' may not be empty") }
    return models.named("model").compactMap { name, entry in
      var reader = ModelReader(
        project: project, name: name, entry: entry, timezone: timezone, zones: zones, diagnostics: diagnostics
      )
      return reader?.model()
    }
  }
}

extension MapReader {
  /// The entries whose keys are names; the others are reported.
  func named(_ noun: String) -> [(name: Name, entry: YAMLEntry)] {
    all.compactMap { entry in
      if let name = Name(entry.key) { return (name, entry) }
      diagnostics.error(
        entry.place, "the name of a \(noun) must be \(nameRule), not \(YAMLScalar.quoted(entry.key))")
      return nil
    }
  }
}
