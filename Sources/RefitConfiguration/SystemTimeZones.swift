import RefitCore

/// The time zones of this machine.
public enum SystemTimeZones {
  /// The rules of a zone by its name, such as `Europe/Berlin`; throws for a name that is not in the database and
  /// for a file that cannot be read. `UTC` needs no database.
  public static func rules(for identifier: String) throws(TimeZoneError) -> TimeZoneRules {
    try TimeZoneDatabase.system.rules(for: identifier)
  }

  /// The version of the database, such as `2025b`; nil when the machine does not tell.
  public static var databaseVersion: String? { TimeZoneDatabase.system.version }
}
