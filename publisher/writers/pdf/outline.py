# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bookmarks in their order -> the outline of a PDF, a tree (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    import pikepdf


class Line(Struct):
    """A line of the outline, where it leads, and the lines below it."""

    level: int
    label: str
    place: pikepdf.Array
    below: list[Line] = field(default_factory=list)


def tree(lines: Iterable[Line]) -> list[Line]:
    """Puts each line below the last one of a lower level; levels that are left out take no room."""
    top: list[Line] = []
    above: list[Line] = []
    for line in lines:
        while above and above[-1].level >= line.level:
            above.pop()
        (above[-1].below if above else top).append(line)
        above.append(line)
    return top


def write(pdf: pikepdf.Pdf, lines: Sequence[Line]) -> None:
    """Gives a PDF the outline, all of it open."""
    from pikepdf import Dictionary, Name

    if lines:
        root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        root.Count = _write(pdf, root, lines)
        pdf.Root.Outlines = root


def _write(pdf: pikepdf.Pdf, parent: pikepdf.Object, lines: Sequence[Line]) -> int:
    """Writes the lines below one; gives how many there are, with those below them."""
    from pikepdf import Dictionary, String

    items = [pdf.make_indirect(Dictionary(Title=String(line.label), Parent=parent, Dest=line.place)) for line in lines]
    count = len(items)
    for item, line in zip(items, lines, strict=True):
        if line.below:
            item.Count = _write(pdf, item, line.below)
            count += int(item.Count)
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    parent.First, parent.Last = items[0], items[-1]
    return count
