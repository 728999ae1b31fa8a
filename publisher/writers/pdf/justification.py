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
# How much wider or narrower the letters of a line may be made, where its spaces alone do not fill it well: what eyes do
# not see. (It is what pdfTeX's microtype does without being asked for more.)
SCALED = 0.02
# How far word spaces are widened before letters are set apart, where these may be.
EVEN = 0.15
# How many lines in a row may end in hyphens, and the letters that a paragraph's last line has at least.
HYPHENS, LAST = 2, 5
# How much of a line that is not justified is filled at the least, if that is possible; what rounding may add to it.
SHORT, ROUNDING = 0.5, 0.01
# How exactly lines are made alike, as a share of their width.
NEAR = 0.005
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


@dataclass(frozen=True, slots=True)
class Opening:
    """The pieces that a first line may hold, as wide as they are there, and how far their letters may be set apart."""

    pieces: Sequence[Piece]
    tracked: float


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
    """What is allowed: how far word spaces differ from the typeface's, in ems.

    `divided` words, even at `rare` places, and letters that are `scaled`.
    """

    loosest: float
    tightest: float = TIGHTEST
    divided: bool = True
    rare: bool = False
    scaled: bool = False


_TRIALS = (
    _Trial(GOOD, divided=False),
    _Trial(LOOSEST),
    _Trial(LOOSEST, scaled=True),
    _Trial(LOOSEST, 3 * TIGHTEST, rare=True, scaled=True),
    _Trial(DESPERATE, 3 * TIGHTEST, rare=True, scaled=True),
)
_WANTED = (_Trial(LOOSE, 3 * TIGHTEST, rare=True, scaled=True),)
_Ends: TypeAlias = dict[tuple[int, int], _Node]
_Ways: TypeAlias = list[_Ends]


def ends(  # noqa: PLR0913, PLR0917 (a paragraph is a handful of plain values)
    pieces: Sequence[Piece],
    first: float,
    width: float,
    em: float,
    forbidden: Collection[End] = (),
    more: int = 0,
    opening: Opening | None = None,
) -> list[End] | None:
    """Where the lines end, the last one included; None where a piece is wider than a line.

    `first` is the width of the first line, `width` that of the others, `em` the size of the type. 1 asks
    for `more` lines than are best, -1 for fewer; None where neither can be had without a line that is too loose.
    """
    paragraph = _Paragraph(pieces, first, width, em, forbidden, -more * LINE, opening)
    for trial in _WANTED if more else _TRIALS:
        if found := paragraph.solve(trial):
            return found
    return None


def ragged(pieces: Sequence[Piece], first: float, width: float) -> list[End] | None:
    """Where the lines of a text end that is not justified: each holds what it can; None where a piece is too wide.

    A dash begins no line, and no word is divided, unless less than `SHORT` of a line would be filled.
    """
    found: list[End] = []
    at, taken, done, room = 0, 0.0, 0, first
    while at < len(pieces):
        end, rest = _filled(pieces, at, taken, done, room)
        if end is None:
            return None
        found.append(end)
        room, done = width, end.length
        at, taken = (end.piece, pieces[end.piece].width - rest) if done else (end.piece + 1, 0.0)
    return found


def balanced(pieces: Sequence[Piece], first: float, width: float) -> list[End] | None:
    """As few lines as `width` allows, but of like lengths, so that no word stands alone on the last one."""
    found = ragged(pieces, first, width)
    low, high = 0.0, 1.0
    while found and len(found) > 1 and high - low > NEAR:
        share = (low + high) / 2
        other = ragged(pieces, first - (1 - share) * width, share * width)
        if other and len(other) == len(found) and not any(end.length for end in other):
            found, high = other, share
        else:
            low = share
    return found


def _filled(pieces: Sequence[Piece], at: int, taken: float, done: int, room: float) -> tuple[End | None, float]:
    """Where a line ends that begins behind so much of a piece; if it divides one, how wide that piece's rest is.

    `taken` is the width of what is `done`, in characters.
    """
    filled, ends = -taken, []
    for index in range(at, len(pieces)):
        piece = pieces[index]
        if filled + piece.width > room + ROUNDING:
            break
        filled += piece.width
        ends.append((index, filled))
        filled += piece.space
    else:
        return End(len(pieces) - 1), 0.0
    better = next(((end, width) for end, width in reversed(ends) if not pieces[end].rare), (-1, 0.0))
    if better[0] >= 0 and better[1] >= SHORT * room:
        return End(better[0]), 0.0
    for part in reversed(pieces[index].parts()):
        fits = filled + part.width <= room + ROUNDING and part.length > (done if index == at else 0)
        if fits and not part.rare:
            return End(index, part.length), part.rest
    return (End(ends[-1][0]), 0.0) if ends else (None, 0.0)


