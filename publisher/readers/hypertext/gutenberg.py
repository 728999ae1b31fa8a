# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Project Gutenberg sets around a text: header, terms, and the lines that part them from it.

"*** START OF THE PROJECT GUTENBERG EBOOK ..." ends the header, "*** END OF ..." begins the terms. Lines of the header
with a label are metadata; all else is the archive's, and printed nowhere.
https://www.gutenberg.org/policy/license.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publisher.ledger import Fate
from publisher.metadata.labels import canonical
from publisher.metadata.model import Field
from publisher.metadata.vocabulary import Key
from publisher.readers.hypertext.front import Front
from publisher.readers.hypertext.model import Box, Stretch, rows

_START = re.compile(r"(?i)\*+\s*START OF TH(?:E|IS) PROJECT GUTENBERG\b")
_END = re.compile(r"(?i)\*+\s*END OF TH(?:E|IS) PROJECT GUTENBERG\b|end of (?:the |this )?project gutenberg['’]?s?\b")
_FIELD = re.compile(
    r"(?P<label>Title|Author|Translator|Editor|Illustrator|Release Date|Posting Date|Language|Credits|Produced by"
    r"|Original publication|Contributor)\s*:\s*(?P<value>\S.*)"
)
_FREE = re.compile(r"(?:[A-Z][^.!?]{0,200}\s)?no\s+one\s+owns\s+a\s+United\s+States\s+copyright[^.]{0,300}\.")
_COPYRIGHTED = re.compile(r"(?i)copyrighted\s+project\s+gutenberg")
_REASON = "header and terms of Project Gutenberg"
# The line stands near an end of the file.
_NEAR = 60


def take(front: Front, boxes: Sequence[Box]) -> str:
    """Takes header and terms off; returns the title that the header names, empty where there is no such header."""
    text = [box for box in boxes if box.fate is None and box.words]
    start = next((i for i, box in enumerate(text[:_NEAR]) if _START.search(box.words)), -1)
    if start < 0:
        return ""
    end = next((i for i in range(start + 1, len(text)) if _END.match(text[i].words)), len(text))
    title = ""
    for box in text[: start + 1]:
        for row in rows(box):
            title = _enter(front, row) or title
    for box in (*text[: start + 1], *text[end:]):
        box.fate, box.reason = Fate.RIGHTS, _REASON
    if not any(_COPYRIGHTED.search(box.words) for box in text[: start + 1]):
        front.fields += next(_statements([*text[: start + 1], *text[end:]]), ())
    return title


def _enter(front: Front, row: Stretch) -> str:
    """Enters a line with a label as a field; returns the title if it is that."""
    match = _FIELD.match(row.words)
    if match is None:
        return ""
    place = row.box.at(row.start)
    row.box.claim(row.start, row.end, Fate.METADATA)
    front.fields.append(Field(match["label"], match["value"], place, canonical(match["label"])))
    return match["value"] if match["label"] == "Title" else ""


def _statements(boxes: Sequence[Box]) -> Iterator[tuple[Field, ...]]:
    """The sentence of the terms that says that the text is in the public domain."""
    for box in boxes:
        if match := _FREE.search(box.words):
            yield (Field("", match[0], box.at(0), Key.PUBLIC_DOMAIN),)
