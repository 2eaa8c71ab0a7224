import Foundation

/// Where the build left the real binaries: beside the test bundle.
public enum Products {
  private static let directory: String = {
    let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }
    let places = ([running] + bundles).map { path in
      var place = URL(filePath: path).deletingLastPathComponent()
      while place.path.contains(".xctest") { place.deleteLastPathComponent() }
      return place.path
    }
    return places.first { access($0 + "/refit-supervisor", X_OK) == 0 } ?? places[0]
  }()

  /// The path of a built executable; throws when the build did not make it.
  public static func path(_ name: String) throws -> String {
    let path = directory + "/" + name
    guard access(path, X_OK) == 0 else {
      throw SupportFailure("\(path) is missing: build the whole package before its tests")
    }
    return path
  }
}
