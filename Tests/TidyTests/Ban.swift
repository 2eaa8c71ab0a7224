import Testing

/// Something that code may not do in some targets, and what it does instead.
struct Ban: Sendable, CustomTestStringConvertible {
  let name: String
  /// A regular expression, matched against code without comments and strings.
  let pattern: String
  let instead: String
  let targets: Set<String>
  /// Files that may all the same, each with the reason.
  let except: [String: String]

  init(
    _ name: String, _ pattern: String, instead: String, in targets: Set<String>,
    except: [String: String] = [:]
  ) {
    self.name = name
    self.pattern = pattern
    self.instead = instead
    self.targets = targets
    self.except = except
  }

  var testDescription: String { name }
}

extension Ban {
  /// Values and decisions: no clock, no chance, no files.
  static let pure: Set<String> = ["RefitStatistics", "RefitTables", "RefitCore"]
  /// Everything that other code calls; only the command speaks and only it asks the system who and where it
  /// is.
  static let libraries = pure.union([
    "RefitConfiguration", "RefitStore", "RefitExecution", "RefitConnectors", "RefitEngine",
  ])
  static let all = libraries.union(["refit"])

  static let every: [Ban] = [
    Ban(
      "the wall clock",
      #"\bDate\(\)|\bDate\.now\b|\bgettimeofday\(|\btime\(nil\)|CLOCK_REALTIME"#,
      instead: "take 'now: Instant' as a parameter; the engine has World.now", in: libraries,
      except: [
        "Sources/RefitEngine/InstantTimer.swift": "a timer is set by the wall clock; no time is read"
      ]),
    Ban(
      "a clock of the machine",
      #"\bContinuousClock\b|\bSuspendingClock\b|\bclock_gettime\(|\bDispatchTime\.now\b"#,
      instead: "take the instant as a parameter; the engine has World.elapsed",
      in: pure.union(["RefitConfiguration", "RefitEngine"]),
      except: [
        "Sources/RefitEngine/WakeWatch.swift": "a wait ends by monotonic time"
      ]),
    Ban(
      "chance",
      #"\bUUID\(\)|SystemRandomNumberGenerator|\.random\(in:(?!.*\busing:)|\.(?:randomElement|shuffled?)\(\)"#
        + #"|\barc4random|\bdrand48\(|\bgetrandom\("#,
      instead: "take a seeded generator; the engine has World.randomBytes", in: libraries),
    Ban(
      "starting processes", #"\bProcess\(|\bposix_spawn|\bfork\(|\bexecv|\bpopen\("#,
      instead: "hand a LaunchOrder to World.launcher", in: all.subtracting(["RefitExecution", "refit"]),
      except: [
        "Sources/RefitTables/CommandOutput.swift": "Parquet is read through a command, which is no job"
      ]),
    Ban(
      "the file manager", #"\bFileManager\b"#,
      instead: "take bytes from the caller, or use Glibc's calls in the shell",
      in: pure.union(["RefitConfiguration", "RefitConnectors"])),
    Ban(
      "the reader's zone and language",
      #"\b(?:NS)?TimeZone\.(?:current|autoupdatingCurrent|system|local)\b"#
        + #"|\b(?:Locale|Calendar)\.(?:current|autoupdatingCurrent)\b"#
        + #"|\blocaltime(?:_r)?\(|\btzset\("#,
      instead: "pass the configured zone; only the command shows the reader's", in: libraries),
    Ban(
      "speaking", #"(?<![.\w])(?:print|debugPrint|dump|puts|fputs|printf|NSLog|perror)\("#,
      instead: "return a value or throw; only the command speaks", in: libraries),
    Ban(
      "the environment", #"\bgetenv\(|\bProcessInfo\b|\bCommandLine\b|\bsetenv\("#,
      instead: "take it as a parameter; the command reads the environment once", in: libraries,
      except: [
        "Sources/RefitExecution/AttemptWorkspace.swift": "a job gets PATH and HOME of its own surroundings",
        "Sources/RefitExecution/References.swift": "${NAME} is read where it is used and never before",
      ]),
    Ban(
      "sleeping", #"(?<![.\w])u?sleep\(|\bnanosleep\(|\bThread\.sleep|\bTask\.sleep"#,
      instead: "wait for the event: poll(2) on a descriptor, a continuation", in: libraries,
      except: [
        "Sources/RefitEngine/Waiting.swift": "where inotify can't be had there is no event to wait for",
        "Sources/RefitStore/WriterLock.swift": "waiting for a lock can't be given an end",
      ]),
    Ban(
      "ending the process", #"\bfatalError\(|(?<![.\w])(?<!func )_?exit\((?!\w+:)|\babort\("#,
      instead: "throw, or precondition(_:_:) with the broken invariant in words", in: libraries),
    Ban(
      "trapping on an error", #"\btry!|\bas!"#,
      instead: "catch the error, or 'guard let' with a preconditionFailure that says why it can't be", in: all
    ),
    Ban(
      "untyped JSON", #"\bJSONSerialization\b|\[String: Any\]"#,
      instead: "decode a Codable type", in: all),
    Ban(
      "going round the concurrency checks", #"nonisolated\(unsafe\)|@unchecked\s+Sendable|\bunsafeBitCast\("#,
      instead: "a value type, a Mutex or an actor", in: all,
      except: [
        "Sources/refit/ServeSignals.swift": "a signal handler may touch nothing but a sig_atomic_t"
      ]),
  ]
}
