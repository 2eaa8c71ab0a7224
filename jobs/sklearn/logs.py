"""The rows that a training may use, read from a project's own logs."""

import argparse
import glob
import os

import pandas as pd


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares where the logs are and how their columns are called."""
    group = parser.add_argument_group("logs")
    group.add_argument("--predictions", default="data/predictions/*.csv", help="files of the prediction log")
    group.add_argument("--id", default="id", help="column of the prediction log and of the labels")
    group.add_argument("--time", default="time", help="column: when the prediction was made")
    group.add_argument("--labels", default="data/labels/*.csv", help="files of the labels")
    group.add_argument("--label-time", default="time", help="column: when the label became known")
    group.add_argument("--label", default="label", help="column: the label")
    group.add_argument("--positive", default="1", help="the label that counts as positive")


def read_files(pattern: str, columns: list[str]) -> pd.DataFrame:
    """All files that match, one below the other. Everything is text; only the empty field is missing."""
    paths = sorted(glob.glob(pattern))
    if not paths:
        raise SystemExit(f"no file matches {pattern}")
    frames = []
    for path in paths:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
        missing = [name for name in columns if name not in frame]
        if missing:
            raise SystemExit(f"{path} has no column {', '.join(missing)}")
        frames.append(frame[columns])
    return pd.concat(frames, ignore_index=True)


def as_times(texts: pd.Series) -> pd.Series:
    """ISO 8601 texts as UTC instants."""
    return pd.to_datetime(texts, utc=True, format="ISO8601")


def training_rows(arguments: argparse.Namespace, columns: list[str], days: float | None) -> pd.DataFrame:
    """The labelled rows that this run may learn from, oldest first, with `label` as 0 or 1.

    Scored at or before the end of the run's interval and, with `days`, at most so long before it; the label known
    by REFIT_KNOWN_AT; the id not among those withheld for the holdout.
    """
    end = pd.Timestamp(os.environ["REFIT_INTERVAL_END"])
    known_at = pd.Timestamp(os.environ["REFIT_KNOWN_AT"])
    withheld = pd.read_csv(os.path.join(os.environ["REFIT_INPUT"], "withheld.csv"), dtype=str)["id"]

    rows = read_files(arguments.predictions, list(dict.fromkeys([arguments.id, arguments.time, *columns])))
    times = as_times(rows[arguments.time])
    chosen = (times <= end) & ~rows[arguments.id].isin(set(withheld))
    if days is not None:
        chosen &= times > end - pd.Timedelta(days=days)
    rows = rows[chosen].assign(_time=times[chosen])

    labels = read_files(arguments.labels, [arguments.id, arguments.label_time, arguments.label])
    labels["_known"] = as_times(labels[arguments.label_time])
    labels = labels[labels["_known"] <= known_at].sort_values("_known", kind="stable")
    newest = labels.drop_duplicates(arguments.id, keep="last").set_index(arguments.id)[arguments.label]

    rows = rows.assign(label=rows[arguments.id].map(newest)).dropna(subset=["label"])
    rows["label"] = (rows["label"] == arguments.positive).astype(int)
    return rows.sort_values("_time", kind="stable").drop(columns="_time").reset_index(drop=True)
