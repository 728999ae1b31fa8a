# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages, sheet and order -> where each page is drawn on each side.

The fold is in the middle of the sheet, and everything is laid out around it, so that a printer that reduces the sheet
(to 94 % or more) moves nothing across it. Pages are never enlarged. They are reduced as far as the sheet is too small
for them, and until no ink is within 6 mm of its edge, where most printers print nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from statistics import mode

from msgspec import Struct
from msgspec.structs import replace

from publisher.errors import Location, OutputError, Problem
from publisher.imposition.options import BookletOptions, Edge, Layout
from publisher.imposition.order import Cell, Order, Sheet
from publisher.imposition.pages import Box, Page
from publisher.imposition.stock import MM, SHEETS, SPINE_TOLERANCE, fitting, in_inches, thickness

EDGE = 6.0
"""Millimetres at the sheet's edge in which nothing is printed."""

SMALLEST_SCALE = 0.25
COLUMNS = 2


class Placement(Struct, frozen=True):
    """A page on a side: its centre in points, its scale, the degrees by which it is turned anticlockwise."""

    page: int
    x: float
    y: float
    scale: float
    turn: int


class Side(Struct, frozen=True):
    """A side of a sheet as it is printed; `turned` where all of it stands upside down, for the printer's sake."""

    placements: tuple[Placement, ...]
    cells: tuple[Cell, ...]
    turned: bool = False


class Leaf(Struct, frozen=True):
    """A sheet as it is printed."""

    front: Side
    back: Side


class Geometry(Struct, frozen=True, kw_only=True):
    """The sheet and the pages on it, in points: `cell` is the space of a page, unreduced; `creep` by depth."""

    name: str
    width: float
    height: float
    cell: tuple[float, float]
    rows: int
    scale: float
    inside: float
    creep: tuple[float, ...]
    flip: Edge

    @property
    def upside_down(self) -> bool:
        """Whether backs must stand upside down: where the sheet is turned over its upper edge."""
        upper_is_long = self.width >= self.height
        return upper_is_long == (self.flip is Edge.LONG)

    def offset(self, depth: int) -> float:
        """How far a page's inner edge is from the fold: inner leaves are set nearer to it, so that text aligns."""
        return self.inside - self.creep[depth]

    def row_centre(self, row: int) -> float:
        return self.height * (1 - (2 * row + 1) / (2 * self.rows))

    def centre(self, cell: Cell) -> tuple[float, float]:
        """The middle of a page, its back being turned like a page of a book."""
        away = self.cell[0] * self.scale / 2 + self.offset(cell.depth)
        return self.width / 2 + (away if cell.column else -away), self.row_centre(cell.row)


def geometry(pages: Sequence[Page], made: Order, options: BookletOptions, file: str) -> Geometry:
    """The sheet that the options name or that fits the pages, and the scale; raises OutputError (B006)."""
    rows = 1 if options.layout is Layout.TWO_UP else 2
    cell = _cell(pages)
    wide, high = COLUMNS * cell[0] / MM, rows * cell[1] / MM
    inches = in_inches(cell[0] / MM, cell[1] / MM)
    name = options.sheet or fitting(wide, high, inches=inches)
    width, height = _towards(SHEETS[name], wide, high)
    flip = options.flip or (Edge.SHORT if width >= height else Edge.LONG)
    found = Geometry(
        name=name,
        width=width * MM,
        height=height * MM,
        cell=cell,
        rows=rows,
        scale=_to_fit(width, height, wide, high),
        inside=options.inside * MM,
        creep=creep(max(made.signatures), options),
        flip=flip,
    )
    return _within_edges(found, pages, made.sheets, file)


def _cell(pages: Sequence[Page]) -> tuple[float, float]:
    """The size of most pages; others are turned and reduced to it."""
    usual = mode((round(page.width), round(page.height)) for page in pages)
    return next((p.width, p.height) for p in pages if (round(p.width), round(p.height)) == usual)


def _towards(sheet: tuple[float, float], wide: float, high: float) -> tuple[float, float]:
    """The sheet in the direction in which the pages are larger."""
    return max((sheet, sheet[::-1]), key=lambda size: min(size[0] / wide, size[1] / high))


def _to_fit(width: float, height: float, wide: float, high: float) -> float:
    """The scale at which pages fit on the sheet."""
    if wide <= width + SPINE_TOLERANCE and high <= height + SPINE_TOLERANCE:
        return 1.0
    return min(width / wide, height / high)


