/// Why a column can't be used, or nil when each of its numbers is finite.
///
/// A paired column is refused and not thinned: leaving out the rows where a model failed would flatter it.
func reasonNotFinite(_ column: [Double], called name: String) -> String? {
  var bad = 0
  for value in column where !value.isFinite { bad += 1 }
  return bad == 0 ? nil : "\(bad) of \(column.count) \(name) are not finite numbers"
}
