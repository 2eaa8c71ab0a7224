/// Builds a column of categories.
struct CategoryColumnBuilder: ColumnBuilder {
  private var codes: [Int32] = []
  private var distinct = DistinctBytes()

  var values: ColumnValues { .category(CategoryColumn(codes: codes, names: distinct.names)) }

  mutating func append(_ fields: FieldColumn) -> Int? {
    var recent = RecentCodes()
    let block = [Int32](unsafeUninitializedCapacity: fields.count) { block, count in
      while count < fields.count {
        let code: Int32
        if let word = fields.shortWord(ofRow: count) {
          code = recent.code(of: word) { distinct.code(of: fields[count]) }
        } else {
          let field = fields[count]
          code = field.isEmpty ? -1 : distinct.code(of: field)
        }
        block.initializeElement(at: count, to: code)
        count += 1
      }
    }
    if codes.isEmpty { codes = block } else { codes += block }
    return nil
  }

  /// Takes the fields that another builder has gathered; categories keep the order of their first appearance.
  mutating func append(_ following: any ColumnBuilder) {
    let following = sameKind(following)
    let translation = following.distinct.codes(in: &distinct)
    codes += following.codes.lazy.map { $0 < 0 ? -1 : translation[Int($0)] }
  }

  /// Makes room for so many rows in all.
  mutating func reserve(_ rowCount: Int) { codes.reserve(rowCount) }
}

/// The codes of short texts that were asked for before: each stands where its hash puts it, until another one does.
private struct RecentCodes {
  /// Texts as words; 0 is none.
  private var words = InlineArray<64, UInt64>(repeating: 0)
  private var codes = InlineArray<64, Int32>(repeating: -1)

  /// The code of a word, which `find` gives where it is not known.
  @inline(__always)
  mutating func code(of word: UInt64, _ find: () -> Int32) -> Int32 {
    let place = Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> 58)
    if words[place] == word { return codes[place] }
    let code = find()
    words[place] = word
    codes[place] = code
    return code
  }
}
