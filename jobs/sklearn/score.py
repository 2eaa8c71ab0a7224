"""Scores a holdout with the model that train.py left, as a `kind: score` job.

    score: {kind: score, needs: train, run: [python3, jobs/sklearn/score.py]}
"""

import os
from pathlib import Path

import joblib
import pandas as pd

import features


def main() -> None:
    given = Path(os.environ["REFIT_INPUT"])
    model = joblib.load(given / "model/model.joblib")
    rows = pd.read_csv(given / "holdout.csv", dtype=str, keep_default_na=False, na_values=[""])
    inputs = features.typed(rows, model["numeric"], model["categorical"])
    scores = model["pipeline"].predict_proba(inputs)[:, 1]
    predictions = pd.DataFrame({"id": rows["id"], "score": scores})
    predictions.to_csv(Path(os.environ["REFIT_OUTPUT"]) / "predictions.csv", index=False)


if __name__ == "__main__":
    main()
