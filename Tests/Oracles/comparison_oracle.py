"""Answers questions about comparing two models with statsmodels, scipy and numpy, or with the definition by brute force."""

import struct
import types

import numpy
from scipy import stats
from statsmodels.stats import contingency_tables, multitest

from answering import answer


def bootstrap(case):
    """Bounds from replicates that are given: scipy adds no resample of its own."""
    data = numpy.array(case["data"])
    given = types.SimpleNamespace(bootstrap_distribution=numpy.array(case["replicates"]))
    bounds = {}
    for name in ["percentile", "BCa"]:
        result = stats.bootstrap(
            (data,), numpy.mean, n_resamples=0, bootstrap_result=given, method=name,
            confidence_level=2 * case["confidence"] - 1)
        bounds[name] = list(result.confidence_interval)
        error = result.standard_error
    return {"percentile": bounds["percentile"], "corrected": bounds["BCa"], "standardError": error}


def philox(counter, seed):
    """Random123's philox4x32 with ten rounds."""
    a, b, c, d = counter
    low, high = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        first, second = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (second >> 32) ^ b ^ low, second & 0xFFFFFFFF, (first >> 32) ^ d ^ high, first & 0xFFFFFFFF
        low, high = (low + 0x9E3779B9) & 0xFFFFFFFF, (high + 0xBB67AE85) & 0xFFFFFFFF
    return [a, b, c, d]


