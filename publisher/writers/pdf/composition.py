# SPDX-License-Identifier: AGPL-3.0-or-later
"""The leaves of a book -> its parts as they are set, with their notes in their places and the right numbers of pages.

Most parts name no page, and are set first, in any order. Where notes stand at the foot, those that do not fit there are
found then, and their parts set again. What names pages - the contents list, links back from endnotes - comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.footing import Footing
from publisher.names import names
from publisher.themes import design
from publisher.writers.extent import Form
from publisher.writers.matter import PICTURE, Lay, Matter, Setting
from publisher.writers.pdf import footnotes
from publisher.writers.pdf.leaves import Leaf, arrange, counts_pages, document, refers
from publisher.writers.pdf.merging import LINK
from publisher.writers.pdf.numbering import Place, folios, places

# Parts whose own length changes the numbers that they print settle within as many trials.
TRIALS = 4

Part = Sequence[Leaf]


class Composition(Struct, frozen=True):
    """The parts of a book as they are set, where each stands, and the notes that are not at the foot of their pages."""

    parts: tuple[Part, ...]
    settings: tuple[Setting, ...]
    places: tuple[Place, ...]
    footings: Mapping[str, Footing]


def compose(edition: Edition, use: Form, lay: Lay) -> Composition:
    """Sets all parts of a book."""
    press = _Press(edition, use, lay)
    footings: dict[str, Footing] = {}
    parts, settled = press.settle(footings)
    while failed := press.failures(parts, settled, footings):
        footings |= failed
        parts, settled = press.settle(footings)
    settings = press.number(parts, settled)
    where = places(parts, (len(setting.pages) for setting in settings))
    return Composition(tuple(parts), settings, where, footings)


def divide(printed: Iterable[Leaf]) -> list[list[Leaf]]:
    """The parts of a book: each leaf that opens a page, with those that run on."""
    parts: list[list[Leaf]] = []
    for leaf in printed:
        if leaf.opening:
            parts.append([leaf])
        else:
            parts[-1].append(leaf)
    return parts


class _Press:
    """Sets parts, each only once."""

    def __init__(self, edition: Edition, use: Form, lay: Lay) -> None:
        self._edition = edition
        self._use = use
        self._lay = lay
        self._set: dict[Matter, Setting] = {}

    def settle(self, footings: Mapping[str, Footing]) -> tuple[list[list[Leaf]], dict[int, Setting]]:
        """All parts, and those that name no page as they are set, by their places in the book."""
        parts = divide(arrange(self._edition, self._use, lambda _page, id_: LINK + id_, footings))
        matter = {index: self._matter(part, {}) for index, part in enumerate(parts) if not refers(part)}
        return parts, dict(zip(matter, self._settings(list(matter.values())), strict=True))

    def failures(
        self, parts: Sequence[Part], settled: Mapping[int, Setting], footings: Mapping[str, Footing]
    ) -> dict[str, Footing]:
        """The notes that are not where they should be, and how they are to be set."""
        failed: dict[str, Footing] = {}
        page = design(self._edition.theme, self._edition.paper, self._edition.leading)
        if self._edition.notes == "page":
            for index, setting in settled.items():
                failed |= footnotes.failures(self._matter(parts[index], {}).html, setting, page, footings)
        return failed

    def number(self, parts: Sequence[Part], settled: Mapping[int, Setting]) -> tuple[Setting, ...]:
        """All parts; those that name pages with the numbers that are right when they are as long as they are."""
        late = [index for index in range(len(parts)) if index not in settled]
        # A contents list is short, and its length moves all that stands behind it: notes are then set only once.
        late.sort(key=lambda index: not any(leaf.entries for leaf in parts[index]))
        made: dict[int, tuple[Matter, Setting]] = {}
        for _ in range(TRIALS):
            before = dict(made)
            for index in late:
                known = {**settled, **{other: setting for other, (_, setting) in made.items()}}
                matter = self._numbered(parts, index, known)
                made[index] = matter, self._settings([matter])[0]
            if made == before:
                return tuple(settled.get(index) or made[index][1] for index in range(len(parts)))
        raise RuntimeError("a part that names pages has no length at which its numbers are right")

    def _numbered(self, parts: Sequence[Part], index: int, known: Mapping[int, Setting]) -> Matter:
        """A part with the numbers of pages that are right if those not known yet have one page."""
        counts = [len(known[other].pages) if other in known else 1 for other in range(len(parts))]
        where = places(parts, counts)
        others = [other for other in range(len(parts)) if other in known and other != index]
        numbers = folios([known[other] for other in others], [where[other] for other in others])
        return self._matter(parts[index], numbers, where[index])

    def _matter(self, part: Part, numbers: Mapping[str, str], place: Place | None = None) -> Matter:
        html = document(self._edition, part, numbers, heads=False)
        shown = tuple(picture for picture in self._edition.pictures.values() if f"{PICTURE}{picture.name}" in html)
        # A part that does not count its pages is the same wherever it stands.
        counted = _counted(place) if place and counts_pages(html) else ""
        own = self._edition.style
        return Matter(
            part[0].id,
            html,
            self._edition.theme,
            self._edition.paper,
            own.text + counted,
            leading=self._edition.leading,
            pictures=(*shown, *own.pictures),
        )

    def _settings(self, matter: Sequence[Matter]) -> Sequence[Setting]:
        new = [one for one in matter if one not in self._set]
        self._set.update(zip(new, self._lay(new) if new else (), strict=True))
        return [self._set[one] for one in matter]


def _counted(place: Place) -> str:
    """The rules for a part that names pages of itself."""
    roman = ".folio[data-call]::before { content: target-counter(attr(data-call), page, lower-roman) }"
    return f"@page :first {{ counter-reset: page {place.folio} }}{roman if place.roman else ''}"


def problems(edition: Edition, footings: Mapping[str, Footing]) -> Iterator[Problem]:
    """What is to be said of the notes that did not fit at the foot of their pages."""
    ids = chain.from_iterable(names(edition.book).notes) if footings else ()
    notes = ((chapter, note) for chapter in edition.book.chapters for note in chapter.notes)
    for name, (chapter, note) in zip(ids, notes, strict=False):
        if footings.get(name) in (Footing.REFERRED, Footing.UNSAID):
            message = f"note {note.label} does not fit at the foot of its page"
            yield Problem("N006", message, Location(chapter.file or edition.slug), "It stands among the endnotes.")
