/// P-values of a family of tests, raised so that each can be compared with the error that the whole family may make.
public enum AdjustedPValues {
  /// Holm's step-down values (Scandinavian Journal of Statistics 6, 1979), which hold the probability of any false
  /// finding whatever the tests' dependence: the k-th smallest of n times n − k + 1, never below a smaller one's, at
  /// most 1 (`statsmodels.stats.multitest.multipletests(method="holm")`). In the order given; traps outside of 0…1.
  public static func holm(_ pValues: [Double]) -> [Double] {
    let order = ascending(pValues)
    var adjusted = pValues
    var largest = 0.0
    for (rank, test) in order.enumerated() {
      largest = max(largest, min(1, pValues[test] * Double(pValues.count - rank)))
      adjusted[test] = largest
    }
    return adjusted
  }

  /// Benjamini and Hochberg's values (JRSS B 57, 1995), which hold the expected share of false findings among all
  /// findings where the tests are independent or depend positively: the k-th smallest of n times n/k, never above a
  /// larger one's (`scipy.stats.false_discovery_control`). In the order given; traps outside of 0…1.
  public static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
    let order = ascending(pValues)
    var adjusted = pValues
    var smallest = 1.0
    for (rank, test) in order.enumerated().reversed() {
      smallest = min(smallest, pValues[test] * Double(pValues.count) / Double(rank + 1))
      adjusted[test] = smallest
    }
    return adjusted
  }

  private static func ascending(_ pValues: [Double]) -> [Int] {
    precondition(pValues.allSatisfy { $0 >= 0 && $0 <= 1 }, "a p-value lies in 0…1")
    return pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  }
}
