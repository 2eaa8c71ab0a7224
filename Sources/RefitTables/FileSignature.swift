/// What the first bytes of a file say that it is, where that is no text in UTF-8.
enum FileSignature: CaseIterable {
  case gzip, parquet, zip, utf16LittleEndian, utf16BigEndian

  /// Nil where a file that begins and ends with these bytes, four where there are so many, is none of them.
  init?(start: [UInt8], end: [UInt8]) {
    guard let found = Self.allCases.first(where: { start.starts(with: $0.start) }) else { return nil }
    // A column may be called PAR1.
    if found == .parquet, end != found.start { return nil }
    self = found
  }

  private var start: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .parquet: Array("PAR1".utf8)
    case .zip: Array("PK\u{3}\u{4}".utf8)
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    }
  }

  /// What it is, and what would be right.
  var advice: String {
    switch self {
    case .gzip: "this is packed with gzip: let its name end in '.gz'"
    case .parquet: "this is Parquet: let its name end in '.parquet'"
    case .zip: "this is a zip archive, as spreadsheets are: export it as CSV"
    case .utf16LittleEndian, .utf16BigEndian:
      "this is text in UTF-16, and UTF-8 is needed: 'iconv -f UTF-16 -t UTF-8' makes it of it"
    }
  }
}
