import RefitCore
import RefitExecution

/// A project of a test's own, with a model whose parts a test can change, and runs and attempts of it.
struct ExecutionProject {
  let files = TemporaryDirectory()
  var model: Model

  init(holdout: Holdout? = nil) {
    model = Model(
      name: Name("loans")!,
      predictions: PredictionLog(
        path: "predictions/*.csv", columns: .init(id: "loan", time: "at", score: "score", version: "version")),
      features: Features(numeric: ["x"], categorical: ["sex"]),
      feedback: FeedbackLog(
        path: "labels/*.csv", columns: .init(id: "loan", time: "at", label: "bad"), matures: .days(2)),
      holdout: holdout, schedules: [],
      pipeline: Pipeline(jobs: [
        Job(name: Name("train")!, kind: .train, run: ["python3", "jobs/train.py"]),
        Job(
          name: Name("score")!, kind: .score, needs: [Name("train")!], run: ["python3", "jobs/score.py"],
          given: ["sex"]),
      ]))
  }

  var directory: ProjectDirectory { ProjectDirectory(root: files.path) }
  var vault: ArtifactVault { ArtifactVault(directory: directory.vault) }

  static func time(_ day: Double) -> Instant {
    Instant(microseconds: 1_767_225_600_000_000 + Int64(day * 86_400_000_000))
  }

  func run(day: Double = 30) -> Run {
    Run(
      id: RunID(model: model.name, number: 3), trigger: .person("ada"), because: "why not", model: model,
      configuration: FileDigest.digest(of: "configuration".utf8),
      interval: DataInterval(start: nil, end: Self.time(day - 2)), knownAt: Self.time(day),
      openedAt: Self.time(day))
  }

  func attempt(_ job: String = "train", subject: Attempt.Subject = .candidate) -> Attempt {
    Attempt(job: Name(job)!, subject: subject, number: 2, launches: 1, createdAt: Self.time(30))
  }

  func read(_ digest: Digest) throws -> String {
    String(decoding: try FileBytes.read(vault.path(of: digest), limit: 1 << 24), as: UTF8.self)
  }
}
