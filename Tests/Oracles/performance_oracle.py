"""Answers what scikit-learn says of predictive performance, and exact fractions where it can't.

A number that does not exist is null: a rate that is 0/0, and what needs a class or a second row that is not there.
"""

import math
from fractions import Fraction

import numpy as np

from answering import answer, number


def weights_of(case):
    weights = case.get("weights")
    return None if weights is None else np.array(weights, dtype=float)


def calibration_error(labels, scores, weights):
    """ECE by its definition: ten right-closed bins, 0 in the first."""
    edges = np.array([k / 10 for k in range(11)])
    bins = np.clip(np.digitize(scores, edges, right=True), 1, 10)
    total = 0.0
    for k in range(1, 11):
        inside = bins == k
        if weights[inside].sum() > 0:
            gap = np.average(labels[inside], weights=weights[inside]) - np.average(
                scores[inside], weights=weights[inside])
            total += abs(gap) * weights[inside].sum() / weights.sum()
    return number(total)


def binary(case):
    from sklearn import metrics

    labels = np.array(case["labels"], dtype=int)
    scores = np.array(case["scores"], dtype=float)
    predictions = np.array(case["predictions"], dtype=int)
    given = weights_of(case)
    weights = np.ones(len(labels)) if given is None else given
    kept = weights > 0
    both = len(np.unique(labels[kept])) == 2
    predicted_both = len(np.unique(predictions[kept])) == 2
    w = {"sample_weight": given}
    undefined = {"zero_division": np.nan} | w
    if both:
        false_rate, true_rate, _ = metrics.roc_curve(labels, scores, drop_intermediate=False, **w)
        area = metrics.roc_auc_score(labels, scores, **w)
    return {
        "roc_auc": number(area) if both else None,
        "gini": number(2 * area - 1) if both else None,
        "ks": number(max(0, np.max(true_rate - false_rate))) if both else None,
        "average_precision":
            number(metrics.average_precision_score(labels, scores, **w)) if labels[kept].any() else None,
        "accuracy": number(metrics.accuracy_score(labels, predictions, **w)),
        "balanced_accuracy":
            number(metrics.balanced_accuracy_score(labels, predictions, **w)) if both else None,
        "precision": number(metrics.precision_score(labels, predictions, **undefined)),
        "recall": number(metrics.recall_score(labels, predictions, **undefined)),
        "specificity": number(metrics.recall_score(labels, predictions, pos_label=0, **undefined)),
        "f1": number(metrics.f1_score(labels, predictions, **undefined)),
        "mcc":
            number(metrics.matthews_corrcoef(labels, predictions, **w)) if both and predicted_both else None,
        "brier": number(metrics.brier_score_loss(labels, scores, pos_label=1, **w)),
        "log_loss": number(metrics.log_loss(labels, scores, labels=[0, 1], **w)),
        "ece": calibration_error(labels, scores, weights),
        # What scikit-learn says by default where a rate is 0/0.
        "precision_default": number(metrics.precision_score(labels, predictions, zero_division=0, **w)),
        "recall_default": number(metrics.recall_score(labels, predictions, zero_division=0, **w)),
        "f1_default": number(metrics.f1_score(labels, predictions, zero_division=0, **w)),
        "specificity_default":
            number(metrics.recall_score(labels, predictions, pos_label=0, zero_division=0, **w)),
        "mcc_default": number(metrics.matthews_corrcoef(labels, predictions, **w)),
    }


