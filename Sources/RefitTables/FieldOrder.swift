/// The fields that any row of a file without a header has, in the order of their first appearance.
struct FieldOrder: Sendable {
  /// The place of each field in that order, -1 while it is not there.
  private var places: [Int]
  private var count = 0

  /// None of so many fields.
  init(fieldCount: Int = 0) { places = [Int](repeating: -1, count: fieldCount) }

  /// Takes a field that a row has.
  mutating func append(_ field: Int) {
    guard places[field] < 0 else { return }
    places[field] = count
    count += 1
  }

  /// Where a field stands; nil where no row had it.
  func place(of field: Int) -> Int? { places[field] < 0 ? nil : places[field] }
}
