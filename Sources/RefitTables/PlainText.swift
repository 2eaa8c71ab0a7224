import RefitBytes

/// What means something in CSV among 64 bytes of text.
struct PlainText {
  /// How many bytes are looked at.
  static let size = 64

  /// The commas and newlines; the lowest bit stands for the first byte.
  let delimiters: UInt64
  /// Whether there is nothing else: no quote, no zero byte, and no carriage return but before a newline.
  let isPlain: Bool

  @inline(__always)
  init(at start: UnsafePointer<UInt8>) {
    let newlines = refit_places(.newline, start)
    delimiters = refit_places(.comma, start) | newlines
    let returns = refit_places(.carriageReturn, start)
    isPlain = refit_places(.quote, start) | refit_places(0, start) | (returns & ~(newlines >> 1)) == 0
  }
}
