import RefitCore
import Testing

@testable import RefitExecution

@Suite("A holdout that is a file")
struct HoldoutFileTests {
  private func freeze(_ text: String, _ change: (inout Model) -> Void = { _ in }) throws -> (
    ExecutionProject, FrozenHoldout
  ) {
    var project = ExecutionProject(holdout: Holdout(origin: .path("holdout.csv"), groups: ["sex"]))
    change(&project.model)
    project.files.write(text, to: "holdout.csv")
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    return (project, try keeper.freeze(project.run(), drawKey: []).0)
  }

  @Test("it is pinned as it is, every id is withheld, and its labels are for the judge")
  func pinned() throws {
    let (project, frozen) = try freeze("bad,loan,x,sex,note\n1,A,1.50,f,\"a, b\"\n0,B,,m,\n")
    #expect(frozen.rows == 2)
    #expect(frozen.origin == "the file holdout.csv")
    #expect(try project.read(frozen.digest) == "id,x,sex,(label),(group) sex\nA,1.50,f,1,f\nB,,m,0,m\n")
    #expect(try project.read(frozen.blinded) == "id,x,sex\nA,1.50,f\nB,,m\n")
    #expect(try project.read(frozen.withheld) == "id\nA\nB\n")
  }

  @Test("without declared features all columns but id, label, score, version and groups are seen")
  func undeclared() throws {
    let (project, frozen) = try freeze("loan,at,x,score,version,note,sex,bad\nA,2026-01-01,1,1,1,n,f,1\n") {
      $0.features = nil
      $0.pipeline = Pipeline(jobs: [])
    }
    #expect(try project.read(frozen.blinded) == "id,time,x,note\nA,2026-01-01,1,n\n")
  }

  @Test("the next run pins it as it is then")
  func changes() throws {
    let (project, first) = try freeze("loan,x,sex,bad\nA,1,f,1\nB,1,f,1\n")
    project.files.write("loan,x,sex,bad\nA,1,f,1\nB,1,f,0\n", to: "holdout.csv")
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    #expect(try keeper.freeze(project.run(), drawKey: []).0.digest != first.digest)
    #expect(try project.read(first.digest).hasSuffix("A,1,f,1,f\nB,1,f,1,f\n"))
  }

  @Test(
    "what is wrong with it is told with its place",
    arguments: [
      ("loan,x,sex,bad\n", "the holdout is empty: the file holdout.csv gave no labelled row"),
      ("loan,x,sex\nA,1,f\n", "holdout.csv: there is no column 'bad'; the header has loan, x, sex"),
      ("loan,x,bad\nA,1,1\n", "there is no column 'sex'"),
      ("x,sex,bad\n1,f,1\n", "there is no column 'loan'"),
      ("loan,x,sex,bad\nA,1,f,1\nB,1,f,\n", "holdout.csv:3: no label in column 'bad'"),
      ("loan,x,sex,bad\nA,1,f,1\nA,1,f,1\n", "holdout.csv:3: id 'A' is already at"),
      ("loan,x,sex,bad\nA,1,f,1\n,1,f,1\n", "holdout.csv:3: the id is missing"),
      ("loan,x,sex,bad\nA,1,f\n", "holdout.csv:2"),
    ])
  func refused(text: String, says: String) throws {
    #expect { try freeze(text) } throws: { "\($0)".contains(says) }
  }

  @Test(
    "labels that are not the two classes of the task are told before anything is trained",
    arguments: [
      (["no", "yes"], "feedback.positive is '1'; the labels are 'no', 'yes'"),
      (
        ["1", "true"],
        "feedback.positive is '1'; the labels are '1', 'true': one class is written in two ways"
      ),
      (["0", "0"], "feedback.positive is '1'; the only label is '0': no row is of the positive class"),
      (
        ["1", "2", "0"],
        "feedback.positive is '1'; the labels are '0', '1', '2': a binary classification has two"
      ),
      (
        ["6", "5", "4", "3", "2", "1", "0"],
        "feedback.positive is '1'; the labels are '1', '2', '3', '4', '5', …: a binary classification has two"
      ),
    ])
  func classes(labels: [String], says: String) throws {
    let rows = labels.enumerated().map { "\($0.offset),1,f,\($0.element)\n" }.joined()
    #expect { try freeze("loan,x,sex,bad\n" + rows) } throws: { "\($0)" == says }
    let numbers = labels.allSatisfy { Double($0) != nil }
    if numbers { _ = try freeze("loan,x,sex,bad\n" + rows) { $0.task = .regression } }
  }

  @Test("one class is a holdout where it is the positive one, or where 'positive' says how it is called")
  func oneClass() throws {
    #expect(try freeze("loan,x,sex,bad\nA,1,f,1\nB,1,f,1\n").1.rows == 2)
    #expect(
      try freeze("loan,x,sex,bad\nA,1,f,no\nB,1,f,yes\n") { $0.feedback?.positive = "yes" }.1.rows == 2)
  }

  @Test("whole numbers with .0 behind them are the labels that they are without it")
  func wholeNumbers() throws {
    #expect(try freeze("loan,x,sex,bad\nA,1,f,1.0\nB,1,f,0.0\n").1.rows == 2)
    #expect(try freeze("loan,x,sex,bad\nA,1,f,1\nB,1,f,1.0\nC,1,f,0\n").1.rows == 3)
    #expect(throws: DataError.self) { try freeze("loan,x,sex,bad\nA,1,f,1.5\nB,1,f,1.50\n") }
  }

  @Test("the file and the monitoring state beside it are recorded by their hashes")
  func uses() throws {
    let (project, _) = try freeze("loan,x,sex,bad\nA,1,f,1\n")
    project.files.write("loan\n", to: "predictions/a.csv")
    project.files.write("loan\n", to: "labels/a.csv")
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    let (frozen, uses) = try keeper.freeze(project.run(), drawKey: [])
    let file = try FileDigest.artifact(at: project.files.path("holdout.csv")).digest
    #expect(
      uses.filter { $0.role == .holdout }.map(\.artifact.digest) == [frozen.digest, frozen.blinded, file])
    #expect(uses.filter { $0.role == .predictionLog }.map(\.name) == ["predictions/a.csv"])
    #expect(uses.filter { $0.role == .feedbackLog }.map(\.name) == ["labels/a.csv"])
    #expect(uses.allSatisfy { $0.direction == .input && $0.attempt == nil })
  }

  @Test("a full disk is not the file's fault: it is thrown as it is")
  func storage() throws {
    let (project, _) = try freeze("loan,x,sex,bad\nA,1,f,1\n")
    project.files.write("in the way", to: "blocked/staging")
    let keeper = HoldoutKeeper(
      project: project.directory, vault: ArtifactVault(directory: project.files.path("blocked")))
    #expect(throws: VaultError.self) { try keeper.freeze(project.run(), drawKey: []) }
  }

  @Test("a file that is not there is a sentence")
  func missing() throws {
    let project = ExecutionProject(holdout: Holdout(origin: .path("nowhere.csv")))
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    #expect { try keeper.freeze(project.run(), drawKey: []) } throws: { "\($0)".contains("nowhere.csv") }
  }

  @Test("a feature that is called as the id or the time of score jobs is refused", arguments: ["id", "time"])
  func ambiguous(name: String) throws {
    #expect {
      try freeze("loan,at,\(name),sex,bad\nA,2026-01-01,1,f,1\n") { $0.features = Features(numeric: [name]) }
    } throws: { "\($0)".contains("'\(name)'") }
  }
}
