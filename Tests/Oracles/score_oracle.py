"""Answers what scikit-learn, fairlearn and scipy say about a CSV of predictions, from its text alone.

Reads {"kind": "binary" | "multiclass" | "regression" | "dataset", ...} on stdin. For a kind of task: "csv", the
roles of its columns, and what is asked; writes the tree of `refit score --json` as far as a library knows it. For
"dataset": "name" of one of scikit-learn's; writes {"csv", "champion"}, the predictions of two models made here.
"""

import csv
import io
import json
import math
import sys
import warnings

import numpy as np
import pandas as pd
from scipy import stats
from sklearn import metrics as sk

from score_measures import (calibration_error, components, delong_error, lift, loss_difference, mcnemar, normal, number,
                            one_sided, proportion_difference, row_costs, row_losses, wilson)


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def binary_metrics(labels, scores, chosen, weights):
    w = {"sample_weight": weights}
    false_rate, true_rate, _ = sk.roc_curve(labels, scores, drop_intermediate=False, **w)
    area = sk.roc_auc_score(labels, scores, **w)
    undefined = {"zero_division": np.nan} | w
    values = {
        "roc_auc": area, "gini": 2 * area - 1, "ks": np.max(true_rate - false_rate),
        "average_precision": sk.average_precision_score(labels, scores, **w),
        "accuracy": sk.accuracy_score(labels, chosen, **w),
        "balanced_accuracy": sk.balanced_accuracy_score(labels, chosen, **w),
        "precision": sk.precision_score(labels, chosen, **undefined),
        "recall": sk.recall_score(labels, chosen, **undefined),
        "specificity": sk.recall_score(~labels, ~chosen, **undefined),
        "f1": sk.f1_score(labels, chosen, **undefined),
        "mcc": sk.matthews_corrcoef(labels, chosen, **w) if len(np.unique(chosen)) == 2 else math.nan,
        "brier": sk.brier_score_loss(labels, scores, **w),
        "log_loss": sk.log_loss(labels, scores, **w),
        "ece": calibration_error(labels, scores, np.ones(len(labels)) if weights is None else weights),
    }
    return {name: number(value) for name, value in values.items()}


def binary_intervals(labels, scores, chosen, confidence):
    first, second = components(labels, scores)
    error = delong_error(first, second)
    area = stats.norm.interval(confidence, first.mean(), error)
    losses = row_losses(labels, scores)
    return {
        "roc_auc": {"lower": max(0, area[0]), "upper": min(1, area[1]), "standard_error": error, "method": "delong"},
        "accuracy": wilson(np.sum(labels == chosen), len(labels), confidence),
        "precision": wilson(np.sum(labels & chosen), np.sum(chosen), confidence),
        "recall": wilson(np.sum(labels & chosen), np.sum(labels), confidence),
        "specificity": wilson(np.sum(~labels & ~chosen), np.sum(~labels), confidence),
        "brier": normal(losses["brier"], confidence),
        "log_loss": normal(losses["log_loss"], confidence),
    }


def asked_metrics(question, labels, scores, chosen, weights):
    """What is told with --lift and --costs."""
    heavy = np.ones(len(labels)) if weights is None else weights
    values = {f"lift_at_{share}": lift(labels, scores, heavy, share) for share in question.get("lift", [])}
    if "costs" in question:
        values["expected_cost"] = np.average(row_costs(labels, chosen, question["costs"]), weights=weights)
    return {name: number(value) for name, value in values.items()}


def bootstrap_errors(labels, scores, chosen):
    """The standard deviation of what has no theory, over resamples of numpy's."""
    generator = np.random.default_rng(1)
    found = []
    for _ in range(300):
        rows = generator.integers(0, len(labels), len(labels))
        values = binary_metrics(labels[rows], scores[rows], chosen[rows], None)
        found.append([values[name] for name in ("average_precision", "ks", "f1", "mcc", "ece")])
    return dict(zip(("average_precision", "ks", "f1", "mcc", "ece"), np.std(found, axis=0, ddof=1)))


