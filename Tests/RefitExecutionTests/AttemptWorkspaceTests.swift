import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("What a job is given")
struct AttemptWorkspaceTests {
  private let project = ExecutionProject()
  private var workspace: AttemptWorkspace {
    AttemptWorkspace(project: project.directory, vault: project.vault)
  }

  private let facts = AttemptFacts(
    directory: "", arguments: [], variables: [], seed: 4_294_967_295, token: "a1b2",
    host: .init(name: "host", system: "Linux"), commit: nil, diff: nil)

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  private func version(code: String = "jobs/deep", file: String = "score.py") throws -> Version {
    project.files.write("weights", to: "made/model/weights")
    project.files.write("code", to: "made/code/\(file)")
    let vault = project.vault
    return Version(
      id: VersionID(model: project.model.name, number: 4), run: project.run().id,
      model: try vault.seal(project.files.path("made/model")).digest,
      code: try vault.seal(project.files.path("made/code")).digest, codePath: code,
      score: project.model.pipeline.score, training: nil, trainingID: nil, interval: project.run().interval,
      sealedAt: project.run().openedAt, parameters: nil, metrics: nil)
  }

  @Test("the environment is what the contract lists, and nothing of Refit's own")
  func environment() throws {
    setenv("REFIT_TEST_AMBIENT", "leak", 1)
    var job = project.model.pipeline.train!
    job.variables = ["OMP_NUM_THREADS": "2"]
    var run = project.run()
    let order = try workspace.order(for: project.attempt(), job: job, of: run, facts: facts)
    let root = project.files.path("state/runs/loans/3/train/2")
    var expected = [
      "LANG": "C.UTF-8", "TZ": "UTC", "OMP_NUM_THREADS": "2", "REFIT_MODEL": "loans", "REFIT_RUN": "loans#3",
      "REFIT_JOB": "train", "REFIT_ATTEMPT": "2", "REFIT_INTERVAL_END": "2026-01-29T00:00:00Z",
      "REFIT_KNOWN_AT": "2026-01-31T00:00:00Z", "REFIT_INPUT": "\(root)/input",
      "REFIT_OUTPUT": "\(root)/output",
      "REFIT_SEED": "4294967295", "REFIT_PROGRESS": "\(root)/progress", "REFIT_TOKEN": "a1b2",
    ]
    for name in ["PATH", "HOME"] { expected[name] = getenv(name).map { String(cString: $0) } }
    #expect(order.environment == expected)
    #expect(order.arguments == ["python3", "jobs/train.py"])
    #expect(order.workingDirectory == project.files.path)
    #expect(order.directory == root)
    #expect(order.wake == project.files.path("state/wake"))
    // The start of the interval is unset only for a model's first run.
    run.interval.start = ExecutionProject.time(3)
    let later = try workspace.order(for: project.attempt(), job: job, of: run, facts: facts)
    #expect(later.environment["REFIT_INTERVAL_START"] == "2026-01-04T00:00:00Z")
  }

  @Test("no variable of a job takes the place of what Refit says")
  func overridden() throws {
    var job = project.model.pipeline.train!
    job.variables = ["REFIT_SEED": "1", "TZ": "Europe/Berlin"]
    let order = try workspace.order(for: project.attempt(), job: job, of: project.run(), facts: facts)
    #expect(order.environment["REFIT_SEED"] == "4294967295")
    #expect(order.environment["TZ"] == "Europe/Berlin")
  }

