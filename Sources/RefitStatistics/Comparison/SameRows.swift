/// Traps unless two models are judged on the same rows, which weigh the same.
func requireSameRows(_ areSame: Bool, _ own: [Double]?, _ other: [Double]?) {
  precondition(areSame, "both models judged on the same rows")
  // By their bits, since a weight that is no number is not equal to itself.
  precondition(
    own?.map(\.bitPattern) == other?.map(\.bitPattern), "both models judged on rows that weigh the same")
}
