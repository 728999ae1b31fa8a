# SPDX-License-Identifier: AGPL-3.0-or-later
"""The boxes of a table -> rows of cells of one length (https://html.spec.whatwg.org/multipage/tables.html).

A cell that spans several is followed by empty ones, to its right and below it. Tables that only lay out a page, with
headings or columns of prose in their cells, are no tables of the book.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field

from publisher.document import Inlines
from publisher.readers.hypertext.model import Box, Container

# A span beyond these is a slip or a trap.
_WIDEST, _TALLEST, _MOST_COLUMNS = 60, 500, 200
_PROSE, _COLUMN = 400, 1200


class _Cell(Struct):
    container: Container
    boxes: list[Box] = field(default_factory=list)

    def span(self, name: str, most: int) -> int:
        value = self.container.attributes.get(name, "1").strip()
        return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 7 else 1


class Grid(Struct, frozen=True):
    """Rows of cells, the first `head` of which name the columns."""

    rows: tuple[tuple[Inlines, ...], ...]
    head: int


def _part_of(box: Box, table: Container, *tags: str) -> Container | None:
    """The outermost element with one of these tags between a box and its table."""
    found = None
    inner = box.container
    while inner is not None and inner is not table:
        if inner.tag in tags:
            found = inner
        inner = inner.parent
    return found


def is_layout(table: Container, boxes: Sequence[Box]) -> bool:
    """The table holds headings, another table, or prose at length."""
    size: dict[int, int] = {}
    for box in boxes:
        cell = _part_of(box, table, "td", "th")
        key = id(cell)
        size[key] = size.get(key, 0) + len(box.words)
        if box.level in (1, 2, 3) and len(boxes) > 4 and cell is not None and size[key] > _PROSE:
            return True
        if box.inside("table") is not table:
            return True
    long = sum(length > _COLUMN for length in size.values())
    return long > 0 and long * 3 >= len(size)


def grid(table: Container, boxes: Sequence[Box], inlines: Callable[[Sequence[Box]], Inlines]) -> Grid:
    """The rows of a table, spans filled with empty cells."""
    lines = _lines(table, boxes)
    rows: list[list[Inlines]] = []
    pending: dict[int, int] = {}  # columns that a cell above still covers, and for how many rows
    for cells in lines:
        row: list[Inlines] = []
        below: dict[int, int] = {}
        for cell in cells:
            while pending.get(len(row), 0) > 0:
                row.append(())
            wide, tall = cell.span("colspan", _WIDEST), cell.span("rowspan", _TALLEST)
            if len(row) + wide > _MOST_COLUMNS:
                wide = tall = 1
            for column in range(len(row), len(row) + wide):
                below[column] = tall - 1
            row += [inlines(cell.boxes), *([()] * (wide - 1))]
        while pending.get(len(row), 0) > 0:
            row.append(())
        pending = {column: left - 1 for column, left in pending.items() if left > 1} | {
            column: left for column, left in below.items() if left
        }
        rows.append(row)
    width = max(map(len, rows), default=0)
    full = tuple(tuple(row + [()] * (width - len(row))) for row in rows)
    kept = [(row, cells) for row, cells in zip(full, lines, strict=True) if any(row)]
    head = 0
    while head < len(kept) - 1 and _is_head(kept[head][1]):
        head += 1
    return Grid(tuple(row for row, _ in kept), head)


def _is_head(cells: Sequence[_Cell]) -> bool:
    """All cells of a row are head cells, or stand in the table's head."""
    return bool(cells) and all(
        cell.container.tag == "th" or any(c.tag == "thead" for c in cell.container.path) for cell in cells
    )


def _lines(table: Container, boxes: Sequence[Box]) -> list[list[_Cell]]:
    """The cells of each row; one without words has an empty box."""
    rows: dict[int, dict[int, _Cell]] = {}
    for box in boxes:
        if (cell := _part_of(box, table, "td", "th", "caption")) is not None and cell.tag == "caption":
            continue
        row = _part_of(box, table, "tr") or table
        cells = rows.setdefault(id(row), {})
        holder = cell or row
        cells.setdefault(id(holder), _Cell(holder)).boxes.append(box)
    return [list(cells.values()) for cells in rows.values()]
