import RefitCore

/// A line or a whole file of monitoring state that was not taken, and what would be right.
public struct ObservationRejection: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Relative to the project.
  public var file: String
  /// Counted from 1; nil when the whole file was rejected.
  public var line: Int?
  /// One sentence; text taken from the file is escaped and shortened in it.
  public var message: String

  public init(file: String, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `state/monitoring/m/x.jsonl:3: sample_size is a string; write a whole number, 0 or more`
  public var description: String {
    guard let line else { return "\(file): \(message)" }
    return "\(file):\(line): \(message)"
  }
}

/// What reading monitoring state gave: the observations in the order of file and line, and what was not
/// taken.
public struct ObservationReading: Hashable, Sendable {
  public var observations: [Observation]
  public var rejections: [ObservationRejection]
  /// How far files have been read, by name; of those with a rejection nothing is said, for they are read again.
  public var readThrough: [String: ObservationMemory.ReadThrough] = [:]

  public init(observations: [Observation] = [], rejections: [ObservationRejection] = []) {
    self.observations = observations
    self.rejections = rejections
  }
}

/// Collects the reading of one file; after twenty rejections it only counts, so that a file that is wrong
/// from end to end costs a page and not the memory of the machine.
struct FileReading {
  let file: String
  private(set) var reading = ObservationReading()
  private var rejected = 0

  private static let told = 20

  init(file: String) {
    self.file = file
  }

  mutating func take(_ observation: Observation) {
    reading.observations.append(observation)
  }

  mutating func reject(line: Int, _ message: String) {
    rejected += 1
    guard rejected <= Self.told else { return }
    reading.rejections.append(ObservationRejection(file: file, line: line, message: message))
  }

  /// The reading, with the sum of the rejections that were only counted.
  func finished() -> ObservationReading {
    guard rejected > Self.told else { return reading }
    var reading = reading
    let rest = rejected - Self.told
    let lines = rest == 1 ? "1 more line was" : "\(rest) more lines were"
    let message = "\(lines) rejected too; correct the first ones and look again"
    reading.rejections.append(ObservationRejection(file: file, message: message))
    return reading
  }
}

/// Why one line is no observation: a sentence that says what would be right.
struct LineRefusal: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }
}
