"""Answers what scikit-learn and the definitions of NannyML say about calibration and performance without labels.

NannyML itself brings a hundred megabytes of packages, so its published definitions stand here in numpy: of
`performance_estimation/confidence_based/metrics.py` and `sampling_error/binary_classification.py`. Two of its
slips are left out: it rounds expected counts to five digits, and of the area's sampling error it forgets a positive
row with the lowest score. Scores must be distinct, since its order among equal ones is arbitrary.
"""

import math

import numpy as np

from answering import answer, number


def isotonic(case):
    from sklearn.isotonic import IsotonicRegression

    regression = IsotonicRegression(out_of_bounds="clip", increasing=True)
    regression.fit(np.array(case["scores"]), np.array(case["labels"], dtype=float))
    return regression.predict(np.array(case["points"])).tolist()


def platt(case):
    """The sigmoid by scikit-learn, and the gradient of its loss at the parameters that the case asks about."""
    from scipy.special import expit
    from sklearn.calibration import _sigmoid_calibration

    scores, labels = np.array(case["scores"]), np.array(case["labels"], dtype=int)
    slope, intercept = _sigmoid_calibration(scores, labels)
    positives = labels.sum()
    targets = np.where(labels == 1, (positives + 1) / (positives + 2), 1 / (len(labels) - positives + 2))
    misses = targets - expit(-(case["slope"] * scores + case["intercept"]))
    return {
        "slope": number(slope),
        "intercept": number(intercept),
        "gradient": [number(misses @ scores / np.abs(scores).max()), number(misses.sum())],
    }


def performance(case):
    """The estimate from calibrated probabilities, and the sampling errors from the reference."""
    probabilities, predictions = np.array(case["probabilities"]), np.array(case["predictions"], dtype=int)
    tp = np.where(predictions == 1, probabilities, 0).sum()
    fp = np.where(predictions == 1, 1 - probabilities, 0).sum()
    fn = np.where(predictions == 0, probabilities, 0).sum()
    tn = np.where(predictions == 0, 1 - probabilities, 0).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        estimates = {
            "roc_auc": expected_area(probabilities, np.array(case["scores"])),
            "accuracy": (tp + tn) / len(predictions),
            "precision": tp / (tp + fp),
            "recall": tp / (tp + fn),
            "specificity": tn / (tn + fp),
            "f1": tp / (tp + 0.5 * (fp + fn)),
        }
        errors = sampling_errors(case["reference"], len(predictions))
    return {
        "confusion": [number(count) for count in (tp, fp, tn, fn)],
        "estimates": {name: number(value) for name, value in estimates.items()},
        "errors": {name: number(value) for name, value in errors.items()},
    }


def expected_area(probabilities, scores):
    from sklearn.metrics import auc

    descending = np.argsort(scores)[::-1]
    true_positives = np.r_[0, np.cumsum(probabilities[descending])]
    false_positives = np.arange(len(scores) + 1) - true_positives
    # The sum of what is nearly nothing may fall by a rounding error.
    false_positives = np.maximum.accumulate(false_positives)
    if true_positives[-1] == 0 or false_positives[-1] == 0:
        return math.nan
    return auc(false_positives / false_positives[-1], true_positives / true_positives[-1])


def sampling_errors(reference, rows):
    labels = np.array(reference["labels"], dtype=int)
    predictions = np.array(reference["predictions"], dtype=int)
    right = (labels == predictions).astype(float)
    counted = {
        "accuracy": np.ones(len(labels), dtype=bool),
        "precision": predictions == 1,
        "recall": labels == 1,
        "specificity": labels == 0,
        "f1": (labels == 1) | (predictions == 1),
    }
    errors = {}
    for name, relevant in counted.items():
        contributions = right[relevant]
        if name == "f1":
            true_positives = contributions.sum()
            wrong = len(contributions) - true_positives
            contributions = contributions * len(contributions) / (0.5 * wrong + true_positives)
        errors[name] = (
            np.std(contributions) / np.sqrt(rows * relevant.mean()) if relevant.any() else math.nan
        )
    errors["roc_auc"] = area_sampling_error(labels, np.array(reference["scores"]), rows)
    return errors


def area_sampling_error(labels, scores, rows):
    if labels.mean() > 0.5:
        labels, scores = 1 - labels, -scores
    ranks = np.flatnonzero(labels[np.argsort(scores)])
    shares = (ranks - np.arange(len(ranks))) / (len(labels) - labels.sum())
    return np.std(shares) / np.sqrt(rows * labels.mean())


if __name__ == "__main__":
    answer(isotonic, platt, performance)
