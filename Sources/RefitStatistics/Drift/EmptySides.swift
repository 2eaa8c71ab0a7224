/// Why two samples can't be compared (`empty-reference`, `empty-current`, `empty-both`), or nil when each
/// has a row.
func reasonEmpty(referenceCount: Int, currentCount: Int) -> String? {
  switch (referenceCount, currentCount) {
  case (0, 0): "empty-both"
  case (0, _): "empty-reference"
  case (_, 0): "empty-current"
  default: nil
  }
}
