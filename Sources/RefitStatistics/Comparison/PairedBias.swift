/// The most by which chance raises a metric of each of two models, on average over samples (`DeviationBand`).
///
/// How much it does depends on the true value, which nobody knows: nothing where that is large, all of this where it is 0.
/// A paired bootstrap does not see the difference of the two, so bounds that allow for it reach as much further (as
/// Armstrong and Kolesár, Quantitative Economics 11, 2020, do for other estimates whose bias is bounded).
struct PairedBias: Sendable, Hashable {
  let candidate: Double
  let champion: Double
}
