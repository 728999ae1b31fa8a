# SPDX-License-Identifier: AGPL-3.0-or-later
"""A paragraph of WeasyPrint's boxes -> its characters, the pieces between places where lines may end, and its lines.

Where a line may end is what Pango says (Unicode Standard Annex 14), how words are divided what Pyphen says, both as in
WeasyPrint. A word is measured once for each way of setting it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Any, TypeAlias

from publisher.writers.pdf.justification import End, Part, Piece, ends

Theirs: TypeAlias = Any
"""What is WeasyPrint's, which has no types."""

# What is left to WeasyPrint: kept line ends, tabs, soft hyphens, Hebrew and all that comes after it but Greek,
# punctuation and signs.
_FOREIGN = re.compile("[\n\t\u00ad\u0590-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2e80-\U0010ffff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
HYPHENS = ("-", "\N{HYPHEN}")
_DASHES = frozenset("\N{EM DASH}\N{EN DASH}")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# Bits of Pango's PangoLogAttr, four bytes for each character: the lowest says whether a line may begin there.
_ATTRIBUTE, _BREAK = 4, 1
# As few letters may stand before a hyphen where a line would be too loose otherwise.
RARE = 2
# Fewer letters are never divided.
LEAST = 4
# What measures words, by how they are set: the same in all documents that a process lays out.
_RULERS: dict[str, _Ruler] = {}
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
    """The text of a paragraph; `starts` says where in it each box of text begins, by the box's id.

    `label` is the room that the label before it takes, `more` 1 or -1 where it is set in more or fewer lines than are
    best; `asked` says that this was decided. Lines are not to end where it is `forbidden`.
    """

    text: str
    boxes: list[Theirs]
    starts: dict[int, int]
    pieces: list[Piece]
    places: list[tuple[int, int]]
    em: float
    label: float
    more: int = 0
    asked: bool = False
    forbidden: set[End] = field(default_factory=set)
    known: dict[tuple[int, float, float, int], list[Line]] = field(default_factory=dict)

    def place(self, box: Theirs, skip: Theirs) -> int:
        """Where WeasyPrint goes on: its path through boxes, which ends in bytes, as a place in the text."""
        if skip is None:
            return len(self.text) - len(self.text.lstrip(" "))
        while skip is not None and not hasattr(box, "text"):
            ((index, skip),) = skip.items()
            if index >= len(box.children):
                return len(self.text)
            box = box.children[index]
        while not hasattr(box, "text"):
            box = box.children[0]
        done = len(box.text.encode()[: next(iter(skip))].decode()) if skip else 0
        at = self.starts[id(box)] + done
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
        forbidden = {End(end.piece - first, end.length) for end in self.forbidden}
        room = width - indent - (self.label if start == self.places[0][0] else 0)
        for found in ends(self.pieces[first:], room, width, self.em, forbidden, more) or ():
            end = End(first + found.piece, found.length)
            begin, stop = self.places[end.piece]
            if end.length:
                yield Line(start, begin + end.length, begin + end.length, end, hyphen=True)
                start = begin + end.length
            else:
                following = self.places[end.piece + 1][0] if end.piece + 1 < len(self.places) else len(self.text) + 1
                yield Line(start, stop, following, end, self.text[stop - 1] in HYPHENS)
                start = following


def paragraph(context: Theirs, box: Theirs) -> Paragraph | None:
    """What a line box holds before it is broken into lines; None where that is to be left to WeasyPrint."""
    if "paragraph" not in box.__dict__:
        box.paragraph = _read(context, box)
    found: Paragraph | None = box.paragraph
    return found


def _read(context: Theirs, box: Theirs) -> Paragraph | None:
    style = box.style
    if (
        style["text_align_all"] != "justify"
        or style["text_align_last"] not in ("auto", "start")
        or style["direction"] != "ltr"
    ):
        return None
    label = _label(box)
    boxes = [one for one in _boxes(box, behind=label is not None) if one]
    if not boxes or len(boxes) < sum(1 for _ in _boxes(box, behind=label is not None)):
        return None
    text = "".join(box.text for box in boxes)
    if _FOREIGN.search(text):
        return None
    starts: dict[int, int] = {}
    length = 0
    for one in boxes:
        starts[id(one)] = length
        length += len(one.text)
    measure = _Measure(context, boxes, list(starts.values()))
    places = list(_places(text, style["lang"]))
    pieces = [measure.piece(text, *place) for place in places]
    return Paragraph(text, boxes, starts, pieces, places, style["font_size"], label or 0.0)


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


def _places(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    """What stands between two places where a line may end: where it begins, and where it ends without the space."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    attributes = bytes(ffi.buffer(get_log_attrs(text, language)))[::_ATTRIBUTE]
    start = 0
    for index in range(1, len(text) + 1):
        if attributes[index] & _BREAK or index == len(text):
            yield start, start + len(text[start:index].rstrip(" "))
            start = index


class _Measure:
    """Measures the words of a paragraph."""

    def __init__(self, context: Theirs, boxes: Sequence[Theirs], starts: Sequence[int]) -> None:
        self._context, self._boxes, self._starts = context, boxes, (*starts, inf)
        self._rulers = [_ruler(box.style) for box in boxes]

    def piece(self, text: str, start: int, stop: int) -> Piece:
        """What stands from one place to another, with the space behind it."""
        token = text[start:stop]
        index = bisect_right(self._starts, start) - 1
        parts: Callable[[], Sequence[Part]] = tuple
        if stop <= self._starts[index + 1]:
            width = self._rulers[index][token]
            if stop - start > LEAST:
                parts = _Parts(self, index, token)
        else:
            width = self._across(text, start, stop)
        space = self._ruler_at(stop)[" "] if text[stop : stop + 1] == " " else 0.0
        # A dash stays with the word before it: "the whale—" ends a line, "—no" begins none.
        rare = text[stop : stop + 1] in _DASHES
        letters = len(token) if token.isalnum() else sum(map(str.isalnum, token))
        return Piece(width, space, token.count(_NO_BREAK_SPACE), letters, token.endswith(HYPHENS), rare, parts)

    def _ruler_at(self, place: int) -> _Ruler:
        return self._rulers[bisect_right(self._starts, place) - 1]

    def _across(self, text: str, start: int, stop: int) -> float:
        """The width of what stands in several boxes."""
        edges = [start, *(int(edge) for edge in self._starts if start < edge < stop), stop]
        return sum(self._ruler_at(one)[text[one:other]] for one, other in pairwise(edges))

    def parts(self, index: int, token: str) -> Iterator[Part]:
        """The ways to divide a word, with a hyphen."""
        style = self._boxes[index].style
        dictionary = _dictionary(style, self._context)
        if dictionary is None:
            return
        ruler, hyphen = self._rulers[index], style["hyphenate_character"]
        for word in _WORD.finditer(token):
            if len(word[0]) < style["hyphenate_limit_chars"][0]:
                continue
            for position in dictionary.positions(word[0]):
                # In some languages a divided word is spelled another way, which is left to WeasyPrint.
                if not position.data:
                    length = word.start() + position
                    rare = position < style["hyphenate_limit_chars"][1]
                    width = ruler[token[:length] + hyphen]
                    letters = sum(map(str.isalnum, token[:length]))
                    yield Part(length, letters, width, ruler[token] - width + ruler[hyphen], rare)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The ways to divide a word, when somebody asks for them."""

    measure: _Measure
    index: int
    token: str

    def __call__(self) -> Sequence[Part]:
        return tuple(self.measure.parts(self.index, self.token))


def _dictionary(style: Theirs, context: Theirs) -> Theirs:
    """How words are divided in the language of a text; None where they are not."""
    import pyphen

    language = style["lang"] and pyphen.language_fallback(style["lang"])
    if style["hyphens"] != "auto" or not language:
        return None
    total, left, right = style["hyphenate_limit_chars"]
    key = language, min(left, RARE), right, total
    if key not in context.dictionaries:
        context.dictionaries[key] = pyphen.Pyphen(lang=language, left=min(left, RARE), right=right)
    return context.dictionaries[key]


class _Ruler(dict[str, float]):
    """The widths of words set in one way, in pixels, each measured when it is first asked for."""

    def __init__(self, style: Theirs) -> None:
        super().__init__()
        self._style = style
        self._layout: Theirs = None

    def __missing__(self, token: str) -> float:
        from weasyprint.text.line_break import create_layout, line_size

        if self._layout is None or self._style["word_spacing"]:
            self._layout = create_layout(token, self._style, None, None, 0)
        else:
            self._layout.set_text(token)
        width: float = line_size(self._layout.get_first_line()[0], self._style)[0]
        self[token] = width
        return width


def _ruler(style: Theirs) -> _Ruler:
    from weasyprint.text.line_break import _font_style_cache_key

    key = f"{_font_style_cache_key(style, include_size=True)} {style['letter_spacing']} {style['word_spacing']}"
    if key not in _RULERS:
        _RULERS[key] = _Ruler(style)
    return _RULERS[key]
