import RefitConfiguration
import RefitCore
import RefitStatistics
import Testing

@Suite("A resolved file") struct ResolvedTests {
  @Test("It gives the project that it was made of", arguments: [UInt64](1...6))
  func roundTrip(seed: UInt64) throws {
    var random = RandomProject(seed: seed)
    for _ in 0..<50 {
      let project = random.project()
      let text = ConfigurationFile.resolvedYAML(project)
      do throws(ConfigurationError) {
        let parsed = try SampleFile.parse(text).project
        #expect(parsed == project, "\(text)")
        #expect(ConfigurationFile.resolvedYAML(parsed) == text)
      } catch {
        Issue.record("\(error)\n\(text)")
      }
    }
  }

  @Test("It says what H came to, and needs no name to be read again")
  func hashed() throws {
    let text = SampleFile.lending.split(separator: "15 2 * * *").joined(separator: "H/20 H * * *")
    let project = try SampleFile.parse(text).project
    let resolved = ConfigurationFile.resolvedYAML(project)
    // 0xa64d08c2 modulo 20, and 0xc445a195 modulo 24.
    #expect(resolved.contains("cron: \"*(10-59)/20 5 * * *\""))
    let renamed = resolved.split(separator: "project: lending").joined(separator: "project: other")
    #expect(try SampleFile.parse(renamed).project.models[0].schedules == project.models[0].schedules)
  }

  @Test("It reads as a person would write it")
  func layout() throws {
    let project = try SampleFile.parse(SampleFile.smallest).project
    #expect(
      ConfigurationFile.resolvedYAML(project) == """
        version: 1
        project: small
        timezone: UTC
        concurrency: 2
        clock: wall
        models:
          one:
            mode: promote
            task: binary-classification
            decision:
              threshold: 0.5
              favourable: above
            monitors: {}
            schedules:
              weekly:
                cron: "@weekly"
                timezone: UTC
                do: retrain
                misfire:
                  run: once
                  grace: 15m
                overlap: forbid
            retrain:
              cooldown: 7d
              after-failure: 1h
            pipeline:
              train:
                kind: train
                needs: []
                run: [jobs/train]
                outputs: []
                given: []
                timeout: 1d
                grace: 30s
                retries:
                  attempts: 1
                  backoff: 30s
                log: 64MiB
                sandbox: auto
                variables: {}
            gates: []
            promotion: approval

        """)
  }
}
