import RefitCore
import Testing

struct FailPointTests {
  @Test func eachFailPointIsReadAsItIsWritten() {
    #expect(FailPoint.all.count == 2 * FailPoint.Deed.allCases.count)
    #expect(FailPoint.all.allSatisfy { FailPoint($0.description) == $0 })
    #expect(FailPoint("after:commit-transition") == FailPoint(.after, .commitTransition))
  }

  @Test(arguments: ["", "launch", "during:launch", "before:lunch", "before:launch:twice"])
  func whatIsNoFailPointIsNotRead(_ text: String) {
    #expect(FailPoint(text) == nil)
  }
}
