# SPDX-License-Identifier: AGPL-3.0-or-later
r"""Inlines -> the characters of a plain-text edition (`readers/plaintext/form`).

A run is written with the fewest signs first, and read back; where that gives something else ("_" in a text that looks
like emphasis, emphasis amid a word), it is written with more. So a backslash stands only where one is needed. The last
way has one before every sign of a text and braces around all emphasis: no reading of it can go wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import assert_never

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
    SpanKind,
    Text,
)
from publisher.readers.plaintext.form import ESCAPABLE, LINE_END, NOTHING, STROKE
from publisher.readers.plaintext.inlines import ADDRESS, RAISED, SIDES, TAG, TAGGED, parse

_SIDES = {kind: sign for sign, kind in SIDES.items()}
_RAISED = {kind: sign for sign, kind in RAISED.items()}
_ALL = re.compile(rf"(?![ {STROKE}])[{ESCAPABLE}]|(?<!.){STROKE}")
_SIGNS = re.compile(
    # A backslash that has something after it to take the meaning from; signs beside words; brackets and bars.
    rf"\\(?=[{ESCAPABLE}]|$)|(?<![^\W_])[_*~+]|[_*~+](?![^\W_])|[_^](?=\{{|$)|[`{{}}|]|<(?=\S)|\["
    rf"|(?:(?<= )|^)/(?=/(?: |$))|(?<!.){STROKE}",
    re.DOTALL,
)
# What an address needs a backslash before.
_BEYOND = re.compile(r"[\\<>\s]")


class Way(IntEnum):
    """How many signs a run is written with."""

    PLAIN = 0
    ESCAPED = 1
    FORCED = 2


class Names:
    """How notes are called: by index to write a call, by name to read it back."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = names
        self.indexes: Mapping[str, int] = {name: index for index, name in enumerate(names)}


# What no reader of ours reads back is written without a thought for it.
UNREAD = Names()


def marked(inlines: Inlines, names: Names) -> str:
    """A run on one line, which is never empty."""
    if names is UNREAD:
        return _written(inlines, Way.PLAIN, names)
    for way in (Way.PLAIN, Way.ESCAPED):
        text = _written(inlines, way, names)
        if parse(text, names.indexes).inlines == inlines and unicodedata.is_normalized("NFC", text):
            return text
    return _written(inlines, Way.FORCED, names)


def _written(inlines: Inlines, way: Way, names: Names) -> str:
    """A run with its ends kept: a space there would vanish, as would a run of nothing."""
    if not inlines:
        return NOTHING
    text = _Writer(way, names).inlines(inlines)
    if isinstance(inlines[0], LineBreak):
        text = text[1:]
    elif text.startswith(" "):
        text = f"\\{text}"
    if isinstance(inlines[-1], LineBreak):
        return text[:-1]
    return f"{text}{NOTHING}" if text.endswith(" ") else text


class _Writer:
    def __init__(self, way: Way, names: Names) -> None:
        self.way = way
        self.names = names
        # The signs with words on both sides that are open now.
        self.open: list[str] = []

    def inlines(self, several: Inlines) -> str:
        neighbours = (None, *several, None)
        return "".join(
            self._inline(inline, before, after)
            for before, inline, after in zip(neighbours, several, neighbours[2:], strict=False)
        )

    def _inline(self, inline: Inline, before: Inline | None, after: Inline | None) -> str:
        match inline:
            case Text(text):
                return self._text(text)
            case Emphasis(inner):
                return self._sided("_", inner, touches=_touches(before, after))
            case Span(kind, inner):
                return self._span(kind, inner, touches=_touches(before, after))
            case Foreign(language, inner):
                return f"{{{_tag(language)}: {self.inlines(inner)}}}"
            case Link(url, inner):
                return self._link(url, inner)
            case Code(text):
                return f"`{escaped(text, '`')}`"
            case Image(file, alt):
                return picture(file, alt)
            case PageMark(label):
                return f"|{escaped(label, '| ')}|"
            case Anchor(name):
                return f"{{#{escaped(name, '{} ')}}}"
            case LineBreak():
                return f" {LINE_END} "
            case NoteCall(note):
                return f"[{self.names.names[note]}]"
            case _:
                assert_never(inline)

    def _text(self, text: str) -> str:
        match self.way:
            case Way.PLAIN:
                return text
            case Way.ESCAPED:
                return _SIGNS.sub(r"\\\g<0>", text)
            case Way.FORCED:
                return _ALL.sub(r"\\\g<0>", text)
            case _:
                assert_never(self.way)

    def _span(self, kind: SpanKind, inner: Inlines, *, touches: bool) -> str:
        if kind in _SIDES:
            return self._sided(_SIDES[kind], inner, touches=touches)
        # "{_{2} <https://...>}" would begin with emphasis.
        if kind in _RAISED and self.way is not Way.FORCED:
            return f"{_RAISED[kind]}{self.inlines(inner)}}}"
        return f"{{{kind}: {self.inlines(inner)}}}"

    def _sided(self, sign: str, inner: Inlines, *, touches: bool) -> str:
        """Words between two signs; in braces where they could not be told from others."""
        inside = sign in self.open
        self.open.append(sign)
        text = self.inlines(inner)
        self.open.pop()
        loose = text[:1].isspace() or text[-1:].isspace()
        if self.way is Way.FORCED or inside or touches or loose:
            return f"{{{sign}{text}{sign}}}"
        return f"{sign}{text}{sign}"

    def _link(self, url: str, inner: Inlines) -> str:
        if inner == (Text(url),) and ADDRESS.match(url) and not _BEYOND.search(url):
            return f"<{url}>"
        address = _BEYOND.sub(r"\\\g<0>", url)
        return f"{{{self.inlines(inner)} <{address}>}}"


def escaped(text: str, signs: str) -> str:
    """What stands inside a sign, with backslashes before those characters that would end it."""
    return re.sub(rf"[\\{re.escape(signs)}]", r"\\\g<0>", text)


def picture(file: str, alt: str) -> str:
    """A picture by its description and its file."""
    described = f": {escaped(alt, '[]')}" if alt else ""
    return f"[Picture{described} ({escaped(file, '[]()')})]"


def _touches(before: Inline | None, after: Inline | None) -> bool:
    """Whether a letter stands right beside what stands between two others."""
    left = isinstance(before, Text) and before.text[-1].isalnum()
    return left or (isinstance(after, Text) and after.text[0].isalnum())


def _tag(language: str) -> str:
    return language if TAG.fullmatch(language) and language not in TAGGED else f"language {escaped(language, '{}:')}"
