import ArgumentParser
import RefitEngine

/// What the labels are, by the names that refit.yaml has for it.
enum ScoreTask: String, ExpressibleByArgument, Encodable, CaseIterable {
  case binary = "binary-classification"
  case multiclass = "multiclass-classification"
  case regression

  init(_ task: ScoreRequest.Task) {
    switch task {
    case .binary: self = .binary
    case .multiclass: self = .multiclass
    case .regression: self = .regression
    }
  }
}