def weights(case):
    """Eight rows a block, sixteen bits a row, the low half of a word first."""
    table = numpy.repeat(numpy.arange(9), [24109, 24109, 12056, 4018, 1005, 200, 33, 5, 1])
    rows, resample, seed = case["rows"], case["resample"], case["seed"]
    halves = []
    for block in range((rows + 7) // 8):
        for word in philox([block, 0, resample, 0], seed):
            halves += [word & 0xFFFF, word >> 16]
    return {"poisson": [int(table[half]) for half in halves[:rows]]}


def key_of(seed, numbers):
    """The seed, and for each number a step of SplitMix64 from the seed, added up."""
    word, key = 2**64 - 1, seed
    for number in numbers:
        mixed = (seed ^ struct.unpack("<Q", struct.pack("<d", number))[0]) + 0x9E3779B97F4A7C15 & word
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & word
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & word
        key = key + (mixed ^ mixed >> 31) & word
    return key


def counts(case):
    """Each kind's count by the inverse of Poisson's distribution function at 53 bits."""
    found = []
    key = key_of(case["seed"], case["counts"])
    for kind, mean in enumerate(case["counts"]):
        words = philox([kind, 0, case["resample"], 1], key)
        uniform = (((words[1] << 32) + words[0]) >> 11) * 2.0**-53
        found.append(int(max(0, stats.poisson.ppf(uniform, mean))))
    return {"counts": found}


def student(case):
    t, freedom = case["t"], case["freedom"]
    return {
        "twoSided": 2 * stats.t.sf(abs(t), freedom), "upper": stats.t.sf(t, freedom),
        "quantile": stats.t.isf(case["tail"], freedom)}


def mcnemar(case):
    """statsmodels' tests; Fagerland's mid-p, which it lacks, from scipy's distribution."""
    b, c = case["candidate"], case["champion"]
    table, fewer, both = [[0, b], [c, 0]], min(b, c), b + c
    tail = 2 * stats.binom.cdf(fewer, both, 0.5)
    answer = {
        "exact": float(contingency_tables.mcnemar(table, exact=True).pvalue) if both else 1.0,
        "mid": min(1, tail - stats.binom.pmf(fewer, both, 0.5))}
    if both:
        for name, correction in [("corrected", True), ("uncorrected", False)]:
            test = contingency_tables.mcnemar(table, exact=False, correction=correction)
            answer[name] = [float(test.statistic), float(test.pvalue)]
    return answer


def losses(case):
    candidate, champion = numpy.array(case["candidate"]), numpy.array(case["champion"])
    result = stats.ttest_rel(candidate, champion)
    interval = result.confidence_interval(2 * case["confidence"] - 1)
    answer = {"t": [float(result.statistic), float(result.pvalue)], "bounds": [interval.low, interval.high]}
    for side in ["greater", "less"]:
        answer["t"].append(float(stats.ttest_rel(candidate, champion, alternative=side).pvalue))
    difference = candidate - champion
    sizes = numpy.abs(difference[difference != 0])
    exact = len(sizes) <= 50 and len(set(sizes)) == len(sizes)
    method = "exact" if exact else "asymptotic"
    answer["wilcoxon"] = [float(stats.rankdata(sizes)[difference[difference != 0] > 0].sum())]
    for side in ["two-sided", "greater", "less"]:
        answer["wilcoxon"].append(float(stats.wilcoxon(
            difference, zero_method="wilcox", correction=False, alternative=side, method=method).pvalue))
    answer["method"] = "wilcoxon-exact" if exact else "wilcoxon-normal"
    return answer


def family(case):
    pvalues = numpy.array(case["pValues"], dtype=float)
    return {name: list(multitest.multipletests(pvalues, method=method)[1])
            for name, method in [("holm", "holm"), ("benjaminiHochberg", "fdr_bh")]}


def delong(case):
    """By the definition: the covariance of the two models' structural components over all pairs."""
    labels = numpy.array(case["labels"])
    above, below = [], []
    for model in ["candidate", "champion"]:
        scores = numpy.array(case[model])
        positives, negatives = scores[labels][:, None], scores[~labels][None, :]
        wins = (positives > negatives) + 0.5 * (positives == negatives)
        above.append(wins.mean(axis=1))
        below.append(wins.mean(axis=0))
    covariance = numpy.cov(above) / labels.sum() + numpy.cov(below) / (~labels).sum()
    contrast = numpy.array([1, -1])
    error = float(numpy.sqrt(contrast @ covariance @ contrast))
    z = float(numpy.mean(above[0]) - numpy.mean(above[1])) / error if error > 1e-9 else None
    return {} if z is None else {
        "z": z, "twoSided": 2 * stats.norm.sf(abs(z)), "greater": stats.norm.sf(z), "less": stats.norm.cdf(z)}


def area(positives, negatives, weights):
    """The definition: weighted pairs of a positive and a negative, ties counting half."""
    above = positives[0][:, None] > negatives[0][None, :]
    level = positives[0][:, None] == negatives[0][None, :]
    pairs = positives[1][:, None] * negatives[1][None, :]
    return float((pairs * (above + 0.5 * level)).sum() / pairs.sum())


def resampled(case):
    """Every metric's difference in every resample, with weights drawn here, by the weighted definition."""
    labels = numpy.array(case["labels"])
    answer = {"roc_auc": [], "brier": [], "rmse": [], "r2": []}
    rows = len(labels)
    for resample in range(case["resamples"]):
        drawn = weights({"rows": rows, "resample": resample, "seed": case["seed"]})["poisson"]
        drawn = numpy.array(drawn, dtype=float)
        values = {name: [] for name in answer}
        for model in ["candidate", "champion"]:
            scores = numpy.array(case[model])
            sides = [(scores[labels == side], drawn[labels == side]) for side in [True, False]]
            alive = all(weight.sum() > 0 for _, weight in sides)
            values["roc_auc"].append(area(*sides, drawn) if alive else None)
            if drawn.sum() > 0:
                squares = numpy.average((labels - scores) ** 2, weights=drawn)
                middle = numpy.average(labels, weights=drawn)
                spread = numpy.average((labels - middle) ** 2, weights=drawn)
                values["brier"].append(float(squares))
                values["rmse"].append(float(numpy.sqrt(squares)))
                values["r2"].append(float(1 - squares / spread) if alive else None)
        for name, pair in values.items():
            answer[name].append(None if not pair or pair[0] is None else pair[0] - pair[1])
    return answer


if __name__ == "__main__":
    answer(bootstrap, weights, counts, student, mcnemar, losses, family, delong, resampled)
