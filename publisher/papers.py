# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paper sizes -> the text block: type size, lines, margins.

The width of the block follows from the characters that a line should hold (58-68), its height is a whole
number of lines, and what is left is divided 2:3, less inside than outside, less at the top than at the foot.
"""

from __future__ import annotations

from itertools import count, takewhile
from math import inf

from msgspec import Struct
from msgspec.structs import replace

POINTS_PER_MM = 72 / 25.4
MM_PER_INCH = 25.4

# The mean width of a character of running text in EB Garamond, spaces included, in ems.
CHARACTER = 0.379

# The part of the page's height that the text block may take, and the millimetres that it must leave for running head
# and folio, at a distance from the edge that presses and trimming need.
DEPTH, LEAST = 0.83, 30

# The enclosed licence, in small type, has only these parts of the margins beside and below the text.
LICENCE_SIDES = 0.5
LICENCE_FOOT = 0.8

# Millimetres that the text block is deeper than its lines: rounding must not cost each page its last one.
SLACK = 0.01


class Paper(Struct, frozen=True):
    """A page: trimmed size in millimetres, type size and line in points, characters a line."""

    name: str
    width: float
    height: float
    size: float
    leading: float
    measure: int

    @property
    def block_width(self) -> float:
        return self.measure * CHARACTER * self.size / POINTS_PER_MM

    @property
    def lines(self) -> int:
        return int(min(self.height * DEPTH, self.height - LEAST) * POINTS_PER_MM / self.leading)

    @property
    def block_height(self) -> float:
        return self.lines * self.leading / POINTS_PER_MM

    @property
    def margins(self) -> tuple[float, float, float, float]:
        """Top, outer, bottom, inner, in millimetres."""
        beside, above = self.width - self.block_width, self.height - self.block_height
        return above * 2 / 5, beside * 3 / 5, above * 3 / 5, beside * 2 / 5


PAPERS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("A4", 210, 297, 13, 17, 68),
        Paper("A5", 148, 210, 11.5, 14, 65),
        Paper("A6", 105, 148, 10, 12, 63),
        Paper("B6", 125, 176, 10.5, 13, 62),
        Paper("letter", 8.5 * MM_PER_INCH, 11 * MM_PER_INCH, 13, 17, 68),
        Paper("half-letter", 5.5 * MM_PER_INCH, 8.5 * MM_PER_INCH, 11.5, 14, 62),
        Paper("5.5x8.5in", 5.5 * MM_PER_INCH, 8.5 * MM_PER_INCH, 11.5, 14, 62),
        Paper("6x9in", 6 * MM_PER_INCH, 9 * MM_PER_INCH, 12, 15, 65),
    )
}


# How near lines may come to one another when a book is to take less paper, as a multiple of the type size, by theme.
# Size and measure are never changed.
LEAST_LEADING = {"book": 1.17}


def paper_of(name: str, leading: float | None = None) -> Paper:
    """The paper of this name, with the leading of its type or another one, in points."""
    paper = PAPERS[name]
    return paper if leading is None else replace(paper, leading=leading)


def leadings(paper: Paper, theme: str) -> tuple[float, ...]:
    """The leadings at which a page holds one line more, two lines more... that a theme allows, in tenths of points."""
    depth = min(paper.height * DEPTH, paper.height - LEAST) * POINTS_PER_MM
    least = LEAST_LEADING.get(theme, inf) * paper.size
    # Rounded down, so that the lines do fit.
    tried = (int(depth / lines * 10) / 10 for lines in count(paper.lines + 1))
    return tuple(takewhile(lambda leading: leading >= least, tried))


def stylesheet(paper: Paper, *, sided: bool = True) -> str:
    """The rules of book.css that depend on the paper: page size and margins, type size and line.

    Pages that do not know yet on which side of the paper they will stand have the text block in the middle.
    """
    top, outer, bottom, inner = paper.margins
    bottom -= SLACK
    if not sided:
        outer = inner = (outer + inner) / 2
    return f"""\
@page {{ size: {paper.width:.3f}mm {paper.height:.3f}mm; margin-top: {top:.3f}mm; margin-bottom: {bottom:.3f}mm }}
{_sides("", inner, outer)}
@page licence {{ margin-bottom: {bottom * LICENCE_FOOT:.3f}mm }}
{_sides("licence", inner * LICENCE_SIDES, outer * LICENCE_SIDES)}
:root {{ --size: {paper.size}pt; --line: {paper.leading}pt; font-size: var(--line) }}
"""


def _sides(page: str, inner: float, outer: float) -> str:
    """The inner and outer margins of all pages of one name ("" for those without)."""
    return f"""\
@page {page}:left {{ margin-left: {outer:.6f}mm; margin-right: {inner:.6f}mm }}
@page {page}:right {{ margin-left: {inner:.6f}mm; margin-right: {outer:.6f}mm }}"""
