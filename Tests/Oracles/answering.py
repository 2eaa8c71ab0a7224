"""What oracles of statistics share: {"kind": ..., "cases": [...]} on stdin, {"answers": [...]} on stdout, in order.

A number that does not exist is null. One process answers a whole list, since the imports cost more than the cases.
"""

import json
import math
import sys
import warnings


def number(value):
    """A JSON number, or null where a library or a definition answers NaN or infinity."""
    value = float(value)
    return value if math.isfinite(value) else None


def answer(*functions):
    """Answers each case of the question by the function that is named like its kind."""
    warnings.simplefilter("ignore")
    question = json.load(sys.stdin)
    answer_case = {function.__name__: function for function in functions}[question["kind"]]
    json.dump({"answers": [answer_case(case) for case in question["cases"]]}, sys.stdout)
