/// Which value of a metric is the better one.
public enum MetricDirection: String, Sendable, Hashable, Codable {
  case higher
  case lower
  /// The one nearer to what it should be, such as a mean error of 0 or a coverage of 0.8: so that the difference of two
  /// models does not tell which is better.
  case neither
}