def fairness(rows, labels, chosen, columns, minimum, weights):
    from fairlearn import metrics as fair

    frames = {
        "selection_rate": fair.selection_rate, "true_positive_rate": fair.true_positive_rate,
        "false_positive_rate": fair.false_positive_rate, "false_negative_rate": fair.false_negative_rate,
        "true_negative_rate": fair.true_negative_rate, "precision": sk.precision_score, "accuracy": sk.accuracy_score,
    }
    measures = {"demographic_parity": ["selection_rate"], "equal_opportunity": ["true_positive_rate"],
                "equalized_odds": ["true_positive_rate", "false_positive_rate"], "predictive_parity": ["precision"],
                "accuracy_parity": ["accuracy"]}
    answer = {}
    for column in columns + ([columns] if len(columns) > 1 else []):
        if isinstance(column, list):
            name = " & ".join(column)
            groups = np.array([" & ".join(f"{c}={row[c]}" for c in column) if all(row[c] for c in column) else ""
                               for row in rows])
        else:
            name, groups = column, np.array([row[column] for row in rows])
        kept = groups != ""
        heavy = np.ones(len(labels)) if weights is None else weights
        truth, taken, of = labels[kept], chosen[kept], groups[kept]
        params = {name: {"sample_weight": weights[kept]} for name in frames} if weights is not None else None
        frame = fair.MetricFrame(metrics=frames, y_true=truth, y_pred=taken, sensitive_features=of,
                                 sample_params=params)
        counts = {"selection_rate": np.ones(len(truth), bool), "accuracy": np.ones(len(truth), bool),
                  "true_positive_rate": truth, "false_negative_rate": truth, "false_positive_rate": ~truth,
                  "true_negative_rate": ~truth, "precision": taken}
        rates, large = {}, {rate: [] for rate in frames}
        for group in sorted(set(of)):
            rates[group] = {"count": int(np.sum(of == group))}
            for rate in frames:
                below = counts[rate] & (of == group)
                weighs = heavy[kept][below].sum() > 0
                rates[group][rate] = number(frame.by_group[rate][group]) if weighs else None
                if below.sum() >= max(1, minimum) and weighs:
                    large[rate].append(rates[group][rate])
        found = {}
        for measure, of_rates in measures.items():
            enough = all(len(large[rate]) >= 2 for rate in of_rates)
            spreads = [(max(large[rate]) - min(large[rate]), min(large[rate]) / max(large[rate])
                        if max(large[rate]) else math.nan) for rate in of_rates] if enough else []
            found[f"{measure}_difference"] = max(s[0] for s in spreads) if enough else None
            ratios = [s[1] for s in spreads]
            found[f"{measure}_ratio"] = None if not enough or any(map(math.isnan, ratios)) else min(ratios)
        answer[name] = {"groups": rates, "measures": found, "rows_without_group": int(np.sum(~kept))}
    return answer


def joined(question, rows):
    """The rows of both files, by id, that have a label."""
    others = {row["id"]: row for row in table(question["champion"])}
    pairs = [(row, others[row["id"]]) for row in rows if row["id"] in others and row[question["label"]]]
    return [a for a, _ in pairs], [b for _, b in pairs], len(rows), len(others)


def binary_comparison(question, rows, truth):
    own, other, here, there = joined(question, rows)
    labels = np.array([truth(row[question["label"]]) for row in own])
    p, q = (np.array([float(row[question["score"]]) for row in side]) for side in (own, other))
    confidence, threshold = question["confidence"], question["threshold"]
    first, second = components(labels, p)
    third, fourth = components(labels, q)
    right, right_other = ((side >= threshold) == labels for side in (p, q))
    losses, losses_other = row_losses(labels, p), row_losses(labels, q)
    compared = {"roc_auc": one_sided(first.mean() - third.mean(),
                                     delong_error(first - third, second - fourth), confidence) | {"method": "delong"},
                "accuracy": proportion_difference(right, right_other, confidence) | {"method": "paired-wald"},
                "recall": proportion_difference(right[labels], right_other[labels], confidence)}
    for name in losses:
        compared[name] = loss_difference(losses[name], losses_other[name], confidence) | {"method": "paired-t"}
    if "costs" in question:
        compared["expected_cost"] = {"method": "paired-t"} | loss_difference(
            *(row_costs(labels, side >= threshold, question["costs"]) for side in (p, q)), confidence)
    for side, scores in (("candidate", p), ("champion", q)):
        values = binary_metrics(labels, scores, scores >= threshold, None)
        for name, value in (values | asked_metrics(question, labels, scores, scores >= threshold, None)).items():
            compared.setdefault(name, {})[side] = value
    return {"rows": len(own), "only_here": here - count_joined(rows, question), "bounds": "one-sided",
            "only_there": there - count_joined(rows, question), "metrics": compared,
            "mcnemar": mcnemar(right, right_other)}


def count_joined(rows, question):
    ids = {row["id"] for row in table(question["champion"])}
    return sum(row["id"] in ids for row in rows)


