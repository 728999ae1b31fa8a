# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parts as they were set, and where they stand in the book -> the flaws of its layout, with their pages.

Whether two pages face each other is known only here: an even page and the odd one after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publisher.edition import Flaw
from publisher.writers.matter import SetPage, Setting
from publisher.writers.pdf.measurement import UNEVEN
from publisher.writers.pdf.numbering import Place


def flaws(settings: Sequence[Setting], where: Sequence[Place]) -> tuple[Flaw, ...]:
    """All flaws in the order of pages and lines."""
    found: list[Flaw] = []
    for setting, place in zip(settings, where, strict=True):
        for number, page in enumerate(setting.pages, place.first):
            found += (replace(flaw, page=number) for flaw in page.flaws)
        found += _uneven(setting.pages, place.first)
    return tuple(sorted(found, key=lambda flaw: (flaw.page, flaw.line, flaw.code)))


def _uneven(pages: Sequence[SetPage], first: int) -> Iterator[Flaw]:
    """Facing pages of a part that are not equally deep; that with which a chapter ends may end anywhere."""
    for index in range(first % 2, len(pages) - 2, 2):
        verso, recto, after = pages[index : index + 3]
        if (
            not recto.begins
            and not after.begins
            and verso.depth
            and recto.depth
            and abs(verso.depth - recto.depth) > UNEVEN
        ):
            shorter = index + (recto.depth < verso.depth)
            detail = f"{verso.depth:g} and {recto.depth:g}"
            yield Flaw("D010", first + shorter, int(pages[shorter].depth), pages[shorter].foot, detail)
