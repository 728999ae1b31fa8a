# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was read, in lines that a person can compare with the source.

title: The Title{1}                     {1} calls the first note of its chapter
author: V. I. Lenin                     each contributor under the role
written: 1921-04-14                     dates as EDTF where they can be read
field Copyleft: ...                     a header line without a place of its own, label and value as they stand
chapter: Chapter I | A Disastrous Dogma count and title
  p: words of a paragraph
  verse: one line / next line // next stanza
  table: cell | cell / cell | cell
  section: a headed stretch; what belongs to it is indented
  note 1 [*]: first paragraph of the chapter's first note, whose label is "*"
  note 1: its next paragraph
left out 3: breadcrumb                  line 3 of the source is not printed, and why
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from publisher.document import (
    Block,
    Break,
    Chapter,
    Emphasis,
    Epigraph,
    Inline,
    Inlines,
    LineBreak,
    Lines,
    Link,
    NoteCall,
    Paragraph,
    Part,
    Section,
    Signature,
    Subtitle,
    Synopsis,
    Table,
    Text,
    Verse,
)
from publisher.metadata.model import Date, Metadata
from publisher.readers import Read


def document(read: Read) -> str:
    return "\n".join(line.rstrip() for line in _document(read))


def problems(read: Read) -> str:
    """Each as LINE:COLUMN CODE MESSAGE; the file's name only where there are several."""
    several = len({entry.file for entry in read.ledger}) > 1
    return "\n".join(
        f"{str(p.location) if several else f'{p.location.line}:{p.location.column}'} {p.code} {p.message}"
        for p in read.problems
    )


def _document(read: Read) -> Iterator[str]:
    yield f"title: {_inlines(read.book.title)}"
    if read.book.subtitle:
        yield f"subtitle: {_inlines(read.book.subtitle)}"
    yield from _metadata(read.metadata)
    several = len({entry.file for entry in read.ledger}) > 1
    for item in read.book.contents:
        if isinstance(item, Part):
            yield f"part: {_heading(item.number, item.title)}"
        for chapter in item.chapters if isinstance(item, Part) else (item,):
            yield from _chapter(chapter, file=f" [{chapter.file}]" if several else "")
    for entry in read.ledger:
        if entry.reason:
            yield f"left out {f'{entry.file}:' if several else ''}{entry.line}: {entry.reason}"


def _metadata(metadata: Metadata) -> Iterator[str]:
    if metadata.short_title != metadata.title:
        yield f"short title: {metadata.short_title}"
    yield from (f"{person.role}: {person.name}" for person in metadata.contributors)
    yield from _date("written", metadata.written)
    yield from _date("published", metadata.published)
    if metadata.source:
        yield f"source: {metadata.source.stated}"
        yield f"source volume {metadata.source.volume}, pages {metadata.source.pages}"
    yield from (f"statement {statement.label}: {statement.text}" for statement in metadata.statements)
    for field in metadata.fields:
        if field.key is None:
            yield f"field {field.label}: {field.value}"
    if metadata.language not in (None, "en"):
        yield f"language: {metadata.language}"


def _date(name: str, date: Date | None) -> Iterator[str]:
    if date:
        yield f"{name}: {date.edtf or f'unreadable, {date.stated}'}"


def _chapter(chapter: Chapter, file: str) -> Iterator[str]:
    yield f"{chapter.kind}{file}: {_heading(chapter.number, chapter.title)}"
    yield from _indented(_content(chapter.blocks, chapter.sections))
    for number, note in enumerate(chapter.notes, 1):
        head = f"note {number} [{note.label}]{'' if note.called else ' not called'}"
        for line in _blocks(note.blocks) if note.blocks else ("p:",):
            yield f"  {head}{line.removeprefix('p') if line.startswith('p:') else f' {line}'}"
            head = f"note {number}"


def _heading(number: str, title: Inlines) -> str:
    return " | ".join(filter(None, (number, _inlines(title))))


def _content(blocks: Iterable[Block], sections: Iterable[Section]) -> Iterator[str]:
    yield from _blocks(blocks)
    for section in sections:
        yield f"section: {_inlines(section.title)}"
        yield from _indented(_content(section.blocks, section.sections))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(inlines):
            yield f"p: {_inlines(inlines)}"
        case Subtitle(inlines):
            yield f"subtitle: {_inlines(inlines)}"
        case Synopsis(inlines):
            yield f"synopsis: {_inlines(inlines)}"
        case Epigraph(blocks):
            yield from (f"epigraph {line}" for line in _blocks(blocks))
        case Verse(stanzas):
            yield f"verse: {' // '.join(_lines(stanza) for stanza in stanzas)}"
        case Signature(lines):
            yield f"signature: {_lines(lines)}"
        case Lines(lines):
            yield f"lines: {_lines(lines)}"
        case Table(rows):
            yield f"table: {' / '.join(' | '.join(map(_inlines, row)) for row in rows)}"
        case Break(mark):
            yield f"break: {mark}"
        case _:
            assert_never(block)


def _lines(lines: Iterable[Inlines]) -> str:
    return " / ".join(map(_inlines, lines))


def _inlines(inlines: Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Emphasis(inner) | Link(_, inner):
            return _inlines(inner)
        case LineBreak():
            return " / "
        case NoteCall(note):
            return f"{{{note + 1}}}"
        case _:
            assert_never(inline)
