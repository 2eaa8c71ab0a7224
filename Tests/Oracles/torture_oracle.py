"""Reads from outside what a project's state folder holds: rows by SQLite itself, links and trees by their bytes.

Argument: the project's folder. Standard output: one JSON object, times in microseconds since 1970.

A tree's digest is computed anew from the definition in Documentation/decisions/2026-11-23-tree-digest.md.
"""

import hashlib
import json
import os
import sqlite3
import sys

project = sys.argv[1]
state = os.path.join(project, "state")


def tree_digest(root):
    entries = []
    for folder, folders, files in os.walk(root):
        for name in folders:
            entries.append((os.path.relpath(os.path.join(folder, name), root), True))
        for name in files:
            entries.append((os.path.relpath(os.path.join(folder, name), root), False))
    digest = hashlib.sha256(b"refit tree 1\n")
    for path, is_folder in sorted(entries, key=lambda entry: os.fsencode(entry[0])):
        if is_folder:
            digest.update(b"d " + os.fsencode(path) + b"\0")
            continue
        whole = os.path.join(root, path)
        with open(whole, "rb") as file:
            content = hashlib.sha256(file.read()).hexdigest()
        kind = "x" if os.stat(whole).st_mode & 0o100 else "f"
        digest.update(f"{kind} {content} ".encode() + os.fsencode(path) + b"\0")
    return digest.hexdigest()


def rows(query):
    cursor = database.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor]


def published(model):
    link = os.path.join(state, "models", model, "champion")
    if not os.path.islink(link):
        return None
    return {"names": os.readlink(link), "digest": tree_digest(os.path.realpath(link))}


database = sqlite3.connect(f"file:{state}/refit.db?mode=ro", uri=True, timeout=20)
database.execute("BEGIN")
models = [row["name"] for row in rows("SELECT name FROM model ORDER BY name")]
print(
    json.dumps(
        {
            "integrity": [row["integrity_check"] for row in rows("PRAGMA integrity_check")],
            "schema": [row["user_version"] for row in rows("PRAGMA user_version")],
            "dangling": len(rows("PRAGMA foreign_key_check")),
            "applied": [row["at"] for row in rows("SELECT min(first_applied_at) AS at FROM configuration")],
            "occurrences": rows("SELECT model, schedule, nominal, state FROM occurrence ORDER BY id"),
            "decisions": rows(
                "SELECT occurrence.model, schedule, nominal, verdict, (SELECT count(*) FROM run"
                " WHERE run.decision = decision.id) AS runs FROM decision"
                " JOIN occurrence ON occurrence.id = decision.occurrence ORDER BY decision.id"
            ),
            "runs": rows(
                "SELECT model, number, state, reason, trigger_schedule AS schedule, trigger_nominal AS nominal"
                " FROM run ORDER BY id"
            ),
            "attempts": rows(
                "SELECT model, run.number AS run, job, subject, attempt.number, attempt.state, launches,"
                " attempt.reason, token FROM attempt JOIN run ON run.id = attempt.run"
                " JOIN attempt_launch ON attempt_launch.attempt = attempt.id ORDER BY attempt.id"
            ),
            "champions": rows(
                "SELECT champion.model, champion.version, lower(hex(version.sealed)) AS sealed,"
                " promotion.published_at AS published FROM champion"
                " JOIN version ON version.model = champion.model AND version.number = champion.version"
                " JOIN promotion ON promotion.id = champion.promotion"
            ),
            "links": {model: published(model) for model in models},
            "versions": rows(
                "SELECT model, number, lower(hex(sealed)) AS sealed, lower(hex(code)) AS code,"
                " lower(hex(training)) AS training FROM version ORDER BY model, number"
            ),
            "promotions": rows("SELECT model, kind, version FROM promotion ORDER BY id"),
            "reports": rows(
                "SELECT model, candidate, champion, verdict, lower(hex(digest)) AS digest FROM gate_report"
                " ORDER BY id"
            ),
            "events": rows("SELECT kind, model, lower(hex(leaf)) AS leaf FROM ledger ORDER BY seq"),
        }
    )
)
