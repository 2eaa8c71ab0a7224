"""Trains a scikit-learn classifier on a project's own logs, as a `kind: train` job.

    train: {kind: train, training: training.csv, id: id,
            run: [python3, jobs/sklearn/train.py, --numeric, "price,demand", --days, "60"]}

Leaves model/, training.csv, params.json, metrics.json and folds.json in REFIT_OUTPUT.
"""

import argparse
import json
import os
import time
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.model_selection import TimeSeriesSplit
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

import features
import logs


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    logs.add_arguments(parser)
    group = parser.add_argument_group("model")
    group.add_argument("--numeric", default="", help="feature columns that are numbers, separated by commas")
    group.add_argument("--categorical", default="", help="feature columns that are categories")
    group.add_argument("--without", default="", help="of those, the ones to leave out")
    group.add_argument("--model", choices=["logistic", "gradient-boosting"], default="logistic")
    group.add_argument("--days", type=float, help="learn from the newest so many days (default: from all)")
    group.add_argument("--first-days", type=float, help="the same for a model's first run (default: as --days)")
    group.add_argument("--regularisation", type=float, default=1.0, help="C of the logistic regression")
    group.add_argument("--reweigh", metavar="GROUP", help="weigh rows so that label and GROUP are independent")
    group.add_argument("--folds", type=int, default=3, help="folds of the cross-validation; 0 for none")
    return parser.parse_args()


def estimator(arguments: argparse.Namespace, numeric: list[str], categorical: list[str]) -> Pipeline:
    """The untrained model: columns made ready, then the classifier."""
    seed = int(os.environ.get("REFIT_SEED", "0")) % 2**32
    if arguments.model == "logistic":
        numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
        ready = ColumnTransformer(
            [("numeric", numbers, numeric), ("categorical", OneHotEncoder(handle_unknown="ignore"), categorical)]
        )
        classifier = LogisticRegression(C=arguments.regularisation, max_iter=2000)
    else:
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, min_frequency=20)
        ready = ColumnTransformer([("numeric", "passthrough", numeric), ("categorical", codes, categorical)])
        classifier = HistGradientBoostingClassifier(random_state=seed, early_stopping=False)
    return Pipeline([("columns", ready), ("classifier", classifier)])


def independence_weights(groups: pd.Series, labels: pd.Series) -> np.ndarray:
    """P(group)·P(label) / P(group, label) for each row (Kamiran and Calders, 2012, "reweighing").

    Groups are used here, while learning, and nowhere else: the model that results does not see them.
    """
    share = 1 / len(labels)
    together = groups.groupby([groups, labels]).transform("size") * share
    alone = groups.groupby(groups).transform("size") * share
    label = labels.groupby(labels).transform("size") * share
    return (alone * label / together).to_numpy()


def measure(model: Pipeline, rows: pd.DataFrame, labels: pd.Series) -> dict[str, float]:
    """What cross-validation reports of rows that the model has not seen."""
    scores = model.predict_proba(rows)[:, 1]
    metrics = {"accuracy": accuracy_score(labels, scores >= 0.5)}
    if labels.nunique() == 2:
        metrics["roc_auc"] = roc_auc_score(labels, scores)
        metrics["log_loss"] = log_loss(labels, scores)
    return {name: float(value) for name, value in metrics.items()}


def cross_validate(model: Pipeline, rows, labels, weights, folds: int, report) -> dict[str, list[float | None]]:
    """Each metric by fold, oldest first: a fold is judged on rows later than those that it learnt from.

    A metric that a fold does not have, because its rows hold one label only, is None there. A fold that would learn
    from one label only is left out.
    """
    results = []
    for train, test in TimeSeriesSplit(folds).split(rows) if folds >= 2 else []:
        if labels.iloc[train].nunique() == 2:
            fold = clone(model).fit(rows.iloc[train], labels.iloc[train], classifier__sample_weight=weights[train])
            results.append(measure(fold, rows.iloc[test], labels.iloc[test]))
            report(len(results), f"fold {len(results)}", results[-1])
    names = sorted({name for result in results for name in result})
    return {name: [result.get(name) for result in results] for name in names}


def progress(total: int):
    """A function that adds a line to REFIT_PROGRESS, or does nothing where there is none."""
    path = os.environ.get("REFIT_PROGRESS")

    def report(done: int, note: str, metrics: dict[str, float]) -> None:
        if path:
            numbers = {name: value for name, value in metrics.items() if isinstance(value, float)}
            with open(path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"done": done, "total": total, "note": note, "metrics": numbers}) + "\n")

    return report


def write_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    arguments = parse()
    without = features.names(arguments.without)
    named = features.names(arguments.numeric) + features.names(arguments.categorical)
    numeric = [name for name in features.names(arguments.numeric) if name not in without]
    categorical = [name for name in features.names(arguments.categorical) if name not in without]
    if unknown := [name for name in without if name not in named]:
        raise SystemExit(f"--without {','.join(unknown)}: not among the features")
    if not numeric + categorical:
        raise SystemExit("no features: name them with --numeric and --categorical")
    first = not os.environ.get("REFIT_INTERVAL_START")
    days = arguments.first_days if first and arguments.first_days else arguments.days

    extra = [arguments.reweigh] if arguments.reweigh else []
    # All features, also those left out: training.csv is what drift is measured against.
    rows = logs.training_rows(arguments, named + extra, days)
    if len(rows) < 100 or rows["label"].nunique() < 2:
        raise SystemExit(f"{len(rows)} labelled rows with {rows['label'].nunique()} labels are too few to learn from")
    inputs, labels = features.typed(rows, numeric, categorical), rows["label"]
    weights = independence_weights(rows[arguments.reweigh], labels) if extra else np.ones(len(rows))

    folds_wanted = arguments.folds if arguments.folds >= 2 else 0
    report = progress(total=folds_wanted + 1)
    model = estimator(arguments, numeric, categorical)
    folds = cross_validate(model, inputs, labels, weights, folds_wanted, report)
    started = time.monotonic()
    model.fit(inputs, labels, classifier__sample_weight=weights)
    seconds = time.monotonic() - started
    metrics = {"rows": len(rows), "positive_rate": float(labels.mean()), "fit_seconds": seconds}
    metrics |= {f"training_{name}": value for name, value in measure(model, inputs, labels).items()}
    report(folds_wanted + 1, "fitted", metrics)

    output = Path(os.environ["REFIT_OUTPUT"])
    (output / "model").mkdir()
    joblib.dump({"pipeline": model, "numeric": numeric, "categorical": categorical}, output / "model/model.joblib")
    rows.to_csv(output / "training.csv", index=False)
    write_json(output / "folds.json", folds)
    write_json(output / "metrics.json", metrics)
    parameters = {
        "model": arguments.model,
        "days": days,
        "numeric": ",".join(numeric),
        "categorical": ",".join(categorical),
        "reweigh": arguments.reweigh or "",
    }
    if arguments.model == "logistic":
        parameters["regularisation"] = arguments.regularisation
    write_json(output / "params.json", {name: value for name, value in parameters.items() if value is not None})
    print(f"{arguments.model} on {len(rows)} rows, {len(numeric)} numeric and {len(categorical)} categorical features")


if __name__ == "__main__":
    main()