def binary(question):
    rows = table(question["csv"])
    positive = question.get("positive")
    truth = lambda text: text == positive if positive else text.lower() in ("1", "1.0", "true")
    used = [row for row in rows if row[question["label"]]]
    labels = np.array([truth(row[question["label"]]) for row in used])
    scores = np.array([float(row[question["score"]]) for row in used])
    chosen = scores >= question["threshold"]
    if question.get("prediction"):
        chosen = np.array([row[question["prediction"]] in ("1", positive) for row in used])
    weights = np.array([float(row[question["weight"]]) for row in used]) if question.get("weight") else None
    answer = {"rows": len(used), "rows_without_label": len(rows) - len(used),
              "metrics": binary_metrics(labels, scores, chosen, weights)
              | asked_metrics(question, labels, scores, chosen, weights)}
    if weights is None:
        answer["intervals"] = binary_intervals(labels, scores, chosen, question["confidence"])
        if "costs" in question:
            costs = row_costs(labels, chosen, question["costs"])
            answer["intervals"]["expected_cost"] = normal(costs, question["confidence"])
        if question.get("bootstrap"):
            for name, error in bootstrap_errors(labels, scores, chosen).items():
                answer["intervals"][name] = {"standard_error_about": error}
            generator = np.random.default_rng(2)
            drawn = [generator.integers(0, len(labels), len(labels)) for _ in range(300)]
            for share in question.get("lift", []):
                values = [lift(labels[d], scores[d], np.ones(len(d)), share) for d in drawn]
                answer["intervals"][f"lift_at_{share}"] = {"standard_error_about": np.std(values, ddof=1)}
    if question.get("groups"):
        favourable = question.get("favourable", "above") == "above"
        answer["fairness"] = fairness(used, labels == favourable, chosen == favourable, question["groups"],
                                      question["minimum"], weights)
    if question.get("champion"):
        answer["comparison"] = binary_comparison(question, rows, truth)
    return answer


def multiclass(question):
    rows = [row for row in table(question["csv"]) if row[question["label"]]]
    classes = sorted(question["scores"])
    columns = [question["scores"][name] for name in classes]
    labels = np.array([row[question["label"]] for row in rows])
    scores = np.array([[float(row[column]) for column in columns] for row in rows])
    chosen = np.array(classes)[scores.argmax(axis=1)]
    values = {"accuracy": sk.accuracy_score(labels, chosen), "mcc": sk.matthews_corrcoef(labels, chosen),
              "balanced_accuracy": sk.balanced_accuracy_score(labels, chosen),
              "log_loss": sk.log_loss(labels, scores, labels=classes),
              "roc_auc_macro": sk.roc_auc_score(labels, scores, multi_class="ovr", labels=classes),
              "roc_auc_weighted": sk.roc_auc_score(labels, scores, multi_class="ovr", labels=classes,
                                                   average="weighted")}
    for average in ("macro", "weighted", "micro"):
        for name, score in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
            values[f"{name}_{average}"] = score(labels, chosen, average=average)
    own = -np.log(np.clip(scores[np.arange(len(rows)), [classes.index(c) for c in labels]], 2.0**-52, 1))
    answer = {"rows": len(rows), "metrics": {name: number(value) for name, value in values.items()},
              "intervals": {"accuracy": wilson(np.sum(labels == chosen), len(rows), question["confidence"]),
                            "log_loss": normal(own, question["confidence"])}}
    if question.get("champion"):
        pairs = joined(question, rows)[:2]
        truth = np.array([row[question["label"]] for row in pairs[0]])
        right = [np.array(classes)[np.array([[float(row[c]) for c in columns] for row in side]).argmax(axis=1)] == truth
                 for side in pairs]
        answer["comparison"] = {
            "metrics": {"accuracy": proportion_difference(*right, question["confidence"])}, "mcnemar": mcnemar(*right)}
    return answer


