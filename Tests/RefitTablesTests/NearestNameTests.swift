import RefitTables
import Testing

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("agee", ["age", "job"], "age" as String?), ("X", ["y", "x"], "x"), ("regoin", ["region"], "region"),
    ("s", ["y"], nil), ("ab", ["cd"], nil), ("income", ["job"], nil), ("a", [], nil),
  ])
  func theNameThatWasMeantHasMostOfItsLetters(name: String, candidates: [String], nearest: String?) {
    #expect(NearestName.of(name, among: candidates) == nearest)
  }
}
