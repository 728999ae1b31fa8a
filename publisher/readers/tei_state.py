# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known while a TEI file is read: the language and the fate of the words at hand, notes, pictures, problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache

import langcodes
from msgspec import Struct, field

from publisher.document import Anchor, Inline
from publisher.errors import Location, Problem
from publisher.ledger import Fate
from publisher.readers.tei_notes import Notes
from publisher.readers.xml_tree import Element, Run

# Attributes of P4 and of older texts hold names instead of codes.
_NAMES = {"latin": "la", "greek": "grc", "english": "en", "french": "fr", "german": "de", "italian": "it"}


class State(Struct):
    """The place that reading has come to.

    `waiting` are marks of pages and calls of notes that stand before the words of the next block. `lined` says that a
    line's end in the print counts. `in_note` says that a note's body is read: no note begins inside it.
    """

    file: str
    notes: Notes
    pictures: Collection[str] = ()
    linked: Collection[str] = ()
    """Ids that links of the text lead to."""
    characters: dict[str, Element] = field(default_factory=dict)
    language: str | None = None
    fate: Fate = Fate.BODY
    lined: bool = False
    in_note: bool = False
    waiting: list[Inline] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    last: Run | None = None
    unknown: dict[str, Element] = field(default_factory=dict)
    gaps: list[Element] = field(default_factory=list)
    missing: dict[str, list[Element]] = field(default_factory=dict)

    def anchors(self, *elements: Element) -> list[Inline]:
        """The places that elements are for links of the text."""
        return [Anchor(f"{self.file}#{element.id}") for element in elements if element.id in self.linked]

    def print(self, run: Run) -> None:
        """Enters that a run is printed where it stands."""
        run.fate = self.fate
        if not run.text.isspace():
            self.last = run

    def end(self) -> None:
        """Enters that the word read last has ended."""
        if self.last:
            self.last.end()

    def report(self, code: str, message: str, element: Element, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, Location(self.file, element.line, element.column), hint))

    @contextmanager
    def within(self, element: Element) -> Iterator[str | None]:
        """Reads in an element's language; yields it where it is another than that around the element."""
        around, own = self.language, language_of(element)
        self.language = own or around
        try:
            yield own if own != around else None
        finally:
            self.language = around

    @contextmanager
    def reading(self, *, fate: Fate | None = None, lined: bool | None = None) -> Iterator[None]:
        """Reads words of another fate, or such whose lines count."""
        before = self.fate, self.lined
        self.fate = self.fate if fate is None or self.in_note else fate
        self.lined = self.lined if lined is None else lined
        try:
            yield
        finally:
            self.fate, self.lined = before


def language_of(element: Element) -> str | None:
    """The BCP 47 tag of an element's own language: "lat" and "latin" are "la"."""
    stated = element.get("xml:lang", "lang")
    return tag(stated) if stated else None


@cache
def tag(stated: str) -> str | None:
    """A language as TEI files state it -> its BCP 47 tag; None where it is none."""
    code = _NAMES.get(stated.lower(), stated)
    if not langcodes.tag_is_valid(code):
        return None
    found = langcodes.standardize_tag(code)
    return None if found in ("und", "mul", "zxx") else found
