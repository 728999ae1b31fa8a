# SPDX-License-Identifier: AGPL-3.0-or-later
"""A paragraph as pieces with widths -> where its lines end, chosen for the paragraph as a whole.

Of all ways to break a paragraph that with the fewest demerits is found by dynamic programming, after Knuth and Plass,
"Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981). A line's demerits grow with the sixth
power of how much its word spaces are widened. Nothing here knows of fonts or pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TypeAlias

# How much a word space may be wider than in the typeface, in ems: with the 0.2 em of EB Garamond that is half an em,
# the most that Bringhurst allows (The Elements of Typographic Style, 2.1.1); and how much narrower.
LOOSEST, TIGHTEST = 0.3, 0.02
# How much wider they may be before a line is reported: with EB Garamond 0.6 em in all. (TeX reports lines of Computer
# Modern from 0.69 em on: hbadness 1000.)
LOOSE = 0.4
# Widening that is good enough to divide no word at all; beyond all bounds, where there is no better way.
GOOD, DESPERATE = 0.14, inf
# The widening whose badness is 100.
STRETCH = 0.15
# What the words and narrow spaces of a line fill at the least that is no looser than LOOSE.
LEAST = 0.6
# How many lines in a row may end in hyphens, and the letters that a paragraph's last line has at least.
HYPHENS, LAST = 2, 5
# Demerits of a divided word, of the second in a row, of one before the last line.
DIVIDED, AGAIN, BEFORE_LAST = 2_500.0, 10_000.0, 5_000.0
# Those of a last line that is too short, and of a line that ends where it should not: as of word spaces that are 0.4 em
# too wide. Such lines are made only where there is no other way.
FLAW = 3.6e6
# Those of each line where fewer are wanted, or that each line is spared where more are.
LINE = 1e7


@dataclass(frozen=True, slots=True)
class Part:
    """The first part of a divided piece: its characters and letters, its width with the hyphen, that of the rest.

    `rare` parts are used where nothing else helps.
    """

    length: int
    letters: int
    width: float
    rest: float
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two places where a line may end, and the space behind it, which goes where a line ends.

    `spaces` counts the word spaces inside that can be widened, `letters` letters and figures; `hyphen` says
    that it ends in one, `rare` that a line ends behind it only where nothing else helps. `parts` divides it.
    """

    width: float
    space: float = 0.0
    spaces: int = 0
    letters: int = 0
    hyphen: bool = False
    rare: bool = False
    parts: Callable[[], Sequence[Part]] = tuple


@dataclass(frozen=True, slots=True, order=True)
class End:
    """Where a line ends: behind so many characters of a piece that is divided there, or (0) behind all of a piece."""

    piece: int
    length: int = 0


@dataclass(slots=True)
class _Node:
    """The best way to an end: from where the next line is measured, and how many lines up to it end in hyphens."""

    demerits: float
    x: float
    spaces: int
    letters: int
    hyphens: int
    end: End | None
    before: _Node | None


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is allowed: how far word spaces differ from the typeface's, in ems, and which words are divided."""

    loosest: float
    tightest: float = TIGHTEST
    divided: bool = True
    rare: bool = False


_TRIALS = (
    _Trial(GOOD, divided=False),
    _Trial(LOOSEST),
    _Trial(LOOSEST, 2 * TIGHTEST, rare=True),
    _Trial(LOOSEST, 3 * TIGHTEST, rare=True),
    _Trial(DESPERATE, 3 * TIGHTEST, rare=True),
)
_WANTED = (_Trial(LOOSE, 3 * TIGHTEST, rare=True),)
_Ends: TypeAlias = dict[tuple[int, int], _Node]
_Ways: TypeAlias = list[_Ends]


def ends(
    pieces: Sequence[Piece], first: float, width: float, em: float, forbidden: Collection[End] = (), more: int = 0
) -> list[End] | None:
    """Where the lines end, the last one included; None where a piece is wider than a line.

    `first` is the width of the first line, `width` that of the others, `em` the size of the type. 1 asks
    for `more` lines than are best, -1 for fewer; None where neither can be had without a line that is too loose.
    """
    paragraph = _Paragraph(pieces, first, width, em, forbidden, -more * LINE)
    for trial in _WANTED if more else _TRIALS:
        if found := paragraph.solve(trial):
            return found
    return None


