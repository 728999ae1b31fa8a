# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cells -> the lines of a table, in columns, with a line of hyphens below the rows that name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from publisher.readers.plaintext.form import NOTHING, TABLE_RULE

# Cells are filled up with spaces to the width of their column, but not beyond this: one long cell would make a table
# of a thousand rows as wide as itself.
WIDEST = 40
_FIGURE = re.compile(r"\W*\d[\d.,:/\s½¼¾%-]*\W*|[-–—]*")
_BAR = re.compile(r"(?:(?<= )|^)\|(?= |$)")


class Column(Struct):
    """How wide a column is, and whether there are figures in it and nothing else, which stand to the right."""

    width: int = 1
    figures: bool = True

    def add(self, cell: str, *, is_head: bool) -> None:
        self.width = min(max(self.width, len(cell)), WIDEST)
        if cell and not is_head and self.figures:
            self.figures = len(cell) <= WIDEST and bool(_FIGURE.fullmatch(cell))

    def filled(self, cell: str) -> str:
        return cell.rjust(self.width) if self.figures else cell.ljust(self.width)


def rows(cells: Sequence[Sequence[str]], head: int) -> list[str]:
    """The lines of a table. A bar in a cell has a backslash before it."""
    parted = [[_BAR.sub(r"\\|", cell) for cell in row] for row in cells]
    columns: list[Column] = []
    for number, row in enumerate(parted):
        columns += [Column() for _ in row[len(columns) :]]
        for column, cell in zip(columns, row, strict=False):
            column.add(cell, is_head=number < head)
    lines = [_row(row, columns) for row in parted]
    if head:
        lines.insert(head, "-+-".join("-" * column.width for column in columns))
    return lines


def _row(cells: Sequence[str], columns: Sequence[Column]) -> str:
    """A row of a table; one that looks like the line below the head, or like nothing, has a sign at its end."""
    line = " | ".join(column.filled(cell) for column, cell in zip(columns, cells, strict=False)).rstrip(" ")
    return f"{line}{NOTHING}" if not line or TABLE_RULE.fullmatch(line.strip(" ")) else line
