"""Answers how many columns of a terminal each character takes, by the wcwidth package.

Standard input: {"below": count}. Standard output: [columns, ...] of the characters 0 to count - 1, 0 for a control.
"""

import json
import sys

import wcwidth

asked = json.load(sys.stdin)
json.dump([max(0, wcwidth.wcwidth(chr(character))) for character in range(asked["below"])], sys.stdout)
