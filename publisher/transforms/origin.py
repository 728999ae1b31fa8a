# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of a book -> where they stand in its sources, by the ledger.

Nodes have no positions. The ledger has the words of each file in the book's order, so that the texts of the book are
looked for one after the other, each close behind the one before; white space, which sources and books set differently,
is left out on both sides. Notes, which a file may have anywhere, are looked for among the words of the notes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from publisher.errors import Location, SourceError
from publisher.ledger import Entry, Fate
from publisher.readers import Source
from publisher.readers.decoding import decode
from publisher.transforms.flow import Flow
from publisher.transforms.tree import Run

_TEXT = frozenset({Fate.TITLE, Fate.HEADING, Fate.BODY})
_NOTES = frozenset({Fate.NOTE})
# Characters without white space: how far behind the last text the next one is looked for.
_NEAR = 2_000
# With how many characters a text is looked for at the beginnings of entries, where it does not stand near.
_KEY = 12
# What may stand before a note in the entry of its first line: "[12*] ".
_MARKS = "0123456789*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰.:()[]{}"


def squeezed(text: str) -> str:
    return "".join(text.split())


class _Stream:
    """Words of one kind, those of all files after one another, without white space."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: list[Entry] = []
        self.starts: list[int] = []
        self._files: dict[str, int] = {}
        pieces = []
        length = 0
        for entry in entries:
            self._files.setdefault(entry.file, length)
            self.entries.append(entry)
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
    """Finds the places of characters in the sources; runs must be asked for in the order of the book."""

    def __init__(self, ledger: Sequence[Entry], sources: Sequence[Source], runs: Sequence[Run]) -> None:
        self._text = _Stream(entry for entry in ledger if entry.fate in _TEXT)
        self._notes = _Stream(entry for entry in ledger if entry.fate in _NOTES)
        self._runs = runs
        self._bases: list[tuple[tuple[int, int], ...]] = []
        self._columns = _Columns(ledger, sources)

    def trace(self, flows: Iterable[Flow]) -> None:
        """Finds each text of each run, in the order of the book, which must be done before any place is asked for."""
        for run, one in zip(self._runs, flows, strict=True):
            stream = self._stream(run)
            pieces = ((start, squeezed(one.text[start:end])) for start, end in one.spans)
            self._bases.append(tuple((start, stream.find(piece, run.file)) for start, piece in pieces if piece))

    def entries(self, number: int, text: str, places: Iterable[int]) -> Iterator[tuple[Entry | None, int]]:
        """For places in a run, in ascending order: the entry of the ledger that they belong to, if it is known.

        Beside it stands how many characters of the entry come before the place, without white space.
        """
        stream, bases = self._stream(self._runs[number]), self._bases[number]
        leaf, counted, count = -1, 0, 0
        for place in places:
            while leaf + 1 < len(bases) and bases[leaf + 1][0] <= place:
                leaf += 1
                counted, count = bases[leaf][0], 0
            if leaf < 0 or bases[leaf][1] < 0:
                yield None, 0
                continue
            count += len(squeezed(text[counted:place]))
            counted = place
            at = bases[leaf][1] + count
            # White space at the end of an entry belongs to it, not to the next one.
            index = bisect_right(stream.starts, at) - 1
            yield stream.entries[index], at - stream.starts[index]

    def locations(self, number: int, text: str, places: Iterable[int], file: str) -> Iterator[Location]:
        """For places in a run, in ascending order: file, line and column; the file alone where they were not found."""
        for entry, skipped in self.entries(number, text, places):
            if entry is None:
                yield Location(file)
            else:
                yield Location(entry.file, entry.line, self._columns.column(entry, skipped))

    def _stream(self, run: Run) -> _Stream:
        return self._text if run.note is None else self._notes


class _Columns:
    """Columns of a ledger's entries, in sources whose lines the ledger has as they stand; 0 in others."""

    def __init__(self, ledger: Sequence[Entry], sources: Sequence[Source]) -> None:
        self._ledger = ledger
        self._data: Mapping[str, Source] = {source.file: source for source in sources}
        self._lines: dict[str, list[str]] = {}
        self._starts: dict[int, int] = {}
        self._last: tuple[int, int, int] = (-1, 0, 0)

    def column(self, entry: Entry, skipped: int) -> int:
        """The column of the character after `skipped` others that are no white space."""
        if not self._starts:
            self._measure()
        start = self._starts.get(id(entry), -1)
        return start + self._index(entry, skipped) + 1 if start >= 0 else 0

    def _index(self, entry: Entry, skipped: int) -> int:
        """Where the character stands in the entry's text; places that ascend are found without counting anew."""
        known, at, seen = self._last
        if known != id(entry) or seen > skipped:
            at = seen = 0
        text = entry.text
        while at < len(text) and (seen < skipped or text[at].isspace()):
            seen += not text[at].isspace()
            at += 1
        self._last = (id(entry), at, seen)
        return at

    def _measure(self) -> None:
        """How far from the beginning of its line each entry begins."""
        whole: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for entry in self._ledger:
            whole[entry.file, entry.line].append(entry)
        for (file, line), entries in whole.items():
            raw = self._raw(file, line)
            text = "".join(entry.text for entry in entries).rstrip()
            start = len(raw) - len(raw.lstrip()) if raw.strip() == text else -1
            for entry in entries:
                self._starts[id(entry)] = start
                start += len(entry.text) if start >= 0 else 0

    def _raw(self, file: str, line: int) -> str:
        if file not in self._lines:
            self._lines[file] = self._decoded(file)
        lines = self._lines[file]
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def _decoded(self, file: str) -> list[str]:
        try:
            return decode(file, self._data[file].data).splitlines() if file in self._data else []
        except SourceError:
            return []
