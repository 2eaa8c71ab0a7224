/// A category, compared by its bytes: no trimming, folding or Unicode normalisation.
///
/// A plain String compares by canonical equivalence, so that two ways to write "é" would be one category.
public struct Category: Sendable, Hashable, Comparable {
  public let name: String

  /// The category of exactly these bytes.
  public init(_ name: String) { self.name = name }

  public static func == (left: Category, right: Category) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8)
  }

  /// In the order of their bytes.
  public static func < (left: Category, right: Category) -> Bool {
    left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    var name = name
    name.withUTF8 { bytes in
      hasher.combine(bytes.count)
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
  }
}
