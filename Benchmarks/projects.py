"""Writes the projects that the benchmarks run."""

from pathlib import Path

HEAD = """version: 1
project: bench
timezone: UTC
concurrency: 2
models:
"""

YEARLY = 'schedules: {yearly: {cron: "0 0 1 1 *", do: evaluate}}'
MAKES_A_MODEL = """[sh, -c, 'mkdir "$REFIT_OUTPUT/model" && echo 1 > "$REFIT_OUTPUT/model/weights"']"""


def write(directory, text):
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "refit.yaml").write_text(text)
    return directory


def of_jobs(directory, count):
    """One model whose pipeline is `count` jobs that do nothing; the last of them leaves a model."""
    jobs = "".join(f"      job-{number}: {{run: [/bin/true]}}\n" for number in range(1, count))
    return write(
        directory,
        f"{HEAD}  m:\n    mode: train\n    {YEARLY}\n    pipeline:\n{jobs}"
        f"      train: {{kind: train, run: {MAKES_A_MODEL}}}\n")


def of_models(directory, count):
    """Models of which none is due before the next new year."""
    models = "".join(
        f"  m-{number}:\n    mode: observe\n    {YEARLY}\n"
        f"    pipeline: {{train: {{kind: train, run: {MAKES_A_MODEL}}}}}\n"
        for number in range(count))
    return write(directory, HEAD + models)


def of_files(directory, count):
    """As many small files as there are models: what cron looks at."""
    directory = Path(directory)
    directory.mkdir(parents=True)
    files = [directory / f"crontab-{number}" for number in range(count)]
    for file in files:
        file.write_text("0 0 1 1 * true\n")
    return files
