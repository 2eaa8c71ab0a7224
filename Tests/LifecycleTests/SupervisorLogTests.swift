import Foundation
import RefitTesting
import Testing

@Suite("The log of an attempt")
struct SupervisorLogTests {
  typealias Attempt = SupervisedAttempt

  @Test func outputAndErrorAreOneFileInOrder() async throws {
    let attempt = try Attempt(shell: "for i in 1 2 3; do echo out$i; echo err$i >&2; done")
    let record = try await attempt.run()
    #expect(try attempt.logText() == "out1\nerr1\nout2\nerr2\nout3\nerr3\n")
    #expect(record.logBytes == 30)
    #expect(record.logDroppedBytes == 0)
  }

  @Test func logCanBeFollowedWhileTheJobRuns() async throws {
    let attempt = try Attempt(
      shell: "echo first; echo up > \"$READY\"; while [ ! -e \"$READY.go\" ]; do sleep 0.02; done",
      readyPipe: true)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    try await Patience.until("the first line in the log") { (try? attempt.logText()) == "first\n" }
    #expect(!attempt.exists("exit.json"))
    try attempt.write("", to: "ready.go")
    #expect(try await Attempt.status(of: pid) == 0)
  }

  /// Prints numbered lines of 16 bytes, so that each byte of the log tells where it was.
  private static func numbers(_ lines: Int) -> [String] {
    ["perl", "-e", "$| = 0; printf \"%015d\\n\", $_ for 0 .. \(lines - 1)"]
  }

  @Test(arguments: [
    (255, 4096), (256, 4096), (257, 4096), (300, 4096), (511, 4096), (100_000, 65_536), (4099, 65_536),
  ])
  func headAndTailAreKept(lines: Int, cap: Int) async throws {
    let attempt = try Attempt(Self.numbers(lines), limits: .init(log: cap))
    let record = try await attempt.run()
    let whole = Data((0..<lines).map { String(format: "%015d\n", $0) }.joined().utf8)
    let log = try attempt.log()
    #expect(record.exitCode == 0)
    #expect(record.logBytes == log.count)
    guard whole.count > cap else {
      #expect(log == whole)
      #expect(record.logDroppedBytes == 0)
      return
    }
    let marker = Data("\n[refit: \(record.logDroppedBytes) bytes left out here]\n".utf8)
    #expect(log.count <= cap && log.count > cap - 128)
    #expect(log.prefix(cap / 2) == whole.prefix(cap / 2))
    #expect(log.dropFirst(cap / 2).prefix(marker.count) == marker)
    let tail = log.dropFirst(cap / 2 + marker.count)
    #expect(tail == whole.suffix(tail.count))
    #expect(cap / 2 + tail.count + record.logDroppedBytes == whole.count)
  }

  @Test func floodNeverBlocksTheJobAndStaysWithinTheCap() async throws {
    let attempt = try Attempt(shell: "yes | head -c 300000000; echo the end", limits: .init(log: 100_000))
    let record = try await attempt.run()
    #expect(record.exitCode == 0)
    #expect(record.logDroppedBytes > 299_900_000)
    #expect(try attempt.log().count <= 100_000)
    #expect(try attempt.logText().hasSuffix("\nthe end\n"))
  }

  @Test func oneLineOfAHundredMegabytesIsCapped() async throws {
    let attempt = try Attempt(
      shell: "head -c 100000000 /dev/zero | tr '\\0' x; echo",
      limits: .init(log: 1_000_000, secrets: ["xxxxy"]))
    let record = try await attempt.run()
    #expect(record.exitCode == 0)
    #expect(try attempt.log().count <= 1_000_000)
    #expect(try attempt.logText().hasSuffix("xx\n"))
  }

  struct Secret: Sendable {
    var values: [String]
    var prints: String
    var log: String
  }

