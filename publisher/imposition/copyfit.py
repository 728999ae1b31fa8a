# SPDX-License-Identifier: AGPL-3.0-or-later
"""A number of pages -> what would save paper: one sheet less in each copy.

The last sheet of 25 pages holds one page and three blanks. If the text took one page less, six sheets would do. Whether
it can is a matter of how far apart its lines are: who laid it out estimates its length with others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from publisher.imposition.options import Layout
from publisher.imposition.order import LEAF, least

COPIES = 40
TRIED = "; lines nearer to one another were tried, and do not reach it"

Lengths: TypeAlias = Sequence[tuple[float, int]]
"""Other distances of lines, in points, the widest first, and how many pages a text would take with each."""


class Saving(Struct, frozen=True, kw_only=True):
    """What a shorter text would save: pages and sheets as they are and as they would be, per copy.

    `leading` is the distance of lines, in points, at which the text should take so many pages; None where nothing is
    known of its lines, they would be too near to one another, or that was `tried` in vain.
    """

    pages: int
    sheets: int
    blanks: int
    fewer_pages: int
    fewer_sheets: int
    leading: float | None = None
    tried: bool = False

    @property
    def excess(self) -> int:
        return self.pages - self.fewer_pages

    def __str__(self) -> str:
        """A sentence: "25 pages = 7 sheets, 3 blanks; 1 page less gives 24 = 6 sheets: 40 saved in 40 copies"."""
        blanks = f"{self.blanks or 'no'} blank{'' if self.blanks == 1 else 's'}"
        sheets = f"{self.fewer_sheets} sheet{'s' if self.fewer_sheets > 1 else ''}"
        how = f"{self.excess} page{'s' if self.excess > 1 else ''} less gives"
        if self.leading is not None:
            how = f"leading {self.leading:g} pt may give"
        saved = COPIES * (self.sheets - self.fewer_sheets)
        return (
            f"{self.pages} pages = {self.sheets} sheets, {blanks}; {how} {self.fewer_pages} = {sheets}:"
            f" {saved} sheets saved in {COPIES} copies{TRIED if self.tried else ''}"
        )


def per_sheet(layout: Layout) -> int:
    """The pages that a sheet of a booklet has on its two sides."""
    return LEAF if layout is Layout.TWO_UP else 2 * LEAF


def saving(number: int, layout: Layout, lengths: Lengths = (), *, tried: bool = False) -> Saving | None:
    """What would save a sheet; None where the last one is over half full, or is the only one.

    Where lines nearer to one another were `tried`, they are proposed no more.
    """
    full = per_sheet(layout)
    excess = number % full
    sheets = -(-number // full)
    if not 0 < excess <= full // 2 or sheets == 1:
        return None
    return Saving(
        pages=number,
        sheets=sheets,
        blanks=-number % least(layout),
        fewer_pages=number - excess,
        fewer_sheets=sheets - 1,
        leading=None if tried else next((leading for leading, pages in lengths if pages <= number - excess), None),
        tried=tried,
    )
