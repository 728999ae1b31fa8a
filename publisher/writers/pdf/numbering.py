# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many pages each part has -> the numbers of their pages, and the blank ones before right-hand openings.

Pages before the text may be numbered apart, in roman numerals; the text then begins with 1, on a recto, so that odd
numbers stay on rectos in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from publisher.writers.matter import Setting
from publisher.writers.pdf.leaves import Leaf

_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


class Place(Struct, frozen=True):
    """Where a part stands: the page of the book that it begins on, from 1, and whether a blank page stands before it.

    `folio` is the number of that page, which is written in roman numerals if `roman`.
    """

    first: int
    blank: bool
    folio: int
    roman: bool = False

    def label(self, index: int) -> str:
        """What is printed as the number of a page of the part, counted from 0."""
        return roman(self.folio + index) if self.roman else str(self.folio + index)


def places(parts: Iterable[Sequence[Leaf]], counts: Iterable[int]) -> tuple[Place, ...]:
    """Where the parts stand that have these numbers of pages; odd pages are rectos."""
    found: list[Place] = []
    number, before = 1, 0  # `before` counts the pages that are numbered apart
    for part, count in zip(parts, counts, strict=True):
        blank = part[0].opening == "recto" and number % 2 == 0
        number += blank
        apart = part[0].front
        if not apart and (not found or found[-1].roman):
            before = number - 1
        found.append(Place(number, blank, number if apart else number - before, apart))
        number += count
    return tuple(found)


def folios(settings: Iterable[Setting], where: Iterable[Place]) -> dict[str, str]:
    """The numbers, as they are printed, of the pages that names stand on."""
    found: dict[str, str] = {}
    for setting, place in zip(settings, where, strict=True):
        for index, page in enumerate(setting.pages):
            for name in page.anchors:
                found.setdefault(name, place.label(index))
    return found


def roman(number: int) -> str:
    """A number in small roman numerals: 9 -> "ix"."""
    written = ""
    for value, numeral in _NUMERALS:
        written += numeral * (number // value)
        number %= value
    return written
