"""Does one work with one peer, and prints what it cost: {"cpu": s, "wall": s, "answer": [numbers]}.

    peers.py WORK PEER FOLDER

FOLDER holds columns as `refit-kernels write` leaves them. Imports and the reading of columns are not counted;
the answer is there to be compared with Refit's.
"""

import json
import resource
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")


def column(folder, name, kind):
    import numpy as np

    return np.fromfile(folder / name, dtype=kind)


def read_csv(peer, folder):
    path = str(folder / "table.csv")
    if peer == "read()":

        def floor():
            with open(path, "rb", buffering=0) as file:
                chunk = bytearray(1 << 20)
                while file.readinto(chunk):
                    pass
            return []

        return floor
    if peer == "pyarrow":
        from pyarrow import compute, csv

        def pyarrow():
            table = csv.read_csv(path)
            return [table.num_rows, compute.sum(table["x0"]).as_py()]

        return pyarrow
    if peer == "polars":
        import polars

        def read_polars():
            table = polars.read_csv(path)
            return [table.height, table["x0"].sum()]

        return read_polars
    if peer == "duckdb":
        import duckdb

        def read_duckdb():
            # Into columns, as the others do.
            table = duckdb.sql(f"select * from read_csv('{path}')").fetchnumpy()
            return [len(table["x0"]), float(table["x0"].sum())]

        return read_duckdb
    import pandas

    def read_pandas():
        table = pandas.read_csv(path)
        return [len(table), float(table["x0"].sum())]

    return read_pandas


def drift_column(peer, folder):
    from scipy import stats

    reference, current = column(folder, "reference.f64", "f8"), column(folder, "current.f64", "f8")

    def both():
        test = stats.ks_2samp(reference, current, method="asymp")
        return [float(test.statistic), float(stats.wasserstein_distance(reference, current))]

    return both


def drift_table(peer, folder):
    import pandas
    from evidently import Report
    from evidently.presets import DataDriftPreset

    reference = pandas.read_csv(folder / "reference.csv")
    current = pandas.read_csv(folder / "current.csv")

    def report():
        Report([DataDriftPreset()]).run(reference_data=reference, current_data=current).dict()
        return []

    return report


def fairness(peer, folder):
    from fairlearn import metrics

    labels, selected = column(folder, "labels.u8", "u1"), column(folder, "predictions.u8", "u1")
    groups = column(folder, "groups.i32", "i4")
    measures = [
        metrics.demographic_parity_difference, metrics.demographic_parity_ratio,
        metrics.equal_opportunity_difference, metrics.equalized_odds_difference,
    ]

    def four():
        return [float(measure(labels, selected, sensitive_features=groups)) for measure in measures]

    return four


def roc_auc(peer, folder):
    from sklearn import metrics

    labels, scores = column(folder, "labels.u8", "u1"), column(folder, "scores.f64", "f8")
    return lambda: [float(metrics.roc_auc_score(labels, scores))]


def six_metrics(peer, folder):
    from sklearn import metrics

    labels, scores = column(folder, "labels.u8", "u1"), column(folder, "scores.f64", "f8")
    predictions = column(folder, "predictions.u8", "u1")

    def six():
        return [
            float(metrics.roc_auc_score(labels, scores)),
            float(metrics.average_precision_score(labels, scores)),
            float(metrics.log_loss(labels, scores)),
            float(metrics.brier_score_loss(labels, scores)),
            float(metrics.accuracy_score(labels, predictions)),
            float(metrics.f1_score(labels, predictions)),
        ]

    return six


RESAMPLES = 1000


def bootstrap_accuracy(peer, folder):
    import numpy as np

    labels = column(folder, "labels.u8", "u1")
    ours, theirs = column(folder, "predictions.u8", "u1"), column(folder, "champion.u8", "u1")

    def paired():
        gain = (ours == labels).astype("i1") - (theirs == labels).astype("i1")
        random = np.random.default_rng(1)
        rows = len(gain)
        means = [gain[random.integers(0, rows, rows)].mean() for _ in range(RESAMPLES)]
        return [float(gain.mean()), float(np.std(means, ddof=1))]

    return paired


def bootstrap_auc(peer, folder):
    """What a careful user writes in numpy: each model sorted once, each resample a vector of weights."""
    import numpy as np

    labels = column(folder, "labels.u8", "u1").astype(bool)
    models = [column(folder, name, "f8") for name in ("scores.f64", "champion.f64")]

    class Ranked:
        def __init__(self, scores):
            self.order = np.argsort(scores, kind="stable")
            ordered = scores[self.order]
            self.starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
            self.positive = labels[self.order]

        def area(self, weights):
            weights = weights[self.order]
            positives = np.add.reduceat(np.where(self.positive, weights, 0), self.starts)
            negatives = np.add.reduceat(np.where(self.positive, 0, weights), self.starts)
            below = np.cumsum(negatives) - negatives
            return (positives * (below + negatives / 2)).sum() / (positives.sum() * negatives.sum())

    def paired():
        ranked = [Ranked(scores) for scores in models]
        random = np.random.default_rng(1)
        rows = len(labels)

        def difference(weights):
            return ranked[0].area(weights) - ranked[1].area(weights)

        drawn = [difference(random.poisson(1, rows).astype(float)) for _ in range(RESAMPLES)]
        return [float(difference(np.ones(rows))), float(np.std(drawn, ddof=1))]

    return paired


WORKS = {"drift-columns": drift_table} | {
    each.__name__.replace("_", "-"): each
    for each in [
        read_csv, drift_column, drift_table, fairness, roc_auc, six_metrics, bootstrap_accuracy, bootstrap_auc
    ]
}


def main():
    work, peer, folder = WORKS[sys.argv[1]], sys.argv[2], Path(sys.argv[3])
    do = work(peer, folder)
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    answer = do()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(json.dumps({"cpu": cpu, "wall": wall, "answer": answer}))


main()
