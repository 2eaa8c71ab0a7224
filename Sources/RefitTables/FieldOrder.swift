/// The fields that any row of a file without a header has, in the order of their first appearance.
struct FieldOrder: Sendable {
  private(set) var fields: [Int] = []
  /// The place of each field in that order, -1 while it is not there.
  private var places: [Int]

  /// None of so many fields.
  init(fieldCount: Int = 0) { places = [Int](repeating: -1, count: fieldCount) }

  /// Takes a field that a row has.
  @inline(__always)
  mutating func append(_ field: Int) {
    // Mostly all are there: that is known without a look at any.
    guard fields.count < places.count, places[field] < 0 else { return }
    places[field] = fields.count
    fields.append(field)
  }

  /// Where a field stands; nil where no row had it.
  func place(of field: Int) -> Int? { places[field] < 0 ? nil : places[field] }
}
