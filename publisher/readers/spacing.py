# SPDX-License-Identifier: AGPL-3.0-or-later
"""The white space of marked-up sources: inlines as they stand in a file -> inlines as they are printed.

Runs of white space become one space; none is left at the ends of a line. A space before a note's call goes behind it
("word [1] and" -> "word[1] and"). Two parts that are glued have none between them: "Frei" / "heit".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import assert_never

from msgspec.structs import replace

from publisher.document import (
    Anchor,
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteCall,
    PageMark,
    Span,
    Text,
)

_SPACES = re.compile("[ \t\r\n]+")
_WHITE = " \t\r\n"
_CLOSING = ".,;:!?)]}»”’…"
GLUE = Text("\x00")
"""Stands where no white space is to be printed; no XML file can hold this character."""


def tidy(inlines: Iterable[Inline]) -> Inlines:
    """One run of inlines, its white space as it is printed."""
    return tuple(_Spacing().inlines(inlines))


class _Spacing:
    """What is owed before the next characters: a space, a line's end, or nothing; nothing at the run's beginning."""

    def __init__(self) -> None:
        self._owed: Inline | None = None
        self._begun = False
        self._glued = False
        self._called = False

    def inlines(self, inlines: Iterable[Inline]) -> list[Inline]:
        result: list[Inline] = []
        for inline in inlines:
            self._add(inline, result)
        return _joined(result)

    def _add(self, inline: Inline, result: list[Inline]) -> None:
        match inline:
            case Text(text):
                self._text(text, result)
            case LineBreak():
                self._owed = inline if self._begun else None
            case NoteCall():
                result.append(inline)
                self._begun, self._called = True, True
            case PageMark() | Anchor():
                result.append(inline)
            case Code() | Image():
                self._pay(result)
                result.append(inline)
            case Emphasis(inner) | Span(_, inner) | Foreign(_, inner) | Link(_, inner):
                self._wrap(inline, self.inlines(inner), result)
            case _:
                assert_never(inline)

    def _text(self, text: str, result: list[Inline]) -> None:
        if not text:
            return
        if text == GLUE.text:
            self._owed, self._glued = None, True
            return
        words = text.strip(_WHITE)
        if (not words or text[0] in _WHITE) and self._begun and not self._glued:
            self._owed = self._owed or Text(" ")
        if words:
            # "see <call/>." has no space before its full stop once the mark is raised.
            if self._called and isinstance(self._owed, Text) and words[0] in _CLOSING and text[0] not in _WHITE:
                self._owed = None
            self._pay(result)
            result.append(Text(_SPACES.sub(" ", words)))
            if text[-1] in _WHITE:
                self._owed = Text(" ")

    def _pay(self, result: list[Inline]) -> None:
        if self._owed:
            result.append(self._owed)
        self._owed, self._begun, self._glued, self._called = None, True, False, False

    def _wrap(self, node: Emphasis | Span | Foreign | Link, inner: list[Inline], result: list[Inline]) -> None:
        """Puts inlines back into what they stood in, the space or line's end before the first outside of it."""
        match inner:
            case [LineBreak() as first, *rest]:
                result.append(first)
                inner = rest
            case [Text(text), *rest] if text[0] == " ":
                result.append(Text(" "))
                inner = [Text(text[1:]), *rest] if len(text) > 1 else rest
            case _:
                pass
        if inner:
            result.append(replace(node, inlines=tuple(inner)))


def _joined(inlines: list[Inline]) -> list[Inline]:
    """The same inlines, neighbouring texts made one."""
    result: list[Inline] = []
    for is_text, group in groupby(inlines, key=lambda inline: isinstance(inline, Text)):
        if is_text:
            result.append(Text("".join(text.text for text in group if isinstance(text, Text))))
        else:
            result += group
    return result
