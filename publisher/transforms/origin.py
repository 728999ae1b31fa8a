# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of a book -> where they stand in its sources, by the ledger.

Nodes have no positions. The ledger has the words of each file in the book's order, so that the texts of the book are
looked for one after the other, each close behind the one before; white space, which sources and books set differently,
is left out on both sides. Notes, which a file may have anywhere, are looked for among the words of the notes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from publisher.characters import squeezed
from publisher.errors import Location
from publisher.ledger import Entry, Fate
from publisher.transforms.flow import Flow
from publisher.tree import Run

_TEXT = frozenset({Fate.TITLE, Fate.HEADING, Fate.BODY})
_NOTES = frozenset({Fate.NOTE})
# Characters without white space: how far behind the last text the next one is looked for.
_NEAR = 2_000
# With how many characters a text is looked for at the beginnings of entries, where it does not stand near.
_KEY = 12
# What may stand before a note in the entry of its first line: "[12*] ".
_MARKS = "0123456789*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰.:()[]{}"


class _Stream:
    """Words of one kind, those of all files after one another, without white space.

    `entries` are numbers of entries of the ledger, `starts` say where the words of each begin.
    """

    def __init__(self, ledger: Sequence[Entry], fates: frozenset[Fate]) -> None:
        self.entries: list[int] = []
        self.starts: list[int] = []
        self._files: dict[str, int] = {}
        pieces: list[str] = []
        length = 0
        for index, entry in enumerate(ledger):
            if entry.fate not in fates or not entry.printed:
                continue
            if not pieces or entry.file != ledger[self.entries[-1]].file:
                self._files.setdefault(entry.file, length)
            self.entries.append(index)
            self.starts.append(length)
            pieces.append(piece := squeezed(entry.text))
            length += len(piece)
        self._text = "".join(pieces)
        self._at = 0
        self._file = ""
        self._beginnings: dict[str, list[int]] | None = None

    def find(self, piece: str, file: str) -> int:
        """Where a text stands, -1 where it cannot be found; goes on past it."""
        if file != self._file:
            self._file, self._at = file, self._files.get(file, self._at)
        if self._text.startswith(piece, self._at):
            found = self._at
        else:
            found = self._text.find(piece, self._at, self._at + _NEAR + len(piece))
            if found < 0:
                found = self._elsewhere(piece)
        if found >= 0:
            self._at = found + len(piece)
        return found

    def _elsewhere(self, piece: str) -> int:
        """Where a text stands that is not near, if it begins as a line or a note begins."""
        places = self._indexed().get(piece[:_KEY], ()) if len(piece) >= _KEY else ()
        after = bisect_right(places, self._at)
        return next((at for at in (*places[after : after + 3], *places[:3]) if self._text.startswith(piece, at)), -1)

    def _indexed(self) -> dict[str, list[int]]:
        if self._beginnings is None:
            self._beginnings = defaultdict(list)
            for start in self.starts:
                head = self._text[start : start + 2 * _KEY]
                mark = len(head) - len(head.lstrip(_MARKS))
                for skipped in {0, mark}:
                    self._beginnings[head[skipped : skipped + _KEY]].append(start + skipped)
        return self._beginnings


class Origin:
    """Finds the places of characters of a book in its sources."""

    def __init__(self, ledger: Sequence[Entry], runs: Sequence[Run], flows: Sequence[Flow]) -> None:
        self._ledger = ledger
        self._runs = runs
        self._flows = flows
        self._last = (-1, 0, 0)

    @cached_property
    def _text(self) -> _Stream:
        return _Stream(self._ledger, _TEXT)

    @cached_property
    def _notes(self) -> _Stream:
        return _Stream(self._ledger, _NOTES)

    @cached_property
    def _bases(self) -> list[tuple[tuple[int, int], ...]]:
        """Where each text of each run begins in its stream; found in the order of the book, when first asked for."""
        bases = []
        for run, one in zip(self._runs, self._flows, strict=True):
            stream = self._stream(run)
            pieces = ((start, squeezed(one.text[start:end])) for start, end in one.spans)
            bases.append(tuple((start, stream.find(piece, run.file)) for start, piece in pieces if piece))
        return bases

    def entries(self, number: int, text: str, places: Iterable[int]) -> Iterator[Entry | None]:
        """For places in a run, in ascending order: the entry of the ledger that they belong to, if it is known."""
        for index, _ in self._found(number, text, places):
            yield self._ledger[index] if index >= 0 else None

    def _found(self, number: int, text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The number of the entry, or -1, and how many of its characters come before, white space not counted."""
        stream, bases = self._stream(self._runs[number]), self._bases[number]
        leaf, counted, count = -1, 0, 0
        for place in places:
            while leaf + 1 < len(bases) and bases[leaf + 1][0] <= place:
                leaf += 1
                counted, count = bases[leaf][0], 0
            if leaf < 0 or bases[leaf][1] < 0:
                yield -1, 0
                continue
            count += len(squeezed(text[counted:place]))
            counted = place
            at = bases[leaf][1] + count
            # White space at the end of an entry belongs to it, not to the next one.
            index = bisect_right(stream.starts, at) - 1
            yield stream.entries[index], at - stream.starts[index]

    def locations(self, number: int, text: str, places: Iterable[int], file: str) -> Iterator[Location]:
        """For places in a run, in ascending order: file, line and column; the file alone where they were not found."""
        for index, skipped in self._found(number, text, places):
            if index < 0:
                yield Location(file)
            else:
                entry = self._ledger[index]
                yield Location(entry.file, entry.line, entry.column and entry.column + self._index(index, skipped))

    def _index(self, index: int, skipped: int) -> int:
        """Where a character stands in an entry's text; places that ascend are found without counting anew."""
        known, at, seen = self._last
        if known != index or seen > skipped:
            at = seen = 0
        text = self._ledger[index].text
        while at < len(text) and (seen < skipped or text[at].isspace()):
            seen += not text[at].isspace()
            at += 1
        self._last = (index, at, seen)
        return at

    def _stream(self, run: Run) -> _Stream:
        return self._text if run.note is None else self._notes
