# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run -> its characters as one text, and a run with some of these characters changed.

Note calls and page marks have no width, so that rules see the words on either side side by side; a line break is
a
line feed; what holds no words of its own language's typography (code, a picture) is one character that nothing changes.
Edits go into the leaves that they fall into, so that emphasis, links and note calls stay where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from msgspec import Struct
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
    plain,
)

OPAQUE = "\N{OBJECT REPLACEMENT CHARACTER}"
_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)\S+")
# What may stand in an e-mail address, and how far one is looked for.
_ADDRESS_END = re.compile(r"[\s<>()\"“”,;]")
_LONGEST_ADDRESS = 80


class Edit(Struct, frozen=True):
    """The characters from `start` to `end` are to be `after`, by one rule; never empty, so that it has a leaf."""

    start: int
    end: int
    after: str
    rule: str


class Flow(Struct, frozen=True):
    """The characters of a run.

    `spans` are those of its texts, `locked` what no rule may change: addresses, words in another language.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    locked: tuple[tuple[int, int], ...]

    def one_leaf(self, start: int, end: int) -> bool:
        """Whether the characters stand in one text: no element begins or ends among them."""
        at = bisect_right(self.spans, (start, len(self.text))) - 1
        return at >= 0 and self.spans[at][0] <= start and end <= self.spans[at][1]

    def all_text(self, start: int, end: int) -> bool:
        """Whether none of the characters stands for a line break, code or a picture."""
        at = bisect_right(self.spans, (start, len(self.text))) - 1
        while at >= 0 and start < end and at < len(self.spans) and self.spans[at][0] <= start < self.spans[at][1]:
            start, at = self.spans[at][1], at + 1
        return start >= end

    def free(self, start: int, end: int) -> bool:
        """Whether rules may change the characters."""
        at = bisect_right(self.locked, (start, len(self.text))) - 1
        before = at >= 0 and self.locked[at][1] > start
        return not before and (at + 1 == len(self.locked) or self.locked[at + 1][0] >= end)


def flow(inlines: Inlines) -> Flow:
    """The characters of a run; white space counts."""
    gathered = _Gathered()
    gathered.add(inlines)
    text = "".join(gathered.pieces)
    return Flow(text, tuple(gathered.spans), tuple(_merged(sorted((*gathered.locked, *_addresses(text))))))


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in their order, those that overlap made one."""
    start = end = -1
    for low, high in spans:
        if low > end:
            if end > start:
                yield start, end
            start, end = low, high
        end = max(end, high)
    if end > start:
        yield start, end


class _Gathered:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.locked: list[tuple[int, int]] = []
        self._at = 0

    def add(self, inlines: Inlines) -> None:
        for inline in inlines:
            match inline:
                case Text(text):
                    if text:
                        self.spans.append((self._at, self._at + len(text)))
                        self._append(text)
                case Emphasis(inner) | Span(_, inner):
                    self.add(inner)
                case Foreign(_, inner):
                    self._add_locked(inner)
                case Link(_, inner):
                    (self._add_locked if _ADDRESS.match(plain(inner)) else self.add)(inner)
                case LineBreak():
                    self._append("\n")
                case Code() | Image():
                    self._append(OPAQUE)
                case NoteCall() | PageMark() | Anchor():
                    pass
                case _:
                    assert_never(inline)

    def _add_locked(self, inlines: Inlines) -> None:
        start = self._at
        self.add(inlines)
        self.locked.append((start, self._at))

    def _append(self, text: str) -> None:
        self.pieces.append(text)
        self._at += len(text)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where web and e-mail addresses stand: "www.example.org/a--b", "o'neill@example.org"."""
    if "://" in text or "www." in text:
        yield from (match.span() for match in _ADDRESS.finditer(text))
    at = text.find("@")
    while at >= 0:
        end = _ADDRESS_END.search(text, at, at + _LONGEST_ADDRESS)
        before = _ADDRESS_END.split(text[max(0, at - _LONGEST_ADDRESS) : at])[-1]
        yield at - len(before), end.start() if end else min(len(text), at + _LONGEST_ADDRESS)
        at = text.find("@", at + 1)


def spliced(inlines: Inlines, edits: Sequence[Edit]) -> Inlines:
    """The run with its edits made; they are sorted and do not overlap.

    What an edit puts in stands in the text in which it begins; elements that are left without anything go.
    """
    return _Splice(edits).inlines(inlines) if edits else inlines


class _Splice:
    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._next = 0
        self._at = 0

    def inlines(self, inlines: Inlines) -> Inlines:
        return tuple(made for inline in inlines if (made := self._inline(inline)) is not None)

    def _inline(self, inline: Inline) -> Inline | None:
        match inline:
            case Text(text):
                made = self._text(text)
                return Text(made) if made or not text else None
            case Emphasis(inner) | Span(_, inner) | Foreign(_, inner) | Link(_, inner):
                within = self.inlines(inner)
                return replace(inline, inlines=within) if within or not inner else None
            case LineBreak() | Code() | Image():
                self._at += 1
                return inline
            case NoteCall() | PageMark() | Anchor():
                return inline
            case _:
                assert_never(inline)

    def _text(self, text: str) -> str:
        start, end = self._at, self._at + len(text)
        self._at = end
        pieces: list[str] = []
        kept = start
        while self._next < len(self._edits) and self._edits[self._next].start < end:
            edit = self._edits[self._next]
            if edit.start >= start:
                pieces += (text[kept - start : edit.start - start], edit.after)
            kept = min(edit.end, end)
            if edit.end > end:
                break
            self._next += 1
        pieces.append(text[kept - start :])
        return "".join(pieces)
