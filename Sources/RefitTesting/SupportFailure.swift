/// What kept a test from trying anything at all: a missing program, a full disk.
public struct SupportFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
