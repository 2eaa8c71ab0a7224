"""Answers what prometheus_client reads in texts of Prometheus's exposition format.

Reads {"texts": [...]} on stdin, writes {"answers": [[sample, ...], ...]} on stdout. A sample is its metric (the
name with its sorted labels, escaped), its value as text by repr() and its timestamp in milliseconds or null.
"""

import json
import sys

from prometheus_client.parser import text_string_to_metric_families


def escaped(value):
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def metric(sample):
    pairs = ",".join(f'{name}="{escaped(value)}"' for name, value in sorted(sample.labels.items()))
    return sample.name + ("{" + pairs + "}" if pairs else "")


def samples(text):
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            milliseconds = None if sample.timestamp is None else round(sample.timestamp * 1000)
            yield [metric(sample), repr(float(sample.value)), milliseconds]


asked = json.load(sys.stdin)
json.dump({"answers": [list(samples(text)) for text in asked["texts"]]}, sys.stdout)
