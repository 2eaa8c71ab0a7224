import RefitTesting
import Testing

@testable import RefitTables

@Suite struct RowJoinTests {
  @Test func countsWhatHasNoPartnerOnBothSides() throws {
    let predictions = TextColumn(["a", "b", "", "c", "a"])
    let labels = TextColumn(["x", "a", "", "c"])
    let join = try RowJoin(predictions, labels)
    #expect(join.rightRows == [1, -1, -1, 3, 1])
    #expect(join.matchedCount == 3 && join.unmatchedLeftCount == 2)
    #expect(join.usedRightCount == 2 && join.unmatchedRightCount == 2)
  }

  @Test func duplicatesAreTakenAsTold() throws {
    let left = TextColumn(["a", "b"])
    let right = TextColumn(["a", "b", "a"])
    #expect(throws: RowIndex.DuplicateError.self) { try RowJoin(left, right) }
    #expect(try RowJoin(left, right, duplicates: .first).rightRows == [0, 1])
    #expect(try RowJoin(left, right, duplicates: .last).rightRows == [2, 1])
    #expect(try RowJoin(left, right, duplicates: .last).usedRightCount == 3)
  }

  @Test func namesBothPlacesOfADuplicate() throws {
    let files = try ScratchDirectory()
    let predictions = try TableFile.readAll(files.write("id\na\n", to: "p.csv"), as: .text)
    let path = try files.write("key,y\nb,0\na,1\na,0\n", to: "l.csv")
    let labels = try TableFile.readAll(path, as: .text)
    let error = try #require(throws: TableError.self) {
      try predictions.join(on: "id", with: labels, on: "key")
    }
    #expect(error.description == "\(path):4: column 'key': 'a' is already at \(path):3")
    #expect(try predictions.join(on: "id", with: labels, on: "key", duplicates: .last).rightRows == [2])
    #expect(throws: TableError.self) { try predictions.join(on: "id", with: labels, on: "id") }
  }

  @Test func agreesWithItsDefinition() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<40 {
      let (left, right) = (texts(using: &generator), texts(using: &generator))
      let join = try RowJoin(TextColumn(left), TextColumn(right), duplicates: .first)
      let expected = left.map { id in id.isEmpty ? -1 : Int32(right.firstIndex(of: id) ?? -1) }
      #expect(join.rightRows == expected)
      #expect(join.matchedCount == expected.count { $0 >= 0 })
      #expect(join.unmatchedRightCount == right.count { $0.isEmpty || !left.contains($0) })
    }
  }

  private func texts(using generator: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 0...60, using: &generator)).map { _ in
      let number = generator.next() % 50
      return number == 0 ? "" : "id\(number)"
    }
  }
}
