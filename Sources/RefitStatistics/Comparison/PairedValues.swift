/// Several metrics of two models, each in the same order.
struct PairedValues: Sendable {
  let candidate: [Statistic]
  let champion: [Statistic]

  /// candidate − champion; nil where one of them is undefined.
  var differences: [Double?] { zip(candidate, champion).map { $0.less($1).value } }

  /// Some of them.
  func of(_ metrics: [Int]) -> PairedValues {
    PairedValues(candidate: metrics.map { candidate[$0] }, champion: metrics.map { champion[$0] })
  }
}