class _Paragraph:
    """The pieces, where each begins and ends when all stand on one line, and the parts of those that were needed."""

    def __init__(
        self, pieces: Sequence[Piece], first: float, width: float, em: float, forbidden: Collection[End], cost: float
    ) -> None:
        self.pieces, self.first, self.width, self.em = pieces, first, width, em
        self.forbidden, self.cost = forbidden, cost
        self.starts = list(accumulate((piece.width + piece.space for piece in pieces), initial=0.0))
        self.stops = [start + piece.width for start, piece in zip(self.starts, pieces, strict=False)]
        # Word spaces and letters before each piece.
        self.spaces = list(accumulate((piece.spaces + bool(piece.space) for piece in pieces), initial=0))
        self.letters = list(accumulate((piece.letters for piece in pieces), initial=0))
        self.parts: dict[int, Sequence[Part]] = {}

    def solve(self, trial: _Trial) -> list[End]:
        """The ends of lines none of which is looser; none where there is no such way."""
        # Ways to each piece, by how much of it is on the line before and how many hyphens are in a row.
        ways: _Ways = [{} for _ in range(len(self.pieces) + 1)]
        ways[0][0, 0] = _Node(0.0, 0.0, 0, 0, 0, None, None)
        for piece in range(len(self.pieces)):
            for node in list(ways[piece].values()):
                self._go_on(ways, piece, node, trial)
            ways[piece].clear()
        last = ways[-1].get((0, 0))
        return list(_way(last))[::-1] if last and last.demerits < inf else []

    def _go_on(self, ways: _Ways, piece: int, node: _Node, trial: _Trial) -> None:
        """Finds all lines that can follow, and notes where they lead where no better way is known."""
        width = self.first if node.before is None else self.width
        last = len(self.pieces) - 1
        # Where the words fill less of a line, they are too loose in any case.
        least = node.x + width * (LEAST if trial.loosest <= LOOSE else 0.0)
        for index in range(max(piece, min(bisect_left(self.stops, least), last)), last + 1):
            spaces = self.spaces[index] + self.pieces[index].spaces - node.spaces
            looseness = self._looseness(width - self.stops[index] + node.x, spaces)
            if trial.divided and looseness <= trial.loosest and node.hyphens < HYPHENS:
                self._divide(ways[index], index, node, width, trial)
            if looseness < -trial.tightest:
                return
            if index == last:
                self._finish(ways[-1], node, trial)
            elif looseness <= trial.loosest and (trial.rare or not self.pieces[index].rare):
                self._end(ways[index + 1], index, node, looseness, trial)

    def _end(self, ways: _Ends, index: int, node: _Node, looseness: float, trial: _Trial) -> None:
        """Notes a line that ends behind a piece."""
        demerits = self._demerits(looseness, End(index), trial)
        hyphens = 0
        if self.pieces[index].hyphen:
            hyphens = node.hyphens + 1
            demerits += AGAIN * node.hyphens
            if hyphens > HYPHENS:
                return
        demerits += node.demerits
        known = ways.get((0, hyphens))
        if known is None or demerits < known.demerits:
            after = index + 1
            ways[0, hyphens] = _Node(
                demerits, self.starts[after], self.spaces[after], self.letters[after], hyphens, End(index), node
            )

    def _finish(self, ways: _Ends, node: _Node, trial: _Trial) -> None:
        """Notes a last line; a short one only where there is no other way."""
        short = node.before is not None and self.letters[-1] - node.letters < LAST
        if short and trial.loosest < DESPERATE:
            return
        demerits = node.demerits + FLAW * short + BEFORE_LAST * (node.hyphens > 0)
        if (0, 0) not in ways or demerits < ways[0, 0].demerits:
            ways[0, 0] = _Node(demerits, 0.0, 0, 0, 0, End(len(self.pieces) - 1), node)

    def _divide(self, ways: _Ends, index: int, node: _Node, width: float, trial: _Trial) -> None:
        """Notes the lines that end in a piece."""
        if index not in self.parts:
            self.parts[index] = self.pieces[index].parts()
        spaces = self.spaces[index] - node.spaces
        for part in self.parts[index]:
            looseness = self._looseness(width - self.starts[index] - part.width + node.x, spaces)
            if part.rare > trial.rare or not -trial.tightest <= looseness <= trial.loosest:
                continue
            end = End(index, part.length)
            demerits = node.demerits + self._demerits(looseness, end, trial) + DIVIDED + AGAIN * node.hyphens
            known = ways.get((part.length, node.hyphens + 1))
            if known is None or demerits < known.demerits:
                ways[part.length, node.hyphens + 1] = _Node(
                    demerits,
                    self.stops[index] - part.rest,
                    self.spaces[index],
                    self.letters[index] + part.letters,
                    node.hyphens + 1,
                    end,
                    node,
                )

    def _demerits(self, looseness: float, end: End, trial: _Trial) -> float:
        """Those of a line for its spaces and its end; infinite where better is to be tried first."""
        ratio = looseness / STRETCH if looseness > 0 else looseness / TIGHTEST
        demerits = self.cost + (10 + 100 * abs(ratio) ** 3) ** 2
        if self.forbidden and end in self.forbidden:
            demerits += FLAW if trial.loosest == DESPERATE else inf
        return demerits

    def _looseness(self, gap: float, spaces: int) -> float:
        """How much wider each word space gets where so much of a line is left, in ems."""
        if spaces:
            return gap / (spaces * self.em)
        return gap / self.em


def _way(node: _Node | None) -> Iterator[End]:
    """The ends of the lines before a node, the last first."""
    while node is not None and node.end is not None:
        yield node.end
        node = node.before
