"""Answers how metrics of several classes vary over resamples of raw rows: scipy's BCa, or numpy's draws of many rows."""

import numpy as np
from scipy import stats

from answering import answer, number


def of_predictions(labels, chosen, weights, classes):
    """Of the classes that occur, by definition; null where a rate is 0/0."""
    cells = np.bincount(labels * classes + chosen, weights, classes * classes).reshape(classes, classes)
    own, said, right, total = cells.sum(axis=1), cells.sum(axis=0), np.diag(cells), cells.sum()
    met = (own > 0) | (said > 0)
    precision = np.divide(right, said, out=np.full(classes, np.nan), where=said > 0)
    f1 = np.divide(2 * right, own + said, out=np.zeros(classes), where=met)
    spread = (total**2 - (own**2).sum()) * (total**2 - (said**2).sum())
    return {"balanced_accuracy": np.mean(right[own > 0] / own[own > 0]), "precision_macro": np.mean(precision[met]),
            "precision_weighted": np.average(precision[own > 0], weights=own[own > 0]), "f1_macro": np.mean(f1[met]),
            "f1_weighted": np.average(f1, weights=own), "recall_weighted": right.sum() / total,
            "mcc": (right.sum() * total - (own * said).sum()) / np.sqrt(spread)}


class Areas:
    """One-versus-rest areas by running sums, of scores that are sorted once."""

    def __init__(self, labels, scores):
        self.orders = [np.argsort(column, kind="stable") for column in scores]
        self.ends = [np.r_[np.flatnonzero(np.diff(column[order])), len(order) - 1]
                     for column, order in zip(scores, self.orders)]
        self.labels, self.scores = labels, scores

    def measure(self, weights):
        areas, shares = [], []
        for index, (order, ends) in enumerate(zip(self.orders, self.ends)):
            positive = np.where(self.labels == index, weights, 0.0)
            hits = np.r_[0, np.cumsum(positive[order])[ends]]
            others = np.r_[0, np.cumsum((weights - positive)[order])[ends]]
            areas.append(((others[1:] + others[:-1]) / 2 * np.diff(hits)).sum() / (hits[-1] * others[-1]))
            shares.append(hits[-1])
        loss = -np.log(np.clip(np.array(self.scores)[self.labels, np.arange(len(self.labels))], 2.0**-52, 1))
        return {"roc_auc_macro": np.mean(areas), "roc_auc_weighted": np.average(areas, weights=shares),
                "log_loss": np.average(loss, weights=weights)}


def measures(case):
    """A function of the weights of rows: each metric, or how much the first model's exceeds the second one's."""
    labels = np.array(case["labels"])
    models = []
    for model in case["models"]:
        if case["isScored"]:
            models.append(Areas(labels, np.array(model["scores"])).measure)
        else:
            models.append(lambda weights, chosen=np.array(model["predictions"]): of_predictions(
                labels, chosen, weights, case["classes"]))

    def measure(weights):
        values = [model(weights) for model in models]
        return {name: value - values[1][name] if len(values) == 2 else value for name, value in values[0].items()}

    return measure


def resampled(case):
    measure, rows = measures(case), len(case["labels"])
    weights = np.array(case.get("weights") or np.ones(rows))
    generator = np.random.default_rng(5)
    data = np.arange(rows)
    found = {}
    if case["isCorrected"]:
        for name in measure(weights):
            drawn = stats.bootstrap(
                (data,), lambda d: measure(np.bincount(d, minlength=rows) * weights)[name], n_resamples=1000,
                vectorized=False, confidence_level=case["confidence"], method="BCa", rng=generator)
            found[name] = {"lower": number(drawn.confidence_interval.low),
                           "upper": number(drawn.confidence_interval.high), "error": number(drawn.standard_error)}
        return found
    replicates = [measure(generator.multinomial(rows, np.full(rows, 1 / rows)) * weights) for _ in range(600)]
    tail = (1 - case["confidence"]) / 2
    for name in replicates[0]:
        values = np.array([replicate[name] for replicate in replicates])
        low, high = np.quantile(values, [tail, 1 - tail])
        found[name] = {"lower": number(low), "upper": number(high), "error": number(np.std(values, ddof=1))}
    return found


if __name__ == "__main__":
    answer(resampled)