def regression(question):
    rows = [row for row in table(question["csv"]) if row[question["label"]]]
    column = lambda name, of=rows: np.array([float(row[name]) for row in of])
    targets, predictions = column(question["label"]), column(question["prediction"])
    weights = column(question["weight"]) if question.get("weight") else None
    w = {"sample_weight": weights}
    errors = predictions - targets
    values = {"rmse": sk.root_mean_squared_error(targets, predictions, **w),
              "mae": sk.mean_absolute_error(targets, predictions, **w),
              "mape": sk.mean_absolute_percentage_error(targets, predictions, **w),
              "r2": sk.r2_score(targets, predictions, **w), "mean_error": np.average(errors, weights=weights)}
    for level, name in question["quantiles"].items():
        values[f"pinball_{level}"] = sk.mean_pinball_loss(targets, column(name), alpha=float(level), **w)
    low, high = (column(question["quantiles"][level]) for level in question["span"])
    held = (low <= targets) & (targets <= high)
    values["coverage"] = np.average(held, weights=weights)
    answer = {"rows": len(rows), "metrics": {name: number(value) for name, value in values.items()}}
    generator = np.random.default_rng(1)
    if weights is None:
        answer["intervals"] = {"mae": normal(abs(errors), question["confidence"]),
                               "mean_error": normal(errors, question["confidence"]),
                               "coverage": wilson(held.sum(), len(rows), question["confidence"])}
        drawn = [generator.integers(0, len(rows), len(rows)) for _ in range(1000)]
        answer["intervals"]["r2"] = {"standard_error_about": np.std(
            [sk.r2_score(targets[d], predictions[d]) for d in drawn], ddof=1)}
        answer["intervals"]["rmse"] = {"standard_error_about": np.std(
            [sk.root_mean_squared_error(targets[d], predictions[d]) for d in drawn], ddof=1)}
    if question.get("groups"):
        group = np.array([row[question["groups"][0]] for row in rows])
        heavy = np.ones(len(rows)) if weights is None else weights
        mean = lambda values, g: np.average(values[group == g], weights=heavy[group == g])
        found = {g: {"count": int(np.sum(group == g)), "mean_error": mean(errors, g), "mae": mean(abs(errors), g)}
                 for g in sorted(set(group))}
        mae = [g["mae"] for g in found.values()]
        drawn = [[members[generator.integers(0, len(members), len(members))] for _ in range(1000)]
                 for members in (np.flatnonzero(group == g) for g in sorted(set(group)))]
        again = np.array([[np.average(abs(errors[d]), weights=heavy[d]) for d in of] for of in drawn])
        spread = np.std(again.max(axis=0) - again.min(axis=0), ddof=1)
        answer["fairness"] = {question["groups"][0]: {
            "groups": found, "measures": {"mae_difference": max(mae) - min(mae), "mae_ratio": min(mae) / max(mae)},
            "intervals": {"mae_difference": {"standard_error_about": spread}}}}
    if question.get("champion"):
        own, other = joined(question, rows)[:2]
        target = column(question["label"], own)
        p, q = column(question["prediction"], own), column(question["prediction"], other)
        w = {"sample_weight": column(question["weight"], own) if question.get("weight") else None}
        error = sk.root_mean_squared_error
        compared = {"rmse": {"difference": error(target, p, **w) - error(target, q, **w)},
                    "mae": {"difference": sk.mean_absolute_error(target, p, **w)
                            - sk.mean_absolute_error(target, q, **w)}}
        sides = [(own, p), (other, q)]
        means = {"mean_error": [chosen - target for _, chosen in sides]}
        for level, name in question["quantiles"].items():
            alpha, above = float(level), [target - column(name, side) for side, _ in sides]
            means[f"pinball_{level}"] = [np.maximum(alpha * e, (alpha - 1) * e) for e in above]
        low, high = (question["quantiles"][level] for level in question["span"])
        held = [(column(low, side) <= target) & (target <= column(high, side)) for side, _ in sides]
        for name, (first, second) in (means | {"coverage": held}).items():
            first, second = (np.average(side, weights=w["sample_weight"]) for side in (first, second))
            compared[name] = {"candidate": first, "champion": second, "difference": first - second}
        for name in ("mean_error", "coverage"):
            compared[name]["better"] = "neither"
        if weights is None:
            means["mae"] = [abs(p - target), abs(q - target)]
            for name, losses in means.items():
                compared[name] |= loss_difference(*losses, question["confidence"]) | {"method": "paired-t"}
            compared["coverage"] |= proportion_difference(*held, question["confidence"]) | {"method": "paired-wald"}
        answer["comparison"] = {"rows": len(own), "metrics": compared}
    return answer


def dataset(question):
    from sklearn import datasets
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    name = question["name"]
    features, target = getattr(datasets, f"load_{name}")(return_X_y=True)
    frames = []
    for used, strength in ((slice(None), 0.1), (slice(0, 4), 0.01)):
        columns = features[:, used]
        frame = pd.DataFrame({"id": [f"r{i}" for i in range(len(target))], "y": target,
                              "sex": ["F" if i % 3 else "M" for i in range(len(target))],
                              "race": ["ABBC"[i % 4] for i in range(len(target))],
                              "weight": [1 + i % 5 / 2 for i in range(len(target))]})
        if name == "diabetes":
            model = Ridge(alpha=strength).fit(columns[::2], target[::2])
            frame["p"] = model.predict(columns)
            frame["low"], frame["high"] = frame["p"] - 70, frame["p"] + 70
        else:
            model = make_pipeline(StandardScaler(), LogisticRegression(C=strength)).fit(columns[::2], target[::2])
            for index, scores in enumerate(model.predict_proba(columns).T):
                frame[f"p{index}"] = scores
        frames.append(frame)
    other = frames[1].sample(frac=1, random_state=1).iloc[3:]
    return {"csv": frames[0].to_csv(index=False), "champion": other.to_csv(index=False)}


warnings.simplefilter("ignore")
question = json.load(sys.stdin)
answer = {"binary": binary, "multiclass": multiclass, "regression": regression, "dataset": dataset}[question["kind"]](
    question)
json.dump(answer, sys.stdout)
