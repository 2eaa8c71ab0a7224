"""What the example drivers share: a project of their own in a temporary folder, and the refit command."""

import argparse
import contextlib
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def require_packages() -> None:
    """Makes sure that scikit-learn can be imported: here, or by the interpreter that `make test` has set up."""
    try:
        import joblib  # noqa: F401
        import pandas  # noqa: F401
        import sklearn  # noqa: F401
    except ImportError:
        prepared = ROOT / ".venv/bin/python"
        if prepared.exists() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
            os.execv(prepared, [str(prepared), *sys.argv])
        requirements = ROOT / "jobs/sklearn/requirements.txt"
        install = f"{sys.executable} -m pip install -r {requirements}"
        raise SystemExit(f"scikit-learn and pandas are missing: run make test once, or {install}") from None


def arguments(description: str) -> argparse.ArgumentParser:
    """The options that every driver has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--refit", help="the refit command (default: REFIT, this tree's release build, or PATH)")
    parser.add_argument("--project", type=Path, help="an empty folder to play in, which is kept (default: temporary)")
    return parser


def find_refit(given: str | None) -> str:
    built = ROOT / ".build/release/refit"
    for candidate in [given, os.environ.get("REFIT"), str(built) if built.exists() else None, "refit"]:
        found = shutil.which(candidate) if candidate else None
        if found:
            return str(Path(found).resolve())
    raise SystemExit("no refit command: build it with make, or say where it is with --refit")


def instant(time: datetime.datetime) -> str:
    """A UTC time as the logs and `--now` have it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


class Project:
    """A folder with a refit.yaml, jobs/ and data/, and the commands run in it."""

    def __init__(self, folder: Path, refit: str, configuration: Path):
        self.folder = folder
        self.refit = refit
        # The jobs run under this very interpreter, which has scikit-learn.
        text = configuration.read_text(encoding="utf-8").replace("[python3,", f'["{sys.executable}",')
        (folder / "refit.yaml").write_text(text, encoding="utf-8")
        for name in ["train.py", "score.py", "logs.py", "features.py"]:
            target = folder / "jobs/sklearn" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "jobs/sklearn" / name, target)

    def run(self, *words: str) -> str:
        """What a refit command prints; a command that fails ends the example with what it said."""
        command = [self.refit, *words, "--project", str(self.folder)]
        environment = os.environ | {"NO_COLOR": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode != 0:
            raise SystemExit(f"refit {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def show(self, *words: str) -> None:
        """Runs a command and prints it with its answer."""
        print(f"\n  $ refit {' '.join(words)}")
        print("\n".join(f"  | {line}" for line in self.run(*words).splitlines()), flush=True)

    def tick(self, now: datetime.datetime) -> None:
        self.run("tick", "--now", instant(now), "--wait")

    def runs(self) -> list[dict]:
        """All runs, oldest first, as `refit runs --json` tells them: `number`, `state`, `candidate`, `reason`."""
        runs = json.loads(self.run("runs", "--json", "--limit", "100000"))["runs"]
        return sorted(runs, key=lambda run: run["number"])

    def champion(self, model: str) -> tuple[str, Path] | None:
        """The version that serves and the folder of its model, as production reads them."""
        link = self.folder / "state/models" / model / "champion"
        if not link.is_symlink():
            return None
        return Path(os.readlink(link)).name, link.resolve()


@contextlib.contextmanager
def project(name: str, options: argparse.Namespace, configuration: Path):
    """A project for one play; the temporary folder is removed when all went well."""
    refit = find_refit(options.refit)
    if options.project:
        options.project.mkdir(parents=True, exist_ok=True)
        if any(options.project.iterdir()):
            raise SystemExit(f"{options.project} is not empty")
        yield Project(options.project.resolve(), refit, configuration)
        return
    folder = Path(tempfile.mkdtemp(prefix=f"refit-{name}-"))
    try:
        yield Project(folder, refit, configuration)
    except BaseException:
        print(f"the project is left in {folder}", file=sys.stderr)
        raise
    shutil.rmtree(folder)
