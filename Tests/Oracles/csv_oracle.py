"""Reads CSV files with Python's csv module, in one batch.

Standard input: {"paths": [path, ...]}. Standard output: for each path {"rows": [[field, ...], ...]}, the header being
the first row, or {"refused": reason} where the file is not RFC 4180 in UTF-8 with a header and equally long rows.
The form is judged by a regular expression for the RFC's grammar, because the csv module is lax.
"""

import csv
import io
import json
import re
import sys

FIELD = r'(?:"(?:[^"\0]|"")*"|[^",\r\n\0]*)'
RECORD = rf"{FIELD}(?:,{FIELD})*"
FILE = re.compile(rf"{RECORD}(?:\r?\n{RECORD})*")


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return {"refused": "not UTF-8"}
    text = text.removeprefix("\ufeff")
    if not FILE.fullmatch(text):
        return {"refused": "not RFC 4180"}
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if not rows or not rows[0]:
        return {"refused": "no header"}
    if len(rows[0]) == 1:
        rows = [row or [""] for row in rows]
    while not rows[-1]:
        rows.pop()
    if any(len(row) != len(rows[0]) for row in rows):
        return {"refused": "ragged"}
    if len(set(rows[0])) < len(rows[0]):
        return {"refused": "duplicate column"}
    return {"rows": rows}


csv.field_size_limit(sys.maxsize)
json.dump([read(path) for path in json.load(sys.stdin)["paths"]], sys.stdout)
