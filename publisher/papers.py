# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers that can be asked for: trimmed sizes of pages. What is set on them is decided by a theme (themes.py)."""

from __future__ import annotations

from msgspec import Struct

POINTS_PER_MM = 72 / 25.4
MM_PER_INCH = 25.4


class Paper(Struct, frozen=True):
    """A page: its trimmed size in millimetres."""

    name: str
    width: float
    height: float


# "universal" is as wide as half a letter and as high as A5: two pages fit on a sheet of either, with the same page
# breaks, so that a group that prints on both papers cites the same pages.
PAPERS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("A4", 210, 297),
        Paper("A5", 148, 210),
        Paper("A6", 105, 148),
        Paper("B6", 125, 176),
        Paper("letter", 8.5 * MM_PER_INCH, 11 * MM_PER_INCH),
        Paper("half-letter", 5.5 * MM_PER_INCH, 8.5 * MM_PER_INCH),
        Paper("5.5x8.5in", 5.5 * MM_PER_INCH, 8.5 * MM_PER_INCH),
        Paper("6x9in", 6 * MM_PER_INCH, 9 * MM_PER_INCH),
        Paper("universal", 139.7, 210),
    )
}
