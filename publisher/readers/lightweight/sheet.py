# SPDX-License-Identifier: AGPL-3.0-or-later
"""A text that is read as one: a source, or a source with others put into it where it asks for them.

mdBook's "{{#include chapter.md}}" stands for a file (https://rust-lang.github.io/mdBook/format/mdbook.html). It is
followed to the work's own texts and nowhere else, and to each of them once.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Mapping

from msgspec import Struct, field

from publisher.errors import Location, Problem
from publisher.ledger import Fate
from publisher.readers.lightweight.ink import Ink

_COMMAND = re.compile(r"(?<!\\)\{\{\s*#(include|playground|rustdoc_include|playpen|title)\s+([^{}\n]{1,500}?)\s*\}\}")
_DEEPEST = 8


class Sheet(Struct):
    """The text, and for each stretch of it the source and the place where it stands."""

    file: str
    text: str
    starts: list[int] = field(default_factory=list)
    origins: list[tuple[Ink, int]] = field(default_factory=list)

    def write(
        self, start: int, end: int, fate: Fate, *, text: str | None = None, reason: str = "", apart: bool = False
    ) -> None:
        """Says what became of characters, to the sources in which they stand."""
        while start < end or text:
            index = bisect_right(self.starts, start) - 1
            limit = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
            ink, origin = self.origins[index]
            stop = min(end, limit)
            ink.write(
                origin + start - self.starts[index],
                origin + stop - self.starts[index],
                fate,
                text=text,
                reason=reason,
                apart=apart,
            )
            start, text, apart = stop, None, False

    def at(self, offset: int) -> Location:
        index = max(bisect_right(self.starts, offset) - 1, 0)
        ink, origin = self.origins[index]
        return ink.at(origin + offset - self.starts[index])


class Desk(Struct):
    """All sources of a work by their paths; which of them were put into another."""

    inks: Mapping[str, Ink]
    included: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def sheet(self, file: str) -> Sheet:
        """The text of a source with what it includes."""
        sheet = Sheet(file, "")
        pieces: list[str] = []
        self._lay(sheet, pieces, file, (file,))
        sheet.text = "".join(pieces)
        return sheet

    def _lay(self, sheet: Sheet, pieces: list[str], file: str, above: tuple[str, ...]) -> None:
        ink = self.inks[file]
        at = 0
        refused: list[re.Match[str]] = []
        for found in _COMMAND.finditer(ink.text):
            target = _target(file, found[2])
            if found[1] == "title":
                # What a browser's window is called.
                self._add(sheet, pieces, ink, at, found.start())
            elif target not in self.inks or target in self.included or target in above or len(above) > _DEEPEST:
                refused.append(found)
                continue
            else:
                self._add(sheet, pieces, ink, at, found.start())
                self.included.add(target)
                self._lay(sheet, pieces, target, (*above, target))
            at = found.end()
        self._add(sheet, pieces, ink, at, len(ink.text))
        if refused:
            more = f" and {len(refused) - 1} more" if len(refused) > 1 else ""
            message = f'"{refused[0][2]}"{more} cannot be put in here'
            hint = "The lines are printed as they stand. Put the words in yourself."
            self.problems.append(Problem("R050", message, ink.at(refused[0].start()), hint))

    def _add(self, sheet: Sheet, pieces: list[str], ink: Ink, start: int, end: int) -> None:
        sheet.starts.append(sum(map(len, pieces[-1:])) + (sheet.starts[-1] if sheet.starts else 0))
        sheet.origins.append((ink, start))
        pieces.append(ink.text[start:end])


def _target(file: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), name))


def included(ink: Ink) -> frozenset[str]:
    """The paths that a source asks to be put in."""
    return frozenset(_target(ink.file, found[2]) for found in _COMMAND.finditer(ink.text) if found[1] != "title")
