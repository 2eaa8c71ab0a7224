"""Answers what fairlearn says about a list of cases."""

import numpy as np
from fairlearn import metrics
from sklearn.metrics import accuracy_score, mean_absolute_error, precision_score

from answering import answer, number


def by_group(frame):
    return {name: frame.by_group[name].astype(float).to_dict() for name in frame.by_group}


def weighted(functions, weights):
    return None if weights is None else {name: {"sample_weight": np.array(weights)} for name in functions}


def rates(case):
    """The rates of each group, and the measures over groups."""
    functions = {
        "selection_rate": metrics.selection_rate,
        "true_positive_rate": metrics.true_positive_rate,
        "false_positive_rate": metrics.false_positive_rate,
        "false_negative_rate": metrics.false_negative_rate,
        "true_negative_rate": metrics.true_negative_rate,
        "precision": lambda labels, decisions, sample_weight=None: precision_score(
            labels, decisions, sample_weight=sample_weight, zero_division=0
        ),
        "accuracy": accuracy_score,
    }
    columns = {
        "y_true": np.array(case["labels"], dtype=int),
        "y_pred": np.array(case["selected"], dtype=int),
        "sensitive_features": np.array(case["groups"]),
    }
    weights = case.get("weights")
    frame = metrics.MetricFrame(metrics=functions, sample_params=weighted(functions, weights), **columns)
    return {"rates": by_group(frame), "measures": measures(frame, columns if case["functions"] else None)}


def measures(frame, columns):
    """From the frame; where there are columns, fairlearn's own functions for the six that it has."""
    answer = {}
    for view, worst in (("difference", max), ("ratio", min)):
        spread = getattr(frame, view)()
        answer[f"predictive_parity_{view}"] = spread["precision"]
        answer[f"accuracy_parity_{view}"] = spread["accuracy"]
        answer[f"demographic_parity_{view}"] = spread["selection_rate"]
        answer[f"equal_opportunity_{view}"] = spread["true_positive_rate"]
        answer[f"equalized_odds_{view}"] = worst(spread[["true_positive_rate", "false_positive_rate"]])
        if columns is not None:
            for measure in ("demographic_parity", "equal_opportunity", "equalized_odds"):
                name = f"{measure}_{view}"
                answer[name] = getattr(metrics, name)(**columns)
    return {name: number(value) for name, value in answer.items()}


def crossed(case):
    """Selection rate and count over the intersections of several columns, keyed by the groups' names."""
    frame = metrics.MetricFrame(
        metrics={"selection_rate": metrics.selection_rate, "count": metrics.count},
        y_true=np.array(case["labels"], dtype=int),
        y_pred=np.array(case["selected"], dtype=int),
        sensitive_features={name: np.array(column) for name, column in case["columns"].items()},
    )
    table = frame.by_group.dropna()
    names = list(table.index.names)
    return {
        " & ".join(f"{name}={group}" for name, group in zip(names, groups)): row.astype(float).to_dict()
        for groups, row in table.iterrows()
    }


def errors(case):
    """Mean and mean absolute error of each group, and the measures over groups."""
    functions = {
        "mean_error": lambda targets, predictions, sample_weight=None: np.average(
            np.asarray(predictions) - np.asarray(targets), weights=sample_weight
        ),
        "mae": mean_absolute_error,
    }
    params = weighted(functions, case.get("weights"))
    frame = metrics.MetricFrame(
        metrics=functions | {"count": metrics.count},
        sample_params=None if params is None else params | {"count": {}},
        y_true=np.array(case["targets"]),
        y_pred=np.array(case["predictions"]),
        sensitive_features=np.array(case["groups"]),
    )
    return {
        "groups": by_group(frame),
        "measures": {
            "mean_error_difference": number(frame.difference()["mean_error"]),
            "mae_difference": number(frame.difference()["mae"]),
            "mae_ratio": number(frame.ratio()["mae"]),
        },
    }


def bootstrap(case):
    """Percentile bounds of the stratified bootstrap: numpy draws the four counts of each group anew."""
    random = np.random.default_rng(7)
    drawn = [random.multinomial(sum(cells), np.array(cells) / sum(cells), 20_000) for cells in case["cells"]]
    with np.errstate(divide="ignore", invalid="ignore"):
        fractions = {
            "demographic_parity": lambda c: (c[:, 1] + c[:, 3]) / c.sum(axis=1),
            "equal_opportunity": lambda c: c[:, 3] / (c[:, 2] + c[:, 3]),
            "false_positive": lambda c: c[:, 1] / (c[:, 0] + c[:, 1]),
            "predictive_parity": lambda c: c[:, 3] / (c[:, 1] + c[:, 3]),
            "accuracy_parity": lambda c: (c[:, 0] + c[:, 3]) / c.sum(axis=1),
        }
        values = {}
        for name, fraction in fractions.items():
            over_groups = np.array([fraction(cells) for cells in drawn])
            low, high = over_groups.min(axis=0), over_groups.max(axis=0)
            values[f"{name}_difference"], values[f"{name}_ratio"] = high - low, low / high
    return resampled_bounds(values, case["confidence"])


def resampled_bounds(values, confidence):
    """Percentile bounds and standard deviations of measures in resamples; equalized odds are the worse of two."""
    for view, worst in (("difference", np.maximum), ("ratio", np.minimum)):
        if f"equal_opportunity_{view}" in values:
            odds = (values[f"equal_opportunity_{view}"], values.pop(f"false_positive_{view}"))
            values[f"equalized_odds_{view}"] = worst(*odds)
    tail = 1 - confidence
    return {
        name: [number(np.nanquantile(value, share)) for share in (tail, 1 - tail)] + [number(np.nanstd(value))]
        for name, value in values.items()
    }


def resampled_rows(case):
    """Percentile bounds of weighted measures and their standard deviation: rows of each group drawn with numpy."""
    random = np.random.default_rng(11)
    groups, weights = np.array(case["groups"]), np.array(case["weights"])
    members = [np.flatnonzero(groups == name) for name in sorted(set(case["groups"]))]
    if "targets" in case:
        errors = np.array(case["predictions"]) - np.array(case["targets"])
        values = {"mean_error": (errors, weights), "mae": (abs(errors), weights)}
    else:
        labels, selected = np.array(case["labels"]), np.array(case["selected"])
        values = {
            "demographic_parity": (selected * 1.0, weights),
            "equal_opportunity": (selected * 1.0, weights * labels),
            "false_positive": (selected * 1.0, weights * ~labels),
            "predictive_parity": (labels * 1.0, weights * selected),
            "accuracy_parity": ((labels == selected) * 1.0, weights),
        }
    answer = {}
    drawn = [random.integers(0, len(rows), (case["resamples"], len(rows))) for rows in members]
    with np.errstate(divide="ignore", invalid="ignore"):
        for name, (value, weight) in values.items():
            over_groups = []
            for rows, places in zip(members, drawn):
                w = weight[rows][places]
                over_groups.append((w * value[rows][places]).sum(axis=1) / w.sum(axis=1))
            low, high = np.min(over_groups, axis=0), np.max(over_groups, axis=0)
            answer[f"{name}_difference"], answer[f"{name}_ratio"] = high - low, low / high
    return resampled_bounds(answer, case["confidence"])


if __name__ == "__main__":
    answer(rates, crossed, errors, bootstrap, resampled_rows)
