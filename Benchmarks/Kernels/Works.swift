import RefitStatistics
import RefitTables

/// Reads all columns of the table, each kind inferred, as its peers do.
func readCSV(in folder: String) -> String {
  let meter = CostMeter()
  do {
    let table = try TableFile.readAll("\(folder)/table.csv", as: nil)
    let sum = try table.numeric("x0").reduce(0, +)
    return meter.line(answer: [Double(table.rowCount), sum])
  } catch {
    fail("\(error)")
  }
}

/// Every drift statistic of one column.
func driftColumn(in folder: String) -> String {
  let reference = ColumnFile.read("\(folder)/reference.f64", as: Double.self)
  let current = ColumnFile.read("\(folder)/current.f64", as: Double.self)
  let meter = CostMeter()
  let drift = NumericReference(reference).drift(of: current)
  let profile = ColumnProfile(.numeric(drift))
  return meter.line(answer: [number(profile[.ksStatistic]), number(profile[.wasserstein])])
}

/// Every drift statistic of every column of two tables, numbers and categories.
func driftColumns(in folder: String) -> String {
  do {
    let reference = try TableFile.readAll("\(folder)/reference.csv", as: nil)
    let current = try TableFile.readAll("\(folder)/current.csv", as: nil)
    let meter = CostMeter()
    let profiles = try reference.columnNames.map { name in
      guard reference.kind(of: name) == .numeric else {
        let drift = CategoricalReference(counts: counts(try reference.categories(name)))
          .drift(of: counts(try current.categories(name)))
        return ColumnProfile(.categorical(drift))
      }
      return ColumnProfile(
        .numeric(NumericReference(try reference.numeric(name)).drift(of: try current.numeric(name))))
    }
    return meter.line(answer: [Double(TableDrift(profiles).drifted)])
  } catch {
    fail("\(error)")
  }
}

private func counts(_ column: CategoryColumn) -> [String: Int] {
  var counts = [Int](repeating: 0, count: column.names.count)
  for code in column.codes where code >= 0 { counts[Int(code)] += 1 }
  return Dictionary(uniqueKeysWithValues: zip(column.names, counts))
}

/// Four fairness measures over one count of the groups.
func fairness(in folder: String) -> String {
  let labels = flags("\(folder)/labels.u8")
  let selected = flags("\(folder)/predictions.u8")
  let groups = ColumnFile.read("\(folder)/groups.i32", as: Int32.self)
  let measures: [FairnessMeasure] = [
    .demographicParityDifference, .demographicParityRatio, .equalOpportunityDifference,
    .equalizedOddsDifference,
  ]
  let meter = CostMeter()
  let outcomes = GroupOutcomes(
    selected: selected, labels: labels, groups: groups, names: ["a", "b", "c", "d"])
  return meter.line(answer: measures.map { number(outcomes.measure($0, minimumGroup: 1).value) })
}

/// Metrics of a binary task, which share what they need.
func score(in folder: String, _ metrics: [PerformanceMetric]) -> String {
  let labels = flags("\(folder)/labels.u8")
  let scores = ColumnFile.read("\(folder)/scores.f64", as: Double.self)
  let predictions = flags("\(folder)/predictions.u8")
  let meter = CostMeter()
  let outcomes = BinaryOutcomes(labels: labels, scores: scores, predictions: predictions)
  return meter.line(answer: outcomes.measures(metrics).map(number))
}

/// The paired bootstrap of a difference of accuracies.
func bootstrapAccuracy(in folder: String) -> String {
  let labels = flags("\(folder)/labels.u8")
  let candidate = flags("\(folder)/predictions.u8")
  let champion = flags("\(folder)/champion.u8")
  let meter = CostMeter()
  let comparison = PairedConfusion(labels: labels, candidate: candidate, champion: champion)
    .bootstrap(plan, .accuracy)
  return meter.line(answer: [number(comparison.difference), number(comparison.standardError)])
}

/// The paired bootstrap of a difference of areas under ROC curves, as of rows that have weights.
func bootstrapArea(in folder: String) -> String {
  let labels = flags("\(folder)/labels.u8")
  let candidate = ColumnFile.read("\(folder)/scores.f64", as: Double.self)
  let champion = ColumnFile.read("\(folder)/champion.f64", as: Double.self)
  let meter = CostMeter()
  let weights = [Double](repeating: 1, count: labels.count)
  func model(_ scores: [Double]) -> BinaryOutcomes {
    BinaryOutcomes(labels: labels, scores: scores, predictions: nil, weights: weights)
  }
  let comparison = BinaryComparison(candidate: model(candidate), champion: model(champion))
    .compare([.named(.rocAUC)], plan)[0]
  return meter.line(answer: [number(comparison.difference), number(comparison.standardError)])
}

private let plan = ResamplingPlan(resamples: 1_000, seed: 1, threads: 2)

private func flags(_ path: String) -> [Bool] { ColumnFile.read(path, as: UInt8.self).map { $0 != 0 } }

private func number(_ statistic: Statistic) -> Double { statistic.value ?? .nan }
