# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plain text -> its lines without their indents; what becomes of their words -> the ledger.

Whoever reads a line says from which column on it is what; an entry of the ledger reaches to the next of its line. So
nothing that stands in a line is left out, and nothing is there twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct, field

from publisher.characters import IMPOSSIBLE
from publisher.document import Image, Inlines, Text, leaves
from publisher.errors import Location, Problem
from publisher.ledger import Entry, Fate
from publisher.readers.plaintext.inlines import What, has_signs, parse

_FATES: dict[What, Fate] = {"sign": Fate.MARKUP, "call": Fate.CALL, "page": Fate.MARK}
# What surely is meant to be a call.
_CALL = re.compile(r"(?<!\\)\[(\d{1,3}\*{0,2}|\*{1,3})\]")
_TABS = re.compile(r"^[ \t]*\t")
_TAB = 4


class Line(Struct, frozen=True):
    """A line, or what follows a mark in it: `text` begins at `column` (from 0), and is empty in a blank line.

    `indent` is the column that the line counts as: what follows "  100. " counts as indented like the lines below it.
    """

    number: int
    column: int
    text: str
    indent: int


class Mark(NamedTuple):
    """From which column on a line is what. There are more of these than of anything else."""

    number: int
    column: int
    fate: Fate
    reason: str = ""


class Page(Struct):
    """The lines of a file, and what has been said of them."""

    file: str
    raw: Sequence[str]
    marks: list[Mark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, line: Line, fate: Fate, reason: str = "", at: int = 0) -> None:
        """Says what a line is, from the character `at` of its text on."""
        self.marks.append(Mark(line.number, line.column + at, fate, reason))

    def mark_all(self, lines: Iterable[Line], fate: Fate, reason: str = "") -> None:
        for line in lines:
            if line.text:
                self.mark(line, fate, reason)

    def report(self, code: str, message: str, line: Line, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, Location(self.file, line.number, line.column + 1), hint))

    def run(self, lines: Sequence[Line], notes: Mapping[str, int], fate: Fate) -> Inlines:
        """The inlines of lines that are one run; a line end in it is a space."""
        text = " ".join([line.text for line in lines])
        if text and not has_signs(text):
            self.marks += [Mark(line.number, line.column, fate) for line in lines]
            return (Text(text),)
        parsed = parse(text, notes)
        if "[Picture (" in text and any(isinstance(leaf, Image) and not leaf.alt for leaf in leaves(parsed.inlines)):
            hint = "Write what it shows: [Picture: a crowd in the snow (crowd.jpg)]"
            self.report("P002", "nothing says what the picture shows", lines[0], hint)
        self._report_open_calls(text, lines, notes)
        stretches = [(start, _FATES.get(what, fate)) for start, what in parsed.stretches]
        here, start, current = 0, 0, fate
        for line in lines:
            end = start + len(line.text)
            self.mark(line, current)
            while here < len(stretches) and stretches[here][0] <= end:
                at, current = stretches[here]
                self.mark(line, current, at=max(0, at - start))
                here += 1
            start = end + 1
        return parsed.inlines

    def _report_open_calls(self, text: str, lines: Sequence[Line], notes: Mapping[str, int]) -> None:
        """Reports calls of notes that are not there: "[12]", where no note is 12."""
        here = start = 0
        for call in _CALL.finditer(text) if "[" in text else ():
            if call[1] not in notes:
                while call.start() > start + len(lines[here].text):
                    start += len(lines[here].text) + 1
                    here += 1
                hint = "The call is printed as text. Add the note, or write \\[ where it is no call."
                place = Location(self.file, lines[here].number, lines[here].column + call.start() - start + 1)
                self.problems.append(Problem("N001", f"note [{call[1]}] is called but never given", place, hint))

    def entries(self) -> Iterator[Entry]:
        """What became of each line, in the order of the file."""
        self.marks.sort(key=itemgetter(0, 1))
        for number, of_line in groupby(self.marks, itemgetter(0)):
            raw = self.raw[number - 1]
            marks = _changes(of_line)
            for mark, after in pairwise((*marks, Mark(number, len(raw), Fate.BODY))):
                if text := raw[mark.column : after.column]:
                    yield Entry(self.file, number, text, mark.fate, mark.reason, mark.column + 1)


def _changes(marks: Iterable[Mark]) -> list[Mark]:
    """The marks of a line without those that say once more what the one before them said."""
    found: list[Mark] = []
    for mark in marks:
        if found and found[-1].column == mark.column:
            found.pop()
        if not found or (found[-1].fate, found[-1].reason) != (mark.fate, mark.reason):
            found.append(mark)
    return found


def split(file: str, text: str) -> tuple[Page, list[Line]]:
    """A file's lines; what no book can hold is taken out and reported."""
    page = Page(file, [])
    raws = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if IMPOSSIBLE.search(text):
        raws = [_cleaned(page, number, raw) for number, raw in enumerate(raws, 1)]
    page.raw = [_expanded(raw) for raw in raws]
    return page, [_line(number, raw) for number, raw in enumerate(page.raw, 1)]


def _line(number: int, raw: str) -> Line:
    text = raw.lstrip(" ")
    indent = len(raw) - len(text)
    return Line(number, indent, text.rstrip(" \t"), indent)


def _expanded(raw: str) -> str:
    """A line whose indent has tabs, with spaces in their place."""
    tabs = _TABS.match(raw)
    return tabs[0].expandtabs(_TAB) + raw[tabs.end() :] if tabs else raw


def _cleaned(page: Page, number: int, raw: str) -> str:
    for match in IMPOSSIBLE.finditer(raw):
        message = f"control character U+{ord(match[0]):04X} left out"
        place = Location(page.file, number, match.start() + 1)
        page.problems.append(Problem("T005", message, place, "It cannot be printed. Remove it."))
    return IMPOSSIBLE.sub("", raw)
