import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("References to values that are stored nowhere", .serialized)
struct ReferencesTests {
  let directory = TemporaryDirectory()

  private func resolve(_ text: String) throws -> References.Resolved {
    try References.resolve(text, in: ProjectDirectory(root: directory.path))
  }

  init() {
    setenv("REFIT_TEST_USER", "ada", 1)
    setenv("REFIT_TEST_PASSWORD", "hunter22", 1)
    setenv("REFIT_TEST_EMPTY", "", 1)
    directory.write("swordfish\n", to: "token")
    directory.write("line\n\n", to: "two-newlines")
    directory.write([0x61, 0xFF], to: "bytes")
    directory.write([0x61, 0, 0x62], to: "zero")
  }

  struct Example: Sendable {
    var text: String
    var value: String
    var secrets: Set<String>
  }

  @Test(arguments: [
    Example(text: "", value: "", secrets: []),
    Example(text: "plain", value: "plain", secrets: []),
    Example(text: "$HOME {x} $", value: "$HOME {x} $", secrets: []),
    Example(text: "${REFIT_TEST_PASSWORD}", value: "hunter22", secrets: ["hunter22"]),
    Example(text: "${file:token}", value: "swordfish", secrets: ["swordfish"]),
    Example(text: "${file:two-newlines}", value: "line\n", secrets: ["line\n"]),
    Example(
      text: "https://${REFIT_TEST_USER}:${REFIT_TEST_PASSWORD}@host", value: "https://ada:hunter22@host",
      secrets: ["ada", "hunter22", "https://ada:hunter22@host"]),
    Example(
      text: "${file:token}${REFIT_TEST_PASSWORD}", value: "swordfishhunter22",
      secrets: ["swordfish", "hunter22", "swordfishhunter22"]),
    Example(text: "${REFIT_TEST_EMPTY}", value: "", secrets: []),
    Example(text: "a${REFIT_TEST_EMPTY}", value: "a", secrets: ["a"]),
  ])
  func valueAndWhatOfItIsSecret(example: Example) throws {
    let resolved = try resolve(example.text)
    #expect(resolved.value == example.value)
    #expect(resolved.secrets == example.secrets)
  }

  @Test(arguments: [
    ("${REFIT_TEST_UNSET}", "'${REFIT_TEST_UNSET}' is not set in Refit's environment"),
    ("${}", "'${}' is not set in Refit's environment"), ("a${", "'a${' has '${' without '}'"),
    ("${file:none}", "'${file:none}' can't be read: "),
    ("${file:bytes}", "'${file:bytes}' can't be read: it is not text in UTF-8"),
    ("${file:zero}", "'${file:zero}' can't be read: it is not text in UTF-8"),
  ])
  func whatIsNoTextIsNamed(text: String, says: String) throws {
    let error = try #require(throws: DataError.self) { try resolve(text) }
    #expect("\(error)".hasPrefix(says))
  }
}
