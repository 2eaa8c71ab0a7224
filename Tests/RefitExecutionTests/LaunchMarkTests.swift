import RefitTesting
import Testing

@testable import RefitExecution

@Suite struct LaunchMarkTests {
  @Test func `the next process reads what the last one noted`() throws {
    let scratch = try ScratchDirectory("refit-launch")
    #expect(try LaunchMark.read(in: scratch.path) == nil)
    for times in 1...3 {
      let mark = LaunchMark(times: times, at: .seconds(86_400 * times) + .nanoseconds(7))
      try mark.write(in: scratch.path)
      #expect(try LaunchMark.read(in: scratch.path) == mark)
    }
  }

  @Test(arguments: ["", "1", "1 2 3", "one 2", "1 2.5"])
  func `what is no mark is refused by name`(_ text: String) throws {
    let scratch = try ScratchDirectory("refit-launch")
    try scratch.write(text, to: "launched")
    let failure = #expect(throws: FileBytes.Failure.self) { try LaunchMark.read(in: scratch.path) }
    #expect(failure?.description == "\(scratch.path("launched")): is not two whole numbers")
  }
}
