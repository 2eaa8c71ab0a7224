import Foundation
import Glibc
import RefitTesting
import Testing

@Suite("What a job finds around it")
struct SupervisorSurroundingsTests {
  typealias Attempt = SupervisedAttempt

  @Test func environmentIsExactlyWhatWasGiven() async throws {
    let given = ["EMPTY": "", "SPACES": "a b  c", "QUOTES": "'\"$(id)", "LINES": "a\nb", "NAME": "Zoë"]
    let attempt = try Attempt(["env", "-0"], environment: given)
    _ = try await attempt.run()
    let variables = try attempt.logText().split(separator: "\0").map(String.init)
    #expect(Set(variables) == Set(attempt.environment.map { "\($0.key)=\($0.value)" }))
    #expect(variables.count == attempt.environment.count)
  }

  @Test func argumentsAreExactlyWhatWasGiven() async throws {
    let given = ["--directory", "-rf", "", "a b", "$(id)", "*", "--", "\n", "Zoë"]
    let attempt = try Attempt(["perl", "-e", "print join \"\\0\", @ARGV", "--"] + given)
    _ = try await attempt.run()
    #expect(try attempt.logText() == given.joined(separator: "\0"))
  }

  @Test func onlyTheStandardDescriptorsAreOpen() async throws {
    // Descriptors of this process that would leak through posix_spawn.
    let leaking = open("/dev/null", O_RDONLY)
    defer { close(leaking) }
    let attempt = try Attempt(
      shell:
        "cd /proc/$$/fd; for d in 0 1 2 3 4 5 6 7 8 9 10; do test -e $d && echo $d $(readlink $d); done"
    )
    _ = try await attempt.run()
    let lines = try attempt.logText().split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.map { $0[0] } == ["0", "1", "2"])
    #expect(lines[0].last == "/dev/null")
    #expect(lines[1].last == lines[2].last && lines[1].last?.hasPrefix("pipe:") == true)
  }

  @Test func supervisorKeepsNoneOfItsCallersDescriptors() async throws {
    let attempt = try Attempt(shell: "echo up > \"$READY\"; sleep 1000", readyPipe: true)
    let ends = UnsafeMutablePointer<Int32>.allocate(capacity: 2)
    defer { ends.deallocate() }
    #expect(pipe(ends) == 0)
    let pid = try attempt.start()
    #expect(try await attempt.line(from: "ready") == "up")
    close(ends[1])
    let reader = ends[0]
    let atEnd = try await Patience.result(of: "the supervisor to let go of a pipe") {
      var byte: UInt8 = 0
      return read(reader, &byte, 1) == 0
    }
    #expect(atEnd)
    close(reader)
    try attempt.write("", to: "cancel")
    #expect(try await Attempt.status(of: pid) == 0)
  }

  @Test(arguments: [[], ["hunter22"]])
  func standardInputIsEmpty(secrets: [String]) async throws {
    let attempt = try Attempt(
      shell: "readlink /proc/$$/fd/0; cat; echo end", limits: .init(secrets: secrets))
    _ = try await attempt.run()
    #expect(try attempt.logText() == "/dev/null\nend\n")
  }

  @Test func workingDirectoryIsTheOneAskedFor() async throws {
    let attempt = try Attempt(["pwd"], limits: .init(workingDirectory: "/usr"))
    _ = try await attempt.run()
    #expect(try attempt.logText() == "/usr\n")
  }

  @Test func relativeCommandIsFoundInTheWorkingDirectory() async throws {
    let place = try Attempt(["unused"])
    try place.write("#!/bin/sh\necho found\n", to: "here")
    chmod(place.path("here"), 0o755)
    let attempt = try Attempt(["./here"], limits: .init(workingDirectory: place.directory))
    let record = try await attempt.run()
    #expect(record.error == nil)
    #expect(try attempt.logText() == "found\n")
  }

  @Test func commandIsSearchedInThePathOfTheJob() async throws {
    let place = try Attempt(["unused"])
    try place.write("#!/bin/sh\necho mine\n", to: "tool")
    chmod(place.path("tool"), 0o755)
    let attempt = try Attempt(["tool"], environment: ["PATH": "/nowhere:\(place.directory):/usr/bin:/bin"])
    #expect(try await attempt.run().exitCode == 0)
    #expect(try attempt.logText() == "mine\n")
  }

  @Test func jobLeadsASessionOfItsOwn() async throws {
    let attempt = try Attempt(shell: "cut -d' ' -f1,5,6 /proc/$$/stat; echo $$")
    _ = try await attempt.run()
    let lines = try attempt.logText().split(separator: "\n")
    #expect(lines[0] == "\(lines[1]) \(lines[1]) \(lines[1])")
  }

  @Test func signalsAreAsInAFreshProcess() async throws {
    // The caller ignores SIGPIPE and SIGHUP, as servers do; a job must not inherit that.
    let before = (signal(SIGPIPE, SIG_IGN), signal(SIGHUP, SIG_IGN))
    defer {
      signal(SIGPIPE, before.0)
      signal(SIGHUP, before.1)
    }
    let attempt = try Attempt(["grep", "-E", "^Sig(Blk|Ign):", "/proc/self/status"])
    _ = try await attempt.run()
    #expect(try attempt.logText() == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
  }
}
