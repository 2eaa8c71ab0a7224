extension RetrainPolicy {
  /// Why conditions can't become known with the data that the model has had, each in one sentence with its
  /// numbers: windows that never hold enough rows, columns that nothing observes. Empty when there is nothing
  /// to say; a model whose windows are still filling gives none.
  public func obstacles(in situation: Situation) -> [String] {
    let history = ObservationHistory(situation)
    var obstacles: [String] = []
    for leaf in when?.leaves ?? [] {
      for obstacle in leaf.leaf?.obstacles(in: history) ?? [] where !obstacles.contains(obstacle) {
        obstacles.append(obstacle)
      }
    }
    return obstacles
  }
}