def creep(bifolia: int, options: BookletOptions) -> tuple[float, ...]:
    """How far leaves at each depth of a signature stand out at the fore-edge, in points: a thickness for each before.

    That is so for creased folds. Round ones, before they are pressed, stand out half as much again (a quarter circle
    is π/2 times its radius).
    """
    leaf, outer = thickness(options.weight), thickness(options.weight)
    if options.separate_cover:
        outer = thickness(options.cover_weight)
    return tuple((outer + (depth - 1) * leaf) * MM if depth else 0.0 for depth in range(bifolia))


def _within_edges(found: Geometry, pages: Sequence[Page], sheets: Sequence[Sheet], file: str) -> Geometry:
    """The geometry with pages so much smaller that no ink is within the edge of the sheet."""
    cells = chain.from_iterable((*sheet.front, *sheet.back) for sheet in sheets)
    scale = min([found.scale, *chain.from_iterable(_limits(found, cell, pages) for cell in cells)])
    if scale < SMALLEST_SCALE:
        message = f"the pages would be printed at {max(0, scale):.0%} of their size"
        hint = "Take a larger sheet, or less space inside."
        raise OutputError([Problem("B006", message, Location(file), hint)])
    return replace(found, scale=scale)


def _limits(found: Geometry, cell: Cell, pages: Sequence[Page]) -> Iterator[float]:
    """The scales at which a page's ink just touches the edges of what can be printed."""
    if cell.page is None or (ink := _ink(pages[cell.page], found.cell, turned=cell.turned)) is None:
        return
    outward = ink[2] if cell.column else -ink[0]
    reach = outward + found.cell[0] / 2
    if reach > 0:
        yield (found.width / 2 - EDGE * MM - found.offset(cell.depth)) / reach
    space = found.height / (2 * found.rows) - EDGE * MM
    yield from (space / away for away in (ink[3], -ink[1]) if away > 0)


def _ink(page: Page, cell: tuple[float, float], *, turned: bool) -> Box | None:
    """The box around a page's ink as it lies in its cell, from the cell's middle."""
    if page.ink is None:
        return None
    fit, turn = _fit(page, cell)
    x, y = page.width / 2, page.height / 2
    left, bottom, right, top = (
        fit * side for side in (page.ink[0] - x, page.ink[1] - y, page.ink[2] - x, page.ink[3] - y)
    )
    if turn:
        left, bottom, right, top = -top, left, -bottom, right
    return (-right, -top, -left, -bottom) if turned else (left, bottom, right, top)


def _fit(page: Page, cell: tuple[float, float]) -> tuple[float, int]:
    """The scale at which a page fits its cell, and the degrees by which it is turned: a wide one among others is."""
    width, height = cell
    turn = 90 if (page.wide and width < height) or (page.width < page.height and width > height) else 0
    across, up = (page.height, page.width) if turn else (page.width, page.height)
    # Pages that differ by their program's rounding are not reduced for it.
    return min(1, (width + 0.5) / across, (height + 0.5) / up), turn


def placed(found: Geometry, pages: Sequence[Page], made: Order) -> tuple[Leaf, ...]:
    """All sheets, with their pages at their places."""
    return tuple(
        Leaf(_side(found, pages, sheet.front), _side(found, pages, sheet.back, turned=found.upside_down))
        for sheet in made.sheets
    )


def _side(found: Geometry, pages: Sequence[Page], cells: tuple[Cell, ...], *, turned: bool = False) -> Side:
    placements = (_placement(found, pages, cell, turned=turned) for cell in cells)
    return Side(tuple(placement for placement in placements if placement), cells, turned)


def _placement(found: Geometry, pages: Sequence[Page], cell: Cell, *, turned: bool) -> Placement | None:
    if cell.page is None:
        return None
    fit, turn = _fit(pages[cell.page], found.cell)
    x, y = found.centre(cell)
    if turned:
        x, y = found.width - x, found.height - y
    return Placement(cell.page, x, y, found.scale * fit, (turn + 180 * (cell.turned + turned)) % 360)


def odd_pages(pages: Sequence[Page], file: str) -> Iterator[Problem]:
    """A warning where pages are of several sizes."""
    cell = _cell(pages)
    others = [n for n, page in enumerate(pages, 1) if max(abs(page.width - cell[0]), abs(page.height - cell[1])) > MM]
    if others:
        shown = ", ".join(map(str, others[:5])) + (", …" if len(others) > 5 else "")
        message = f"{len(others)} of {len(pages)} pages are of another size than most: {shown}"
        hint = "They are set in the middle of the others' space, wide ones turned, large ones reduced."
        yield Problem("B007", message, Location(file), hint)
