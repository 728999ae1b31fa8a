# SPDX-License-Identifier: AGPL-3.0-or-later
"""A number of pages -> which page lies where on each sheet: arithmetic only.

A bifolium is a leaf folded once: four pages. Bifolia laid inside one another are a signature (gathering); a booklet is
one signature that is stapled, a long book several that are sewn. Eight pages in one signature, bound on the left, lie
on two bifolia as 8|1, 2|7 and 6|3, 4|5.

A quarto (four-up) has two bifolia, one inside the other: the outer one below, the inner one above it, upside down and
with its sides exchanged, since folding the upper half behind the lower one turns it over:

    front  5 4 (upside down)    back  3 6 (upside down)
           8 1                        2 7
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import assert_never

from msgspec import Struct

from publisher.imposition.options import Binding, Blanks, BookletOptions, Layout

LEAF = 4
"""Pages of a bifolium."""

ONE_SIGNATURE = 80
"""Pages up to which one signature folds well and a stapler goes through: 20 sheets."""

USUAL_SIGNATURE = 32
"""Pages of a signature where nothing is said: 8 sheets, as much as a needle goes through easily."""


class Cell(Struct, frozen=True):
    """A place on a side of a sheet: column 0 is left, row 0 the upper one, `page` counts from 0, None is blank.

    `depth` counts the bifolia outside of this one in its signature.
    """

    page: int | None
    column: int
    row: int
    depth: int
    innermost: bool
    turned: bool = False


class Sheet(Struct, frozen=True):
    """Front and back, the back as it is seen when the sheet is turned like a page of a book."""

    front: tuple[Cell, ...]
    back: tuple[Cell, ...]


class Bifolium(Struct, frozen=True):
    """A leaf folded once, with its pages as they lie left and right on its outer and inner side."""

    outer: tuple[int | None, int | None]
    inner: tuple[int | None, int | None]
    depth: int
    innermost: bool


class Order(Struct, frozen=True):
    """All sheets in the order of printing. `signatures` are counts of bifolia; `pages` has None for blanks."""

    pages: tuple[int | None, ...]
    signatures: tuple[int, ...]
    sheets: tuple[Sheet, ...]

    @property
    def blanks(self) -> int:
        return self.pages.count(None)


def order(number: int, options: BookletOptions, binding: Binding) -> Order:
    """The sheets of a number of pages."""
    unit = least(options.layout)
    pages = filled(number, unit, options.blanks)
    most = _largest(len(pages), options.signature)
    signatures = tuple(count * unit // LEAF for count in evenly(len(pages) // unit, max(1, most // unit)))
    leaves = [leaf for part in _parts(pages, signatures) for leaf in bifolia(part, binding)]
    return Order(pages, signatures, tuple(_sheets(leaves, options.layout)))


def least(layout: Layout) -> int:
    """The pages of the smallest signature, of which all others are multiples; the halves of a cut sheet go apart."""
    return 2 * LEAF if layout is Layout.FOUR_UP else LEAF


def filled(number: int, unit: int, blanks: Blanks) -> tuple[int | None, ...]:
    """The pages with as many blanks as fill the last sheet, behind the last page or before it."""
    pages: list[int | None] = list(range(number))
    place = number - 1 if blanks is Blanks.BEFORE_LAST else number
    pages[place:place] = [None] * (-number % unit)
    return tuple(pages)


def evenly(number: int, most: int) -> tuple[int, ...]:
    """A number in parts of at most so many, which differ by one at most, larger ones first: 9 by 4 -> 3, 3, 3."""
    parts = -(-number // most)
    size, rest = divmod(number, parts)
    return (size + 1,) * rest + (size,) * (parts - rest)


def _largest(number: int, wished: int | None) -> int:
    """The pages that a signature may have."""
    if wished is None:
        return number if number <= ONE_SIGNATURE else USUAL_SIGNATURE
    return wished or number


def _parts(pages: Sequence[int | None], signatures: Sequence[int]) -> Iterator[Sequence[int | None]]:
    start = 0
    for count in signatures:
        yield pages[start : start + LEAF * count]
        start += LEAF * count


def bifolia(pages: Sequence[int | None], binding: Binding) -> Iterator[Bifolium]:
    """The bifolia of one signature, outermost first."""
    last, number = len(pages) - 1, len(pages) // LEAF
    for depth in range(number):
        first = 2 * depth
        outer, inner = (pages[last - first], pages[first]), (pages[first + 1], pages[last - first - 1])
        if binding is Binding.RIGHT:
            outer, inner = outer[::-1], inner[::-1]
        yield Bifolium(outer, inner, depth, depth == number - 1)


def _sheets(leaves: Sequence[Bifolium], layout: Layout) -> Iterator[Sheet]:
    match layout:
        case Layout.TWO_UP:
            yield from (_sheet(leaf) for leaf in leaves)
        case Layout.FOUR_UP:
            yield from map(_quarto, leaves[::2], leaves[1::2])
        case Layout.FOUR_UP_CUT:
            half = -(-len(leaves) // 2)
            yield from (_double(upper, lower) for upper, lower in zip_longest(leaves[:half], leaves[half:]))
        case _:
            assert_never(layout)


def _row(leaf: Bifolium, *, outer: bool, row: int = 0, turned: bool = False) -> tuple[Cell, Cell]:
    """One side of a bifolium as a row of a sheet."""
    pair = leaf.outer if outer else leaf.inner
    left, right = pair[::-1] if turned else pair
    return (
        Cell(left, 0, row, leaf.depth, leaf.innermost, turned),
        Cell(right, 1, row, leaf.depth, leaf.innermost, turned),
    )


def _sheet(leaf: Bifolium) -> Sheet:
    return Sheet(_row(leaf, outer=True), _row(leaf, outer=False))


def _quarto(outer: Bifolium, inner: Bifolium) -> Sheet:
    return Sheet(
        (*_row(inner, outer=False, turned=True), *_row(outer, outer=True, row=1)),
        (*_row(inner, outer=True, turned=True), *_row(outer, outer=False, row=1)),
    )


def _double(upper: Bifolium, lower: Bifolium | None) -> Sheet:
    """Two bifolia to be cut apart; the last lower half may stay empty."""
    above = _sheet(upper)
    if lower is None:
        return above
    return Sheet(
        (*above.front, *_row(lower, outer=True, row=1)),
        (*above.back, *_row(lower, outer=False, row=1)),
    )
