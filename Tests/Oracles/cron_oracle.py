"""Answers questions about cron and time zones from independent implementations, in one batch.

Standard input: {"cron": [{"expression", "zone", "after", "count"}],
                 "offsets": [{"zone", "instants"}],
                 "rules": [{"rule", "instants"}], "hashes": [name],
                 "walls": [{"zone", "from", "to"}]}, instants in seconds since 1970-01-01T00:00:00Z.
Standard output: {"cron": [[instant, ...] or null], "offsets": [[seconds, ...]], "rules": [[seconds, ...]],
                  "hashes": [{"single", "ranged"}], "walls": [[[instant, seconds], ...]]}.

cron: cronsim; null where it has not answered within a second of CPU time. offsets, walls: Python's
zoneinfo. rules: the C library's reading of a POSIX TZ value. hashes: hashlib, by the definition of H
in Documentation/schedules.md.
"""

import hashlib
import json
import os
import signal
import sys
import time
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim


class NeverEnds(Exception):
    pass


def give_up(*_):
    raise NeverEnds


def occurrences(case):
    start = datetime.fromtimestamp(case["after"], ZoneInfo(case["zone"]))
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)
    try:
        found = islice(CronSim(case["expression"], start), case["count"])
        return [int(moment.timestamp()) for moment in found]
    except NeverEnds:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def zone_offsets(question):
    zone = ZoneInfo(question["zone"])
    moments = (datetime.fromtimestamp(instant, zone) for instant in question["instants"])
    return [int(moment.utcoffset().total_seconds()) for moment in moments]


def rule_offsets(question):
    os.environ["TZ"] = question["rule"]
    time.tzset()
    return [time.localtime(instant).tm_gmtoff for instant in question["instants"]]


def hashed(name):
    def number(field):
        return int(hashlib.sha256(f"{name}/{field}".encode()).hexdigest()[:8], 16)

    minute, hour, day, month, weekday = "minute", "hour", "day-of-month", "month", "day-of-week"
    ranged = [
        f"*({7 + number(minute) % 9}-41)/9", f"*({number(hour) % 5}-23)/5", f"{3 + number(day) % 18}",
        f"{1 + number(month) % 4}-12/4", f"{1 + number(weekday) % 2}-6/2",
    ]
    single = [
        number(minute) % 60, number(hour) % 24, 1 + number(day) % 28, 1 + number(month) % 12,
        number(weekday) % 7,
    ]
    return {"single": single, "ranged": " ".join(ranged)}


def wall(question):
    """The offsets of a stretch, looked up every quarter of an hour, and every second where one differs."""
    zone = ZoneInfo(question["zone"])

    def offset(instant):
        return int(datetime.fromtimestamp(instant, zone).utcoffset().total_seconds())

    last = question["from"]
    found = [[last, offset(last)]]
    while last < question["to"]:
        following = min(last + 900, question["to"])
        if offset(following) != found[-1][1]:
            for second in range(last + 1, following + 1):
                if offset(second) != found[-1][1]:
                    found.append([second, offset(second)])
        last = following
    return found


signal.signal(signal.SIGVTALRM, give_up)
# Whoever starts this may have blocked every signal for its children.
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGVTALRM})
asked = json.load(sys.stdin)
json.dump(
    {
        "cron": [occurrences(case) for case in asked.get("cron", [])],
        "offsets": [zone_offsets(question) for question in asked.get("offsets", [])],
        "rules": [rule_offsets(question) for question in asked.get("rules", [])],
        "hashes": [hashed(name) for name in asked.get("hashes", [])],
        "walls": [wall(question) for question in asked.get("walls", [])],
    },
    sys.stdout,
)
