# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes at the foot of pages: made ready for layout, and checked when they have been set.

A note must stand on the page of its call and, where it had to be carried over, on the next, and all of it must be on
the paper. WeasyPrint's footnotes
(https://www.w3.org/TR/css-gcpm-3/#footnotes) promise none of that. A note that fails is set in another way, in the end
among the endnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, starmap
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from publisher.footing import Footing
from publisher.papers import POINTS_PER_MM
from publisher.themes import Design
from publisher.writers.matter import Setting

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PIECE = re.compile(
    r'<div class="footnote[^"]*" id="([^"]+)" epub:type="footnote" data-note="([^"]+)" data-at="([^"]+)"'
)
# Points by which the last line of a page may stand below the text block.
_OUT = 1
# A note that fails makes those on the pages that follow fail; so many pages further on, another one is to blame.
_APART = 3


class Piece(Struct, frozen=True):
    """A note at the foot, or one of its blocks; `at` is the call in the text that it belongs to."""

    id: str
    note: str
    at: str


def move(root: Element) -> None:
    """Puts the notes of a document into the calls to which they belong: in HTML no block can stand amid a paragraph."""
    pieces = [element for element in root.iter("div") if "data-at" in element.attrib]
    if not pieces:
        return
    calls = {element.get("id"): element for element in root.iter("a") if element.get("class") == "noteref"}
    for foot in [element for element in root.iter() if element.find("div[@class='foot']") is not None]:
        for pool in foot.findall("div[@class='foot']"):
            foot.remove(pool)
    for at, group in groupby(pieces, key=lambda piece: piece.get("data-at")):
        call, notes = calls[at], list(group)
        for note in notes:
            # White space beside a block would be set as a line: it stands amid a line of text.
            note.text = note.tail = None
            for block in note:
                block.tail = None
        notes[-1].tail, call.text = call.text, None
        call[0:0] = notes


def failures(html: str, setting: Setting, page: Design, footings: Mapping[str, Footing]) -> dict[str, Footing]:
    """The notes of a part that do not stand as they should, by their ids, and how they are to be set instead."""
    notes = [tuple(group) for _, group in groupby(starmap(Piece, _PIECE.findall(html)), key=attrgetter("note"))]
    tall = {_id(note): Footing.REFERRED for note in _tall(notes, setting, page)}
    astray = () if tall else _astray(notes, setting)
    failed = tall or {_id(note): Footing.WHOLE if len(note) > 1 else Footing.REFERRED for note in astray}
    # What only refers to an endnote and does not fit, either, is left out.
    return {
        name: footing if footings.get(name) is not Footing.REFERRED else Footing.UNSAID
        for name, footing in failed.items()
    }


def _tall(notes: Iterable[Sequence[Piece]], setting: Setting, page: Design) -> Iterator[Sequence[Piece]]:
    """Notes that reach below the text block."""
    lowest = page.margins[2] * POINTS_PER_MM - _OUT
    feet = {name: foot for page in setting.pages for name, foot in page.feet.items()}
    return (note for note in notes if any(feet.get(piece.id, lowest) < lowest for piece in note))


def _astray(notes: Iterable[Sequence[Piece]], setting: Setting) -> Iterator[Sequence[Piece]]:
    """Notes that are not on the pages where they belong; of several on neighbouring pages the first is to blame."""
    pages = {name: number for number, page in enumerate(setting.pages) for name in page.anchors}
    blamed = -_APART
    for note in notes:
        call = pages.get(note[0].at, 0)
        places = [call, *(pages.get(piece.id, -1) for piece in note)]
        strays = any(after < before for before, after in pairwise(places)) or max(places) - call > 1
        if (strays or min(places) < 0) and call >= blamed + _APART:
            blamed = call
            yield note


def _id(note: Sequence[Piece]) -> str:
    """A note's own id, also where the foot only says that it is among the endnotes."""
    return note[0].note.replace("foot", "note", 1)
