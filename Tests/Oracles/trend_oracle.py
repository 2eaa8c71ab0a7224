"""Answers what scipy, pymannkendall and river say about a list of series and streams."""

import math

from answering import answer, number


def mann_kendall(case):
    """pymannkendall, whose p-value is taken from its z by scipy, since its own cancels for a large z."""
    import pymannkendall
    from scipy import stats

    test = pymannkendall.original_test(case)
    return {
        "score": int(test.s),
        "variance": number(test.var_s),
        "z": number(test.z),
        "tau": number(test.Tau),
        "pvalue": number(2 * stats.norm.sf(abs(test.z))),
    }


def theil_sen(case):
    from scipy import stats

    line = stats.theilslopes(case["values"], case["times"], alpha=case["confidence"])
    return [number(value) for value in (line.slope, line.intercept, line.low_slope, line.high_slope)]


def detections(detector, stream):
    """The indices at which river's detector tells a change."""
    found = []
    for index, value in enumerate(stream):
        detector.update(value)
        if detector.drift_detected:
            found.append(index)
    return found


def page_hinkley(case):
    from river import drift

    return detections(drift.PageHinkley(**case["parameters"], mode=case["mode"]), case["stream"])


def adwin(case):
    from river import drift

    return detections(drift.ADWIN(**case["parameters"]), case["stream"])


def cusum(case):
    """Montgomery's table, from the definition: the sums are the largest of the sums of the last i deviations."""
    found, start = [], 0
    for index in range(len(case["stream"])):
        deviations = [value - case["target"] for value in case["stream"][start : index + 1]]
        upper = lower = 0.0
        for first in range(len(deviations)):
            tail = deviations[first:]
            upper = max(upper, math.fsum(tail) - len(tail) * case["slack"])
            lower = max(lower, -math.fsum(tail) - len(tail) * case["slack"])
        if max(upper, lower) > case["threshold"]:
            found.append(index if upper > case["threshold"] else -index)
            start = index + 1
    return found


if __name__ == "__main__":
    answer(mann_kendall, theil_sen, page_hinkley, adwin, cusum)
