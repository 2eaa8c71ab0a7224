import RefitSimulation
import RefitTesting
import Testing

@Suite("A simulation that can be played again")
struct DeterminismTests {
  @Test("the same seed gives the same trace, byte for byte, in another process too")
  func trace() throws {
    let program = try Products.path("refit-simulate")
    let arguments = ["--seed", "3", "--years", "0.08", "--trace"]
    let first = try Command.run(program, arguments)
    let second = try Command.run(program, arguments)
    #expect(first.status == 0, "\(first.output)\(first.errors)")
    func events(_ output: String) -> Substring {
      output.prefix { _ in true }.split(separator: "s of processor time")[0]
    }
    let lines = first.output.split(separator: "\n")
    #expect(lines.count > 100)
    let told = { (output: String) in
      output.split(separator: "\n").prefix { !$0.contains("of processor time") }
    }
    #expect(told(first.output).elementsEqual(told(second.output)))
  }
}
