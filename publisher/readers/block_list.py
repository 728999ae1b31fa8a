# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks as they are collected: lines of verse one by one, and calls that stand behind a block's last words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publisher.document import (
    Block,
    Byline,
    Dateline,
    Dedication,
    Direction,
    Epigraph,
    Heading,
    Inlines,
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


@dataclass(slots=True)
class _Poem:
    """Verse that may go on; the last stanza takes further lines while it is open."""

    stanzas: list[list[VerseLine]] = field(default_factory=list)
    is_open: bool = False

    def add(self, line: VerseLine) -> None:
        if not self.is_open:
            self.stanzas.append([])
        self.stanzas[-1].append(line)
        self.is_open = True


class BlockList:
    """Blocks in their order."""

    def __init__(self) -> None:
        self._items: list[Block | _Poem] = []

    def __bool__(self) -> bool:
        return bool(self._items)

    def add(self, *blocks: Block) -> None:
        self._items += blocks

    def add_line(self, line: VerseLine) -> None:
        """One more line of the poem at hand."""
        if not self._items or not isinstance(self._items[-1], _Poem):
            self._items.append(_Poem())
        poem = self._items[-1]
        if isinstance(poem, _Poem):
            poem.add(line)

    def end_stanza(self) -> None:
        if self._items and isinstance(poem := self._items[-1], _Poem):
            poem.is_open = False

    def attach(self, call: NoteCall) -> bool:
        """Puts a call behind the last words; false where there are none that could have it."""
        last = self._items[-1] if self._items else None
        if isinstance(last, _Poem):
            last.stanzas[-1][-1] = _called_line(last.stanzas[-1][-1], call)
            return True
        called = with_call(last, call) if last else None
        if called:
            self._items[-1] = called
        return called is not None

    def blocks(self) -> tuple[Block, ...]:
        return tuple(map(_finished, self._items))


def _finished(item: Block | _Poem) -> Block:
    return Verse(tuple(map(tuple, item.stanzas))) if isinstance(item, _Poem) else item


def _called_line(line: VerseLine, call: NoteCall) -> VerseLine:
    return replace(line, inlines=(*line.inlines, call))


def with_call(block: Block, call: NoteCall) -> Block | None:
    """The block with a call behind its last words; None where it has none that could have it."""
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
            return replace(block, inlines=(*inlines, call))
        case Dateline(lines) | Signature(lines) | Lines(lines) if lines:
            return replace(block, lines=(*lines[:-1], _called(lines[-1], call)))
        case Epigraph(blocks) | Dedication(blocks) | Quote(blocks) | Passage(_, blocks) | Speech(_, blocks) if blocks:
            inner = with_call_behind(blocks, call)
            return replace(block, blocks=inner) if inner else None
        case Verse(stanzas):
            *stanza, last = stanzas[-1]
            return Verse((*stanzas[:-1], (*stanza, _called_line(last, call))))
        case List(items) if items and items[-1]:
            inner = with_call_behind(items[-1], call)
            return replace(block, items=(*items[:-1], inner)) if inner else None
        case _:
            return None


def _called(inlines: Inlines, call: NoteCall) -> Inlines:
    return (*inlines, call)


def with_call_behind(blocks: Sequence[Block], call: NoteCall) -> tuple[Block, ...] | None:
    """The blocks with a call behind the last one."""
    *others, last = blocks
    called = with_call(last, call)
    return (*others, called) if called else None
