"""Judges files by the JSON Schema with jsonschema, after a second reading of YAML 1.2 with PyYAML.

Standard input: {"schema": path, "files": [text, ...]}. Standard output: for each file why it is refused, or null.
"""

import json
import re
import sys

import yaml
from jsonschema import Draft202012Validator


class Core(yaml.SafeLoader):
    "YAML 1.2's core schema in the place of PyYAML's 1.1."
    yaml_implicit_resolvers = {}


def number(loader, node):
    text = node.value
    if text[:2] in ("0o", "0x"):
        return int(text[2:], 8 if text[1] == "o" else 16)
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    return float(text.replace(".inf", "inf").replace(".nan", "nan").replace(".Inf", "inf"))


for tag, pattern in [
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("float", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
]:
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile("^(?:" + pattern + r")\Z"), None)
Core.add_constructor("tag:yaml.org,2002:float", number)


def objection(text, validator):
    try:
        value = yaml.load(text, Core)
    except (yaml.YAMLError, ValueError) as error:
        return "not YAML: " + str(error)
    try:
        error = next(iter(validator.iter_errors(value)), None)
    except TypeError as error:
        return "a key is no text: " + str(error)
    return error and "%s: %s" % (error.json_path, error.message)


asked = json.load(sys.stdin)
with open(asked["schema"], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
json.dump([objection(text, validator) for text in asked["files"]], sys.stdout)
