import RefitCore

/// The jobs of a pipeline as a graph by `needs`.
struct PipelineGraph {
  let jobs: [JobDraft]
  let diagnostics: Diagnostics

  /// Reports needs that name no job, cycles, and a score job that does not come after the train job.
  func check() {
    let byName = Dictionary(jobs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for job in jobs {
      for need in job.needs where byName[need.value] == nil {
        let unknown = "job '\(job.name)' needs the unknown job '\(need.value)'"
        let near = Spelling.nearest(to: need.value.text, among: jobs.map(\.name.text))
        diagnostics.error(need.place, near.map { "\(unknown): did you mean '\($0)'?" } ?? unknown)
      }
    }
    var search = CycleSearch(byName: byName)
    for job in jobs { search.visit(job) }
    for cycle in search.cycles {
      let path = cycle.names.map(\.text).joined(separator: " → ")
      diagnostics.error(cycle.place, "jobs need each other in a circle: \(path)")
    }
    guard let score = jobs.first(where: { $0.kind == .score }),
      let train = jobs.first(where: { $0.kind == .train }),
      !reaches(train.name, from: score, byName: byName)
    else { return }
    diagnostics.error(
      score.place, "job '\(score.name)' scores what '\(train.name)' trained: add 'needs: \(train.name)'")
  }

  private func reaches(_ name: Name, from job: JobDraft, byName: [Name: JobDraft]) -> Bool {
    var seen: Set<Name> = []
    var open = job.needs.map(\.value)
    while let next = open.popLast() {
      if next == name { return true }
      if seen.insert(next).inserted { open += byName[next]?.needs.map(\.value) ?? [] }
    }
    return false
  }
}

/// Finds cycles by depth-first search; each is told once, at the need that closes it.
private struct CycleSearch {
  let byName: [Name: JobDraft]
  private(set) var cycles: [(names: [Name], place: Place)] = []
  private var path: [Name] = []
  private var done: Set<Name> = []

  init(byName: [Name: JobDraft]) {
    self.byName = byName
  }

  mutating func visit(_ start: JobDraft) {
    // Each frame is a job on the path and how many of its needs have been followed: no recursion, since a
    // pipeline may be long.
    var frames: [(job: JobDraft, next: Int)] = []
    guard !done.contains(start.name) else { return }
    frames.append((start, 0))
    path = [start.name]
    while let (job, next) = frames.last {
      guard next < job.needs.count else {
        done.insert(job.name)
        frames.removeLast()
        path.removeLast()
        continue
      }
      frames[frames.count - 1].next += 1
      let need = job.needs[next]
      if let begin = path.firstIndex(of: need.value) {
        cycles.append((Array(path[begin...]) + [need.value], need.place))
      } else if let job = byName[need.value], !done.contains(job.name) {
        frames.append((job, 0))
        path.append(job.name)
      }
    }
  }
}
