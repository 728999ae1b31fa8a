# SPDX-License-Identifier: AGPL-3.0-or-later
"""What became of each character of a source -> its ledger.

Who reads a mark or a word says so with its place, in any order and each place once. Whatever nobody spoke of is
markup, so that the entries of a file hold all its characters in their order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.errors import Location
from publisher.ledger import Entry, Fate

_LAST_SIGN = re.compile(r"\W(?=_*$)")


class Stroke(Struct, frozen=True, order=True):
    """Characters `start` to `end` of the source, and as a reader sees them; `apart` from the word before."""

    start: int
    end: int
    text: str
    fate: Fate
    reason: str = ""
    apart: bool = False


class Ink(Struct):
    """The text of one source and what is known of its characters."""

    file: str
    text: str
    strokes: list[Stroke] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """Where each line begins."""

    def __post_init__(self) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def write(
        self, start: int, end: int, fate: Fate, *, text: str | None = None, reason: str = "", apart: bool = False
    ) -> None:
        """Says what became of some characters; `text` is how they read where the source has an entity."""
        if end > start or text:
            self.strokes.append(Stroke(start, end, self.text[start:end] if text is None else text, fate, reason, apart))

    def entries(self) -> tuple[Entry, ...]:
        """The ledger of the source, line by line."""
        pieces: list[Entry] = []
        line, printed = 1, 0
        for stroke in self._all():
            column = stroke.start - self.starts[line - 1] + 1
            for number, text in enumerate(stroke.text.split("\n")):
                piece = Entry(self.file, line + number, text, stroke.fate, stroke.reason, column)
                if stroke.apart and not number and printed == line and not text.isspace():
                    _part(pieces, piece)
                if piece.printed and text:
                    printed = piece.line
                pieces += [piece] if text else []
                column = 1
            line += self.text.count("\n", stroke.start, stroke.end)
        return tuple(_merged(pieces))

    def _all(self) -> Iterator[Stroke]:
        """The strokes in their order, and between them the markup."""
        at = 0
        for stroke in sorted(self.strokes):
            if stroke.start < at:
                raise AssertionError(f"{self.file}: characters {stroke.start} to {at} are read twice")
            if stroke.start > at:
                yield Stroke(at, stroke.start, self.text[at : stroke.start], Fate.MARKUP)
            yield stroke
            at = stroke.end
        if at < len(self.text):
            yield Stroke(at, len(self.text), self.text[at:], Fate.MARKUP)

    def at(self, offset: int) -> Location:
        """The line and column of a character."""
        line = bisect_right(self.starts, offset)
        return Location(self.file, line, offset - self.starts[line - 1] + 1)


def _merged(pieces: Iterable[Entry]) -> Iterator[Entry]:
    """Pieces of one line with one fate as one entry; blanks amid the markup belong to what stands before them."""
    waiting: list[Entry] = []
    for piece in pieces:
        first = waiting[0] if waiting and waiting[0].line == piece.line else None
        blank = piece.text.isspace() and (first is None or piece.fate is Fate.MARKUP)
        if first and (blank or (first.fate, first.reason) == (piece.fate, piece.reason)):
            waiting.append(piece)
        elif not blank:
            if waiting:
                yield replace(waiting[0], text="".join(entry.text for entry in waiting))
            waiting = [piece]
    if waiting:
        yield replace(waiting[0], text="".join(entry.text for entry in waiting))


def _part(found: list[Entry], entry: Entry) -> None:
    """Puts a space before words that begin a block amid a line, such as a cell's, if words stand on the line before.

    Of markup between them it takes a place where it parts no word: in "_a_|_b_" behind the stroke.
    """
    last = found[-1]
    space = replace(entry, text=" ")
    if last.fate is not Fate.MARKUP:
        found.append(space)
        return
    sign = _LAST_SIGN.search(last.text)
    if sign:
        found[-1] = replace(last, text=last.text[: sign.end()])
        found.append(space)
        if rest := last.text[sign.end() :]:
            found.append(replace(last, text=rest, column=last.column + sign.end()))
