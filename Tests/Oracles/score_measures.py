"""What scipy and definitions say of rows of predictions: intervals, losses, and differences of two models."""

import math

import numpy as np
from scipy import stats


def number(value):
    value = float(value)
    return value if math.isfinite(value) else None


def wilson(successes, rows, confidence):
    bounds = stats.binomtest(int(successes), int(rows)).proportion_ci(confidence, method="wilson")
    share = successes / rows
    return {"lower": bounds.low, "upper": bounds.high, "standard_error": math.sqrt(share * (1 - share) / rows),
            "method": "wilson"}


def normal(values, confidence):
    bounds = stats.norm.interval(confidence, np.mean(values), stats.sem(values))
    return {"lower": number(bounds[0]), "upper": number(bounds[1]), "standard_error": number(stats.sem(values)),
            "method": "normal"}


def components(labels, scores):
    """DeLong's placements, by all pairs."""
    positive, negative = scores[labels], scores[~labels]
    wins = (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])
    return wins.mean(axis=1), wins.mean(axis=0)


def delong_error(first, second):
    return math.sqrt(np.var(first, ddof=1) / len(first) + np.var(second, ddof=1) / len(second))


def row_losses(labels, scores):
    clipped = np.clip(np.where(labels, scores, 1 - scores), 2.0**-52, 1 - 2.0**-52)
    return {"brier": (labels - scores) ** 2, "log_loss": -np.log(clipped)}


def calibration_error(labels, scores, weights):
    bins = np.clip(np.digitize(scores, np.array([k / 10 for k in range(11)]), right=True), 1, 10)
    gaps = [abs(np.sum(weights[bins == k] * (labels[bins == k] - scores[bins == k]))) for k in range(1, 11)]
    return sum(gaps) / weights.sum()


def lift(labels, scores, weights, share):
    """By how far each row is within the share: of the rows of one score at its border a part."""
    wanted = share * weights.sum()
    above = np.array([weights[scores > score].sum() for score in scores])
    tied = np.array([weights[scores == score].sum() for score in scores])
    taken = weights * np.clip((wanted - above) / tied, 0, 1)
    return (taken * labels).sum() / (weights * labels).sum() / share


def row_costs(labels, chosen, costs):
    names = np.where(labels, np.where(chosen, "tp", "fn"), np.where(chosen, "fp", "tn"))
    return np.array([costs.get(name, 0) for name in names])


def one_sided(difference, error, confidence):
    z = stats.norm.ppf(confidence)
    return {"difference": difference, "standard_error": error, "lower": max(-1, difference - z * error),
            "upper": min(1, difference + z * error), "p_value": number(2 * stats.norm.sf(abs(difference / error)))}


def proportion_difference(own, other, confidence):
    gain = own.astype(float) - other.astype(float)
    return one_sided(gain.mean(), math.sqrt(np.var(gain) / len(gain)), confidence)


def loss_difference(own, other, confidence):
    test = stats.ttest_rel(own, other)
    bounds = test.confidence_interval(2 * confidence - 1)
    return {"difference": np.mean(own - other), "standard_error": stats.sem(own - other), "lower": bounds.low,
            "upper": bounds.high, "p_value": number(test.pvalue)}


def mcnemar(own, other):
    b, c = int(np.sum(own & ~other)), int(np.sum(~own & other))
    exact = stats.binomtest(b, b + c).pvalue if b + c else 1
    middle = 2 * stats.binom.cdf(min(b, c), b + c, 0.5) - stats.binom.pmf(min(b, c), b + c, 0.5)
    chi = (b - c) ** 2 / (b + c)
    corrected = (abs(b - c) - 1) ** 2 / (b + c)
    return {"only_candidate": b, "only_champion": c, "p_value_exact": exact, "p_value_mid": min(1, middle),
            "chi2": chi, "chi2_p_value": stats.chi2.sf(chi, 1), "chi2_corrected": corrected,
            "chi2_corrected_p_value": stats.chi2.sf(corrected, 1)}
