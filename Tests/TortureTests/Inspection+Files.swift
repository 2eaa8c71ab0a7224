import Foundation

extension Inspection {
  /// What a kill may leave half-made. Each kind is bounded: the next one of its kind takes its place or removes it.
  private enum Leftover: Hashable {
    /// A file or link that was being written beside its place, by that place.
    case unfinished(String)
    /// A directory in which an artifact was put together.
    case staging
    /// A claim that a killed supervisor or a killed tick was writing.
    case claim(attempt: String)
    /// What lay in an attempt's place before the attempt was recorded: kept only where a supervisor was at it.
    case former(attempt: String)

    init?(_ path: String) {
      let name = path.split(separator: "/").last ?? ""
      let folder = path.dropLast(name.count + 1)
      if path.hasPrefix("vault/staging/") {
        self = .staging
      } else if name.hasPrefix("claim.") {
        self = .claim(attempt: String(folder))
      } else if let range = name.range(of: ".former-") {
        self = .former(attempt: "\(folder)/\(name[..<range.lowerBound])")
      } else if name.hasSuffix(".new") || name.hasSuffix(".tmp") {
        self = .unfinished(path)
      } else {
        return nil
      }
    }

    var most: Int {
      switch self {
      case .unfinished, .staging: 1
      case .claim: 3
      case .former: 0
      }
    }
  }

  /// What only a live run or a live attempt needs is gone with it.
  private func checkPassing() {
    for run in rows.runs where !run.isLive {
      let feedback = "state/runs/\(run.model)/\(run.number)/.feedback"
      expect(
        access("\(project.path)/\(feedback)", F_OK) != 0, "\(run.name) has ended, and \(feedback) is there")
    }
    for attempt in rows.attempts {
      let temporary = "state/runs/\(attempt.name)/tmp"
      expect(
        access("\(project.path)/\(temporary)", F_OK) != 0,
        "the \(attempt.state) attempt's \(temporary) is there")
    }
    let work = (try? FileManager.default.contentsOfDirectory(atPath: "\(project.path)/state/work")) ?? []
    expect(work.isEmpty, "state/work still has \(work)")
  }

  /// `state/` holds nothing that grows with each kill.
  func checkFiles() {
    checkPassing()
    let state = "\(project.path)/state"
    var found: [Leftover: Int] = [:]
    var entered = [""]
    while let folder = entered.popLast() {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: state + folder)) ?? [] {
        let path = String("\(folder)/\(name)".dropFirst())
        if let leftover = Leftover(path) {
          found[leftover, default: 0] += 1
          continue
        }
        // What the jobs read and wrote is theirs.
        guard !["input", "output", "work"].contains(name) || !folder.hasPrefix("/runs") else { continue }
        var status = stat()
        if lstat("\(state)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
          entered.append("/\(path)")
        }
      }
    }
    for (leftover, count) in found {
      expect(count <= leftover.most, "\(count) left of \(leftover), at most \(leftover.most)")
    }
    let unfinished = found.keys.count { if case .unfinished = $0 { true } else { false } }
    expect(unfinished <= 4, "\(unfinished) files were left unfinished: \(found.keys)")
  }
}
