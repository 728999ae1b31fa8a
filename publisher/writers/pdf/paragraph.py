# SPDX-License-Identifier: AGPL-3.0-or-later
"""A paragraph of WeasyPrint's boxes -> its characters, the pieces between places where lines may end, and its lines.

Where a line may end is what Pango says (Unicode Standard Annex 14), as in WeasyPrint.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from publisher.writers.pdf.justification import End, Opening, Piece, balanced, ends, ragged
from publisher.writers.pdf.measurement import HEADING, HYPHEN
from publisher.writers.pdf.widths import Measure

Theirs: TypeAlias = Any
"""What is WeasyPrint's, which has no types."""

# What is left to WeasyPrint: kept line ends, tabs, soft hyphens, Hebrew and all that comes after it but Greek,
# punctuation and signs.
_FOREIGN = re.compile("[\n\t\u00ad\u0590-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2e80-\U0010ffff]")
# How far the letters of an opening line in small capitals may be set apart to fill it, in ems.
TRACKED = 0.05
# How lines are filled: all alike, each as full as it gets, or all to like lengths.
Filling = Literal["justify", "fill", "balance"]
FILLINGS: dict[str, Filling] = {"justify": "justify", "start": "fill", "left": "fill", "center": "balance"}
# Decimal places of a width in pixels.
PLACES = 6
# As much longer than its line an opening is measured.
AMPLY = 1.2
# Bits of Pango's PangoLogAttr, four bytes for each character: the lowest says whether a line may begin there.
_ATTRIBUTE, _BREAK = 4, 1
_EDGES = tuple(
    f"{kind}_{side}{what}"
    for side in ("left", "right")
    for kind, what in (("margin", ""), ("padding", ""), ("border", "_width"))
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be, in characters of its paragraph: where its words end, and where the next line begins.

    A line that ends in a hyphen has its own or one of the line's making (`end.length`).
    """

    start: int
    stop: int
    next: int
    end: End
    hyphen: bool


@dataclass(slots=True)
class Paragraph:
    """The text of a paragraph. Each of its boxes of text has been told where in it it begins: `box.begins`.

    `opening` measures words in the style of the first line, where that has one; `tracked` is how far its letters may be
    set apart, in pixels. `label` is the room that the label before it takes, `more` 1 or -1 where it is set in more or
    fewer lines than are best; `asked` says that this was decided. Lines are not to end where it is `forbidden`.
    """

    text: str
    pieces: list[Piece]
    places: list[tuple[int, int]]
    em: float
    label: float
    filling: Filling = "justify"
    opening: Measure | None = None
    tracked: float = 0.0
    more: int = 0
    asked: bool = False
    forbidden: set[End] = field(default_factory=set)
    known: dict[tuple[int, float, float, int], list[Line]] = field(default_factory=dict)

    def place(self, box: Theirs, skip: Theirs) -> int:
        """Where WeasyPrint goes on: its path through boxes, which ends in bytes, as a place in the text."""
        if skip is None:
            return self._begin
        while skip is not None and not hasattr(box, "text"):
            ((index, skip),) = skip.items()
            if index >= len(box.children):
                return len(self.text)
            box = box.children[index]
        while not hasattr(box, "text"):
            box = box.children[0]
        done = len(box.text.encode()[: next(iter(skip))].decode()) if skip else 0
        at: int = box.begins + done
        return at + len(self.text[at:]) - len(self.text[at:].lstrip(" "))

    def anew(self, *, wanted: bool) -> None:
        """Forgets what suited another page, when the paragraph is laid out once more."""
        if not wanted:
            self.more, self.asked = 0, False
        if self.forbidden:
            self.forbidden.clear()
            self.known.clear()

    def forbid(self, line: Line) -> None:
        """No line is to end there, nor at another place in the same word."""
        begin, stop = self.places[line.end.piece]
        lengths = range(1, stop - begin) if line.end.length else (0,)
        self.forbidden |= {End(line.end.piece, length) for length in lengths}
        self.known.clear()

    def lines(self, start: int, indent: float, width: float, more: int) -> list[Line]:
        """The lines from a place on, or `more` than that; none where they cannot be had."""
        # The same column may be some hundred-millionth wider on another page.
        width = round(width, PLACES)
        key = start, indent, width, more
        if key not in self.known:
            lines = self.known[key] = list(self._lines(*key))
            for index, line in enumerate(lines[1:], 1):
                self.known[line.start, 0, width, more] = lines[index:]
        return self.known[key]

    def _lines(self, start: int, indent: float, width: float, more: int) -> Iterator[Line]:
        first = bisect_right(self.places, (start, len(self.text))) - 1
        if self.places[first][0] != start:
            return
        room = width - indent - (self.label if start == self._begin else 0)
        opening = self._opening(first, room) if start == self._begin else None
        for found in self._ends(first, room, width, more, opening):
            end = End(first + found.piece, found.length)
            begin, stop = self.places[end.piece]
            if end.length:
                yield Line(start, begin + end.length, begin + end.length, end, hyphen=True)
                start = begin + end.length
            else:
                following = self.places[end.piece + 1][0] if end.piece + 1 < len(self.places) else len(self.text) + 1
                yield Line(start, stop, following, end, self.text[stop - 1] in HYPHEN)
                start = following

    def _ends(self, first: int, room: float, width: float, more: int, opening: Opening | None) -> Sequence[End]:
        """Where the lines end, counted from the first piece."""
        pieces = self.pieces[first:]
        if self.filling == "justify":
            forbidden = {End(end.piece - first, end.length) for end in self.forbidden}
            return ends(pieces, room, width, self.em, forbidden, more, opening) or ()
        if more or opening:
            return ()
        return (balanced if self.filling == "balance" else ragged)(pieces, room, width) or ()

    @property
    def _begin(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    def _opening(self, first: int, room: float) -> Opening | None:
        """What may stand on a first line that has a style of its own."""
        if self.opening is None:
            return None
        pieces: list[Piece] = []
        width = 0.0
        for start, stop in self.places[first:]:
            pieces.append(self.opening.piece(self.text, start, stop))
            width += pieces[-1].width + pieces[-1].space
            if width > AMPLY * room:
                break
        return Opening(pieces, self.tracked)


def paragraph(context: Theirs, box: Theirs, opening: Mapping[str, Theirs] | None) -> Paragraph | None:
    """What a line box holds before it is broken into lines; None where that is to be left to WeasyPrint.

    `opening` is the style of its first line alone.
    """
    filling = _filling(box.style)
    if filling == "fill" and _is_heading(box):
        filling = "balance"
    if filling is None:
        return None
    label = _label(box)
    boxes: list[Theirs] = list(_boxes(box, behind=label is not None))
    # Numbers of pages change when WeasyPrint has counted them.
    state = [(id(one), one and one.text) for one in boxes]
    if box.__dict__.get("read") != state:
        box.read = state
        whole = all(boxes) and boxes and not any(_FOREIGN.search(one.text) for one in boxes)
        box.paragraph = _read(context, box.style, boxes, opening or {}, label or 0.0, filling) if whole else None
    found: Paragraph | None = box.paragraph
    return found


def _is_heading(box: Theirs) -> bool:
    """Wherever its lines begin, they are to be of like lengths."""
    return bool(HEADING.fullmatch(box.element_tag or "")) or (
        box.element is not None and box.element.get("class") == "title"
    )


def _filling(style: Theirs) -> Filling | None:
    filling = FILLINGS.get(style["text_align_all"])
    last = ("auto", "start") if filling == "justify" else ("auto", style["text_align_all"])
    return filling if style["direction"] == "ltr" and style["text_align_last"] in last else None


def _read(
    context: Theirs,
    style: Theirs,
    boxes: Sequence[Theirs],
    opening: Mapping[str, Theirs],
    label: float,
    filling: Filling,
) -> Paragraph:
    text = "".join(box.text for box in boxes)
    length = 0
    for one in boxes:
        one.begins = length
        length += len(one.text)
    starts = [one.begins for one in boxes]
    measure = Measure(context, [one.style for one in boxes], starts)
    places = list(_places(text, style["lang"], {box.begins for box in boxes if _is_call(box)}))
    pieces = [measure.piece(text, *place) for place in places]
    made = Paragraph(text, pieces, places, style["font_size"], label, filling)
    if opening:
        made.opening = Measure(context, [_restyled(one.style, opening) for one in boxes], starts)
        if opening.get("font_variant_caps", "normal") != "normal":
            made.tracked = TRACKED * made.em
    return made


def _restyled(style: Theirs, opening: Mapping[str, Theirs]) -> Theirs:
    """A style on the first line, as WeasyPrint makes it."""
    from weasyprint.css.properties import INHERITED

    restyled = style.copy()
    for name, value in opening.items():
        if name in INHERITED:
            restyled[name] = value
    return restyled


def _label(box: Theirs) -> float | None:
    """How much room the label takes that a note begins with; None where there is none."""
    from weasyprint.formatting_structure.boxes import InlineBlockBox

    first = box.children[0] if box.children else None
    if not isinstance(first, InlineBlockBox) or first.style["box_sizing"] != "border-box":
        return None
    sizes = [first.style[name] for name in ("margin_left", "width", "margin_right")]
    if not all(_length(size) == 0 or getattr(size, "unit", "") == "px" for size in sizes):
        return None
    return float(sum(map(_length, sizes)))


def _boxes(box: Theirs, *, behind: bool = False) -> Iterator[Theirs | None]:
    """The boxes of text in a line, or those behind its first box, in their order, with None for anything else."""
    from weasyprint.formatting_structure.boxes import InlineBox, TextBox

    for child in box.children[behind:]:
        if isinstance(child, TextBox) and child.style["white_space"] == "normal":
            yield child
        elif (
            isinstance(child, InlineBox)
            and child.is_in_normal_flow()
            and not child.is_leader
            and child.style["position"] == "static"
            and not any(_length(child.style[edge]) for edge in _EDGES)
        ):
            yield from _boxes(child)
        else:
            yield None


def _length(value: Theirs) -> Theirs:
    return getattr(value, "value", value)


def _is_call(box: Theirs) -> bool:
    return box.element is not None and box.element.get("class") == "noteref"


def _places(text: str, language: str | None, calls: Collection[int]) -> Iterator[tuple[int, int]]:
    """What stands between two places where a line may end: where it begins, and where it ends without the space.

    A line never ends between a word and the `calls` of its notes, though it might in "kind.10", were that one word.
    """
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    attributes = bytes(ffi.buffer(get_log_attrs(text, language)))[::_ATTRIBUTE]
    start = 0
    for index in range(1, len(text) + 1):
        if (attributes[index] & _BREAK and not (index in calls and text[index - 1] != " ")) or index == len(text):
            yield start, start + len(text[start:index].rstrip(" "))
            start = index
