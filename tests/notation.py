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
  speech: HAMLET.                       what is said is indented
  - p: item of a list                   "1. p:" where the items are counted
  _emphasis_, <strong words>, <de words>, `code`, |461| a page mark, >>verse indented by two steps
left out 3: breadcrumb                  line 3 of the source is not printed, and why
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from publisher.document import (
    Anchor,
    Block,
    Break,
    Byline,
    Chapter,
    Code,
    Dateline,
    Dedication,
    Definitions,
    Direction,
    Emphasis,
    Epigraph,
    Figure,
    Foreign,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Lines,
    Link,
    List,
    Listing,
    NoteCall,
    PageMark,
    Paragraph,
    Part,
    Passage,
    Quote,
    Salutation,
    Section,
    Signature,
    Span,
    Speech,
    Subtitle,
    Synopsis,
    Table,
    Text,
    Verse,
    VerseLine,
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
    yield from _items(read.book.contents, "", several=several)
    for entry in read.ledger:
        if entry.reason:
            yield f"left out {f'{entry.file}:' if several else ''}{entry.line}: {entry.reason}"


def _items(items: Iterable[Part | Chapter], rank: str, *, several: bool) -> Iterator[str]:
    """Parts and chapters; a part inside a part is a "part part"."""
    for item in items:
        if isinstance(item, Part):
            yield f"{rank}part: {_heading(item.number, item.title)}"
            yield from _indented(_blocks(item.blocks))
            yield from _items(item.contents, f"{rank}part ", several=several)
        else:
            yield from _chapter(item, file=f" [{item.file}]" if several else "")


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
        case (
            Subtitle(inlines)
            | Byline(inlines)
            | Synopsis(inlines)
            | Direction(inlines)
            | Salutation(inlines)
            | Heading(inlines)
        ):
            yield f"{_name(block)}: {_inlines(inlines)}"
        case Epigraph(blocks) | Dedication(blocks) | Quote(blocks):
            yield from (f"{_name(block)} {line}" for line in _blocks(blocks))
        case Passage(language, blocks):
            yield from (f"{language} {line}" for line in _blocks(blocks))
        case Verse(stanzas):
            yield f"verse: {' // '.join(' / '.join(map(_verse_line, stanza)) for stanza in stanzas)}"
        case Speech(speaker, blocks):
            yield f"speech: {_inlines(speaker)}"
            yield from _indented(_blocks(blocks))
        case Dateline(lines) | Signature(lines) | Lines(lines):
            yield f"{_name(block)}: {_lines(lines)}"
        case List(items, ordered, start):
            yield from _list(items, start if ordered else None)
        case Definitions(definitions):
            for definition in definitions:
                yield f"term: {_lines(definition.terms)}"
                yield from _indented(_blocks(definition.blocks))
        case Listing(text, language):
            yield f"listing {language}:".replace(" :", ":")
            yield from (f"  | {line}" for line in text.split("\n"))
        case Table():
            yield from _table(block)
        case Figure(image, caption):
            yield f"figure: {_inline(image)}"
            yield from _indented(_blocks(caption))
        case Break(mark):
            yield f"break: {mark}"
        case _:
            assert_never(block)


def _name(block: Block) -> str:
    return type(block).__name__.lower()


def _verse_line(line: VerseLine) -> str:
    return ">" * line.indent + _inlines(line.inlines)


def _list(items: Iterable[Iterable[Block]], start: int | None) -> Iterator[str]:
    for number, item in enumerate(items, start or 0):
        mark = "-" if start is None else f"{number}."
        for line in _blocks(item):
            yield f"{mark} {line}"
            mark = " " * len(mark)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"caption: {_inlines(table.caption)}"
    name = f"table with {table.head} of head" if table.head else "table"
    yield f"{name}: {' / '.join(' | '.join(map(_inlines, row)) for row in table.rows)}"


def _lines(lines: Iterable[Inlines]) -> str:
    return " / ".join(map(_inlines, lines))


def _inlines(inlines: Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Emphasis(inner):
            return f"_{_inlines(inner)}_"
        case Span(kind, inner):
            return f"<{kind} {_inlines(inner)}>"
        case Foreign(language, inner):
            return f"<{language} {_inlines(inner)}>"
        case Link(url, inner):
            return f"<{url} {_inlines(inner)}>"
        case Code(text):
            return f"`{text}`"
        case Image(file, alt):
            return f"<picture {file}: {alt}>"
        case PageMark(label):
            return f"|{label}|"
        case Anchor(name):
            return f"<here {name}>"
        case LineBreak():
            return " / "
        case NoteCall(note):
            return f"{{{note + 1}}}"
        case _:
            assert_never(inline)
