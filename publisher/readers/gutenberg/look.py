# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks with their neighbours, as one looks at them who seeks headings: what they may be by themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from publisher.readers.gutenberg.marks import Mark, mark
from publisher.readers.gutenberg.shapes import base_of
from publisher.readers.gutenberg.stretches import bare, is_byline, is_capitals, letters
from publisher.readers.headings import is_title_case
from publisher.readers.lines import Chunk, is_break

_LINES, _LINE, _ALL = 5, 100, 330  # what a heading has at most: lines, characters of a line, characters
_FILLED = 50  # characters of a line of prose
_STOPS = (".", "!", "?", '"', "”", "’", ":", ";", "]", ")")
_PAGE = 60  # chunks that a title page and a list of contents may take
_SENTENCE = re.compile(r"[.;:,]$")
ENDS = frozenset("theend finis fin ende fine thatisall explicit endofvolumei slut loppu einde".split())
# Families of bare counts, which need a sequence.
COUNTED = ("roman", "arabic", "letter alone")
# A word that stands alone above a description of the scene is not the act's title.
_NO_TITLES = frozenset("scene scena szene personen persons characters time place".split())
_BRACKETED = re.compile(r"\[\s?(?:\d{1,3}|[IVXLC]+)\s?\]")
_IMPRINT = re.compile(
    r"(?i)copyright\b|published (?:by|in)\b|printed (?:by|in|at)\b|entered according|all rights reserved"
)


