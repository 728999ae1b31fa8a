# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a theme decides beside its style sheets, as data; theme and paper -> the design of a page.

    book         a classic book: half title, title page with the imprint on its back, text and parts open on rectos
    pamphlet     wastes nothing: the title above the contents, no page left blank, one line for head and folio
    large-print  18 pt for whatever is printed, ragged right, no words divided, no italics

The type area follows from the characters that a line should hold: 58-68 in the first two. Its height is a whole number
of lines. What is left is divided by a canon: the margins of the manuscripts that Van de Graaf and Tschichold measured
stand as 2 (inside) : 3 (head) : 4 (outside) : 6 (foot), so that two facing pages are one picture. That leaves the text
less than half of the page; the themes keep the order of the margins and soften the ratios.

Large print has rules of its own: no text below 18 pt, not even notes and page numbers, at least one inch on all sides
where the paper has it, lines at one and a half times the size (American Council of the Blind, Large Print Guidelines
of 2022 and 2025, https://www.acb.org/large-print-guidelines, which has them from the Council of Citizens with Low
Vision International); a typeface that tells I, l and 1 apart (American Printing House for the Blind,
https://www.aph.org/edresearch/lpguide.htm); even word spaces, no word divided, neither italics nor runs of capitals
(RNIB and UK Association for Accessible Formats, guidance G003). A line of 18 pt holds fewer characters than others.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile
from typing import Literal

from msgspec import Struct

from publisher.papers import PAPERS, POINTS_PER_MM, Paper


class Type(Struct, frozen=True):
    """What is set on a paper: size and leading in points, characters a line."""

    size: float
    leading: float
    measure: int


class Canon(Struct, frozen=True):
    """How margins are shared out: inside to outside, head to foot.

    The type area takes `depth` of the page's height at the most and leaves `least` millimetres for head and folio, at
    a distance from the edge that presses and trimming need.
    """

    inside: float
    outside: float
    head: float
    foot: float
    depth: float
    least: float


class Limits(Struct, frozen=True):
    """How far a page may be changed to save paper: leading as a multiple of the type size, from the least to the most.

    The size of the type is never changed.
    """

    least: float
    most: float


class Theme(Struct, frozen=True, kw_only=True):
    """How a book is made up.

    `paper` is the one that is taken where nobody names any, `faces` the typefaces of the text in the order in which a
    character is looked up, before all others (families.py); `character` is the mean width of a character of running
    text in the first of them, spaces included, in ems.

    `half_title`: a page with the title alone stands before the title page. `rectos`: text, parts and contents open on
    right-hand pages. `roman`: what stands before the text has numbers of its own. `title`: whether it has a page, or
    shares one with what follows. `title_size` and `heading_size` are those of the book's title and of a chapter's, in
    lines. `small_capitals`: the first line of a chapter is set in them. `short_chapter` is the number of pages below
    which, on the average, chapters follow one another on the page. `small_tables`: tables are set smaller than the
    text.
    """

    name: str
    paper: str
    faces: tuple[str, ...]
    character: float
    types: Mapping[str, Type]
    canon: Canon
    limits: Limits
    half_title: bool = False
    rectos: bool = False
    roman: bool = False
    title: Literal["page", "head"] = "page"
    title_size: float
    heading_size: float
    small_capitals: bool = False
    short_chapter: float = 2
    small_tables: bool = True


class Design(Struct, frozen=True):
    """A page of a theme on a paper: lengths in millimetres, size and leading in points."""

    theme: Theme
    paper: Paper
    size: float
    leading: float
    measure: int

    @property
    def width(self) -> float:
        return self.paper.width

    @property
    def height(self) -> float:
        return self.paper.height

    @property
    def block_width(self) -> float:
        return self.measure * self.theme.character * self.size / POINTS_PER_MM

    @property
    def lines(self) -> int:
        canon = self.theme.canon
        return int(min(self.height * canon.depth, self.height - canon.least) * POINTS_PER_MM / self.leading)

    @property
    def table_room(self) -> float:
        """The room that a table has, compared with a line of 66 characters; in large print its type is no smaller."""
        return self.measure / 66 * (1 if self.theme.small_tables else 0.8)

    @property
    def block_height(self) -> float:
        return self.lines * self.leading / POINTS_PER_MM

    @property
    def margins(self) -> tuple[float, float, float, float]:
        """Top, outer, bottom, inner."""
        canon = self.theme.canon
        beside, above = self.width - self.block_width, self.height - self.block_height
        across, down = canon.inside + canon.outside, canon.head + canon.foot
        return (
            above * canon.head / down,
            beside * canon.outside / across,
            above * canon.foot / down,
            beside * canon.inside / across,
        )


BOOK = Theme(
    name="book",
    paper="A5",
    faces=("EB Garamond",),
    character=0.379,
    types={
        "A4": Type(13, 17, 68),
        "A5": Type(11.5, 14, 65),
        "A6": Type(10, 12, 63),
        "B6": Type(10.5, 13, 62),
        "letter": Type(13, 17, 68),
        "half-letter": Type(11.5, 14, 62),
        "5.5x8.5in": Type(11.5, 14, 62),
        "6x9in": Type(12, 15, 65),
        "universal": Type(11.5, 14, 62),
    },
    canon=Canon(2, 3, 2, 3, depth=0.83, least=30),
    limits=Limits(1.17, 1.32),
    half_title=True,
    rectos=True,
    roman=True,
    title_size=2,
    heading_size=1.4,
    small_capitals=True,
)

PAMPHLET = Theme(
    name="pamphlet",
    paper="A5",
    faces=("EB Garamond",),
    character=0.379,
    types={
        "A4": Type(13.5, 15.5, 68),
        "A5": Type(11, 12.8, 68),
        "A6": Type(10, 11.5, 63),
        "B6": Type(10.5, 12.2, 66),
        "letter": Type(13.5, 15.5, 68),
        "half-letter": Type(11, 12.8, 66),
        "5.5x8.5in": Type(11, 12.8, 66),
        "6x9in": Type(11.5, 13.3, 68),
        "universal": Type(11, 12.8, 66),
    },
    # The foot is bare: head and folio stand on one line above the text.
    canon=Canon(5, 6, 7, 5, depth=0.9, least=25),
    limits=Limits(1.12, 1.25),
    title="head",
    title_size=1.6,
    heading_size=0.95,
    # Half a page for each chapter is lost where chapters open pages.
    short_chapter=8,
)

LARGE_PRINT = Theme(
    name="large-print",
    paper="A4",
    faces=("Atkinson Hyperlegible", "Noto Sans"),
    character=0.44,
    types={
        "A4": Type(18, 27, 57),
        "A5": Type(18, 27, 41),
        "A6": Type(18, 27, 29),
        "B6": Type(18, 27, 35),
        "letter": Type(18, 27, 58),
        "half-letter": Type(18, 27, 38),
        "5.5x8.5in": Type(18, 27, 38),
        "6x9in": Type(18, 27, 42),
        "universal": Type(18, 27, 38),
    },
    canon=Canon(1, 1, 1, 1, depth=0.82, least=30),
    limits=Limits(1.3, 1.6),
    title_size=1.1,
    small_tables=False,
    heading_size=0.85,
)

THEMES: dict[str, Theme] = {theme.name: theme for theme in (BOOK, PAMPHLET, LARGE_PRINT)}


def design(theme: str, paper: str, leading: float | None = None) -> Design:
    """The page of a theme on a paper, both by their names, with the leading of its type or another one, in points."""
    chosen = THEMES[theme]
    kind = chosen.types[paper]
    return Design(chosen, PAPERS[paper], kind.size, leading or kind.leading, kind.measure)


def leadings(page: Design) -> tuple[float, ...]:
    """The leadings, in tenths of points, at which a page holds one line more, two..., as far as its theme allows."""
    canon = page.theme.canon
    depth = min(page.height * canon.depth, page.height - canon.least) * POINTS_PER_MM
    # Rounded down, so that the lines do fit.
    tried = (int(depth / lines * 10) / 10 for lines in count(page.lines + 1))
    return tuple(takewhile(lambda leading: leading >= page.theme.limits.least * page.size, tried))
