# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a PDF -> the same, each with one box and a turn that a page can have.

A page is what its TrimBox holds, else its CropBox, else its MediaBox, no box reaching beyond the last (ISO 32000-2,
14.11.2); it is turned by quarters (7.7.3.3).
"""

from __future__ import annotations

import pikepdf
from pikepdf import Name

from publisher.errors import Location, Problem

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

QUARTER = 90


def straighten(pdf: pikepdf.Pdf, file: str) -> tuple[bool, list[Problem]]:
    """Makes turns and boxes true; tells whether that changed anything, with a problem for what cannot be."""
    changed = False
    doubtful: dict[str, list[int]] = {}
    for number, page in enumerate(pdf.pages, 1):
        box, doubts = _box(page)
        if not box == _edges(page.trimbox) == _edges(page.mediabox):
            changed = True
            page.mediabox = page.cropbox = page.trimbox = pikepdf.Array(box)
        if turn := _no_turn(page):
            changed = True
            page.obj.Rotate = 0
            doubts.append(f"/Rotate {turn} is no quarter of a turn; it is laid on the sheet unturned")
        for doubt in doubts:
            doubtful.setdefault(doubt, []).append(number)
    return changed, [_problem(doubt, numbers, file) for doubt, numbers in doubtful.items()]


def _problem(doubt: str, numbers: list[int], file: str) -> Problem:
    more = f" (and {len(numbers) - 1} more)" if len(numbers) > 1 else ""
    message = f"page {numbers[0]}{more}: {doubt}"
    return Problem("B012", message, Location(file), "Compare the booklet's pages with those of the PDF.")


def _no_turn(page: pikepdf.Page) -> str:
    """What a page says instead of how it is turned."""
    turn = _inherited(page, Name.Rotate)
    return "" if turn is None or (isinstance(turn, int) and turn % QUARTER == 0) else str(turn)


def _inherited(page: pikepdf.Page, name: Name) -> pikepdf.Object | None:
    """What a page or one of those above it in the tree says; a tree may be damaged, and run in a circle."""
    node: pikepdf.Object | None = page.obj
    seen = set[tuple[int, int]]()
    while isinstance(node, pikepdf.Dictionary) and node.objgen not in seen:
        if name in node:
            return node[name]
        seen.add(node.objgen)
        node = node.get(Name.Parent)
    return None


def _box(page: pikepdf.Page) -> tuple[Edges, list[str]]:
    """What a page shows: /CropBox [-100 -100 800 800] makes none larger. A box beside the page counts for nothing."""
    media = _edges(page.mediabox)
    doubts: list[str] = []
    for name, box in (("/TrimBox", page.obj.get(Name.TrimBox)), ("/CropBox", page.cropbox)):
        if box is not None and (common := _common(media, _edges(box))):
            return common, doubts
        if box is not None and _has_extent(media):
            doubts.append(f"its {name} lies outside of it; all of it is shown")
    return media, doubts


def _edges(box: pikepdf.Object) -> Edges:
    """Boxes may name any two corners."""
    x, y, across, up = map(float, box.as_list())
    return min(x, across), min(y, up), max(x, across), max(y, up)


def _common(one: Edges, other: Edges) -> Edges | None:
    found = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return found if _has_extent(found) else None


def _has_extent(box: Edges) -> bool:
    return box[0] < box[2] and box[1] < box[3]
