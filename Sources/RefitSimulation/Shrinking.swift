extension Plan {
  /// A plan with fewer happenings that breaks the same invariant, by delta debugging (Zeller and Hildebrandt 2002):
  /// ever smaller parts of the list are left out as long as the failure stays.
  ///
  /// - Parameters:
  ///   - end: the elapsed time at which it failed.
  ///   - most: how many simulations it may take.
  ///   - tell: is given the number of happenings left, each time that there are fewer.
  public func shrunk(
    keeping invariant: Invariant, until end: Int64, without: Guard? = nil, most: Int = 300,
    tell: (Int) -> Void = { _ in }
  ) throws -> Plan {
    var left = most
    func fails(_ plan: Plan) throws -> Bool {
      left -= 1
      return try Simulation(plan, without: without).run().violation?.invariant == invariant
    }
    // What comes after the failure did not cause it, unless the end of all faults did.
    let short = ended(at: end)
    var best = try fails(short) ? short : self
    var parts = 2
    while best.happenings.count > 1, left > 0 {
      let size = (best.happenings.count + parts - 1) / parts
      var isSmaller = false
      var start = 0
      while start < best.happenings.count, left > 0 {
        var candidate = best
        candidate.happenings.removeSubrange(start..<min(start + size, candidate.happenings.count))
        if try fails(candidate) {
          best = candidate
          isSmaller = true
          tell(best.happenings.count)
        } else {
          start += size
        }
      }
      if size == 1, !isSmaller { break }
      parts = isSmaller ? max(2, parts - 1) : min(parts * 2, best.happenings.count)
    }
    return best
  }

  /// The same plan, ended at an elapsed time.
  private func ended(at seconds: Int64) -> Plan {
    var plan = self
    plan.seconds = min(plan.seconds, seconds)
    plan.happenings.removeAll { $0.at > plan.seconds }
    return plan
  }
}
