"""Packs and unpacks files with Python's gzip module, in one batch.

Standard input: {"pack": [{"path": path, "members": [text, ...]}, ...]} or {"unpack": [path, ...]}. Standard output:
for packing [], for unpacking one answer a path: {"text": text}, or {"refused": reason}.
"""

import gzip
import json
import sys
import zlib


def pack(path, members):
    with open(path, "wb") as file:
        for level, text in enumerate(members):
            file.write(gzip.compress(text.encode(), compresslevel=level % 10))


def unpack(path):
    try:
        with gzip.open(path) as file:
            return {"text": file.read().decode("utf-8", "replace")}
    except (EOFError, OSError, zlib.error) as error:
        return {"refused": repr(error)}


question = json.load(sys.stdin)
for order in question.get("pack") or []:
    pack(**order)
json.dump([unpack(path) for path in question.get("unpack") or []], sys.stdout)
