import Foundation

/// What the jobs have told by themselves: a line when the command starts and one when it is through.
struct Witness {
  enum Word: String { case start, end, overlap }

  struct Line {
    /// MODEL/RUN/JOB/ATTEMPT, as the attempt's folder is called.
    var attempt: String
    var word: Word
    var pid: pid_t
    /// Since boot.
    var seconds: Double
  }

  var lines: [Line] = []
  /// What is no whole line; there is never any.
  var garbled: [String] = []

  init(of project: TorturedProject) {
    let data = FileManager.default.contents(atPath: "\(project.witness)/told") ?? Data()
    for text in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let fields = text.split(separator: " ")
      guard fields.count == 4, let word = Word(rawValue: String(fields[1])), let pid = pid_t(fields[2]),
        let seconds = Double(fields[3])
      else {
        garbled.append(String(text))
        continue
      }
      lines.append(Line(attempt: String(fields[0]), word: word, pid: pid, seconds: seconds))
    }
  }

  func count(_ word: Word, _ attempt: String) -> Int {
    lines.count { $0.attempt == attempt && $0.word == word }
  }

  var attempts: Set<String> { Set(lines.map(\.attempt)) }
}
