internal import FoundationEssentials
public import GRDB
public import RefitCore

// How the core's values stand in a column: times as microseconds, digests as 32 bytes, names and words as text.

extension Instant: DatabaseValueConvertible {
  public var databaseValue: DatabaseValue { microseconds.databaseValue }

  public static func fromDatabaseValue(_ value: DatabaseValue) -> Instant? {
    Int64.fromDatabaseValue(value).map(Instant.init(microseconds:))
  }
}

extension Name: DatabaseValueConvertible {
  public var databaseValue: DatabaseValue { text.databaseValue }

  public static func fromDatabaseValue(_ value: DatabaseValue) -> Name? {
    String.fromDatabaseValue(value).flatMap(Name.init)
  }
}

extension Digest: DatabaseValueConvertible {
  public var databaseValue: DatabaseValue { Data(bytes).databaseValue }

  public static func fromDatabaseValue(_ value: DatabaseValue) -> Digest? {
    guard let data = Data.fromDatabaseValue(value), data.count == 32 else { return nil }
    return Digest(bytes: data)
  }
}

extension Run.State: DatabaseValueConvertible {}
extension Attempt.State: DatabaseValueConvertible {}
extension Attempt.Subject: DatabaseValueConvertible {}
extension ExitRecord.Reason: DatabaseValueConvertible {}
extension ExitRecord.Guarantee: DatabaseValueConvertible {}
extension Model.Mode: DatabaseValueConvertible {}
extension Project.Clock: DatabaseValueConvertible {}
extension Schedule.Action: DatabaseValueConvertible {}
extension Decision.Verdict: DatabaseValueConvertible {}
extension Verdict: DatabaseValueConvertible {}
extension Promotion.Kind: DatabaseValueConvertible {}
extension Artifact.Form: DatabaseValueConvertible {}
extension ArtifactUse.Direction: DatabaseValueConvertible {}
extension ArtifactUse.Role: DatabaseValueConvertible {}
extension LedgerEvent.Kind: DatabaseValueConvertible {}
extension PassedOccurrences.Outcome: DatabaseValueConvertible {}
extension OccurrenceRecord.State: DatabaseValueConvertible {}
extension ReadyCheck.Outcome: DatabaseValueConvertible {}
extension Pause.Origin: DatabaseValueConvertible {}
