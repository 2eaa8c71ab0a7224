"""Answers what Python's csv module, numpy and scipy say about two CSV texts, column by column.

Reads {"reference": text, "current": text, "categorical": [names]} on stdin; writes {"columns": [{"name", "type",
"n_reference", "n_current", "statistics": {...}}]} of the columns that both have. A number that does not exist is null.
"""

import csv
import io
import json
import math
import sys
from collections import Counter

from statistics_oracle import histogram_drift, number, numeric_drift, stability_index


def is_number(field):
    try:
        float(field)
    except ValueError:
        return False
    return "_" not in field


def missing_shares(missing, rows):
    return {
        f"missing_share_{side}": missing[side] / rows[side] if rows[side] else None
        for side in ("reference", "current")
    }


def emptied(used, bins):
    """The counts where nothing is left of the current side: with a bin for missing values there still is an index."""
    if not used["reference"]:
        return []
    counts = bins({"reference": used["reference"], "current": used["reference"]})
    return [counts, [0] * len(counts)]


def numeric(sides):
    numbers = {name: [float(field) if field else math.nan for field in fields] for name, fields in sides.items()}
    used = {name: [x for x in column if math.isfinite(x)] for name, column in numbers.items()}
    missing = {name: sum(math.isnan(x) for x in column) for name, column in numbers.items()}
    if not all(used.values()):
        return used, missing, None, emptied(used, lambda side: numeric_drift(side | {"exact": True})["referenceCounts"])
    drift = numeric_drift({"reference": used["reference"], "current": used["current"], "exact": True})
    return used, missing, drift["statistics"], [drift["referenceCounts"], drift["currentCounts"]]


def categorical(sides):
    used = {name: [field for field in fields if field] for name, fields in sides.items()}
    missing = {name: len(fields) - len(used[name]) for name, fields in sides.items()}
    if not all(used.values()):
        return used, missing, None, emptied(used, lambda side: list(Counter(side["reference"]).values()))
    names = sorted(set(used["reference"]) | set(used["current"]))
    counts = [[Counter(used[side])[name] for name in names] for side in ("reference", "current")]
    known = set(used["reference"])
    statistics = histogram_drift(*counts)
    statistics["unseen_share"] = sum(field not in known for field in used["current"]) / len(used["current"])
    shares = [[count / sum(side) for count in side] for side in counts]
    for side in shares:
        smallest = min(share for share in side if share)
        filling = smallest / 10**6 if smallest <= 0.0001 else 0.0001
        side[:] = [share or filling for share in side]
    statistics["psi_evidently"] = number(sum((q - p) * math.log(q / p) for q, p in zip(*shares)))
    return used, missing, statistics, counts


def column(name, sides, declared):
    isnumeric = not declared and all(is_number(field) for fields in sides.values() for field in fields if field)
    used, missing, statistics, counts = (numeric if isnumeric else categorical)(sides)
    statistics = {} if statistics is None else statistics
    if counts:
        with_missing = [side + [missing[key]] for side, key in zip(counts, ("reference", "current"))]
        statistics["psi_missing"] = stability_index(*with_missing)
    rows = {side: len(fields) for side, fields in sides.items()}
    return {
        "name": name,
        "type": "numeric" if isnumeric else "categorical",
        "n_reference": len(used["reference"]),
        "n_current": len(used["current"]),
        "statistics": statistics | missing_shares(missing, rows),
    }


question = json.load(sys.stdin)
tables = {side: list(csv.reader(io.StringIO(question[side]))) for side in ("reference", "current")}
headers = {side: table[0] for side, table in tables.items()}
answers = []
for name in headers["reference"]:
    if name in headers["current"]:
        sides = {side: [row[headers[side].index(name)] for row in table[1:]] for side, table in tables.items()}
        answers.append(column(name, sides, name in question["categorical"]))
json.dump({"columns": answers}, sys.stdout)