  @Test("values by reference are read when the job is launched, and kept from its log")
  func references() throws {
    setenv("REFIT_TEST_SECRET", "hush", 1)
    project.files.write("key\n", to: "secrets/key")
    var job = project.model.pipeline.train!
    job.variables = ["PLAIN": "a", "FROM_ENV": "x-${REFIT_TEST_SECRET}", "FROM_FILE": "${file:secrets/key}"]
    let order = try workspace.order(for: project.attempt(), job: job, of: project.run(), facts: facts)
    #expect(order.environment["FROM_ENV"] == "x-hush")
    #expect(order.environment["FROM_FILE"] == "key")
    #expect(order.secrets == ["hush", "x-hush", "key"])
    project.files.write("new key\n", to: "secrets/key")
    let next = try workspace.order(for: project.attempt(), job: job, of: project.run(), facts: facts)
    #expect(next.environment["FROM_FILE"] == "new key")
    job.variables = ["GONE": "${REFIT_TEST_NOT_SET}"]
    #expect {
      try workspace.order(for: project.attempt(), job: job, of: project.run(), facts: facts)
    } throws: { "\($0)" == "variable GONE: '${REFIT_TEST_NOT_SET}' is not set in Refit's environment" }
  }

  @Test("inputs are read-only copies of what its needs have left, and the ids it must not use")
  func inputs() throws {
    let vault = project.vault
    let table = try vault.seal(bytes: Array("loan\nA\n".utf8))
    project.files.write("tree", to: "made/tree/leaf")
    let tree = try vault.seal(project.files.path("made/tree"))
    let withheld = try vault.seal(bytes: Array("id\nB\n".utf8))
    let uses = [("rows.csv", table), ("parts", tree)].map {
      ArtifactUse(artifact: $1, direction: .output, role: .output, name: $0)
    }
    // Doing it twice is as good as doing it once: a relaunched attempt is prepared again.
    for _ in 1...2 {
      try workspace.prepare(
        project.attempt(), of: project.run(),
        inputs: .outputs([Name("prepare")!: uses], withheld: withheld.digest))
    }
    let root = project.files.path("state/runs/loans/3/train/2")
    #expect(try FileBytes.names(in: "\(root)/input") == ["prepare", "withheld.csv"])
    #expect(try FileBytes.names(in: "\(root)/input/prepare") == ["parts", "rows.csv"])
    #expect(try FileBytes.names(in: "\(root)/output") == [])
    for name in [
      "", "/withheld.csv", "/prepare", "/prepare/rows.csv", "/prepare/parts", "/prepare/parts/leaf",
    ] {
      #expect(mode("\(root)/input\(name)") & 0o222 == 0, "\(name)")
    }
    #expect(mode("\(root)/output") & 0o200 != 0)
    // A job that breaks its copy breaks nothing else.
    chmod("\(root)/input/prepare/rows.csv", 0o644)
    let file = open("\(root)/input/prepare/rows.csv", O_WRONLY | O_TRUNC)
    close(file)
    try vault.verify(table.digest)
  }

  @Test("a score job gets the model and the holdout and nothing else, and runs among its sealed code")
  func scoring() throws {
    let version = try version()
    let holdout = try project.vault.seal(bytes: Array("id\nA\n".utf8))
    let attempt = project.attempt("score", subject: .champion)
    try workspace.prepare(attempt, of: project.run(), inputs: .scoring(version, holdout: holdout.digest))
    let root = project.files.path("state/runs/loans/3/score/champion-2")
    #expect(try FileBytes.names(in: "\(root)/input") == ["holdout.csv", "model"])
    #expect(try FileBytes.names(in: "\(root)/input/model") == ["weights"])
    let order = try workspace.order(
      for: attempt, job: version.score!, of: project.run(), facts: facts)
    let code = try FileBytes.read("\(order.workingDirectory)/jobs/deep/score.py", limit: 99)
    #expect(code == Array("code".utf8))
    #expect(order.workingDirectory.hasPrefix(root + "/"))
    #expect(order.environment["REFIT_INPUT"] == "\(root)/input")
  }

  @Test("an artifact that the vault lost or that was changed in it is a sentence", arguments: [true, false])
  func damaged(isGone: Bool) throws {
    let withheld = try project.vault.seal(bytes: Array("id\nB\n".utf8))
    let path = project.vault.path(of: withheld.digest)
    unlink(path)
    if !isGone { try FileBytes.write(Array("id\n".utf8), to: path) }
    #expect(throws: DataError.self) {
      try workspace.prepare(
        project.attempt(), of: project.run(), inputs: .outputs([:], withheld: withheld.digest))
    }
  }

  @Test(
    "a version's code is the folder of the first argument that is a file of the project",
    arguments: [
      (["python3", "jobs/a/score.py"], "jobs/a"), (["jobs/bin/score"], "jobs/bin"),
      (["sh", "score.sh"], "score.sh"),
      (["/usr/bin/python3", "-m", "score"], nil), (["true"], nil), (["sh", "../outside.sh"], nil),
      (["sh", "jobs"], nil), (["sh", "--config", "jobs/a/score.py"], "jobs/a"),
    ])
  func codePath(command: [String], path: String?) {
    for name in ["project/jobs/a/score.py", "project/jobs/bin/score", "project/score.sh", "outside.sh"] {
      project.files.write("", to: name)
    }
    let inner = ProjectDirectory(root: project.files.path("project"))
    let job = Job(name: Name("score")!, kind: .score, run: command)
    #expect(AttemptWorkspace(project: inner, vault: project.vault).codePath(of: job) == path)
    var declared = job
    declared.code = "lib"
    #expect(AttemptWorkspace(project: inner, vault: project.vault).codePath(of: declared) == "lib")
  }
}
