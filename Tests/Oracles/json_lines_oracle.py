"""Reads JSON lines with Python's json module, in one batch.

Standard input: {"paths": [path, ...]}. Standard output: for each path {"rows": [{key: text, ...}, ...]}, where numbers
are the text that writes them and what is missing is "", or {"refused": reason} where a line is no object, has nested
values or the same key twice, or text is not Unicode.
"""

import json
import sys


class Refused(ValueError):
    pass


def number(text):
    return ("number", text)


def constant(text):
    return "" if text == "NaN" else text


def member(value):
    if isinstance(value, (list, dict)):
        raise Refused("nested")
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value[1] if isinstance(value, tuple) else value


class Members(list):
    """The pairs of an object, told from an array."""


def row(line):
    members = json.loads(
        line, object_pairs_hook=Members, parse_int=number, parse_float=number, parse_constant=constant)
    if not isinstance(members, Members):
        raise Refused("no object")
    if len({key for key, _ in members}) < len(members):
        raise Refused("a key twice")
    answer = {key: member(value) for key, value in members}
    json.dumps(answer, ensure_ascii=False).encode("utf-8")
    return answer


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
        lines = [line.strip(" \t\r") for line in text.split("\n")]
        return {"rows": [row(line) for line in lines if line]}
    except (ValueError, RecursionError) as error:
        return {"refused": repr(error)}


json.dump([read(path) for path in json.load(sys.stdin)["paths"]], sys.stdout)
