import Foundation
import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("What was read must stay as it was")
struct EvidenceTests {
  private let file = "data/loans/predictions/1003.csv"

  private func project() throws -> EngineProject {
    let project = try EngineProject()
    try project.scratch.write("x\n1\n2\n", to: "reference.csv")
    var settings = EngineProject.Settings()
    settings.models[0].mode = "promote\n    reference: reference.csv"
    try project.configure(settings)
    try project.trainFirst()
    try project.live(8...9, version: 1)
    try project.tick(9)
    #expect(try project.events(.evidenceChanged).isEmpty)
    return project
  }

  private func changes(_ project: EngineProject) throws -> [String] {
    try project.events(.evidenceChanged).compactMap(\.payload)
  }

  @Test("a file in the place of another is read again, also of the same size and time")
  func replaced() throws {
    let project = try project()
    let manager = FileManager.default
    let path = project.scratch.path(file)
    let modified = try #require(manager.attributesOfItem(atPath: path)[.modificationDate] as? Date)
    let text = try project.scratch.read(file)
    try project.scratch.write(text.replacingOccurrences(of: "3-1,", with: "3-X,"), to: "other")
    try manager.setAttributes([.modificationDate: modified], ofItemAtPath: project.scratch.path("other"))
    try manager.setAttributes([.modificationDate: modified], ofItemAtPath: path)
    try project.tick(10)
    #expect(try changes(project).isEmpty)
    try project.replace(path, by: project.scratch.path("other"))
    try project.tick(11)
    #expect(try changes(project).count == 1)
    #expect(try changes(project).first?.contains(file) == true)
    try project.tick(12)
    #expect(try changes(project).count == 1)
  }

  @Test("a copy of the same bytes in its place is no change")
  func copied() throws {
    let project = try project()
    try project.scratch.write(project.scratch.read(file), to: "other")
    try project.replace(project.scratch.path(file), by: project.scratch.path("other"))
    try project.tick(10)
    #expect(try changes(project).isEmpty)
  }

  @Test("the reference is watched too")
  func reference() throws {
    let project = try project()
    try project.scratch.write("x\n1\n3\n", to: "reference.csv")
    try project.tick(10)
    #expect(try changes(project).first?.contains("\"path\":\"reference.csv\"") == true)
  }

  @Test("a file that is gone is told once; a log that grows, and a new file, are no change")
  func gone() throws {
    let project = try project()
    try project.live(10...10, version: 1)
    try project.tick(11)
    #expect(try changes(project).isEmpty)
    try FileManager.default.removeItem(atPath: project.scratch.path(file))
    try project.tick(12)
    try project.tick(13)
    let told = try changes(project)
    #expect(told.count == 1)
    #expect(told.first?.contains("\"is\":null") == true)
    #expect(told.first?.contains("\"path\":\"\(file)\"") == true)
  }
}
