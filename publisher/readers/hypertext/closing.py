# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which boxes close a text: who signs it, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publisher.metadata.dates import is_date_line
from publisher.metadata.people import DOUBTFUL, LIKELY, looks_like_author
from publisher.readers.blocks import DATELINE
from publisher.readers.hypertext.model import Box
from publisher.readers.lines import is_break

_MOST_BOXES, _MOST_LINES, _LONGEST = 3, 5, 80


def closing(boxes: Sequence[Box]) -> Iterator[int]:
    """The identities of the last boxes of a text, as far as they sign it."""
    text = [box for box in boxes if box.words]
    for box in text[: -_MOST_BOXES - 1 : -1]:
        if box is text[0] or not _signs(box):
            return
        yield id(box)


def _signs(box: Box) -> bool:
    lines = box.lines
    if box.level or not 0 < len(lines) <= _MOST_LINES or box.inside("table", "ul", "ol", "dl", "blockquote"):
        return False
    if any(len(line) > _LONGEST or line.endswith((":", ";", "!", "?")) or is_break(line) for line in lines):
        return False
    return box.align == "right" or _is_signature(lines[0])


def _is_signature(text: str) -> bool:
    """A name, a date, a place with a date, or initials."""
    if re.search(r":\s", text):
        return False
    least = LIKELY if " " in text and text.isupper() else DOUBTFUL
    named = looks_like_author(text.rstrip(".,")) >= least
    initials = re.fullmatch(r"(?:[A-Z]\.\s?){1,4}|[A-Z]{2,3}", text) is not None
    return named or is_date_line(text) or DATELINE.match(text) is not None or initials
