/// Labels of a binary task with a decision about each. They mean the same to a score of files, a monitor and a gate.
public struct BinaryCase: Sendable, CustomStringConvertible {
  public let positive: String
  public let rows: [(label: String, decision: String)]
  public let description: String

  /// - Parameter rows: each is a label, a comma and a decision, with spaces between.
  private init(_ positive: String, _ rows: String) {
    self.positive = positive
    self.rows = rows.split(separator: " ").map { row in
      let fields = row.split(separator: ",").map(String.init)
      return (fields[0], fields[1])
    }
    description = "\(rows), \(positive) is positive"
  }

  /// Those that can be read, with the share of decisions that are right.
  public static let read: [(BinaryCase, accuracy: Double)] = [
    ("0", "0,1 0,1", 0), ("0", "0,1 0,1 1,1 1,0", 0.25), ("2", "2,1 2,1", 0), ("2", "2,1 2,1 1,1 1,1", 0.5),
    ("yes", "yes,yes yes,no", 0.5), ("yes", "yes,yes yes,no no,no no,no", 0.75), ("yes", "yes,1 yes,0", 0.5),
    ("yes", "yes,true no,False", 1), ("yes", "yes,yes no,0 no,1 no,no", 0.75), ("1", "1,1.0 0.0,0", 1),
    ("-1", "-1,-1 1,-1", 0.5), ("1", "1,true 1,True 1,0", 2 / 3.0), ("true", "true,1 true,FALSE", 0.5),
    ("1", "1.0,1 1.0,1", 1), ("1.0", "1,1 0.0,1.0", 0.5), ("1", "1.0,0 0,0.0 1,1", 2 / 3.0),
  ].map { (BinaryCase($0.0, $0.1), $0.2) }

  /// Those that can't, with what the sentence says that refuses them.
  public static let refused: [(BinaryCase, reason: String)] = [
    ("1", "2,1 1,0", "'0' is neither '1' nor '2'"),
    ("yes", "yes,maybe no,no", "'maybe' is neither 'yes' nor 'no', nor 1 or 0"),
    ("yes", "yes,nay yes,no", "'no' is neither 'yes' nor 'nay', nor 1 or 0"),
    ("0", "0,0 0,false", "'false' is neither '0' nor another label"),
    ("yes", "yes,1 no,0 maybe,0", "more than two values ('no', 'maybe' and the positive 'yes')"),
    ("1", "1,1 true,1", "says what the positive '1' says, and is written otherwise"),
  ].map { (BinaryCase($0.0, $0.1), $0.2) }
}
