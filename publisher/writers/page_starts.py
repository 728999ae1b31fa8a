# SPDX-License-Identifier: AGPL-3.0-or-later
"""WeasyPrint's laid-out pages -> where in the text each of them begins.

WeasyPrint does not say which words stand on a page: they are read from its boxes, which are private (`Page._page_box`),
in this module alone. Each box of text knows its element and holds a stretch of the words that stand in the element
itself, not in elements inside it. Boxes of one element follow one another in the order of its words; so it is enough to
count for each element how many were set. (Where a table goes on, its head is set again: all its words were set before.)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from msgspec import Struct

if TYPE_CHECKING:
    from weasyprint.document import Page

# A list that the PDF adds to the text.
CONTENTS = "contents"
# What stands elsewhere in an e-book, or is another there.
NOTES, BACKLINK = "notes", "backlink"
# What CSS generates: numbers of items, leaders, counters. Words of a text may be "p::first-letter".
_GENERATED = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")
_HYPHENS = "\N{HYPHEN}-\N{SOFT HYPHEN}"


class _Own(Struct):
    """The letters that stand in an element itself: in runs, each behind so many letters of its page's text."""

    page: str
    first: int
    letters: str = ""
    runs: list[int] = []
    offsets: list[int] = []
    done: int = 0

    def add(self, letters: str, offset: int) -> None:
        self.runs.append(len(self.letters))
        self.offsets.append(offset)
        self.letters += letters

    @property
    def offset(self) -> int:
        """The letters of the page's text before the next one of the element."""
        run = bisect_right(self.runs, self.done) - 1
        return self.offsets[run] + self.done - self.runs[run]

    def take(self, letters: str) -> None:
        """Counts letters as set; a hyphen may be the line's, and what CSS changes stands for one letter each."""
        if self.letters.startswith(letters, self.done):
            self.done += len(letters)
            return
        for letter in letters:
            if letter not in _HYPHENS or self.letters[self.done : self.done + 1] == letter:
                self.done = min(self.done + 1, len(self.letters))


def starts(pages: Sequence[Page]) -> list[tuple[str, int] | None]:
    """For each page the place in the text at which it begins: the name of a Page and an offset (layout.PageStart).

    It is None for a page without words or pictures of the text, such as one of the contents list.
    """
    root = next(box.element for box in pages[0]._page_box.children if box.element is not None)  # noqa: SLF001
    text = dict(_text(root))
    return [_start(page._page_box, text) for page in pages]  # noqa: SLF001


def _text(root: Element) -> Iterator[tuple[Element, _Own]]:
    """What stands in each element of the text's Pages: these are the sections right inside the leaves."""
    # Where notes are not all at the end, those of an e-book still are: what is left of their pages is not the same.
    body = root.find("body")
    others = (CONTENTS,) if body is not None and "notes-end" in body.get("class", "").split() else (CONTENTS, NOTES)
    for leaf in root.iter("div"):
        if "page" in leaf.get("class", "").split():
            for section in leaf.iterfind("section"):
                if section.get("class") not in others:
                    own: dict[Element, _Own] = {}
                    _read(section, section.get("id", ""), 0, own)
                    yield from own.items()


def _read(element: Element, page: str, offset: int, found: dict[Element, _Own]) -> int:
    """Notes the letters of an element and of those inside it; returns how many letters the page has by then."""
    if element.get("class") == BACKLINK:
        # "p. 12" for the arrow of an e-book.
        return offset + 1
    if "data-at" in element.attrib or (element.get("class") == NOTES and element.get("id") != page):
        # Notes at the foot and behind a chapter are not part of this page in an e-book.
        return offset
    own = found[element] = _Own(page, offset)
    letters = "".join((element.text or "").split())
    own.add(letters, offset)
    offset += len(letters)
    for child in element:
        offset = _read(child, page, offset, found)
        letters = "".join((child.tail or "").split())
        own.add(letters, offset)
        offset += len(letters)
    return offset


def _start(page: Any, text: dict[Element, _Own]) -> tuple[str, int] | None:  # noqa: ANN401 (boxes have no types)
    """The place of the first word or picture that stands on a page; all its words count as set then."""
    start: tuple[str, int] | None = None
    for element, letters in _boxes(page.children):
        own = text.get(element)
        if own is None or (letters and own.done >= len(own.letters)):
            continue
        if start is None:
            start = own.page, own.offset if letters else own.first
        own.take(letters)
    return start


def _boxes(boxes: Iterable[Any]) -> Iterator[tuple[Element, str]]:
    """The boxes of words and pictures in their order: the element of each and its letters, none for a picture."""
    from weasyprint.formatting_structure.boxes import MarginBox, ReplacedBox, TextBox

    for box in boxes:
        if isinstance(box, MarginBox):
            continue
        if isinstance(box, TextBox):
            letters = "".join(box.text.split())
            if letters and not box.element_tag.endswith(_GENERATED):
                yield box.element, letters
        elif isinstance(box, ReplacedBox):
            yield box.element, ""
        else:
            yield from _boxes(getattr(box, "children", ()))
