import RefitConfiguration
import RefitStatistics
import RefitTesting
import Testing

@testable import RefitConfiguration

@Suite("The reference tells the truth") struct DocumentationTests {
  @Test func wholeFilesAreGood() throws {
    let files = try Documented.files()
    #expect(files.count == 2)
    for file in files {
      #expect(SampleFile.errors(of: file) == [])
    }
  }

  @Test("The examples of parts make a good model together")
  func partsAreGood() throws {
    let parts = try Documented.parts()
    #expect(parts.count == 11)
    let body = parts.joined().split(separator: "\n").map { "    \($0)\n" }.joined()
    let file = "version: 1\nproject: parts\nmodels:\n  one:\n" + body
    #expect(SampleFile.errors(of: file) == [], "\(file)")
  }

  @Test("Every key is told of", arguments: Vocabulary.named)
  func keys(of name: String, vocabulary: Vocabulary) throws {
    let text = try Repository.text(Documented.path)
    for key in vocabulary.keys { #expect(text.contains("`\(key)`"), "\(key) of \(name)") }
  }

  @Test("Every word of a choice is told of")
  func words() throws {
    let text = try Repository.text(Documented.path)
    let words = [
      "roc_auc", "log_loss", "rmse", "trained", "promoted", "holdout", "best", "once", "skip",
      "all", "forbid", "queue",
    ]
    let names = DriftStatistic.allCases.map(\.rawValue) + PerformanceMetric.allCases.map(\.rawValue)
    for word in words + names {
      #expect(text.contains("`\(word)`"), "\(word)")
    }
  }
}
