# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notes at the foot of pages: taken from what stands on the pages, so that the text reads on from one to the next.

What is at the foot is not told by its place or size, but by its words: the end of a page that is the next notes, whole
or as far as they go, in the order of their calls. Of a note that the foot only refers to, its label and an arrow are
taken; its words must then be among the endnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

# What stands for a note that is among the endnotes: its label, an arrow, their title.
_REFERENCE = r"→[^\W\d]+"
# So many notes may be absent from the foot before the next one that is there.
_ABSENT = 3


def take(pages: Sequence[str], notes: Mapping[str, Sequence[str]]) -> tuple[list[str], frozenset[str]]:
    """The letters of pages without those of notes at their feet, and which notes were there as a whole.

    `notes` are the letters of each, label and runs, in the order in which they are called.
    """
    feet = _Feet(notes)
    return [feet.strip(page) for page in pages], frozenset(feet.seen)


class _Feet:
    """How far the notes have been found: the next one, and its next paragraph."""

    def __init__(self, notes: Mapping[str, Sequence[str]]) -> None:
        self._keys = list(notes)
        self._pieces = [["".join(runs[:2]), *filter(None, runs[2:])] for runs in notes.values()]
        self._references = [re.compile(re.escape(runs[0]) + _REFERENCE) for runs in notes.values()]
        self._next = (0, 0)
        self.seen: set[str] = set()

    def strip(self, page: str) -> str:
        """A page without the notes at its foot."""
        for start in sorted(set(self._starts(page))):
            if (foot := self._read(page, start)) is not None:
                self._next, found = foot
                self.seen |= found
                return page[:start]
        return page

    def _starts(self, page: str) -> Iterator[int]:
        """Where the next note may begin or go on."""
        note, piece = self._next
        if piece:
            yield from _places(self._pieces[note][piece], page)
            return
        for number in range(note, min(note + _ABSENT, len(self._keys))):
            yield from _places(self._pieces[number][0], page)
            yield from (found.start() for found in self._references[number].finditer(page))

    def _read(self, page: str, at: int) -> tuple[tuple[int, int], set[str]] | None:
        """The notes from a place to the end of a page: what comes next, and which are complete; None if it is text."""
        note, piece = self._next
        found: set[str] = set()
        while at < len(page):
            if note == len(self._keys):
                return None
            pieces = self._pieces[note]
            if page.startswith(pieces[piece], at):
                at += len(pieces[piece])
                piece += 1
                if piece == len(pieces):
                    found.add(self._keys[note])
                    note, piece = note + 1, 0
            elif piece:
                return None
            else:
                # The foot refers to it, or does not have it at all.
                reference = self._references[note].match(page, at)
                at = reference.end() if reference else at
                note += 1
        return (note, piece), found


def _places(words: str, page: str) -> Iterator[int]:
    at = page.find(words)
    while at >= 0:
        yield at
        at = page.find(words, at + 1)
