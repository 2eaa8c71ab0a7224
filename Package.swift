// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "refit",
  targets: [
    .target(name: "RefitStatistics"),
    .testTarget(name: "RefitStatisticsTests", dependencies: ["RefitStatistics"]),
  ],
  swiftLanguageModes: [.v6]
)
