"""Answers questions about cron and time zones from independent implementations, in one batch.

Standard input: {"cron": [{"expression", "zone", "after", "count"}],
                 "offsets": [{"zone", "instants"}],
                 "rules": [{"rule", "instants"}]}, instants in seconds since 1970-01-01T00:00:00Z.
Standard output: {"cron": [[instant, ...]], "offsets": [[seconds, ...]], "rules": [[seconds, ...]]}.

cron: cronsim. offsets: Python's zoneinfo. rules: the C library's reading of a POSIX TZ value.
"""

import json
import os
import sys
import time
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim


def occurrences(case):
    start = datetime.fromtimestamp(case["after"], ZoneInfo(case["zone"]))
    found = islice(CronSim(case["expression"], start), case["count"])
    return [int(moment.timestamp()) for moment in found]


def zone_offsets(question):
    zone = ZoneInfo(question["zone"])
    moments = (datetime.fromtimestamp(instant, zone) for instant in question["instants"])
    return [int(moment.utcoffset().total_seconds()) for moment in moments]


def rule_offsets(question):
    os.environ["TZ"] = question["rule"]
    time.tzset()
    return [time.localtime(instant).tm_gmtoff for instant in question["instants"]]


asked = json.load(sys.stdin)
json.dump(
    {
        "cron": [occurrences(case) for case in asked.get("cron", [])],
        "offsets": [zone_offsets(question) for question in asked.get("offsets", [])],
        "rules": [rule_offsets(question) for question in asked.get("rules", [])],
    },
    sys.stdout,
)
