"""Answers questions about comparing two models with numpy and scipy, or with the definition by brute force.

The question on standard input is {"kind": ..., "cases": [...]}; the answer is {"answers": [...]}.
"""

import json
import sys
import types
import warnings

import numpy
from scipy import stats


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
    """Eight rows a block, sixteen bits a row, the low half of a word first; multinomial: 64 bits a draw."""
    table = numpy.repeat(numpy.arange(9), [24109, 24109, 12056, 4018, 1005, 200, 33, 5, 1])
    rows, resample, seed = case["rows"], case["resample"], case["seed"]
    halves, drawn = [], [0] * rows
    for block in range((rows + 7) // 8):
        for word in philox([block, 0, resample, 0], seed):
            halves += [word & 0xFFFF, word >> 16]
    for draw in range(rows):
        words = philox([draw // 2, 0, resample, 2], seed)[2 * (draw % 2):][:2]
        drawn[((words[1] << 32) + words[0]) * rows >> 64] += 1
    return {"poisson": [int(table[half]) for half in halves[:rows]], "multinomial": drawn}


def counts(case):
    """Each kind's count by the inverse of Poisson's distribution function at 53 bits."""
    found = []
    for kind, mean in enumerate(case["counts"]):
        words = philox([kind, 0, case["resample"], 1], case["seed"])
        uniform = (((words[1] << 32) + words[0]) >> 11) * 2.0**-53
        found.append(int(max(0, stats.poisson.ppf(uniform, mean))))
    return {"counts": found}


KINDS = {function.__name__: function for function in [bootstrap, weights, counts]}


def main():
    warnings.simplefilter("ignore")
    request = json.load(sys.stdin)
    answer = KINDS[request["kind"]]
    json.dump({"answers": [answer(case) for case in request["cases"]]}, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