  @Test(arguments: [
    Secret(values: ["hunter22"], prints: "a hunter22 b hunter2 hunter22", log: "a *** b hunter2 ***"),
    Secret(values: ["hunter22\n"], prints: "a hunter22 b", log: "a *** b"),
    Secret(values: ["abcd", "cdef"], prints: "xabcdefx", log: "x***x"),
    Secret(values: ["abcd", "abcdefgh"], prints: "abcdefg abcdefgh", log: "***efg ***"),
    Secret(values: ["line1\nline2"], prints: "line1\nline2\nline1\n", log: "***\nline1\n"),
    Secret(values: ["aaaa"], prints: "aaaaaaaaaa aaa", log: "*** aaa"),
    Secret(values: ["abcd"], prints: "abcdabcd", log: "******"),
    Secret(values: ["no!", ""], prints: "no! secret is that short", log: "no! secret is that short"),
    Secret(values: ["päss wörd"], prints: "(päss wörd)", log: "(***)"),
    // A variable that is composed, and its part.
    Secret(
      values: ["hunter22", "https://u:hunter22@host"],
      prints: "at https://u:hunter22@host by hunter22, https://u:hunter2",
      log: "at *** by ***, https://u:hunter2"),
  ])
  func secretIsReplaced(example: Secret) async throws {
    let limits = Attempt.Limits(secrets: example.values)
    let whole = try Attempt(["printf", "%s", example.prints], limits: limits)
    _ = try await whole.run()
    #expect(try whole.logText() == example.log)

    let byteByByte = ["perl", "-e", "$| = 1; print for split //, $ARGV[0]", "--", example.prints]
    let split = try Attempt(byteByByte, limits: limits)
    _ = try await split.run()
    #expect(try split.logText() == example.log)
  }

  @Test func secretSplitOverTwoReadsIsReplaced() async throws {
    // The job goes on only after the first half has surely been read.
    let attempt = try Attempt(
      shell:
        "printf 'x hunt'; echo up > $READY; while [ ! -e $READY.go ]; do sleep 0.02; done; printf 'er22 y'",
      limits: .init(secrets: ["hunter22"]), readyPipe: true)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    try await Patience.until("the first half in the log") {
      (try? attempt.logText()) == "x " || attempt.exists("exit.json")
    }
    try attempt.write("", to: "ready.go")
    #expect(try await Attempt.status(of: pid) == 0)
    #expect(try attempt.logText() == "x *** y")
  }

  /// Every byte that belongs to some occurrence is masked; occurrences that overlap are one mask.
  private static func masked(_ text: [UInt8], _ secrets: [[UInt8]]) -> [UInt8] {
    var ranges: [Range<Int>] = []
    for secret in secrets where text.count >= secret.count {
      for start in 0...(text.count - secret.count)
      where text[start..<start + secret.count].elementsEqual(secret) {
        ranges.append(start..<start + secret.count)
      }
    }
    ranges.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    var merged: [Range<Int>] = []
    for range in ranges {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    var output: [UInt8] = []
    var position = 0
    for range in merged {
      output += text[position..<range.lowerBound] + Array("***".utf8)
      position = range.upperBound
    }
    return output + text[position...]
  }

  @Test(arguments: [UInt64](1...6))
  func redactionAgreesWithItsDefinition(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    func random(_ bound: UInt64) -> UInt64 { .random(in: 0..<bound, using: &generator) }
    let secrets = (0..<5).map { _ in (0..<(4 + random(6))).map { _ in UInt8(97 + random(2)) } }
    let text = (0..<150_000).map { _ in UInt8(97 + (random(20) == 0 ? 2 : random(2))) }
    let values = secrets.map { String(decoding: $0, as: UTF8.self) }
    let source = try Attempt(["unused"])
    try source.write(String(decoding: text, as: UTF8.self), to: "text")
    // Small odd blocks make the reads fall anywhere.
    let attempt = try Attempt(
      ["dd", "if=\(source.path("text"))", "bs=\(1 + seed * 37)", "status=none"],
      limits: .init(secrets: values))
    #expect(try await attempt.run().exitCode == 0)
    #expect(try [UInt8](attempt.log()) == Self.masked(text, secrets))
  }
}