def multiclass(case):
    from sklearn import metrics

    classes = list(range(case["classes"]))
    labels = np.array(case["labels"], dtype=int)
    predictions = np.array(case["predictions"], dtype=int)
    scores = np.array(case["scores"], dtype=float).T
    given = weights_of(case)
    kept = np.ones(len(labels), dtype=bool) if given is None else given > 0
    w = {"sample_weight": given}
    answer = {
        "accuracy": number(metrics.accuracy_score(labels, predictions, **w)),
        "balanced_accuracy": number(
            metrics.balanced_accuracy_score(labels[kept], predictions[kept],
                                            sample_weight=None if given is None else given[kept])),
        "log_loss": number(metrics.log_loss(labels, scores, labels=classes, **w)),
        "mcc_default": number(metrics.matthews_corrcoef(labels, predictions, **w)),
    }
    one_sided = len(np.unique(labels[kept])) < 2 or len(np.unique(predictions[kept])) < 2
    answer["mcc"] = None if one_sided else answer["mcc_default"]
    occurring = sorted(set(labels[kept]) | set(predictions[kept]))
    for name, score in [("precision", metrics.precision_score), ("recall", metrics.recall_score),
                        ("f1", metrics.f1_score)]:
        # A macro average needs the rate of each class that occurs, a weighted one of each that has labels.
        needed = {"macro": occurring, "weighted": sorted(set(labels[kept])), "micro": []}
        for average in ["macro", "weighted", "micro"]:
            zero = number(
                score(labels, predictions, labels=occurring, average=average, zero_division=0, **w))
            answer[f"{name}_{average}_default"] = zero
            each = score(labels, predictions, labels=needed[average], average=None, zero_division=np.nan,
                         **w) if needed[average] else np.zeros(1)
            answer[f"{name}_{average}"] = None if np.isnan(each).any() else zero
    everywhere = set(labels[kept]) == set(classes)
    # Of two classes, either against the other is the binary area.
    judged = scores[:, 1] if len(classes) == 2 else scores
    for average in ["macro", "weighted"]:
        area = metrics.roc_auc_score(
            labels, judged, multi_class="ovr", average=average, **w) if everywhere else None
        answer[f"roc_auc_{average}"] = None if area is None else number(area)
    return answer


def regression(case):
    from sklearn import metrics

    targets = np.array(case["targets"], dtype=float)
    predictions = np.array(case["predictions"], dtype=float)
    given = weights_of(case)
    w = {"sample_weight": given}
    kept = np.ones(len(targets), dtype=bool) if given is None else given > 0
    answer = {
        "rmse": number(metrics.root_mean_squared_error(targets, predictions, **w)),
        "mae": number(metrics.mean_absolute_error(targets, predictions, **w)),
        "mape": number(metrics.mean_absolute_percentage_error(targets, predictions, **w)),
        "r2": number(metrics.r2_score(targets, predictions, **w))
              if len(np.unique(targets[kept])) > 1 else None,
        "mean_error": number(np.average(predictions - targets, weights=given)),
    }
    for quantile in [0.1, 0.5, 0.9]:
        answer[f"pinball_{quantile}"] = number(
            metrics.mean_pinball_loss(targets, predictions, alpha=quantile, **w))
    return answer


