import ArgumentParser
import Glibc
import RefitCore
import RefitEngine

struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Score predictions against labels: metrics with intervals, fairness, and a champion beside.",
    discussion: """
      Needs no project. Every metric comes with a two-sided interval: by theory where there is one, else by a seeded \
      bootstrap. Differences of a comparison are PREDICTIONS less champion, their bounds one-sided, as gates read them.

        refit score predictions.csv --task binary-classification --label y --score p --groups sex,race
        refit score new.csv --task binary-classification --label y --score p --against old.csv --margin 0.01
        refit score 'log/*.csv' --labels returned.csv --task binary-classification --label y --score p
        refit score wine.csv --task multiclass-classification --label kind --scores a=p_a,b=p_b,c=p_c
        refit score sales.csv --task regression --label sold --prediction p --quantiles 0.1=low,0.9=high

      Exit codes: 0 done; with --margin 0 superior or not inferior, 1 inferior, 2 inconclusive; 64 usage, also where \
      a file can't be used.
      """)

  @OptionGroup var options: ScoreOptions
  @OptionGroup var output: AnswerOptions

  func run() throws {
    try answering {
      let request = try options.request()
      let page = try output.page(notAmong: request.files.flatMap(\.paths))
      let score = try read(request)
      let verdict = try ScoreVerdict(score.comparison, margin: request.margin, metric: options.metric)
      let words = ScoreWords(score: score, verdict: verdict)
      try output.answer(
        ScoreAnswer(score, verdict: verdict), tell: { ScoreTable(words).tell() },
        page: (page, { ScoreReport(words).page }))
      if let verdict, verdict.exitCode != 0 { throw ExitCode(verdict.exitCode) }
    }
  }

  private func read(_ request: ScoreRequest) throws -> FileScore {
    do {
      return try FileScore.read(request)
    } catch {
      throw Failure(.usage, error.description)
    }
  }
}
