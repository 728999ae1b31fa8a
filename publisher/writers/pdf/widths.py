# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words in the styles of WeasyPrint's boxes -> pieces with widths (justification.py).

How words are divided is what Pyphen says, as in WeasyPrint. A word is measured once for each way of setting it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any, TypeAlias

from publisher.writers.pdf.justification import Part, Piece
from publisher.writers.pdf.measurement import HYPHEN

Theirs: TypeAlias = Any
"""What is WeasyPrint's, which has no types."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_DASHES = frozenset("\N{EM DASH}\N{EN DASH}")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# As few letters may stand before a hyphen where a line would be too loose otherwise.
RARE = 2
# Fewer letters are never divided.
LEAST = 4
# What measures words, by how they are set: the same in all documents that a process lays out.
_RULERS: dict[str, _Ruler] = {}


class Measure:
    """Measures the words of a paragraph."""

    def __init__(self, context: Theirs, styles: Sequence[Theirs], starts: Sequence[int]) -> None:
        """`styles` are those of the boxes that begin at these places of the text."""
        self._context, self._styles, self._starts = context, styles, (*starts, inf)
        self._rulers = [_ruler(style) for style in styles]

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
        return Piece(width, space, token.count(_NO_BREAK_SPACE), letters, token.endswith(HYPHEN), rare, parts)

    def _ruler_at(self, place: int) -> _Ruler:
        return self._rulers[bisect_right(self._starts, place) - 1]

    def _across(self, text: str, start: int, stop: int) -> float:
        """The width of what stands in several boxes."""
        edges = [start, *(int(edge) for edge in self._starts if start < edge < stop), stop]
        return sum(self._ruler_at(one)[text[one:other]] for one, other in pairwise(edges))

    def parts(self, index: int, token: str) -> Iterator[Part]:
        """The ways to divide a word, with a hyphen."""
        style = self._styles[index]
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

    measure: Measure
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
