/// How a word is written so that another program reads exactly that word.
public enum ServiceText {
  /// One argument of `ExecStart=`: quoted, with specifiers (`%`) and variables (`$`) turned off.
  public static func argument(_ word: String) -> String {
    "\"" + escaped(word).replacing("$", with: "$$") + "\""
  }

  /// One assignment of `Environment=`, where `$` means nothing.
  public static func assignment(_ name: String, _ value: String) -> String {
    "\"\(name)=\(escaped(value))\""
  }

  private static func escaped(_ word: String) -> String {
    word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
  }

  /// One word of a crontab's command: for `sh`, and with `%`, which cron takes for a line's end, turned off.
  public static func cronWord(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''").replacing("%", with: "\\%") + "'"
  }
}
