# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many pages each part has -> the numbers of their pages, and the blank ones before right-hand openings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from publisher.writers.pdf.leaves import Leaf
from publisher.writers.pdf.model import Setting


class Place(Struct, frozen=True):
    """The number of a part's first page, from 1, and whether a blank page stands before it."""

    first: int
    blank: bool


def places(parts: Iterable[Sequence[Leaf]], counts: Iterable[int]) -> tuple[Place, ...]:
    """Where the parts stand that have these numbers of pages; odd pages are rectos."""
    found = []
    number = 1
    for part, count in zip(parts, counts, strict=True):
        blank = part[0].opening == "recto" and number % 2 == 0
        found.append(Place(number + blank, blank))
        number += blank + count
    return tuple(found)


def folios(settings: Iterable[Setting], where: Iterable[Place]) -> dict[str, str]:
    """The numbers of the pages that names stand on."""
    found: dict[str, str] = {}
    for setting, place in zip(settings, where, strict=True):
        for number, page in enumerate(setting.pages, place.first):
            for name in page.anchors:
                found.setdefault(name, str(number))
    return found
