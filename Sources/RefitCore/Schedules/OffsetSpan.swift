/// A stretch of time in which a zone keeps one offset. Times are seconds since 1970-01-01T00:00:00Z.
struct OffsetSpan: Hashable, Sendable {
  /// The first second of the stretch; nil when it has no beginning.
  var start: Int64?
  /// The first second after the stretch; nil when it has no end.
  var end: Int64?
  /// Local time minus UTC, in seconds.
  var offset: Int64
  /// The offset before `start`.
  var previousOffset: Int64

  /// How far the clock jumps forward at `start`, in seconds; negative when it goes back.
  var jump: Int64 { offset - previousOffset }
}

/// The moment from which a zone keeps an offset.
struct OffsetChange: Hashable, Sendable {
  var time: Int64
  var offset: Int64
}
