import RefitStatistics
import Testing

@Suite struct ResamplingPlanTests {
  @Test(arguments: [1, 2, 3, 8, 100])
  func `values come in the order of the resamples, on any number of threads`(threads: Int) {
    let plan = ResamplingPlan(resamples: 57, seed: 1, threads: threads)
    #expect(plan.map { $0 * $0 } == (0..<57).map { $0 * $0 })
  }

  @Test func `values that are references survive the threads that made them`() {
    let plan = ResamplingPlan(resamples: 300, seed: 1, threads: 8)
    #expect(plan.map { "resample \($0)" } == (0..<300).map { "resample \($0)" })
  }

  @Test func `a thread keeps its scratch`() {
    let plan = ResamplingPlan(resamples: 20, seed: 1)
    let visits = plan.map(scratch: { 0 }) { visits, _ in
      visits += 1
      return visits
    }
    #expect(visits == Array(1...20))
  }
}
