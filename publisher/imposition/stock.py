# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paper as it is bought: the sizes of sheets (ISO 216, ANSI/ASME Y14.1), and thickness from weight.

Thickness is weight times bulk (ISO 534). Office papers have a bulk of 1.25 to 1.35 cm³/g: a ream of 500 sheets of
80 g/m² is some 52 mm high, which anybody can measure, and so a sheet 0.104 mm. Smooth papers and card are denser; for
them the figures here are up to a fifth too large, which shifts no page by more than a few tenths of a millimetre.
"""

from __future__ import annotations

MM = 72 / 25.4
"""Points in a millimetre."""

INCH = 25.4
BULK = 1.3
SPINE_TOLERANCE = 1.0
"""Millimetres by which a sheet may be smaller than its pages and still count as their size: 2 × A5 is 1 mm off A4."""

# Width and height in millimetres, upright.
SHEETS: dict[str, tuple[float, float]] = {
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "B4": (250, 353),
    "B5": (176, 250),
    "letter": (8.5 * INCH, 11 * INCH),
    "legal": (8.5 * INCH, 14 * INCH),
    "tabloid": (11 * INCH, 17 * INCH),
}
# What is in most printers, by preference, and A5 for booklets of A6.
COMMON = ("A5", "A4", "letter")


def thickness(weight: float) -> float:
    """Millimetres of a leaf of a weight in g/m²: 80 -> 0.104."""
    return weight * BULK / 1000


def fitting(width: float, height: float, *, inches: bool) -> str:
    """The name of the sheet for pages that need a width and height in millimetres, in any direction.

    That is the first common sheet that holds them. Where none does, the pages will be reduced: to letter if they are
    measured in inches, else to A4.
    """
    need = sorted((width, height))
    for name in COMMON:
        if all(side <= has + SPINE_TOLERANCE for side, has in zip(need, SHEETS[name], strict=True)):
            return name
    return "letter" if inches else "A4"


def in_inches(width: float, height: float) -> bool:
    """Whether a page's sides, in millimetres, are whole half inches: 6 × 9 in, but not A5."""
    return all(abs(side / INCH * 2 - round(side / INCH * 2)) < 0.025 for side in (width, height))
