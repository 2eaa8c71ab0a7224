/// A column of categories: a code for each row, and what the codes stand for.
public struct CategoryColumn: Sendable {
  /// For each row the index of its category in `names`; -1 where it is missing.
  public let codes: [Int32]
  /// The distinct categories in the order of their first appearance. They differ by bytes; Swift may call two of
  /// them equal where Unicode does (`é` has two spellings), so compare codes.
  public let names: [String]

  /// A column of these codes; each is -1 or an index of `names`.
  public init(codes: [Int32], names: [String]) {
    precondition(codes.allSatisfy { $0 >= -1 && $0 < names.count }, "a code names no category")
    self.codes = codes
    self.names = names
  }

  /// The number of rows.
  public var count: Int { codes.count }

  /// The category of a row; nil where it is missing.
  public subscript(row: Int) -> String? { codes[row] < 0 ? nil : names[Int(codes[row])] }
}

/// Gathers the fields of a column of categories.
struct CategoryBuilder {
  private var codes: [Int32] = []
  private var distinct = DistinctBytes()

  var column: CategoryColumn { CategoryColumn(codes: codes, names: distinct.names) }

  mutating func append(_ fields: FieldColumn) {
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
  }

  /// Takes the fields that another builder has gathered; categories keep the order of their first appearance.
  mutating func append(_ following: CategoryBuilder) {
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
