"""Reads a page as XML and as HTML, which must agree, and says what is in it.

Reads {"page": ...} on stdin; writes {"elements": [...], "attributes": [{"name", "value"}], "texts": [...]}.
Fails on a page that is not well-formed.
"""

import json
import sys
import xml.etree.ElementTree as tree
from html.parser import HTMLParser


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements, self.attributes, self.texts = [], [], []

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes += [{"name": name, "value": value or ""} for name, value in attributes]

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_data(self, data):
        if data.strip():
            self.texts.append(data)


page = json.load(sys.stdin)["page"]
root = tree.fromstring(page)
reader = Reader()
reader.feed(page)
reader.close()
found = [element.tag.split("}")[-1] for element in root.iter()]
assert [tag.lower() for tag in found] == [tag.lower() for tag in reader.elements], "HTML and XML differ"
json.dump({"elements": reader.elements, "attributes": reader.attributes, "texts": reader.texts}, sys.stdout)
