import RefitConfiguration
import RefitTesting
import Testing

@Suite("Whatever the bytes are") struct FuzzTests {
  @Test("A file is read, or refused with places in the file", arguments: [UInt64](1...8))
  func mutations(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      var bytes = Array(SampleFile.good[Int.random(in: 0..<3, using: &random)].utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, using: &random) }
      try check(bytes)
    }
  }

  @Test("So is every beginning of a file")
  func truncations() throws {
    for file in SampleFile.good {
      let bytes = Array(file.utf8)
      for end in stride(from: 0, through: bytes.count, by: 7) { try check(Array(bytes[..<end])) }
    }
  }

  @Test("So are noise, deep nesting and aliases of aliases")
  func extremes() throws {
    var random = SeededGenerator(seed: 99)
    for count in 0..<200 {
      try check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    for opening in ["[", "{a: ", "- ", "? ", "a:\n "] {
      try check(Array(String(repeating: opening, count: 20_000).utf8))
    }
    let lines = (1..<60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }
    try check(Array(("a0: &a0 [x]\n" + lines.joined()).utf8))
  }

  private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let length = Int.random(in: 0...20, using: &random)
    let range = place..<min(bytes.count, place + length)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[place] = Array("{}[]:,-\"'#&*!|>%@ \t\n0a".utf8).randomElement(using: &random)!
    case 2: bytes.removeSubrange(range)
    case 3: bytes.insert(contentsOf: bytes[range], at: Int.random(in: 0...bytes.count, using: &random))
    case 4: bytes.removeSubrange(place...)
    default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
    }
  }

  private func check(_ bytes: [UInt8]) throws {
    do throws(ConfigurationError) {
      let (project, warnings) = try SampleFile.parse(bytes: bytes)
      checkPlaces(warnings, in: bytes)
      let resolved = ConfigurationFile.resolvedYAML(project)
      let again = try SampleFile.parse(resolved)
      #expect(again.project == project, "\(String(decoding: bytes, as: UTF8.self))")
    } catch {
      #expect(error.diagnostics.contains { $0.severity == .error })
      checkPlaces(error.diagnostics, in: bytes)
    }
  }

  private func checkPlaces(_ diagnostics: [ConfigurationDiagnostic], in bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // A carriage return ends a line too, so that lines may be fewer here than for YAML.
    let hasOtherLines = bytes.contains(UInt8(ascii: "\r"))
    for diagnostic in diagnostics {
      let isInside =
        hasOtherLines
        || (1...lines.count).contains(diagnostic.line)
          && (1...lines[diagnostic.line - 1].count + 1).contains(diagnostic.column)
      if !isInside || diagnostic.message.isEmpty {
        Issue.record("\(diagnostic): \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    let places = diagnostics.map { [$0.line, $0.column] }
    #expect(zip(places, places.dropFirst()).allSatisfy { !$1.lexicographicallyPrecedes($0) })
  }
}
