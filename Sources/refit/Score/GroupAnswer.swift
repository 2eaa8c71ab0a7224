import RefitStatistics

/// The groups of one column.
struct GroupAnswer: Encodable {
  struct Group: Encodable {
    let count: Int
    let rates: [ScoredMetric]

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: NameKey.self)
      try container.encode(count, forKey: NameKey("count"))
      for rate in rates { try container.encode(rate.value, under: rate.name) }
      let intervals = NamedIntervals(values: rates.map { ($0.name, $0.interval) })
      try container.encode(intervals, forKey: NameKey("intervals"))
    }
  }

  struct LeftOut: Encodable {
    var group: String
    var rate: String
    var rows: Int
    var reason: String
  }

  /// Between which groups a measure lies.
  struct Extremes: Encodable {
    var lowest: String
    var highest: String
  }

  var groups: Named<Group>
  var rowsWithoutGroup: Int
  var measures: NamedStatistics
  var intervals: NamedIntervals
  var extremes: Named<Extremes>
  var leftOut: [LeftOut]

  enum CodingKeys: String, CodingKey {
    case groups, measures, intervals, extremes
    case rowsWithoutGroup = "rows_without_group"
    case leftOut = "left_out"
  }

  init(_ score: GroupScore) {
    groups = Named(values: score.groups.map { ($0.name, Group(count: $0.count, rates: $0.rates)) })
    rowsWithoutGroup = score.missing
    measures = NamedStatistics(values: score.measures.map { ($0.name, $0.value) })
    intervals = NamedIntervals(values: score.measures.map { ($0.name, $0.interval) })
    extremes = Named(
      values: score.measures.compactMap { measure in
        guard let lowest = measure.lowest, let highest = measure.highest else { return nil }
        return (measure.name, Extremes(lowest: lowest, highest: highest))
      })
    leftOut = score.leftOut.map { LeftOut(group: $0.group, rate: $0.rate, rows: $0.rows, reason: $0.reason) }
  }
}
