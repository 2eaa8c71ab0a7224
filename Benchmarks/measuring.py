"""Measures commands: CPU seconds of everything that they start, and wall time, beside one another."""

import ctypes
import os
import resource
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass

PR_SET_CHILD_SUBREAPER = 36


class Failed(Exception):
    """A command that should have succeeded did not; the text says which and what it said."""


@dataclass
class Cost:
    cpu: float
    wall: float

    def per(self, count):
        return Cost(self.cpu / count, self.wall / count)


def adopt_orphans():
    """Makes this process the parent of what its children leave behind, so that nothing goes uncounted."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise Failed("this kernel has no sub-reapers (prctl): what jobs cost can't be counted")


def cost_of(command, times=1, stdin=None, cwd=None):
    """What running a command some times, one after the other, costs in all; its whole tree is waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        for _ in range(times):
            process = subprocess.Popen(
                command, stdin=stdin or subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, cwd=cwd)
            if process.wait() != 0:
                said.seek(0)
                words = said.read().decode(errors="replace").strip()
                called = " ".join(map(str, command[:4]))
                raise Failed(f"'{called} …' ended with {process.returncode}: {words}")
    wall = time.perf_counter() - start
    reap_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, wall)


def reap_orphans(patience=30):
    """Waits for what outlived its parent: only what was waited for is counted."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.001)
        except ChildProcessError:
            return
    raise Failed(f"something is still running {patience} s after the command that started it")


def side_by_side(rounds, *ways):
    """The median cost of each way, measured in turns, so that a slow minute is slow for all of them."""
    costs = [[] for _ in ways]
    for number in range(rounds):
        order = list(enumerate(ways))
        for place, way in order if number % 2 == 0 else reversed(order):
            costs[place].append(way())
    return [
        Cost(statistics.median(c.cpu for c in each), statistics.median(c.wall for c in each))
        for each in costs
    ]


def resident_bytes(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        for line in rollup:
            if line.startswith("Rss:"):
                return int(line.split()[1]) * 1024
    raise Failed(f"process {pid} has no resident memory")


def cpu_seconds(pid):
    """What a process has used so far, threads that have ended included, in nanosecond steps."""
    # clock_getcpuclockid(3), which Python lacks: the complement of the pid, and the scheduler's clock.
    return time.clock_gettime(~pid << 3 | 2)


def wait_until_idle(process, patience=30):
    """Returns once a process has used under 1 % of a CPU for a second; fails when it ends or never rests."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        before = cpu_seconds(process.pid)
        time.sleep(1)
        if process.poll() is not None:
            raise Failed(f"'{process.args[0]} …' ended with {process.returncode} instead of staying")
        if cpu_seconds(process.pid) - before < 0.01:
            return
    raise Failed(f"'{process.args[0]} …' is not idle after {patience} s")
