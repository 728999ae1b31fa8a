# SPDX-License-Identifier: AGPL-3.0-or-later
"""A stretch of a box -> inlines: looks nest in one order, white space is folded, what is left out is skipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct

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
    PageMark,
    Span,
    SpanKind,
    Text,
)
from publisher.ledger import LEFT_OUT
from publisher.readers.hypertext.model import BREAK, PICTURE, PLAIN, Box, Look, Picture, Stretch, Style

# What is set inside what: a link around all else, code innermost.
_ORDER: tuple[Look, ...] = (
    "direction",
    "deleted",
    "inserted",
    "strong",
    "emphasis",
    "small-caps",
    "spaced",
    "superscript",
    "subscript",
    "code",
)
_SPANS: dict[Look, SpanKind] = {
    "direction": "direction",
    "deleted": "deleted",
    "inserted": "inserted",
    "strong": "strong",
    "small-caps": "small-caps",
    "spaced": "spaced",
    "superscript": "superscript",
    "subscript": "subscript",
}
_FOLD = re.compile(r"[ \t\n\r\f]+")
_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})

Leaf: TypeAlias = tuple[Inline, Style]
Pictures: TypeAlias = Callable[[Box, Picture, int], Image | None]


class Inliner(Struct):
    """Makes inlines in the text's own `language`; `pictures` gives what a page names, None where nothing is printed."""

    pictures: Pictures
    language: str = ""

    def inlines(self, stretch: Stretch, *, bare: bool = False, breaks: bool = True) -> Inlines:
        """The inlines of a stretch without white space at its ends.

        `breaks` keeps the ends of lines; `bare` leaves out the looks that all words share: a heading has its own.
        """
        leaves = _folded(list(self._leaves(stretch, breaks=breaks)))
        if bare:
            leaves = _without_common(leaves)
        return _nested(leaves, self.language)

    def joined(self, stretches: Sequence[Stretch], glue: Inline, *, bare: bool = False) -> Inlines:
        """Several stretches with something between them."""
        found: list[Inline] = []
        for stretch in stretches:
            if inlines := self.inlines(stretch, bare=bare):
                found += [glue, *inlines] if found else inlines
        return tuple(found)

    def _leaves(self, stretch: Stretch, *, breaks: bool) -> Iterable[Leaf]:
        box = stretch.box
        for piece in box.pieces(stretch.start, stretch.end):
            if piece.claim is not None:
                if piece.claim.inline is not None and piece.start == piece.claim.start:
                    yield piece.claim.inline, PLAIN
                if piece.claim.fate in LEFT_OUT or piece.claim.inline is not None:
                    continue
            text = box.text[piece.start : piece.end]
            if BREAK not in text and PICTURE not in text:
                yield Text(text), piece.style
                continue
            at = piece.start
            for part in re.split(f"([{BREAK}{PICTURE}])", text):
                if part == BREAK:
                    yield (LineBreak() if breaks else Text(" ")), piece.style
                elif part == PICTURE and (image := self.pictures(box, box.pictures[at], at)):
                    yield image, PLAIN
                elif part and part != PICTURE:
                    yield Text(part), piece.style
                at += len(part)


def _folded(leaves: Sequence[Leaf]) -> list[Leaf]:
    """White space folded to one blank, none at the ends, or at line breaks."""
    found: list[Leaf] = []
    blank = True
    for leaf, style in leaves:
        if isinstance(leaf, Text):
            text = _FOLD.sub(" ", leaf.text)
            if blank:
                text = text.lstrip(" ")
            if not found or isinstance(found[-1][0], LineBreak):
                text = text.lstrip("\xa0 ")
            if text:
                found.append((Text(text), style))
                blank = text.endswith(" ")
            continue
        if isinstance(leaf, LineBreak):
            _strip_end(found)
        if isinstance(leaf, LineBreak) and (not found or isinstance(found[-1][0], LineBreak)):
            blank = True
            continue
        found.append((leaf, style))
        blank = isinstance(leaf, LineBreak) or (blank and isinstance(leaf, PageMark | Anchor))
    _strip_end(found)
    while found and isinstance(found[-1][0], LineBreak):
        found.pop()
        _strip_end(found)
    return found


def _strip_end(found: list[Leaf]) -> None:
    while found and isinstance(last := found[-1][0], Text):
        text = last.text.rstrip(" \xa0")
        if text:
            found[-1] = (Text(text), found[-1][1])
            return
        found.pop()


def _without_common(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Without the looks that all words share."""
    worded = [style.looks for leaf, style in leaves if isinstance(leaf, Text) and leaf.text.strip()]
    common = frozenset.intersection(*worded) if worded else frozenset()
    return [(leaf, Style(style.looks - common, style.anchor, style.language)) for leaf, style in leaves]


def _nested(leaves: Sequence[Leaf], language: str) -> Inlines:
    found: list[Inline] = []
    for (url, other), group in groupby(leaves, key=lambda leaf: (web(leaf[1]), _foreign(leaf[1], language))):
        inner = _looks(list(group), 0)
        if other:
            inner = (Foreign(other, inner),)
        found += (Link(url, inner),) if url else inner
    return _merged(found)


def _looks(leaves: Sequence[Leaf], depth: int) -> Inlines:
    if depth == len(_ORDER) or not any(style.looks for _, style in leaves):
        return _merged([leaf for leaf, _ in leaves])
    look = _ORDER[depth]
    found: list[Inline] = []
    for has, group in groupby(leaves, key=lambda leaf: look in leaf[1].looks):
        inner = _looks(list(group), depth + 1)
        found += _dressed(look, inner) if has else inner
    return _merged(found)


def _dressed(look: Look, inner: Inlines) -> Inlines:
    if look == "code":
        return tuple(Code(i.text) if isinstance(i, Text) else i for i in inner)
    if look == "emphasis":
        return (Emphasis(inner),)
    return (Span(_SPANS[look], inner),)


def _merged(found: Sequence[Inline]) -> Inlines:
    result: list[Inline] = []
    for texts, group in groupby(found, key=lambda inline: isinstance(inline, Text)):
        if texts:
            result.append(Text("".join(i.text for i in group if isinstance(i, Text))))
        else:
            result += group
    return tuple(result)


def web(style: Style) -> str:
    """The address of a link into the book or to the web; links of any other kind are no more than their words."""
    if style.anchor is None or not style.anchor.href:
        return ""
    if style.anchor.place:
        return f"#{style.anchor.place}"
    try:
        parts = urlsplit(style.anchor.href)
    except ValueError:
        return ""
    usable = parts.scheme.lower() in _SCHEMES and (parts.netloc or parts.scheme.lower() == "mailto")
    return style.anchor.href if usable and not re.search(r"[\s<>\"\x00-\x1f]", style.anchor.href) else ""


def _foreign(style: Style, language: str) -> str:
    own = style.language.replace("_", "-")
    same = own.partition("-")[0].lower() == language.partition("-")[0].lower()
    return "" if same or not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", own) else own
