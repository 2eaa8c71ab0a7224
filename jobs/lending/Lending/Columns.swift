/// The columns of the lending model's logs, as `refit.yaml` names them.
public enum Columns {
  public static let id = "application_id"
  public static let scoredAt = "scored_at"
  public static let probability = "probability"
  public static let version = "model_version"
  /// The protected group: logged so that decisions can be judged, never a feature.
  public static let sex = "sex"
  public static let numeric = ["income", "loan_amount", "debt_ratio", "years_employed", "late_payments"]
  public static let categorical = ["line_of_work"]

  public static let labelledAt = "labelled_at"
  public static let label = "defaulted"
}
