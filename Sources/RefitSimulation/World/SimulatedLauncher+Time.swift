import RefitCore

extension SimulatedLauncher.State {
  /// The next time at which something happens by itself: a claim or an end.
  var nextEvent: Int64? {
    let ends = trees.values.compactMap { tree -> Int64? in
      if case .alive = tree.supervisor { tree.endsAt } else { nil }
    }
    return (ends + pending.map(\.at)).min()
  }

  /// Lets all happen that is due up to a time, in order, and makes it that time.
  mutating func advance(to elapsed: Int64) {
    while let next = nextEvent, next <= elapsed {
      time.advance(to: max(next, time.elapsed))
      while let index = pending.firstIndex(where: { $0.at <= next }) {
        claim(pending.remove(at: index).order)
      }
      for id in trees.keys.sorted() {
        guard let tree = trees[id], case .alive = tree.supervisor, let end = tree.endsAt, end <= next else {
          continue
        }
        finish(id)
      }
    }
    time.advance(to: max(elapsed, time.elapsed))
  }

  private mutating func finish(_ id: Int) {
    guard var tree = trees[id] else { return }
    tree.endsAt = nil
    witness.starts[tree.order.token]?.hasEnded = true
    if tree.behaviour == .vanish, !tree.isCancelled {
      trees[id] = tree
      lose(id)
      return
    }
    if tree.kind == .check {
      let record = tree.record
      if record.reason == .exited {
        witness.checks[tree.order.token]?.answer = record.exitCode == 0 ? .yes : .no
      }
    } else if !tree.isCancelled, tree.behaviour == .succeed || tree.behaviour.isLie {
      do {
        if tree.kind == .work {
          if tree.behaviour == .succeed { try worker(tree.order.directory) }
        } else {
          try SimulatedJob.run(tree.behaviour, tree.order, kind: tree.kind, seed: seed)
          try ScratchProject.write("done\n", to: "\(tree.order.directory)/log")
        }
      } catch {
        witness.violated(.truthOfAttempts, "\(tree.place) could not write its outputs: \(error)")
      }
    }
    tree.supervisor = .ended(tree.record)
    tree.isAlive = tree.record.reason == .unkillable
    trees[id] = tree
  }

  /// Kills a supervisor; its job's processes stay.
  private mutating func lose(_ id: Int) {
    guard let token = trees[id]?.order.token else { return }
    trees[id]!.supervisor = .gone(boot: time.boot)
    if witness.starts[token]?.interruption == nil { witness.starts[token]?.interruption = .lost }
  }

  /// Kills the supervisors of all that runs.
  mutating func loseSupervisors() {
    for id in trees.keys.sorted() {
      if case .alive = trees[id]!.supervisor { lose(id) }
    }
  }

  /// Nothing outlives the machine.
  mutating func reboot() {
    pending = []
    loseSupervisors()
    for id in trees.keys { trees[id]!.isAlive = false }
    time.reboot()
  }

  /// From now on nothing goes wrong that has not begun to; what could not be killed goes at last.
  mutating func calm() {
    for id in trees.keys.sorted() {
      if trees[id]!.behaviour == .stuck, case .alive = trees[id]!.supervisor { lose(id) }
      if [.stuck, .unkillable].contains(trees[id]!.behaviour), trees[id]!.endsAt == nil {
        trees[id]!.isAlive = false
      }
    }
    refusals = 0
    deaths = 0
    delays = []
    orders = [:]
  }
}
