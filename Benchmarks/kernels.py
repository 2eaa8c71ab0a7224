"""The works of statistics and tables, each beside what people use for it, in turns in one run.

Refit's side is `refit-kernels`, the peers' is peers.py: a process a round, which times itself without its start-up,
its imports and the reading of its columns. Answers are compared before anything is timed.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from measuring import Failed

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv-bench"
# How far answers may be apart, relative to them; a bootstrap draws its own numbers.
EXACT, DRAWN = 1e-9, 0.15


@dataclass
class Peer:
    """How many times dearer a peer is to be, at least, in CPU time; and whether Refit is to be first on the clock."""

    name: str
    goal: float | None = None
    rounds: int = 5


@dataclass
class Work:
    name: str
    data: str
    rows: int
    peers: list[Peer]
    tolerance: float = EXACT
    title: str = ""
    grows: list[int] = field(default_factory=list)


SIZES = [10_000, 100_000, 1_000_000, 10_000_000]
WORKS = [
    Work("read-csv", "table", 1_000_000, [
        Peer("read()"), Peer("pyarrow", 2), Peer("polars", 1), Peer("duckdb", 1), Peer("pandas", 1),
    ], title="read a CSV, 1M × 20", grows=SIZES),
    Work("drift-column", "columns", 1_000_000, [Peer("scipy", 5, 3)],
         title="drift of a column, 1M against 1M: every statistic against KS and Wasserstein alone", grows=SIZES),
    Work("drift-columns", "drift", 1_000_000, [Peer("evidently", 50, 1)],
         title="drift of 20 columns, 1M against 1M: every statistic of every column"),
    Work("drift-table", "drift", 100_000, [Peer("evidently", rounds=1)],
         title="refit profile of two files, 100k × 20, reading them included"),
    Work("fairness", "columns", 1_000_000, [Peer("fairlearn", 1_000, 1)],
         title="four fairness measures, 4 groups, 1M rows", grows=SIZES),
    Work("roc-auc", "columns", 1_000_000, [Peer("scikit-learn", 5)], title="ROC AUC, 1M rows", grows=SIZES),
    Work("six-metrics", "columns", 1_000_000, [Peer("scikit-learn", 5)],
         title="six metrics, 1M rows", grows=SIZES),
    Work("bootstrap-accuracy", "columns", 100_000, [Peer("numpy", 10, 3)], DRAWN,
         title="paired bootstrap of accuracy, 1,000 × 100k", grows=SIZES[:3]),
    Work("bootstrap-auc", "columns", 100_000, [Peer("numpy", 10, 1)], DRAWN,
         title="paired bootstrap of ROC AUC, 1,000 × 100k", grows=SIZES[:3]),
]


@dataclass
class Spent:
    cpu: float
    wall: float
    peak: int
    answer: list


def spent_by(command):
    """Runs one process: what it says that its work cost, and the most memory that it held, in bytes."""
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complained:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=complained)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        if process.returncode != 0:
            words = complained.read().strip().splitlines()
            raise Failed(f"'{' '.join(map(str, command[:4]))} …' failed: {words[-1] if words else 'without a word'}")
        return Spent(peak=usage.ru_maxrss * 1024, **json.loads(said.read().splitlines()[-1]))


def set_up():
    """The Python of the peers, with what could be installed; says what could not."""
    wanted = HERE / "requirements.txt"
    python = ENVIRONMENT / "bin/python"
    done = ENVIRONMENT / "requirements.txt"
    if done.exists() and done.read_text() == wanted.read_text():
        return python
    print("Setting up .venv-bench with what Refit is measured beside (some minutes)", flush=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    except subprocess.CalledProcessError as reason:
        raise Failed(f"there is no environment for the peers: {reason}") from None
    whole = True
    for line in wanted.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *line.split()]
        if subprocess.run(pip, stdin=subprocess.DEVNULL).returncode != 0:
            whole = False
            print(f"SKIPPED where it is needed: could not install {line}", flush=True)
    if whole:
        done.write_text(wanted.read_text())
    return python


def ours(refit, program, work, folder):
    if work.name != "drift-table":
        return [program, work.name, folder]
    # The whole command: it reads both files, too, which the peer does before its clock starts.
    files = [folder / "reference.csv", folder / "current.csv"]
    return [sys.executable, HERE / "timed.py", refit, "profile", *files, "--json"]


def write(program, work, rows, scratch):
    folder = Path(scratch) / f"{work.data}-{rows}"
    if not folder.exists():
        folder.mkdir(parents=True)
        subprocess.run([program, "write", work.data, str(rows), folder], check=True)
    return folder


def agree(work, ours, theirs):
    pairs = zip(ours, theirs)
    return all(
        left is not None and math.isclose(left, right, rel_tol=work.tolerance, abs_tol=1e-12)
        for left, right in pairs)


def median(spent):
    return Spent(
        statistics.median(each.cpu for each in spent), statistics.median(each.wall for each in spent),
        max(each.peak for each in spent), spent[0].answer)


def beside(refit, program, python, work, rounds, scratch):
    """A line a peer: work, Refit, peer, ratios of CPU and of wall time, memory of both, goal, verdict."""
    folder = write(program, work, work.rows, scratch)
    mine = ours(refit, program, work, folder)
    for peer in work.peers:
        theirs = [python, HERE / "peers.py", work.name, peer.name, folder]
        try:
            first = spent_by(theirs)
        except Failed as reason:
            print(f"SKIPPED {work.name} beside {peer.name}: {reason}", flush=True)
            continue
        answer = spent_by(mine).answer
        if not agree(work, answer, first.answer):
            raise Failed(f"{work.name}: Refit says {answer}, {peer.name} says {first.answer}")
        costs = [[], [first]]
        for _ in range(min(rounds, peer.rounds)):
            costs[0].append(spent_by(mine))
            if peer.rounds > 1:
                costs[1].append(spent_by(theirs))
        refit_spent, peer_spent = map(median, costs)
        yield row(work, peer, refit_spent, peer_spent)


def seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.3g} ms"


def ratio(theirs, ours):
    return f"{theirs / ours:.3g}×" if ours else "–"


def row(work, peer, mine, theirs):
    times = theirs.cpu / mine.cpu if mine.cpu else math.inf
    goal, verdict = "–", ""
    if peer.goal:
        # What one core reads may take two: ahead on the clock is asked where no multiple of the CPU time is.
        goal = f"≥ {peer.goal:g}×" if peer.goal > 1 else "first on the clock"
        met = times >= peer.goal if peer.goal > 1 else mine.wall < theirs.wall
        verdict = "met" if met else "MISSED"
    return [
        work.title, peer.name, seconds(mine.cpu), seconds(theirs.cpu), ratio(theirs.cpu, mine.cpu),
        ratio(theirs.wall, mine.wall), f"{mine.peak / 1e6:.0f} MB", f"{theirs.peak / 1e6:.0f} MB", goal, verdict,
    ]


COLUMNS = ["work", "beside", "refit", "peer", "CPU", "clock", "memory", "its memory", "goal", ""]


def growth_columns():
    return ["work"] + [f"{rows:,} rows" for rows in SIZES]


def growth(refit, program, work, scratch):
    """A line a work: nanoseconds of CPU a row for each size, which stay level where cost grows with the rows."""
    cells = [work.title.split(":")[0]]
    for rows in work.grows:
        folder = write(program, work, rows, scratch)
        spent = min((spent_by(ours(refit, program, work, folder)) for _ in range(3)), key=lambda each: each.cpu)
        cells.append(f"{spent.cpu / rows * 1e9:.3g} ns")
    return cells + ["–"] * (len(SIZES) - len(work.grows))
