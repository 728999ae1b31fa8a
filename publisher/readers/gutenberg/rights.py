# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a file says of its text's rights, word by word -> statements.

Of a text whose copyright has ended the terms say "no one owns a United States copyright"; the sentence stands in each
file, so that it counts only where the header does not call the text copyrighted. Then the text's own words count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.metadata.header import RIGHTS
from publisher.metadata.labels import keys
from publisher.metadata.model import Field, Statement
from publisher.readers.lines import Line

_FREE = re.compile(r"no\s+one\s+owns\s+a\s+United\s+States\s+copyright\b")
_SENTENCE = re.compile(r"(?:[A-Z][^.!?*]*?\s)?no\s+one\s+owns\s+a\s+United\s+States\s+copyright[^.]*\.")
_COPYRIGHTED = re.compile(r"(?i)\bcopyrighted project gutenberg\b[^.*]*")
_INSERTED = re.compile(r"<<(?P<text>.*?(?:copyright|permission).*?)>>", re.IGNORECASE)
_GRANT = re.compile(
    r"(?i)\bunder\b.{0,100}\b(?:creative\s+commons|gnu\s+(?:general\s+public|free\s+documentation)|gpl|gfdl)\b"
)
_CONTEXT = 4
_LONGEST_STATEMENT = 600


def statements(
    header: Sequence[Line], terms: Sequence[Line], fields: Sequence[Field], text: Sequence[Line], *, copyrighted: bool
) -> tuple[Statement, ...]:
    """The statements of a file, in the order of what counts most."""
    own = [Statement(f.value, f.label, f.location) for f in fields if RIGHTS.intersection(keys(f.key))]
    own += [*_inserted([*terms, *text]), *([] if own else _grants(text))]
    if not copyrighted:
        return (*own, *_free([*header, *terms]))
    return tuple(own) or tuple(_copyrighted(header))


def _free(lines: Sequence[Line]) -> list[Statement]:
    """The first sentence that says so; it goes on over several lines."""
    for i, line in enumerate(lines):
        if "copyright" not in line.text and "one owns" not in line.text and "no one" not in line.text:
            continue
        near = lines[max(i - _CONTEXT, 0) : i + _CONTEXT]
        joined = " ".join(line.text for line in near)
        if _FREE.search(joined) and (found := _SENTENCE.search(joined)):
            start = next((n for n in near if n.text and found[0].startswith(n.text[-20:])), line)
            return [Statement(" ".join(found[0].split()), "", start.at())]
    return []


def _copyrighted(lines: Sequence[Line]) -> list[Statement]:
    for line in lines:
        if found := _COPYRIGHTED.search(line.text):
            return [Statement(" ".join(line.text.strip("* ").split()), "", line.at(found.start()))]
    return []


def _inserted(lines: Sequence[Line]) -> list[Statement]:
    """Small print between "<<" and ">>" that one collection repeats below each of its texts."""
    for i, line in enumerate(lines):
        if line.text.startswith("<<"):
            joined = " ".join(line.text for line in lines[i : i + 12])
            if found := _INSERTED.match(joined):
                return [Statement(" ".join(found["text"].split()), "", line.at())]
    return []


def _grants(lines: Sequence[Line]) -> list[Statement]:
    """The first lines of a copyrighted text that name its licence."""
    for i, line in enumerate(lines):
        if "under" in line.text.lower():
            sentence = " ".join(line.text for line in lines[i : i + 3])
            if _GRANT.search(sentence):
                return [Statement(" ".join(sentence[:_LONGEST_STATEMENT].split()), "", line.at())]
    return []
