/// How far a column's current values are from its reference values, by name. Logarithms are natural unless said.
public enum DriftStatistic: String, Sendable, Hashable, Codable, CaseIterable {
  /// Population stability index: Σ (p − q)·ln(p/q) over bins, shares floored at 1e-4, not renormalised.
  case psi
  /// The same with one more bin for the missing values.
  case psiMissing = "psi_missing"
  /// PSI as Evidently computes it: over equal-width bins of both sides, empty bins filled.
  case psiEvidently = "psi_evidently"
  /// Kullback–Leibler divergence Σ q·ln(q/p) of the reference q from the current p, floored and renormalised.
  case klReferenceCurrent = "kl_reference_current"
  /// The same of the current side from the reference: Σ p·ln(p/q).
  case klCurrentReference = "kl_current_reference"
  /// Jensen–Shannon distance, base 2: 0 (the same shares) to 1 (nothing in common).
  case jsDistance = "js_distance"
  /// Hellinger distance √(Σ (√p − √q)² / 2): 0 to 1.
  case hellinger
  /// Total variation Σ |p − q| / 2: 0 to 1.
  case totalVariation = "total_variation"
  /// The largest |p − q| of one bin, TFDV's L-infinity: 0 to 1.
  case lInfinity = "l_infinity"
  /// Kolmogorov–Smirnov: the largest distance between the two empirical distribution functions.
  case ksStatistic = "ks_statistic"
  /// How likely a distance as large is when both sides come from one continuous distribution.
  case ksPValue = "ks_pvalue"
  /// Wasserstein-1, the earth mover's distance, in the column's own unit.
  case wasserstein
  /// Wasserstein-1 over the reference's standard deviation (at least 0.001).
  case wassersteinNormalised = "wasserstein_normalised"
  /// Pearson's chi-square of homogeneity on the 2×k counts, without correction.
  case chiSquareStatistic = "chi2_statistic"
  /// Its degrees of freedom: occurring bins less one.
  case chiSquareDegrees = "chi2_dof"
  /// How likely a chi-square as large is when both sides have the same shares.
  case chiSquarePValue = "chi2_pvalue"
  /// The share of current rows whose category never occurs in the reference.
  case unseenShare = "unseen_share"
  /// The share of reference rows without a value.
  case missingShareReference = "missing_share_reference"
  /// The share of current rows without a value.
  case missingShareCurrent = "missing_share_current"
}
