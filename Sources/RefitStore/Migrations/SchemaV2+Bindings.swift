extension SchemaV2 {
  /// Finds the events that bind rows by their digest, and are no turns.
  static let bindings = """
    CREATE INDEX ledger_bindings ON ledger (kind, model, run)
      WHERE kind IN ('configuration-applied', 'run-opened', 'attempt-planned');
    """
}
