import RefitCore

extension ModelReader {
  func readHoldout() -> Holdout? {
    map.ifSound {
      guard let holdout = map.map("holdout", .holdout) else { return nil }
      checkFeedbackFormat()
      let groups = readGroups(of: holdout)
      switch holdout.exactlyOne(of: ["path", "draw"]) {
      case "path": return holdout.optional("path", .table).map { Holdout(origin: .path($0), groups: groups) }
      case "draw": return readDraw(of: holdout).map { Holdout(origin: .draw($0), groups: groups) }
      default: return nil
      }
    }
  }

  /// Jobs see the feedback without the rows of the holdout, the other lines being as they were: only plain CSV can be
  /// shown so.
  private func checkFeedbackFormat() {
    guard let path = feedback.value?.path, !path.hasSuffix(".csv") else { return }
    diagnostics.error(
      map.place(of: "holdout"),
      "a holdout needs feedback whose path ends in .csv, since its rows are withheld from jobs there: "
        + "\(YAMLScalar.quoted(path)) does not")
  }

  private func readGroups(of holdout: MapReader) -> [String] {
    if holdout.refusesMap("groups") { return [] }
    let groups = holdout.list("groups", of: .text, mayBeEmpty: true)
    for column in groups {
      guard let role = roles[column.value] else { continue }
      diagnostics.error(column.place, "'\(column.value)' is no group: it is the column of the \(role)")
    }
    return groups.map(\.value)
  }

  private func readDraw(of holdout: MapReader) -> Holdout.Draw? {
    guard let draw = holdout.map("draw", .draw) else { return nil }
    need(feedback: true, for: "a holdout that is drawn", at: draw.place)
    _ = draw.optional("from", .word("feedback"))
    _ = draw.optional("by", .word("id"))
    guard let last = draw.required("last", .duration), let share = draw.required("share", .openShare) else {
      return nil
    }
    return Holdout.Draw(last: last, share: share)
  }
}

extension ValueKind where Value == String {
  /// One word, which may be left out.
  static func word(_ word: String) -> Self { text("text: '\(word)'") { $0 == word } }
}
