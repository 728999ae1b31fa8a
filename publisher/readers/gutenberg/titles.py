# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which lines without a count are titles: in capitals, or apart from the text, above text."""

from __future__ import annotations

import re
from collections import Counter

from publisher.readers.gutenberg.look import ENDS, Look
from publisher.readers.gutenberg.stretches import is_byline, is_capitals, letters
from publisher.readers.headings import is_title_case

_SENTENCE = re.compile(r"[.;:,]$")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,5}|[A-Z]")
_TWO_SENTENCES = re.compile(r"[a-z]{3}[.!?] +[A-Z“\"]")
_ENOUGH = 3  # titles that are set off alike, though by little


class Titles:
    """Looks for titles once the other headings are known."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._ones = Counter(found.family for found in look.marks if found and found.value == 1)

    def find(self, accepted: set[int]) -> set[int]:
        """Lines in capitals, or apart from the text, above text; small ones where several are set off alike."""
        found: set[int] = set()
        doubtful: list[int] = []
        for i, text in enumerate(self._look.texts):
            if not text or i in accepted or self._look.marks[i] or not self._is_title(i, text, accepted):
                continue
            chunk = self._look.chunks[i]
            gap = chunk.gap
            brief = len(text) <= 60 and len(chunk.lines) == 1
            if (is_capitals(text) and gap >= 2) or gap >= 4 or (gap == 3 and (brief or is_title_case(text))):
                found.add(i)
            elif gap == 2 and is_title_case(text) and not text.endswith("."):
                doubtful.append(i)
        return found | (set(doubtful) if len(doubtful) >= _ENOUGH else set())

    def _is_title(self, i: int, text: str, accepted: set[int]) -> bool:
        chunk = self._look.chunks[i]
        if letters(text) in ENDS or len(chunk.lines) > 3 or chunk.first.text[0] in "“\"‘'«»*—-(&#" or is_byline(text):
            return False
        if _INITIALS.fullmatch(text) or (
            not is_capitals(text) and (_TWO_SENTENCES.search(text) or len(chunk.lines) > 2)
        ):
            return False
        if self._is_inset(i):
            return False
        if not text[0].isupper() and not text[0].isdigit():
            return False
        if _SENTENCE.search(text) and not (is_capitals(text) or self._is_pointed_title(i, text)):
            return False
        if i < self._look.first_text and not self._look.leads(i):
            return False
        below = i + 1 in accepted and self._look.marks[i + 1] is not None
        below = below and (i > self._look.first_text or self._restarts(i + 1))
        return (
            len(text) <= 160
            and self._look.gap_after(i) >= 1
            and (self._look.is_substantial(i + 1) or below or self._goes_on(i))
        )

    def _restarts(self, i: int) -> bool:
        """The count below begins with one, and not for the only time."""
        found = self._look.marks[i]
        return found is not None and found.value == 1 and self._ones[found.family] > 1

    def _is_pointed_title(self, i: int, text: str) -> bool:
        """A title with a full stop: "The Old Mill.", or a word or two well apart, "Nacht."."""
        if not text.endswith(".") or len(text) > 60:
            return False
        return is_title_case(text) or (self._look.chunks[i].gap >= 3 and len(text.split()) <= 3)

    def _is_inset(self, i: int) -> bool:
        """A line that is indented like the text below it: the title of a poem or a letter inside the text."""
        if i + 1 >= len(self._look.chunks) or self._look.chunks[i].gap >= 4:
            return False
        edge = self._look.base + 1
        return (
            self._look.chunks[i].first.indent > edge
            and edge < self._look.chunks[i + 1].first.indent < self._look.base + 20
        )

    def _goes_on(self, i: int) -> bool:
        """Lines of a title follow, then text: "MANIFESTO", "OF THE", "COMMUNIST PARTY.", "By ..."."""
        after = i + 1
        limit = min(len(self._look.chunks) - 1, i + 8)
        while (
            after < limit
            and self._look.chunks[after].gap <= 2
            and self._look.texts[after]
            and not self._look.marks[after]
        ):
            if self._look.is_substantial(after) and not is_byline(self._look.texts[after]):
                break
            after += 1
        apart = is_capitals(self._look.texts[i]) or self._look.chunks[i].gap >= 3
        return after > i + 1 and apart and self._look.is_substantial(after) and i > self._look.first_text
