/// A group's rows by label and decision: how many there are of each kind, or what these weigh. Without labels all count
/// as negative.
struct GroupCells<Number: Numeric & SIMDScalar & Sendable & Hashable>: Sendable, Hashable {
  let refusedNegatives: Number
  let selectedNegatives: Number
  let refusedPositives: Number
  let selectedPositives: Number

  /// In this order.
  init(_ cells: SIMD4<Number>) {
    refusedNegatives = cells[0]
    selectedNegatives = cells[1]
    refusedPositives = cells[2]
    selectedPositives = cells[3]
  }

  var all: SIMD4<Number> {
    SIMD4(refusedNegatives, selectedNegatives, refusedPositives, selectedPositives)
  }

  var selected: Number { selectedNegatives + selectedPositives }
  var negatives: Number { refusedNegatives + selectedNegatives }
  var positives: Number { refusedPositives + selectedPositives }
  var total: Number { negatives + positives }

  /// What the rate is of, and what it is a share of.
  func fraction(of rate: GroupRate) -> (numerator: Number, denominator: Number) {
    switch rate {
    case .selectionRate: (selected, total)
    case .truePositiveRate: (selectedPositives, positives)
    case .falsePositiveRate: (selectedNegatives, negatives)
    case .falseNegativeRate: (refusedPositives, positives)
    case .trueNegativeRate: (refusedNegatives, negatives)
    case .precision: (selectedPositives, selected)
    case .accuracy: (refusedNegatives + selectedPositives, total)
    }
  }
}
