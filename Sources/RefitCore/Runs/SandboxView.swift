/// What is different in a sandboxed attempt's view of the machine's files; processes, `/tmp` and privileges are its
/// own in any case.
public struct SandboxView: Hashable, Sendable {
  /// A file that another one stands for.
  public struct Cover: Hashable, Sendable {
    public var file: String
    public var replacement: String

    public init(file: String, replacement: String) {
      self.file = file
      self.replacement = replacement
    }
  }

  /// Whether the attempt must not start where there can be no sandbox.
  public var isRequired: Bool
  /// Where the directories lie that attempts find as `/tmp`, each its own.
  public var temporary: String
  /// Directories in which nothing can be written.
  public var readOnly: [String]
  /// Directories of which nothing is to be seen but what `shown` and `writable` list.
  public var emptied: [String]
  public var shown: [String]
  public var writable: [String]
  /// Files and directories that can't be read.
  public var masked: [String]
  public var covered: [Cover]

  public init(
    isRequired: Bool, temporary: String, readOnly: [String] = [], emptied: [String] = [],
    shown: [String] = [],
    writable: [String] = [], masked: [String] = [], covered: [Cover] = []
  ) {
    self.isRequired = isRequired
    self.temporary = temporary
    self.readOnly = readOnly
    self.emptied = emptied
    self.shown = shown
    self.writable = writable
    self.masked = masked
    self.covered = covered
  }
}
