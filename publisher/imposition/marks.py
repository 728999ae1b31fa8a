# SPDX-License-Identifier: AGPL-3.0-or-later
"""A side of a sheet -> the strokes that show where to fold, to trim and to stitch, as PDF operators.

All are hairlines of grey, at least 6 mm from the sheet's edge. A fold is marked at the ends of its line; on sheets
that are cut, so is the cut. Corners of the trimmed page are marked outside of it, where the sheet has room there.
Staples are marked on the outermost side, where one looks when stapling; the holes of a sewn signature on its innermost
side, from which they are pricked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from publisher.imposition.geometry import EDGE, Geometry, Side
from publisher.imposition.options import Mark
from publisher.imposition.order import Cell
from publisher.imposition.stock import MM

STROKE = "0.25 w 0.5 G"
# Millimetres: how long a stroke is and must be at least, and how far a trim mark is from the page.
LENGTH, LEAST, GAP = 4.0, 1.5, 1.0
STAPLES = (1 / 4, 3 / 4)
# Parts of the spine's length, from the head: two holes near its ends, two for the tapes or threads between.
HOLES = (0.08, 0.36, 0.64, 0.92)


class Stroke(Struct, frozen=True):
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def length(self) -> float:
        return abs(self.x2 - self.x1) + abs(self.y2 - self.y1)


def operators(found: Geometry, side: Side, marks: Collection[Mark], *, front: bool, sewn: bool) -> str:
    """The strokes of a side; "" where there are none. A booklet is stapled or, if it has several signatures, sewn."""
    strokes = [*drawn(found, side, marks, front=front, sewn=sewn)]
    if side.turned:
        strokes = [Stroke(*_turned(found, s.x1, s.y1), *_turned(found, s.x2, s.y2)) for s in strokes]
    lines = "".join(f"{s.x1:.2f} {s.y1:.2f} m {s.x2:.2f} {s.y2:.2f} l S\n" for s in strokes)
    return f"q {STROKE}\n{lines}Q\n" if lines else ""


def _turned(found: Geometry, x: float, y: float) -> tuple[float, float]:
    return found.width - x, found.height - y


def drawn(found: Geometry, side: Side, marks: Collection[Mark], *, front: bool, sewn: bool) -> Iterator[Stroke]:
    """The strokes on a side that stands upright."""
    if Mark.FOLD in marks and front:
        yield from _folds(found)
    if Mark.TRIM in marks:
        for cell in side.cells:
            yield from _corners(found, cell)
    if Mark.STITCH in marks:
        yield from _stitches(found, side, front=front, sewn=sewn)


def _folds(found: Geometry) -> Iterator[Stroke]:
    """Both ends of the fold, and on sheets with two rows both ends of the line between them."""
    middle, near, far = found.width / 2, EDGE * MM, (EDGE + LENGTH) * MM
    yield Stroke(middle, near, middle, far)
    yield Stroke(middle, found.height - near, middle, found.height - far)
    if found.rows > 1:
        middle = found.height / 2
        yield Stroke(near, middle, far, middle)
        yield Stroke(found.width - near, middle, found.width - far, middle)


def _corners(found: Geometry, cell: Cell) -> Iterator[Stroke]:
    """The outer corners of a page, head and foot, as far as there is room beside it."""
    x, y = found.centre(cell)
    half_width, half_height = (side * found.scale / 2 for side in found.cell)
    outer, away = (x + half_width, 1) if cell.column else (x - half_width, -1)
    for level, up in ((y + half_height, 1), (y - half_height, -1)):
        across = _within(found, Stroke(outer + away * GAP * MM, level, outer + away * (GAP + LENGTH) * MM, level))
        along = _within(found, Stroke(outer, level + up * GAP * MM, outer, level + up * (GAP + LENGTH) * MM))
        yield from (stroke for stroke in (across, along) if stroke.length >= LEAST * MM)


def _within(found: Geometry, stroke: Stroke) -> Stroke:
    """What of a stroke can be printed; no length where nothing can."""
    clip_x, clip_y = _clip(found.width), _clip(found.height)
    inside = (clip_x(stroke.x1), clip_y(stroke.y1)) == (stroke.x1, stroke.y1)
    return Stroke(stroke.x1, stroke.y1, clip_x(stroke.x2), clip_y(stroke.y2)) if inside else Stroke(0, 0, 0, 0)


def _clip(size: float) -> Callable[[float], float]:
    return lambda value: min(max(value, EDGE * MM), size - EDGE * MM)


def _stitches(found: Geometry, side: Side, *, front: bool, sewn: bool) -> Iterator[Stroke]:
    """Strokes on the fold, for each row whose side is the outermost or the innermost of its signature."""
    for cell in side.cells:
        # On a quarto the inner bifolium lies the other way round.
        outside = front is not cell.turned
        here = cell.innermost and not outside if sewn else cell.depth == 0 and outside
        if cell.column and here:
            yield from (_stitch(found, cell, part) for part in (HOLES if sewn else STAPLES))


def _stitch(found: Geometry, cell: Cell, part: float) -> Stroke:
    height = found.cell[1] * found.scale
    from_middle = (0.5 - part) * height * (-1 if cell.turned else 1)
    y = found.row_centre(cell.row) + from_middle
    return Stroke(found.width / 2, y - LENGTH / 2 * MM, found.width / 2, y + LENGTH / 2 * MM)


def room_to_trim(found: Geometry, side: Side) -> bool:
    """Whether the sheet is larger than its pages, so that any trim mark can be printed."""
    return any(stroke for cell in side.cells for stroke in _corners(found, cell))
