# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which notes of a TEI file stand where they belong, and which are called from elsewhere.

    word<note>A body right at its call.</note>
    word<ref target="#n1">1</ref> ... <back><div type="notes"><note xml:id="n1">A body called by a pointer.</note></div>
    word<anchor xml:id="a1"/> ... <note target="#a1">A body that points to its call.</note>

A note belongs to the chapter that calls it first. https://www.tei-c.org/release/doc/tei-p5-doc/en/html/CO.html#CONO
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from publisher.document import Apparatus, NoteCall
from publisher.readers.tei_names import DIVISIONS, NOTES, PROSE, VARIANTS
from publisher.readers.xml_tree import Element

_LONGEST_LABEL = 8
_LABEL = re.compile(r"[\[({]?(?:note|n\.?)?\s*(?:\d{1,5}\w?|[ivxlc]{1,7}|\w|[^\w\s]{1,4})[\])}]?[.:]?", re.IGNORECASE)
_POINTERS = ("ptr", "ref")


class Draft(Struct):
    """A note to be: its element (an `app` for variants), and the mark that the source calls it by."""

    element: Element
    label: str
    apparatus: Apparatus
    called: bool = True


class Notes(Struct):
    """The notes of a file. `apart` are those that are called from elsewhere, `open` the drafts of the chapter at hand.

    `plain` are those in a division of notes none of which is called: they are its text. `by_id` finds a note by its own
    id, `by_anchor` by the id of what it points to.
    """

    apart: dict[int, Element] = field(default_factory=dict)
    plain: set[int] = field(default_factory=set)
    by_id: dict[str, Element] = field(default_factory=dict)
    by_anchor: dict[str, list[Element]] = field(default_factory=dict)
    open: list[Draft] = field(default_factory=list)
    chapter: int = 0
    homes: dict[int, tuple[int, int]] = field(default_factory=dict)

    def call(self, element: Element, label: str = "") -> NoteCall | None:
        """A call of a note; None where the note belongs to another chapter already."""
        chapter, index = self.homes.setdefault(id(element), (self.chapter, len(self.open)))
        if chapter != self.chapter:
            return None
        if index == len(self.open):
            self.open.append(Draft(element, label_of(element) or _bare(label), apparatus_of(element)))
        return NoteCall(index)

    def pointed(self, element: Element) -> Element | None:
        """The note apart that a pointer points to."""
        return self.by_id.get(element.get("target").removeprefix("#")) if element.name in _POINTERS else None

    def close(self) -> None:
        """Ends a chapter; what is called next belongs to the next one."""
        self.open = []
        self.chapter += 1

    def uncalled(self) -> list[Draft]:
        """The notes apart that nothing has called."""
        left = (element for key, element in self.apart.items() if key not in self.homes)
        return [Draft(element, label_of(element), apparatus_of(element), called=False) for element in left]


def label_of(element: Element) -> str:
    """A note's own mark: its `n`, or the label at its head."""
    label = element.first("label")
    return _bare(element.get("n")) or (_bare(label.text) if label and element.name == "note" else "")


def apparatus_of(element: Element) -> Apparatus:
    """Whether a note gives variant readings."""
    kinds = {word.lower() for word in element.get("type").split()}
    return "variants" if element.name == "app" or kinds & VARIANTS else "notes"


def is_label(text: str) -> bool:
    """Whether the words of a pointer are nothing but a note's mark: "12", "[a]", "**"."""
    return not text or bool(_LABEL.fullmatch(text))


def _bare(label: str) -> str:
    bare = label.strip("()[]{}.: ")
    return bare if len(bare) <= _LONGEST_LABEL else ""


def find(text: Element) -> Notes:
    """The notes of a file that are called from elsewhere."""
    notes = Notes()
    ids = {element.id for element in text.walk() if element.id and element.name != "note"}
    pointed = {element.get("target").removeprefix("#") for element in text.walk() if element.name in _POINTERS}
    for note, apart in _notes(text):
        anchors = [anchor for anchor in _targets(note) if anchor in ids]
        if anchors:
            for anchor in anchors:
                notes.by_anchor.setdefault(anchor, []).append(note)
        elif apart and note.id and note.id in pointed:
            notes.by_id[note.id] = note
        else:
            continue
        notes.apart[id(note)] = note
    for division in text.walk():
        if is_notes(division) and division.name in DIVISIONS:
            _settle(notes, division)
    return notes


def _settle(notes: Notes, division: Element) -> None:
    """Notes among others that are called are notes, too, though nothing calls them."""
    inside = [element for element in division.walk() if element.name == "note"]
    if any(id(note) in notes.apart for note in inside):
        notes.apart.update((id(note), note) for note in inside)
    else:
        notes.plain.update(map(id, inside))


def _targets(note: Element) -> list[str]:
    """The places that a note points to; of a range, its end."""
    end = note.get("targetEnd").split()
    words = end or note.get("target").split() or (note.get("corresp").split() if note.get("type") != "original" else [])
    return [word.removeprefix("#") for word in words if word.startswith("#") or note.get("target")]


def _notes(text: Element) -> Iterator[tuple[Element, bool]]:
    """All notes outside others, and whether each stands among blocks or notes, not amid the words of a paragraph."""
    stack: list[tuple[Element, bool]] = [(text, False)]
    while stack:
        element, among_notes = stack.pop()
        if element.name in DIVISIONS or element.name in ("noteGrp", "standOff", "back"):
            among_notes = among_notes or element.name != "div" or is_notes(element)
        for child in reversed(list(element.elements)):
            if child.name == "note":
                yield child, among_notes or element.name not in PROSE
            else:
                stack.append((child, among_notes))


def is_notes(div: Element) -> bool:
    """Whether a division holds notes."""
    return bool({word.lower() for word in div.get("type", "subtype").split()} & NOTES)
