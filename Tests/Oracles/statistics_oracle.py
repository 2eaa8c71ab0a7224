"""Answers what numpy and scipy say about a list of cases."""

import bisect
import math

import numpy as np

from answering import answer, number


def stability_index(reference, current):
    """PSI of two histograms as its users write it in numpy: shares floored at 1e-4, natural logarithm."""
    q = np.maximum(np.array(reference) / np.sum(reference), 1e-4)
    p = np.maximum(np.array(current) / np.sum(current), 1e-4)
    return number(np.sum((p - q) * np.log(p / q)))


def histogram_drift(reference, current):
    """Every statistic of two histograms, by scipy where it has one."""
    from scipy import spatial, stats

    q, p = (np.array(side) / np.sum(side) for side in (reference, current))
    floored = [np.maximum(side, 1e-4) for side in (q, p)]
    occurring = np.array([reference, current])[:, (np.array(reference) + np.array(current)) > 0]
    test = stats.chi2_contingency(occurring, correction=False)
    return {
        "psi": stability_index(reference, current),
        "kl_reference_current": number(stats.entropy(floored[0], floored[1])),
        "kl_current_reference": number(stats.entropy(floored[1], floored[0])),
        "js_distance": number(spatial.distance.jensenshannon(q, p, base=2)),
        "hellinger": number(np.sqrt(np.sum((np.sqrt(q) - np.sqrt(p)) ** 2) / 2)),
        "total_variation": number(np.abs(q - p).sum() / 2),
        "l_infinity": number(np.abs(q - p).max()),
        "chi2_statistic": number(test.statistic),
        "chi2_dof": int(test.dof),
        "chi2_pvalue": number(test.pvalue),
    }


def evidently_index(reference, current):
    """PSI as the source of Evidently 0.7 has it: `get_binned_data` and `_psi`."""
    if len(set(reference)) > 20:
        bins = np.histogram_bin_edges(np.concatenate([reference, current]), bins="sturges")
        shares = [np.histogram(side, bins)[0] / len(side) for side in (reference, current)]
    else:
        keys = sorted(set(reference) | set(current))
        shares = [np.array([side.count(key) / len(side) for key in keys]) for side in (reference, current)]
    for side in shares:
        smallest = min(side[side != 0])
        np.place(side, side == 0, smallest / 10**6 if smallest <= 0.0001 else 0.0001)
    return number(np.sum((shares[0] - shares[1]) * np.log(shares[0] / shares[1])))


def numeric_drift(case):
    reference, current = case["reference"], case["current"]
    distinct = sorted(set(reference))
    if len(distinct) <= 20:
        counts = [[side.count(value) for value in distinct] for side in (reference, current)]
        for side, in_bins in zip((reference, current), counts):
            in_bins.append(len(side) - sum(in_bins))
        edges = distinct
    else:
        edges = sorted(set(np.quantile(np.array(reference), np.arange(1, 10) / 10)))
        counts = []
        for side in (reference, current):
            bins = [bisect.bisect_left(edges, x) for x in side]
            counts.append(np.bincount(bins, minlength=len(edges) + 1).tolist())
    return {
        "edges": [float(edge) for edge in edges],
        "referenceCounts": counts[0],
        "currentCounts": counts[1],
        "statistics": histogram_drift(*counts) | distances(reference, current),
    }


def distances(reference, current):
    """What needs the values themselves, by scipy."""
    from scipy import special, stats

    n, m = len(reference), len(current)
    exact = max(n, m) <= 10_000
    test = stats.ks_2samp(reference, current, method="exact" if exact else "asymp")
    distance = stats.wasserstein_distance(reference, current)
    return {
        "ks_statistic": number(test.statistic),
        "ks_pvalue": number(
            test.pvalue if exact else special.kolmogorov(math.sqrt(n * m / (n + m)) * test.statistic)
        ),
        "wasserstein": number(distance),
        "wasserstein_normalised": number(distance / max(np.std(reference), 0.001)),
        "psi_evidently": evidently_index(reference, current),
    }


def categorical_drift(case):
    names = sorted(set(case["reference"]) | set(case["current"]))
    sides = [[side.get(name, 0) for name in names] for side in (case["reference"], case["current"])]
    return {"bins": len(names), "statistics": histogram_drift(*sides)}


def ks_exact(case):
    from scipy import stats

    return number(stats.ks_2samp(case["reference"], case["current"], method="exact").pvalue)


def chi_square(case):
    from scipy import stats

    return number(stats.chi2.sf(case["x"], case["degrees"]))


def structural_components(labels, scores):
    """DeLong's V10 and V01 from the definition, each positive row against each negative one."""
    positives, negatives = scores[labels], scores[~labels]
    if len(positives) * len(negatives) <= 4_000_000:
        above = positives[:, None] > negatives[None, :]
        ties = positives[:, None] == negatives[None, :]
        kernel = above + 0.5 * ties
        return kernel.mean(axis=1), kernel.mean(axis=0)
    sorted_positives, sorted_negatives = np.sort(positives), np.sort(negatives)
    left = np.searchsorted(sorted_negatives, positives, "left")
    right = np.searchsorted(sorted_negatives, positives, "right")
    v10 = (left + right) / (2 * len(negatives))
    left = np.searchsorted(sorted_positives, negatives, "left")
    right = np.searchsorted(sorted_positives, negatives, "right")
    return v10, 1 - (left + right) / (2 * len(positives))


def delong(case):
    labels = np.array(case["labels"], dtype=bool)
    v10, v01 = zip(
        *(structural_components(labels, np.array(case[model])) for model in ("candidate", "champion"))
    )
    m, n = len(v10[0]), len(v01[0])
    if m < 2 or n < 2:
        covariance = np.full((2, 2), np.nan)
    else:
        covariance = np.cov(np.array(v10)) / m + np.cov(np.array(v01)) / n
    areas = [float(np.mean(v)) for v in v10]
    spread = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    return {
        "areas": areas,
        "variances": [number(covariance[0, 0]), number(covariance[1, 1])],
        "difference": areas[0] - areas[1],
        "differenceVariance": number(spread),
    }


def paired(case):
    difference = np.array(case["candidate"], dtype=float) - np.array(case["champion"], dtype=float)
    return {
        "difference": number(difference.mean()),
        "variance": number(difference.var() / len(difference)),
        "discordant": int(np.count_nonzero(difference)),
    }


def wilson(case):
    from scipy import stats

    test = stats.binomtest(case["successes"], case["rows"])
    interval = test.proportion_ci(confidence_level=2 * case["confidence"] - 1, method="wilson")
    return {"lower": number(interval.low), "upper": number(interval.high)}


def newcombe(case):
    """Of the mean of recall and specificity, which is half of 1 and recall less the false positive rate."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    (hits, positives), (misses, negatives) = case["recall"], case["specificity"]
    low, high = confint_proportions_2indep(
        hits, positives, negatives - misses, negatives, method="newcomb", compare="diff",
        alpha=2 * (1 - case["confidence"]))
    return {"lower": number((1 + low) / 2), "upper": number((1 + high) / 2)}


def normal(case):
    from scipy import stats

    return {
        "cdf": stats.norm.cdf(case["points"]).tolist(),
        "quantile": stats.norm.ppf(case["probabilities"]).tolist(),
    }


if __name__ == "__main__":
    answer(numeric_drift, categorical_drift, ks_exact, chi_square, delong, paired, wilson, newcombe, normal)
