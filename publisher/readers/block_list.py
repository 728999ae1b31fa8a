# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks as they are collected: lines of verse one by one, and calls that stand behind a block's last words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.document import (
    Block,
    Byline,
    Dateline,
    Dedication,
    Direction,
    Epigraph,
    Heading,
    Lines,
    List,
    NoteCall,
    Paragraph,
    Passage,
    Quote,
    Salutation,
    Signature,
    Speech,
    Subtitle,
    Synopsis,
    Verse,
    VerseLine,
)

Calls: TypeAlias = tuple[NoteCall, ...]


class _Poem(Struct):
    """Verse that may go on; the last stanza takes further lines while it is open."""

    stanzas: list[list[VerseLine]] = field(default_factory=list)
    is_open: bool = False

    def add(self, line: VerseLine) -> None:
        if not self.is_open:
            self.stanzas.append([])
        self.stanzas[-1].append(line)
        self.is_open = True


class BlockList:
    """Blocks in their order; calls behind the last one are kept until the next begins, for there may be thousands."""

    def __init__(self) -> None:
        self._items: list[Block | _Poem] = []
        self._calls: list[NoteCall] = []

    def __bool__(self) -> bool:
        return bool(self._items)

    def add(self, *blocks: Block) -> None:
        if blocks:
            self._settle()
            self._items += blocks

    def add_line(self, line: VerseLine) -> None:
        """One more line of the poem at hand."""
        self._settle()
        last = self._items[-1] if self._items else None
        poem = last if isinstance(last, _Poem) else _Poem()
        if poem is not last:
            self._items.append(poem)
        poem.add(line)

    def end_stanza(self) -> None:
        if self._items and isinstance(poem := self._items[-1], _Poem):
            poem.is_open = False

    def attach(self, call: NoteCall) -> bool:
        """Puts a call behind the last words; false where there are none that could have it."""
        last = self._items[-1] if self._items else None
        if last is None or not (self._calls or isinstance(last, _Poem) or with_calls(last, (call,))):
            return False
        self._calls.append(call)
        return True

    def blocks(self) -> tuple[Block, ...]:
        self._settle()
        return tuple(Verse(tuple(map(tuple, x.stanzas))) if isinstance(x, _Poem) else x for x in self._items)

    def _settle(self) -> None:
        """Puts the calls behind the last words."""
        calls, self._calls = tuple(self._calls), []
        last = self._items[-1] if calls else None
        if isinstance(last, _Poem):
            last.stanzas[-1][-1] = _called_line(last.stanzas[-1][-1], calls)
        elif last:
            self._items[-1] = with_calls(last, calls) or last


def _called_line(line: VerseLine, calls: Calls) -> VerseLine:
    return replace(line, inlines=(*line.inlines, *calls))


def with_calls(block: Block, calls: Calls) -> Block | None:
    """The block with calls behind its last words; None where it has none that could have them."""
    match block:
        case (
            Paragraph(inlines)
            | Subtitle(inlines)
            | Byline(inlines)
            | Synopsis(inlines)
            | Direction(inlines)
            | Salutation(inlines)
            | Heading(inlines)
        ):
            return replace(block, inlines=(*inlines, *calls))
        case Dateline(lines) | Signature(lines) | Lines(lines) if lines:
            return replace(block, lines=(*lines[:-1], (*lines[-1], *calls)))
        case Epigraph(blocks) | Dedication(blocks) | Quote(blocks) | Passage(_, blocks) | Speech(_, blocks) if blocks:
            inner = with_calls_behind(blocks, calls)
            return replace(block, blocks=inner) if inner else None
        case Verse(stanzas):
            *stanza, last = stanzas[-1]
            return Verse((*stanzas[:-1], (*stanza, _called_line(last, calls))))
        case List(items) if items and items[-1]:
            inner = with_calls_behind(items[-1], calls)
            return replace(block, items=(*items[:-1], inner)) if inner else None
        case _:
            return None


def with_calls_behind(blocks: Sequence[Block], calls: Calls) -> tuple[Block, ...] | None:
    """The blocks with calls behind the last one."""
    called = with_calls(blocks[-1], calls)
    return (*blocks[:-1], called) if called else None
