"""The comparisons that `run` prints: each measures Refit and, in turns with it, the floor beneath it."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import measuring
import projects
from measuring import Failed, cost_of, side_by_side

JOBS = 100
MODELS = 1000
OCCURRENCES = 1_000_000
CRONSIM = """
import sys
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo
from cronsim import CronSim
start = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Berlin"))
for moment in islice(CronSim(sys.argv[1], start), int(sys.argv[2])):
    pass
"""


@dataclass
class Row:
    """One line of the table. Where there are costs, the goal holds for the CPU seconds."""

    work: str
    unit: str
    ours: float
    floor: float | None
    floor_name: str
    goal: float
    ours_wall: float | None = None
    floor_wall: float | None = None


def milliseconds(work, ours, floor, floor_name, goal):
    return Row(
        work, "ms", ours.cpu * 1e3, floor.cpu * 1e3, floor_name, goal, ours.wall * 1e3, floor.wall * 1e3)


def start_up(refit, rounds, scratch):
    launches = 20
    ours, floor = side_by_side(
        rounds,
        lambda: cost_of([refit, "--version"], times=launches).per(launches),
        lambda: cost_of(["/bin/true"], times=launches).per(launches))
    yield milliseconds("start-up (--version)", ours, floor, "/bin/true", 10)


def trivial_jobs(refit, rounds, scratch):
    names = scratch / "names"
    names.write_text("\n".join(["x"] * JOBS))
    turn = iter(range(1_000_000))

    def ours():
        project = projects.of_jobs(scratch / f"jobs-{next(turn)}", JOBS)
        opened = cost_of([refit, "retrain", "m", "--because", "bench", "--project", project])
        ticked = cost_of([refit, "tick", "--wait", "--project", project])
        expect_all_jobs_done(refit, project)
        return measuring.Cost(opened.cpu + ticked.cpu, opened.wall + ticked.wall).per(JOBS)

    def floor():
        with names.open() as lines:
            return cost_of(["xargs", "-P2", "-n1", "/bin/true"], stdin=lines).per(JOBS)

    rows = side_by_side(rounds, ours, floor)
    yield milliseconds(f"a trivial job ({JOBS} in a run)", *rows, "xargs -P2", 5)


def expect_all_jobs_done(refit, project):
    """A run that failed half-way would look cheap."""
    answer = subprocess.run(
        [refit, "runs", "m", "--json", "--project", project], capture_output=True, text=True)
    try:
        states = [run["state"] for run in json.loads(answer.stdout)["runs"]]
    except (ValueError, KeyError):
        words = (answer.stdout + answer.stderr).strip()
        raise Failed(f"'refit runs --json' ended with {answer.returncode}, no list: {words}") from None
    if states != ["judged"]:
        raise Failed(f"the run of {JOBS} jobs did not end as judged but as {states}: {answer.stdout.strip()}")


def idle_tick(refit, rounds, scratch):
    project = projects.of_models(scratch / "models", MODELS)
    files = projects.of_files(scratch / "crontabs", MODELS)
    tick = [refit, "tick", "--project", project]
    # The first two parse the configuration and record what there is; from then on nothing is new.
    cost_of(tick, times=2)
    ours, floor = side_by_side(
        max(rounds, 9), lambda: cost_of(tick), lambda: cost_of(["stat", "--format=%Y", *files]))
    yield milliseconds(f"a tick over {MODELS:,} idle models", ours, floor, "stat of each file", 30)


def idle_daemon(refit, rounds, scratch):
    project = projects.of_models(scratch / "daemon", 10)
    with running([refit, "serve", "--project", project]) as daemon:
        memory = measuring.resident_bytes(daemon.pid)
        before, start = measuring.cpu_seconds(daemon.pid), time.monotonic()
        time.sleep(5)
        share = (measuring.cpu_seconds(daemon.pid) - before) / (time.monotonic() - start)
    try:
        with running(cron_command(scratch)) as cron:
            floor = measuring.resident_bytes(cron.pid) / 1e6
    except Failed as reason:
        print(f"Skipped the floor of the idle daemon: {reason}")
        floor = None
    yield Row("memory of an idle serve", "MB", memory / 1e6, floor, "cron", 25)
    yield Row("CPU of an idle serve", "%", share * 100, None, "", 0.1)


def next_occurrences(refit, rounds, scratch):
    """Microseconds an occurrence: Refit's answer in JSON, cronsim's iteration without printing."""
    python = Path(__file__).resolve().parent.parent / ".venv/bin/python"
    share = OCCURRENCES // 20
    for expression in ["15 2 * * *", "*/5 * * * *", "0 9 * * mon-fri"]:
        ask = [refit, "schedule", "--cron", expression, "--timezone", "Europe/Berlin"]
        ask += ["--after", "2026-01-01T00:00:00Z", "--next", str(OCCURRENCES), "--json"]
        ways = [lambda: cost_of(ask).per(OCCURRENCES)]
        if python.exists():
            theirs = [python, "-c", CRONSIM, expression, str(share)]
            ways.append(lambda: cost_of(theirs).per(share))
        else:
            print(f"Skipped the floor of the next occurrences: there is no {python} ('make test' sets it up)")
        costs = side_by_side(rounds, *ways)
        ours, floor = costs[0], costs[1] if len(costs) > 1 else None
        yield Row(
            f'an occurrence of "{expression}"', "µs", ours.cpu * 1e6, floor and floor.cpu * 1e6, "cronsim", 1,
            ours.wall * 1e6, floor and floor.wall * 1e6)


def cron_command(scratch):
    """A real cron, in a mount namespace where no crontab can be seen: it must not run anybody's jobs."""
    cron = shutil.which("cron", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if cron is None:
        raise Failed("cron is not installed (Debian: apt-get install cron)")
    if shutil.which("unshare") is None:
        raise Failed("there is no unshare to hide this machine's crontabs from it")
    empty = Path(scratch) / "empty"
    empty.mkdir(exist_ok=True)
    (empty / "crontabs").mkdir(exist_ok=True)
    hidden = " && ".join(
        f"{{ [ ! -e {place} ] || mount --bind {source} {place}; }}"
        for place, source in [
            ("/etc/cron.d", empty), ("/var/spool/cron", empty), ("/run", empty),
            ("/etc/crontab", "/dev/null"),
        ])
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", *as_root, "sh", "-c", f"{hidden} && exec {cron} -f"]


class running:
    """A daemon that is idle when the block begins and has ended when it is left."""

    def __init__(self, command):
        self.command = command

    def __enter__(self):
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.said)
        try:
            measuring.wait_until_idle(self.process)
        except Failed as reason:
            self.__exit__()
            self.said.seek(0)
            raise Failed(f"{reason}: {self.said.read().decode(errors='replace').strip()}") from None
        return self.process

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


ALL = [start_up, trivial_jobs, idle_tick, idle_daemon, next_occurrences]
