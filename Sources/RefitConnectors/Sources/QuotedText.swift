/// Text from a file as a message shows it: in quotes, control characters escaped, at most 40 characters.
func quoted(_ text: some StringProtocol) -> String {
  var shown = "'"
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < 40 else {
      shown += "…"
      break
    }
    count += 1
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      shown += scalar.escaped(asASCII: true)
    default:
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown + "'"
}
