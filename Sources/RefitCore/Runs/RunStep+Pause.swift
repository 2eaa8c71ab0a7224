extension RunStep {
  /// Whether a pause holds the step back. What has been started is attended, judged and ended all the same: its
  /// evidence is whole when the model goes on.
  public var isHeldByPause: Bool {
    switch self {
    case .freezeHoldout, .begin, .launch, .promote: true
    case .attend, .cancel, .enterGates, .judge, .judgeAgain, .awaitApproval, .end: false
    }
  }
}
