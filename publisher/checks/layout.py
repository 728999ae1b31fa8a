# SPDX-License-Identifier: AGPL-3.0-or-later
"""The flaws of a layout -> problems with their places in the sources, as the ledger tells.

The words of a flaw are looked for among the printed words of the ledger by their letters alone: typography changes
marks and spaces, lines divide words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from publisher.codes import CODES
from publisher.edition import Flaw
from publisher.errors import Location, Problem
from publisher.ledger import Entry

# Fewer letters may stand anywhere.
FEWEST = 12
_DETAILS = {
    "D003": "word spaces are {} em wider than in the typeface",
    "D010": "the facing pages are {} lines deep",
    "D011": "no typeface has {}",
}


def problems(flaws: Iterable[Flaw], ledger: Sequence[Entry], file: str) -> tuple[Problem, ...]:
    """A problem for each flaw; under `file`, the PDF's, where its words are not found in the sources."""
    sources = _Sources(ledger)
    return tuple(Problem(flaw.code, _message(flaw), sources.location(flaw.words) or Location(file)) for flaw in flaws)


def _message(flaw: Flaw) -> str:
    what = _DETAILS.get(flaw.code, CODES[flaw.code].title).format(flaw.detail)
    place = f"page {flaw.page}" + (f", line {flaw.line}" if flaw.line else "")
    return f"{place}: {what}" + (f': "{flaw.words}"' if flaw.words else "")


class _Sources:
    """The letters that are printed, in the order of the sources, and the entries that they are from."""

    def __init__(self, ledger: Iterable[Entry]) -> None:
        self._entries = [entry for entry in ledger if entry.printed]
        self._starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for entry in self._entries:
            self._starts.append(length)
            pieces.append("".join(_letters(entry.text)))
            length += len(pieces[-1])
        self._text = "".join(pieces)
        self._at = 0

    def location(self, words: str) -> Location | None:
        """Where words come from; of several places the first one behind those found before."""
        wanted = "".join(_letters(words))
        if len(wanted) < FEWEST:
            return None
        found = self._text.find(wanted, self._at)
        if found < 0:
            found = self._text.find(wanted)
        if found < 0:
            return None
        self._at = found
        entry = self._entries[bisect_right(self._starts, found) - 1]
        return Location(entry.file, entry.line)


def _letters(text: str) -> Iterator[str]:
    return filter(str.isalnum, text)
