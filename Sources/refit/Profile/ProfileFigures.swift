import RefitEngine
import RefitReport
import RefitStatistics

/// The drawings of one column.
struct ProfileFigures {
  private let name: String
  private let profile: ColumnProfile

  init(_ column: FileProfile.Column) {
    name = column.name
    profile = column.profile
  }

  private static let names = ("reference", "current")
  private static let mostRows = 20

  /// None where a side is empty.
  var figures: [Figure] {
    guard profile.status == .ok else { return [] }
    switch profile.shape {
    case .numeric(.edges(let edges), let curve):
      return [histogram(edges)] + (curve.map { [self.curve($0)] } ?? [])
    case .numeric(.values(let values), let curve):
      let labels = values.map(PersonNumber.text) + ["other values"]
      return [bars(labels, sorted: false)] + (curve.map { [self.curve($0)] } ?? [])
    case .categorical(let categories):
      return [bars(categories.map(\.name), sorted: true)]
    }
  }

  private var shares: [(Double, Double)] {
    let histogram = profile.histogram
    return zip(histogram.reference, histogram.current).map {
      (Double($0) / Double(histogram.referenceCount), Double($1) / Double(histogram.currentCount))
    }
  }

  /// The bin that has changed the most, in words.
  private func change(_ labels: [String]) -> String {
    let shares = shares
    guard let most = shares.indices.max(by: { difference(shares[$0]) < difference(shares[$1]) }) else {
      return ""
    }
    return
      "The largest change: \(labels[most]), from \(PersonNumber.percent(shares[most].0)) of the reference to "
      + "\(PersonNumber.percent(shares[most].1)) of the current rows."
  }

  private func difference(_ share: (Double, Double)) -> Double { abs(share.0 - share.1) }

  private func histogram(_ edges: [Double]) -> Figure {
    let texts = edges.map(PersonNumber.text)
    let bins = (0...texts.count).map { index in
      index == 0
        ? "up to \(texts[0])"
        : index == texts.count ? "over \(texts[index - 1])" : "\(texts[index - 1]) to \(texts[index])"
    }
    return HistogramFigure(
      caption: "\(name): share of rows in each bin; the edges are the reference's deciles",
      description: change(bins), names: Self.names, edges: texts, shares: shares
    ).figure
  }

  /// - Parameter sorted: the most frequent first; else as they come.
  private func bars(_ labels: [String], sorted: Bool) -> Figure {
    let shares = shares
    let order =
      sorted
      ? shares.indices.sorted {
        (-max(shares[$0].0, shares[$0].1), $0) < (-max(shares[$1].0, shares[$1].1), $1)
      } : Array(shares.indices)
    let shown = order.count <= Self.mostRows + 1 ? order : Array(order.prefix(Self.mostRows))
    var rows = shown.map { PairedBarsFigure.Row(labels[$0], shares[$0].0, shares[$0].1) }
    let rest = order.dropFirst(shown.count)
    if !rest.isEmpty {
      rows.append(
        PairedBarsFigure.Row(
          "\(PersonNumber.count(rest.count)) others", rest.reduce(0) { $0 + shares[$1].0 },
          rest.reduce(0) { $0 + shares[$1].1 }))
    }
    let what = sorted ? "category" : "value"
    let cut = rest.isEmpty ? "" : "; the \(shown.count) most frequent, and the rest together"
    return PairedBarsFigure(
      caption: "\(name): share of rows of each \(what)\(cut)", description: change(labels), names: Self.names,
      rows: rows
    ).figure
  }

  private func curve(_ curve: DistributionCurve) -> Figure {
    CurveFigure(
      caption: "\(name): share of rows up to a value, over the middle 98% of either side",
      description: "The largest distance between the two lines is "
        + "\(profile[.ksStatistic].value.map(PersonNumber.text) ?? "unknown").",
      x: Axis(name, from: curve.values[0], to: curve.values[curve.values.count - 1]), y: .share("share"),
      lines: [
        .init(Self.names.0, zip(curve.values, curve.reference).map { ($0, $1) }),
        .init(Self.names.1, zip(curve.values, curve.current).map { ($0, $1) }),
      ]
    ).figure
  }
}
