// swift-tools-version: 6.2

import PackageDescription

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// The targets are the architecture: arrows run one way, and siblings do not name each other.
let package = Package(
  name: "refit",
  products: [
    .executable(name: "refit", targets: ["refit"]),
    .executable(name: "refit-supervisor", targets: ["refit-supervisor"]),
    .executable(name: "lending-simulate", targets: ["lending-simulate"]),
    .executable(name: "lending-train", targets: ["lending-train"]),
    .executable(name: "lending-score", targets: ["lending-score"]),
    // What tests preload into the command.
    .library(name: "RefitFaults", type: .dynamic, targets: ["RefitFaults"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .target(name: "RefitStatistics"),
    .target(name: "RefitTables", dependencies: ["CZlib", "RefitBytes", "RefitLinux"]),
    .target(name: "RefitBytes"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "RefitReport"),
    .target(name: "RefitLinux"),
    .target(name: "RefitCore", dependencies: ["RefitStatistics"]),
    .target(name: "RefitConfiguration", dependencies: ["RefitCore", yams, crypto]),
    .target(name: "RefitStore", dependencies: ["RefitCore", grdb, crypto]),
    .target(name: "RefitExecution", dependencies: ["RefitCore", "RefitTables", crypto]),
    .target(name: "RefitConnectors", dependencies: ["RefitCore"]),
    .target(
      name: "RefitEngine",
      dependencies: [
        "RefitCore", "RefitTables", "RefitConfiguration", "RefitStore", "RefitExecution", "RefitConnectors",
        "RefitLinux", crypto,
      ]),
    .executableTarget(name: "refit", dependencies: ["RefitEngine", "RefitReport", argumentParser]),
    .executableTarget(
      name: "refit-supervisor",
      cSettings: [
        .unsafeFlags(["-Wall", "-Wextra", "-Werror"]),
        .define("REFIT_FAIL_POINTS", .when(configuration: .debug)),
      ],
      // Pure C, one a job: static and without Swift's runtime it starts three times as fast.
      linkerSettings: [
        .unsafeFlags([
          "-enable-experimental-feature", "Embedded", "-Xclang-linker", "-static",
          // The driver asks for a position-independent program, too, which a static one is not.
          "-Xclang-linker", "-Wno-unused-command-line-argument",
        ])
      ]),

    .target(name: "RefitTesting"),
    .target(
      name: "RefitFaults", path: "Tests/RefitFaults",
      cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    // The real engine on virtual time, with faults: for tests and developers, never installed.
    .target(name: "RefitSimulation", dependencies: ["RefitEngine", "RefitTesting", crypto, grdb]),
    .executableTarget(name: "refit-simulate", dependencies: ["RefitSimulation", argumentParser]),

    .testTarget(name: "RefitStatisticsTests", dependencies: ["RefitStatistics", "RefitTesting"]),
    .testTarget(name: "RefitTablesTests", dependencies: ["RefitTables", "RefitTesting"]),
    .testTarget(name: "RefitReportTests", dependencies: ["RefitReport", "RefitTesting"]),
    .testTarget(name: "RefitCoreTests", dependencies: ["RefitCore", "RefitTesting", crypto]),
    .testTarget(name: "RefitConfigurationTests", dependencies: ["RefitConfiguration", "RefitTesting"]),
    .testTarget(
      name: "RefitStoreTests", dependencies: ["RefitStore", "RefitTesting", grdb], exclude: ["Fixtures"]),
    .testTarget(
      name: "RefitExecutionTests", dependencies: ["RefitExecution", "refit-supervisor", "RefitTesting"]),
    .testTarget(name: "RefitConnectorsTests", dependencies: ["RefitConnectors", "RefitTesting"]),
    .testTarget(name: "RefitEngineTests", dependencies: ["RefitEngine", "RefitTesting"]),
    .testTarget(
      name: "SimulationTests", dependencies: ["RefitSimulation", "refit-simulate", "RefitTesting"],
      exclude: ["Kept"]),
    .testTarget(name: "RefitTests", dependencies: ["refit", "RefitTesting"]),
    .testTarget(name: "LendingTests", dependencies: ["Lending", "RefitTesting"]),
    .testTarget(name: "LifecycleTests", dependencies: ["refit-supervisor", "RefitTesting"]),
    .testTarget(name: "CommandTests", dependencies: ["refit", "RefitTesting"]),
    .testTarget(name: "EndToEndTests", dependencies: ["refit", "refit-supervisor", "RefitTesting"]),
    .testTarget(
      name: "TortureTests",
      dependencies: ["refit", "refit-supervisor", "RefitCore", "RefitStore", "RefitTesting"]),
    .testTarget(name: "TidyTests", dependencies: ["RefitTesting"]),

    // What `make bench` times in process, beside its peers.
    .executableTarget(
      name: "refit-kernels", dependencies: ["RefitStatistics", "RefitTables"], path: "Benchmarks/Kernels"),

    // The example project's jobs: programs like any other, without a dependency on Refit.
    .target(name: "Lending", path: "jobs/lending/Lending"),
    .executableTarget(name: "lending-simulate", dependencies: ["Lending"], path: "jobs/lending/Simulate"),
    .executableTarget(name: "lending-train", dependencies: ["Lending"], path: "jobs/lending/Train"),
    .executableTarget(name: "lending-score", dependencies: ["Lending"], path: "jobs/lending/Score"),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
