# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page as WeasyPrint laid it out -> how deep it is, and what a typographer would not let pass.

Words, lines and their places are read from WeasyPrint's boxes, which are not documented; they cost a hundredth of what
it takes to lay them out. What depends on the side of the paper is left to flaws.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from publisher.edition import Flaw
from publisher.writers.pdf.justification import HYPHENS, LAST, LOOSE

Theirs: TypeAlias = Any
"""What is WeasyPrint's, which has no types."""

# How far a line may reach beyond the block that it stands in, in pixels.
OVER = 1.0
NEARLY_EMPTY = "D009"
# A page with less lines than this at the end of a chapter is nearly empty.
FEW = 3
# How many lines more than the other one of two facing pages may hold.
UNEVEN = 1.05
# The words that show the place.
SHOWN = 60
HYPHEN = ("\N{HYPHEN}", "-")
HEADING = re.compile("h[1-6]")


@dataclass(frozen=True, slots=True)
class Measure:
    """How deep the text of a page is, in lines of the book, the words at its foot, and its flaws, whose page is 0.

    `justified` says that it has lines that were filled: it may have more of them, or fewer. `begins` says that a page
    of the book's markup begins at its head, such as a chapter that runs on.
    """

    depth: float
    foot: str
    flaws: tuple[Flaw, ...]
    justified: bool = False
    begins: bool = False


@dataclass(slots=True)
class _Line:
    """A line as it stands on its page: whether it begins its block, whether it ends it, whether it ends in a hyphen."""

    box: Theirs
    block: Theirs
    first: bool
    last: bool
    divided: bool
    number: int
    text: Theirs

    @property
    def words(self) -> str:
        found = " ".join("".join(box.text for box in text_boxes(self.box)).split())
        return _end(found)

    @property
    def looseness(self) -> float:
        """How much wider word spaces are than in the typeface, in ems."""
        spacing = max(
            (box.justification_spacing * getattr(box, "scaled", 1.0) for box in text_boxes(self.box)), default=0.0
        )
        return float(spacing / self.box.style["font_size"])


def _breaks_word(block: Theirs, before: str, words: str) -> bool:
    """Whether the cell of a table is so narrow that a word or number goes on in the next line."""
    if block.element_tag not in ("td", "th") or not before[-1:].isalnum() or not words[:1].isalnum():
        return False
    return before.rsplit(maxsplit=1)[-1] + words.split(maxsplit=1)[0] in "".join(block.element.itertext())


def _is_short(words: str) -> bool:
    return bool(words) and sum(map(str.isalnum, words)) < LAST


def _end(words: str) -> str:
    return words if len(words) <= SHOWN else "…" + words[-SHOWN:]


def text_boxes(box: Theirs) -> Iterator[Theirs]:
    """The boxes of text in a line, in their order."""
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children"):
            yield from text_boxes(child)


class Ruler:
    """Measures the pages of a document one after the other."""

    def __init__(self, pages: int) -> None:
        self._left = pages
        self._only = pages == 1
        # How many lines in a row end in hyphens, and whether the last page ended within a paragraph.
        self._hyphens = 0
        self._within = False
        self._before = ""
        self._leaf: Theirs = None
        self._cell: Theirs = None

    def measure(self, page: Theirs) -> Measure:
        """What is to be said of the next page, which holds text and perhaps notes at its foot."""
        text, *feet = (list(_lines(area, within=self._within)) for area in _areas(page))
        self._left -= 1
        begins = self._begins(page)
        if not text:
            return Measure(0.0, "", ())
        everything = [*text, *(line for foot in feet for line in foot)]
        flaws = [flaw for line in everything for flaw in self._of_line(line, page)]
        flaws += self._of_edges(text)
        bottom = max(line.box.position_y + line.box.height for line in everything)
        depth = round((bottom - page.content_box_y()) / page.children[0].style["font_size"], 2)
        if not self._left and not self._only and depth < FEW - 0.5:
            flaws.append(_flaw(NEARLY_EMPTY, text[0]))
        self._within = not text[-1].last
        justified = any(line.text.justification_spacing for line in text)
        return Measure(depth, text[-1].words, tuple(flaws), justified, begins)

    def _begins(self, page: Theirs) -> bool:
        """Whether this page's first box is not that with which the page before ended."""
        (root, *_), before = _areas(page), self._leaf
        leaves = [box for body in getattr(root, "children", ()) for box in getattr(body, "children", ())]
        self._leaf = leaves[-1].element if leaves else None
        return before is not None and bool(leaves) and leaves[0].element is not before

    def _of_line(self, line: _Line, page: Theirs) -> Iterator[Flaw]:
        self._hyphens = self._hyphens + 1 if line.divided else 0
        if self._hyphens == HYPHENS + 1:
            yield _flaw("D005", line)
        if line.text.justification_spacing and (looseness := line.looseness) > LOOSE:
            yield _flaw("D003", line, f"{looseness:.2f}")
        right = min(line.block.content_box_x() + line.block.width, page.content_box_x() + page.width)
        if line.box.position_x + line.box.width > right + OVER and line.words:
            yield _flaw("D004", line)
        if line.last and not line.first and line.block.style["text_align_all"] == "justify" and _is_short(line.words):
            yield Flaw("D007", 0, line.number, _end(f"{self._before} {line.words}"))
        if not line.first and line.block is not self._cell and _breaks_word(line.block, self._before, line.words):
            self._cell = line.block
            yield _flaw("D012", line)
        self._before = line.words

    def _of_edges(self, lines: Sequence[_Line]) -> Iterator[Flaw]:
        """What is wrong at the head and at the foot of a page."""
        head, foot = lines[0], lines[-1]
        if self._within and head.last:
            yield _flaw("D001", head)
        if not self._left:
            return
        if foot.first and not foot.last:
            yield _flaw("D002", foot)
        if foot.divided and not foot.last:
            yield _flaw("D006", foot)
        if HEADING.fullmatch(foot.block.element_tag or ""):
            yield _flaw("D008", foot)


def lacks(page: Theirs, characters: frozenset[str]) -> Iterator[Flaw]:
    """The lines with characters that no typeface has."""
    if characters:
        lines = [line for area in _areas(page) for line in _lines(area, within=False)]
        for line in lines:
            if found := sorted(characters & set(line.words)):
                yield _flaw("D011", line, " ".join(f"U+{ord(character):04X}" for character in found))


def _flaw(code: str, line: _Line, detail: str = "") -> Flaw:
    return Flaw(code, 0, line.number, line.words, detail)


def _areas(page: Theirs) -> list[Theirs]:
    """The root of the text and, where there is one, the area of notes."""
    from weasyprint.formatting_structure.boxes import MarginBox

    return [child for child in page.children if not isinstance(child, MarginBox)]


def _lines(area: Theirs, *, within: bool) -> Iterator[_Line]:
    """The lines of an area in their order; the first one continues a paragraph or begins one."""
    number = 0
    for block, boxes in _blocks(area):
        for index, box in enumerate(boxes):
            *_, text = (None, *text_boxes(box))
            if text is None:
                continue
            number += 1
            first = index == 0 and not (within and number == 1)
            last = getattr(box, "resume_at", None) is None
            yield _Line(box, block, first, last, not last and text.text.endswith(HYPHEN), number, text)


def _blocks(box: Theirs) -> Iterator[tuple[Theirs, Sequence[Theirs]]]:
    """The blocks that hold lines, with these."""
    from weasyprint.formatting_structure.boxes import LineBox

    for child in box.children:
        if isinstance(child, LineBox):
            yield box, box.children
            return
        if hasattr(child, "children"):
            yield from _blocks(child)