class _Row:
    """The pieces as they stand on a line of some width, and where each begins and ends if that line has no end."""

    def __init__(self, pieces: Sequence[Piece], width: float, tracked: float = 0.0) -> None:
        self.pieces, self.width, self.tracked = pieces, width, tracked
        self.starts = list(accumulate((piece.width + piece.space for piece in pieces), initial=0.0))
        self.stops = [start + piece.width for start, piece in zip(self.starts, pieces, strict=False)]
        self._parts: dict[int, Sequence[Part]] = {}

    def parts(self, index: int) -> Sequence[Part]:
        """The ways to divide a piece, found when they are needed."""
        if index not in self._parts:
            self._parts[index] = self.pieces[index].parts()
        return self._parts[index]


class _Paragraph:
    """The pieces on the first line and on all others, and the ways through them."""

    def __init__(  # noqa: PLR0913, PLR0917 (what `ends` is called with)
        self,
        pieces: Sequence[Piece],
        first: float,
        width: float,
        em: float,
        forbidden: Collection[End],
        cost: float,
        opening: Opening | None,
    ) -> None:
        self.pieces, self.em = pieces, em
        self.others = _Row(pieces, width)
        self.first = _Row(opening.pieces, first, opening.tracked) if opening else _Row(pieces, first)
        self.forbidden, self.cost = forbidden, cost
        # Word spaces and letters before each piece.
        self.spaces = list(accumulate((piece.spaces + bool(piece.space) for piece in pieces), initial=0))
        self.letters = list(accumulate((piece.letters for piece in pieces), initial=0))

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
        row = self.first if node.before is None else self.others
        last = len(self.pieces) - 1
        # Where the words fill less of a line, they are too loose in any case.
        least = node.x + row.width * (LEAST if trial.loosest <= LOOSE and not row.tracked else 0.0)
        for index in range(max(piece, min(bisect_left(row.stops, least), last)), len(row.pieces)):
            spaces = self.spaces[index] + self.pieces[index].spaces - node.spaces
            letters = self.letters[index + 1] - node.letters
            looseness = self._looseness(row, row.stops[index] - node.x, spaces, letters, trial)
            if trial.divided and looseness <= trial.loosest and node.hyphens < HYPHENS:
                self._divide(ways[index], index, node, row, trial)
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
                demerits, self.others.starts[after], self.spaces[after], self.letters[after], hyphens, End(index), node
            )

    def _finish(self, ways: _Ends, node: _Node, trial: _Trial) -> None:
        """Notes a last line; a short one only where there is no other way."""
        short = node.before is not None and self.letters[-1] - node.letters < LAST
        if short and trial.loosest < DESPERATE:
            return
        demerits = node.demerits + FLAW * short + BEFORE_LAST * (node.hyphens > 0)
        if (0, 0) not in ways or demerits < ways[0, 0].demerits:
            ways[0, 0] = _Node(demerits, 0.0, 0, 0, 0, End(len(self.pieces) - 1), node)

    def _divide(self, ways: _Ends, index: int, node: _Node, row: _Row, trial: _Trial) -> None:
        """Notes the lines that end in a piece."""
        spaces = self.spaces[index] - node.spaces
        for place, part in enumerate(row.parts(index)):
            if part.rare > trial.rare:
                continue
            letters = self.letters[index] + part.letters - node.letters
            looseness = self._looseness(row, row.starts[index] + part.width - node.x, spaces, letters, trial)
            if not -trial.tightest <= looseness <= trial.loosest:
                continue
            end = End(index, part.length)
            demerits = node.demerits + self._demerits(looseness, end, trial) + DIVIDED + AGAIN * node.hyphens
            known = ways.get((part.length, node.hyphens + 1))
            if known is None or demerits < known.demerits:
                ways[part.length, node.hyphens + 1] = _Node(
                    demerits,
                    self.others.stops[index] - self.others.parts(index)[place].rest,
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

    def _looseness(self, row: _Row, filled: float, spaces: int, letters: int, trial: _Trial) -> float:
        """How much wider each word space gets where so much of a line is filled, in ems."""
        gap, unit = row.width - filled, (spaces or 1) * self.em
        if row.tracked:
            gap -= letters * tracking(gap, spaces, letters, self.em, row.tracked)
        looseness = gap / unit
        if not trial.scaled:
            return looseness
        if looseness > LOOSEST:
            return max(LOOSEST, (gap - SCALED * row.width) / unit)
        if looseness < -TIGHTEST:
            return min(-TIGHTEST, (gap + SCALED * row.width) / unit)
        return looseness


def tracking(gap: float, spaces: int, letters: int, em: float, most: float) -> float:
    """How far letters are set apart where so much of a line is left, beside its spaces."""
    return min(most, max(0.0, gap - spaces * EVEN * em) / letters) if letters else 0.0


def scale(gap: float, spaces: int, em: float, width: float) -> float:
    """How wide letters are made on a line of a width of which so much is left: 1 where its spaces fill it well."""
    bound = LOOSEST if gap > 0 else -TIGHTEST
    if not spaces or abs(gap) <= abs(bound) * spaces * em:
        return 1.0
    return min(1 + SCALED, max(1 - SCALED, width / (width - gap + bound * spaces * em)))


def _way(node: _Node | None) -> Iterator[End]:
    """The ends of the lines before a node, the last first."""
    while node is not None and node.end is not None:
        yield node.end
        node = node.before
