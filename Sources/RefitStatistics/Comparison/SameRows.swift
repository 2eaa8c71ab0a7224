/// Traps unless two models are judged on the same rows, which weigh the same.
func requireSameRows(_ areSame: Bool, _ own: [Double]?, _ other: [Double]?) {
  precondition(areSame, "both models judged on the same rows")
  precondition(own == other, "both models judged on rows that weigh the same")
}
