# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of each character of a text, painted stretch by stretch, and the ledger that follows from it.

Lines begin as BODY. Whoever takes a line, or a part of it, for something else paints it; what is painted last
holds. So the ledger has every character of the file exactly once, whatever the other modules do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from publisher.ledger import Entry, Fate
from publisher.readers.lines import Line

Paint = tuple[Fate, str]
_BODY: Paint = (Fate.BODY, "")


class Record:
    """The fates of a file's lines, which are counted from 1."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._whole: dict[int, Paint] = {}
        self._parts: dict[int, list[tuple[int, int, Paint]]] = {}
        self._divided: dict[int, set[int]] = {}

    def paint(self, lines: Iterable[Line], fate: Fate, reason: str = "") -> None:
        """Gives lines, or parts of lines, their fate."""
        for line in lines:
            if line.text:
                self.paint_part(line, 0, len(line.text), fate, reason)

    def paint_part(self, line: Line, start: int, end: int, fate: Fate, reason: str = "") -> None:
        """Gives the characters start to end of a line's text their fate."""
        whole = self._lines[line.number - 1]
        start, end = start + line.indent - whole.indent, end + line.indent - whole.indent
        if start <= 0 and end >= len(whole.text):
            self._whole[line.number] = (fate, reason)
            self._parts.pop(line.number, None)
        else:
            self._parts.setdefault(line.number, []).append((start, end, (fate, reason)))

    def has_space(self, before: Line, after: Line) -> bool:
        """Whether a space stands behind the one part of a line or before the other."""
        whole = self._lines[before.number - 1]
        end, start = before.indent + len(before.text) - whole.indent, after.indent - whole.indent
        return bool(re.search(r"^\s|\s$", whole.text[end:start]))

    def divide(self, line: Line, at: int) -> None:
        """Says that a block of the book ends amid a line, where the text has no space: "HAMLET.--A little"."""
        self._divided.setdefault(line.number, set()).add(at + line.indent - self._lines[line.number - 1].indent)

    def entries(self) -> Iterator[Entry]:
        """The ledger, in the order of the file."""
        for line in self._lines:
            if not line.text:
                continue
            fate, reason = self._whole.get(line.number, _BODY)
            parts = self._parts.get(line.number, ())
            divided = self._divided.get(line.number, frozenset[int]())
            if not parts and not divided:
                yield Entry(line.file, line.number, line.text, fate, reason)
            else:
                yield from _painted(line, (fate, reason), parts, divided)


def _painted(
    line: Line, ground: Paint, parts: Sequence[tuple[int, int, Paint]], divided: Collection[int]
) -> Iterator[Entry]:
    """The entries of a line that became several things; where a block ends a space is added."""
    colours = [ground] * len(line.text)
    for start, end, paint in parts:
        stretch = range(max(start, 0), min(end, len(colours)))
        colours[stretch.start : stretch.stop] = [paint] * len(stretch)
    at = 0
    for (fate, reason), run in groupby(colours):
        end = at + sum(1 for _ in run)
        for cut in sorted({*(cut for cut in divided if at < cut < end), end}):
            space = " " if cut in divided else ""
            yield Entry(line.file, line.number, line.text[at:cut] + space, fate, reason)
            at = cut
