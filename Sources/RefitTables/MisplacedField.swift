/// A field that is no number in a column of numbers.
struct MisplacedField {
  let message: String
  let position: Int

  /// Long fields are cut, so that the message stays one line.
  init(name: String, column: FieldColumn, row: Int) {
    let text = column[row]
    let shown = String(decoding: text.prefix(60), as: UTF8.self)
    message = "column '\(name)': '\(shown)\(text.count > 60 ? "…" : "")' is not a number"
    position = column.span(ofRow: row).place
  }
}