def rational_root(value):
    """The square root of a fraction of any size, as a float."""
    if value == 0:
        return 0.0
    shift = (value.numerator.bit_length() - value.denominator.bit_length() - 120) // 2 * 2
    scaled = value / Fraction(2) ** shift
    root = math.isqrt(int(scaled * 2 ** 120))
    return float(Fraction(root, 2 ** 60) * Fraction(2) ** (shift // 2))


def exact_regression(case):
    """The definitions in exact fractions, for numbers whose squares no double holds."""
    targets, predictions = ([Fraction(value) for value in case[side]] for side in ["targets", "predictions"])
    weights = [Fraction(value) for value in case.get("weights") or [1] * len(targets)]
    total = sum(weights)

    def mean(values):
        return sum(w * v for w, v in zip(weights, values)) / total

    errors = [p - t for p, t in zip(predictions, targets)]
    centre = mean(targets)
    spread = mean([(t - centre) ** 2 for t in targets])
    answer = {
        "rmse": rational_root(mean([e * e for e in errors])),
        "mae": float(mean([abs(e) for e in errors])),
        "mean_error": float(mean(errors)),
    }
    ratio = None if spread == 0 else 1 - mean([e * e for e in errors]) / spread
    answer["r2"] = None if ratio is None or abs(ratio) > 10 ** 308 else float(ratio)
    return answer


def exact_binary(case):
    """The definitions in exact fractions, pair by pair and threshold by threshold, for weights of any size."""
    labels, scores, predictions = case["labels"], case["scores"], case["predictions"]
    weights = [Fraction(value) for value in case.get("weights") or [1] * len(labels)]
    rows = [(l, s, p, w) for l, s, p, w in zip(labels, scores, predictions, weights) if w > 0]
    positives = sum(w for l, _, _, w in rows if l)
    negatives = sum(w for l, _, _, w in rows if not l)

    def over(numerator, denominator):
        return None if denominator == 0 else float(numerator / denominator)

    pairs = sum(
        w * v * (1 if s > t else Fraction(1, 2) if s == t else 0)
        for l, s, _, w in rows if l for m, t, _, v in rows if not m)
    gap, precision, above = Fraction(0), Fraction(0), Fraction(0)
    for threshold in sorted({s for _, s, _, _ in rows}, reverse=True):
        right = sum(w for l, s, _, w in rows if l and s >= threshold)
        wrong = sum(w for l, s, _, w in rows if not l and s >= threshold)
        precision += (right - above) * right / (right + wrong)
        above = right
        if positives and negatives:
            gap = max(gap, right / positives - wrong / negatives)
    cells = {(l, p): sum((w for m, _, q, w in rows if (m, q) == (l, p)), Fraction(0))
             for l in [True, False] for p in [True, False]}
    tp, fn, fp, tn = (cells[key] for key in [(True, True), (True, False), (False, True), (False, False)])
    sides = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    association = tp * tn - fp * fn
    both = positives and negatives
    answer = {
        "roc_auc": over(pairs, positives * negatives),
        "average_precision": over(precision, positives),
        "ks": float(gap) if both else None,
        "accuracy": over(tp + tn, tp + tn + fp + fn),
        "balanced_accuracy": float((tp / positives + tn / negatives) / 2) if both else None,
        "precision": over(tp, tp + fp),
        "recall": over(tp, positives),
        "specificity": over(tn, negatives),
        "f1": over(2 * tp, 2 * tp + fp + fn),
        "mcc": None if sides == 0 else rational_root(association ** 2 / sides) * (1 if association > 0 else -1),
        "brier": over(sum(w * (Fraction(s) - l) ** 2 for l, s, _, w in rows), positives + negatives),
    }
    for share in case["shares"]:
        wanted, hits = Fraction(share) * (positives + negatives), Fraction(0)
        for threshold in sorted({s for _, s, _, _ in rows}, reverse=True):
            tied = sum(w for _, s, _, w in rows if s == threshold)
            fitting = min(Fraction(1), wanted / tied)
            hits += fitting * sum(w for l, s, _, w in rows if l and s == threshold)
            wanted -= fitting * tied
        answer[f"lift_{float(share)}"] = over(hits, Fraction(share) * positives)
    return answer


def model(case):
    """Rows of a data set that comes with scikit-learn, and what simple models say of the half they did not see."""
    from sklearn import datasets, ensemble, linear_model, pipeline, preprocessing

    features, target = getattr(datasets, "load_" + case["dataset"])(return_X_y=True)
    random = np.random.default_rng(case["seed"])
    order = random.permutation(len(target))
    train, test = order[: len(order) // 2], order[len(order) // 2:]
    if case["kind"] == "regression":
        fitted = linear_model.Ridge().fit(features[train], target[train])
        rows = {"targets": target[test].tolist(), "predictions": fitted.predict(features[test]).tolist()}
    else:
        if case["model"] == "forest":
            fitted = ensemble.RandomForestClassifier(20, random_state=case["seed"])
        else:
            fitted = pipeline.make_pipeline(
                preprocessing.StandardScaler(), linear_model.LogisticRegression())
        fitted.fit(features[train], target[train])
        probabilities = fitted.predict_proba(features[test])
        rows = {"labels": target[test].tolist(), "predictions": fitted.predict(features[test]).tolist()}
        if case["kind"] == "binary":
            rows = {key: [value == 1 for value in column] for key, column in rows.items()}
            rows["scores"] = probabilities[:, 1].tolist()
        else:
            rows["scores"] = probabilities.T.tolist()
            rows["classes"] = probabilities.shape[1]
    if case["weighted"]:
        rows["weights"] = random.gamma(1, 1, len(test)).tolist()
    expected = {"binary": binary, "multiclass": multiclass, "regression": regression}[case["kind"]](rows)
    return {"rows": rows, "expected": expected}


if __name__ == "__main__":
    answer(binary, multiclass, regression, exact_regression, exact_binary, model)
