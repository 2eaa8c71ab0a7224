/// What the first bytes of a file, or of what is packed in it, say that it is, where that is no text in UTF-8.
enum FileSignature: CaseIterable {
  case gzip, parquet, zip, utf16LittleEndian, utf16BigEndian

  /// So many bytes tell.
  static let size = 5

  /// Nil where what begins with these bytes is none of them.
  init?(_ bytes: some Sequence<UInt8>) {
    guard let found = Self.allCases.first(where: { bytes.starts(with: $0.start) }) else { return nil }
    self = found
  }

  private var start: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    // A column may be called PAR1. The first field of a header or a footer is a number, of which this byte tells.
    case .parquet: Array("PAR1\u{15}".utf8)
    case .zip: Array("PK\u{3}\u{4}".utf8)
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    }
  }

  /// What a file is, and what would be right.
  var advice: String {
    switch self {
    case .gzip: "this is packed with gzip: let its name end in '.gz'"
    case .parquet: "this is Parquet: let its name end in '.parquet'"
    case .zip: "this is a zip archive, as spreadsheets are: export it as CSV"
    case .utf16LittleEndian, .utf16BigEndian:
      "this is text in UTF-16, and UTF-8 is needed: 'iconv -f UTF-16 -t UTF-8' makes it of it"
    }
  }

  /// What a file is that gzip unpacks to this, and what would be right.
  var adviceOnPacked: String {
    switch self {
    case .gzip: "this is packed with gzip twice: unpack it once with 'gunzip'"
    case .parquet:
      "this is Parquet packed with gzip: unpack it with 'gunzip' and let its name end in '.parquet'"
    case .zip: "this is a zip archive, as spreadsheets are, packed with gzip: export it as CSV"
    case .utf16LittleEndian, .utf16BigEndian:
      "this is text in UTF-16, packed with gzip, and UTF-8 is needed: unpack it with 'gunzip', and "
        + "'iconv -f UTF-16 -t UTF-8' makes it of it"
    }
  }
}