class Look:
    """The chunks of a text. `texts` are what may be headings, else empty, `marks` how these announce themselves.

    `listed` are the letters of what the lists of contents name; `first_text` is the first chunk that is surely text.
    """

    def __init__(self, chunks: Sequence[Chunk], listed: Collection[str]) -> None:
        self.chunks = chunks
        self.listed = listed
        self.base = base_of(chunks)
        self.texts = [bare(chunk.text) if _is_short(chunk) else "" for chunk in chunks]
        self.marks: list[Mark | None] = [
            mark(bare(chunk.first.text)) if text else None for chunk, text in zip(chunks, self.texts, strict=True)
        ]
        page = range(min(len(chunks), _PAGE))
        self.first_text = next((i for i in page if not self.texts[i] and self.is_text(i)), len(page))

    def gap_after(self, i: int) -> int:
        """The blank lines below a chunk."""
        return self.chunks[i + 1].gap if i + 1 < len(self.chunks) else 0

    def is_text(self, i: int) -> bool:
        """A chunk that a heading may stand above: several lines, or one that is no heading."""
        if i >= len(self.chunks):
            return False
        chunk = self.chunks[i]
        return (
            len(chunk.lines) >= 2 or len(chunk.first.text) >= 50 or chunk.text.endswith((".", "!", "?", '"', "”", "’"))
        )

    def reads_on(self, i: int) -> bool:
        """A sentence, not a title: long, with small letters, and with the space of a paragraph."""
        text = self.texts[i]
        words = len(text.split())
        if is_capitals(text):
            return False
        return (self.chunks[i].gap < 2 and (text.endswith((".", ";", ":", ",")) and words >= 9)) or text.endswith(
            (",", ";")
        )

    def leads(self, i: int) -> bool:
        """On a title page only what stands above text, or above another heading, is one."""
        below = self.chunks[i + 1] if i + 1 < len(self.chunks) else None
        if below is None:
            return False
        if self._announces(i):
            return True
        long = len(below.lines) >= 3 or len(below.text) >= 140
        return (
            long or self.marks[i + 1] is not None or letters(self.texts[i + 1]) in self.listed or self._names_title(i)
        )

    def _announces(self, i: int) -> bool:
        """A count from one, or a preface: text stands below, perhaps below a title."""
        found = self.marks[i]
        if found is None or found.family in COUNTED:
            return False
        if found.family == "named":
            return self.is_substantial(i + 1)
        reach = range(i + 1, min(i + 4, len(self.chunks)))
        return self.chunks[i].gap >= 2 and any(self.is_text(k) for k in reach)

    def _names_title(self, i: int) -> bool:
        """A count that has its title on the next chunk and then text."""
        found = self.marks[i]
        return found is not None and not found.rest and self.reads_as_title(i + 1) and self.is_text(i + 2)

    def in_list(self, i: int) -> bool:
        """One of several such lines without text between them, as in a list."""
        lines = self.chunks[i].lines
        if len(lines) > 2 and sum(mark(bare(line.text)) is not None for line in lines) > 2:
            return True
        found = self.marks[i]
        if found is None or found.family in (*COUNTED, "named"):
            return False
        return self._are_beside(i, i + 1, found.family) or self._are_beside(i - 1, i, found.family)

    def _are_beside(self, i: int, below: int, family: str) -> bool:
        """Two chunks that follow each other closely are counted alike, and neither is a sentence."""
        if i < 0 or below >= len(self.chunks) or self.chunks[below].gap > 2:
            return False
        both = (self.marks[i], self.marks[below])
        alike = all(found is not None and found.family == family for found in both)
        return alike and not any(self.texts[k].endswith(".") and len(self.texts[k].split()) > 14 for k in (i, below))

    def is_substantial(self, i: int) -> bool:
        if i < len(self.chunks) and self.texts[i] and self.in_list(i):
            return True
        return self.is_text(i) and (len(self.chunks[i].text) >= 60 or len(self.chunks[i].lines) >= 2)

    def continues(self, i: int) -> bool:
        text = self.texts[i]
        if not text or not is_capitals(text) or self.chunks[i].gap != 1 or self.marks[i] is not None:
            return False
        return not is_byline(text) and letters(text) not in ENDS

    def reads_as_title(self, i: int) -> bool:
        if i + 1 >= len(self.chunks) or not self.texts[i]:
            return False
        chunk, text, found = self.chunks[i], self.texts[i], self.marks[i]
        if found:
            return found.family == "named" and chunk.gap <= 2 and len(text) <= 60
        if letters(text) in _NO_TITLES or is_byline(text):
            return False
        if chunk.gap > 3 and not (is_capitals(text) and chunk.gap == 4):
            return False
        if _is_quoted(text):
            return chunk.gap <= 2
        if len(chunk.lines) > 4 or (chunk.first.text[0] in "“\"‘'«»*—(" and not is_capitals(text)):
            return False
        if is_capitals(text) or letters(text) in self.listed:
            return True
        return (
            len(text) <= 120
            and text[0].isupper()
            and (not _SENTENCE.search(text) or (is_title_case(text) and text.endswith(".")))
        )


def _is_quoted(text: str) -> bool:
    """A title in quotation marks: “Pieces of Eight”, not what somebody says."""
    return (text[0], text[-1]) in (("“", "”"), ('"', '"'), ("«", "»")) and len(text) <= 60 and is_title_case(text[1:-1])


def _is_short(chunk: Chunk) -> bool:
    lines = chunk.lines
    return (
        len(lines) <= _LINES
        and all(len(line.text) <= _LINE for line in lines)
        and sum(len(line.text) for line in lines) <= _ALL
        and any(c.isalnum() for c in lines[0].text)
        and (lines[0].text[0] not in "[|+" or _BRACKETED.fullmatch(lines[0].text) is not None)
        and not _IMPRINT.match(lines[0].text)
        and not _is_prose(chunk)
        and not is_break(lines[0].text)
    )


def _is_prose(chunk: Chunk) -> bool:
    """A short paragraph: lines that were filled, and no count above them."""
    lines = chunk.lines
    if len(lines) < 3 or is_capitals(chunk.text) or mark(bare(lines[0].text)):
        return False
    return all(len(line.text) >= _FILLED for line in lines[:-1]) and chunk.text.endswith(_STOPS)
