# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was found out about an e-book's accessibility, and what follows from it.

The words of the claims are those of https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20241209/
and of EPUB Accessibility 1.1 (https://www.w3.org/TR/epub-a11y-11/).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

Obstacle: TypeAlias = Literal[
    "language",
    "pictures",
    "tables",
    "headings",
    "titles",
    "links",
    "calls",
    "ids",
    "contents",
    "pages",
    "style",
    "motion",
]
"""What keeps a book from conformance: each is a kind of thing that was looked for and found wanting."""


class Accessibility(Struct, frozen=True, kw_only=True):
    """The findings on one e-book.

    `pictures` counts those of the text, the cover not among them; `obstacles` says how many things of each kind were
    found that some readers cannot use. `marks` is how many beginnings of pages are marked, and listed.
    """

    pictures: int = 0
    notes: int = 0
    headings: int = 0
    entries: int = 0
    marks: int = 0
    roles: bool = False
    obstacles: dict[Obstacle, int] = {}

    @property
    def conforms(self) -> bool:
        """Whether the book may be said to conform to STANDARD."""
        return not self.obstacles

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """The schema.org properties of the book, names and values."""
        return (
            *(("accessMode", mode) for mode in self._modes()),
            ("accessModeSufficient", "textual,visual" if "pictures" in self.obstacles else "textual"),
            *(("accessibilityFeature", feature) for feature in sorted(self._features())),
            *(("accessibilityHazard", hazard) for hazard in self._hazards()),
        )

    def _modes(self) -> Iterator[str]:
        yield "textual"
        if self.pictures:
            yield "visual"

    def _features(self) -> Iterator[str]:
        lacking = self.obstacles
        yield "readingOrder"
        yield "unlocked"
        if "pictures" not in lacking:
            yield "alternativeText"
        if "style" not in lacking:
            yield "displayTransformability"
        if self.headings and "headings" not in lacking:
            yield "structuralNavigation"
        if self.entries and "contents" not in lacking:
            yield "tableOfContents"
        if self.roles:
            yield "ARIA"
        if self.marks and "pages" not in lacking:
            yield from ("pageBreakMarkers", "pageNavigation")

    def _hazards(self) -> tuple[str, ...]:
        if "motion" in self.obstacles:
            return ("unknownFlashingHazard", "unknownMotionSimulationHazard", "noSoundHazard")
        return ("none",)
