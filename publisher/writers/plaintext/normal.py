# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book -> the same book in the form that a plain text can hold, which the text's reader gives back node by node.

- Characters are composed (NFC); those that XML cannot hold become U+FFFD, as in all formats. In runs, line ends and
  tabs are spaces, which is how every reader of a page takes them. Otherwise white space stays as it is: two spaces,
  spaces at the ends, no-break spaces. In listings lines and tabs stay, too.
- Texts next to each other are one. What holds nothing (an empty text, emphasis around nothing) is left out.
- Counts of headings, marks of breaks and labels of notes have single spaces inside and none around them, as have the
  descriptions of pictures.
- Stanzas without lines are left out; a row of a table has at least one cell.
- `called` says of each note what the calls say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import assert_never

from msgspec.structs import replace

from publisher.characters import printable
from publisher.document import (
    Anchor,
    Block,
    Book,
    Break,
    Byline,
    Chapter,
    Code,
    Dateline,
    Dedication,
    Definition,
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
    Note,
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
    calls,
    nested,
    note_runs,
    runs,
)

_LINE_ENDS = re.compile("[\t\n\r\x85\u2028\u2029]")


def normal(book: Book) -> Book:
    """The book in its normal form."""
    contents = tuple(map(_item, book.contents))
    made = replace(book, title=inlines(book.title), subtitle=inlines(book.subtitle), contents=contents)
    return replace(made, contents=tuple(_told(made)))


def characters(text: str) -> str:
    """Characters of a run."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _LINE_ENDS.sub(" ", printable(text)))


def folded(text: str) -> str:
    """Characters with single spaces between them."""
    return " ".join(characters(text).split())


def inlines(several: Inlines) -> Inlines:
    """A run without empty nodes, with its texts put together."""
    if len(several) == 1 and isinstance(several[0], Text) and several[0].text:
        return (Text(characters(several[0].text)),)
    found: list[Inline] = []
    for is_text, items in groupby(_inner(several), lambda item: isinstance(item, Text)):
        if is_text:
            found.append(Text(characters("".join(item.text for item in items if isinstance(item, Text)))))
        else:
            found += items
    return tuple(found)


def _inner(several: Inlines) -> Iterator[Inline]:
    for inline in several:
        match inline:
            case Text(text):
                made: Inline | None = inline if text else None
            case Code(text):
                made = Code(characters(text)) if text else None
            case Emphasis(inner) | Span(_, inner):
                made = replace(inline, inlines=words) if (words := inlines(inner)) else None
            case Foreign(language, inner):
                made = Foreign(folded(language), words) if (words := inlines(inner)) else None
            case Link(url, inner):
                made = Link(characters(url), words) if (words := inlines(inner)) else None
            case Image(file, alt):
                made = Image(characters(file), folded(alt))
            case PageMark(label):
                made = PageMark(words_) if (words_ := folded(label)) else None
            case Anchor(name):
                made = Anchor(words_) if (words_ := folded(name)) else None
            case LineBreak() | NoteCall():
                made = inline
            case _:
                assert_never(inline)
        if made:
            yield made


def blocks(several: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(map(_block, several))


def _block(block: Block) -> Block:
    match block:
        case (
            Paragraph(run)
            | Subtitle(run)
            | Byline(run)
            | Synopsis(run)
            | Direction(run)
            | Salutation(run)
            | Heading(run)
        ):
            return replace(block, inlines=inlines(run))
        case Epigraph(inner) | Dedication(inner) | Quote(inner):
            return replace(block, blocks=blocks(inner))
        case Passage(language, inner):
            return Passage(folded(language), blocks(inner))
        case Verse(stanzas):
            return Verse(tuple(tuple(map(_verse_line, stanza)) for stanza in stanzas if stanza))
        case Speech(speaker, inner):
            return Speech(inlines(speaker), blocks(inner))
        case Dateline(lines) | Signature(lines) | Lines(lines):
            return replace(block, lines=tuple(map(inlines, lines)))
        case List(items):
            return replace(block, items=tuple(map(blocks, items)), start=block.start if block.ordered else 1)
        case Definitions(definitions):
            return Definitions(tuple(map(_definition, definitions)))
        case Listing(text, language):
            return Listing(_listed(text), folded(language))
        case Table(rows, head, caption):
            cells = tuple(tuple(map(inlines, row or ((),))) for row in rows)
            return Table(cells, max(0, min(head, len(rows))), inlines(caption))
        case Figure(image, caption):
            return Figure(Image(characters(image.file), folded(image.alt)), blocks(caption))
        case Break(mark):
            return Break(folded(mark))
        case _:
            assert_never(block)


def _verse_line(line: VerseLine) -> VerseLine:
    return VerseLine(inlines(line.inlines), max(0, line.indent))


def _definition(definition: Definition) -> Definition:
    return Definition(tuple(map(inlines, definition.terms)), blocks(definition.blocks))


def _listed(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", printable(lines))


def _item(item: Part | Chapter) -> Part | Chapter:
    made = replace(item, title=inlines(item.title), number=folded(item.number), blocks=blocks(item.blocks))
    if isinstance(made, Part):
        return replace(made, contents=tuple(map(_item, made.contents)))
    return replace(made, sections=tuple(map(_section, made.sections)), notes=tuple(map(_note, made.notes)))


def _section(section: Section) -> Section:
    return Section(inlines(section.title), blocks(section.blocks), tuple(map(_section, section.sections)))


def _note(note: Note) -> Note:
    return replace(note, label=folded(note.label), blocks=blocks(note.blocks))


def _told(book: Book) -> Iterator[Part | Chapter]:
    """The contents of a book; each note says whether anything calls it."""
    above = {*_called((book.title, book.subtitle)), *book.header_calls}
    for item in book.contents:
        made, above = _told_item(item, above)
        yield made


def _told_item(item: Part | Chapter, above: set[int]) -> tuple[Part | Chapter, set[int]]:
    """The same for a part or chapter; `above` are the calls of the first chapter's notes that stand before it."""
    if isinstance(item, Chapter):
        called = {*above, *_called(_chapter_runs(item))}
        notes = tuple(replace(note, called=index in called) for index, note in enumerate(item.notes))
        return replace(item, notes=notes), set()
    if item.chapters:
        above = {*above, *_called((item.title, *chain.from_iterable(map(runs, item.blocks))))}
    contents = []
    for inner in item.contents:
        made, above = _told_item(inner, above)
        contents.append(made)
    return replace(item, contents=tuple(contents)), above


def _chapter_runs(chapter: Chapter) -> Iterator[Inlines]:
    several = (chapter.blocks, *(section.blocks for section in nested(chapter.sections)))
    yield chapter.title
    yield from (section.title for section in nested(chapter.sections))
    yield from (run for blocks_ in several for block in blocks_ for run in runs(block))
    yield from chain.from_iterable(map(note_runs, chapter.notes))


def _called(several: Iterable[Inlines]) -> Iterator[int]:
    yield from (call.note for run in several for call in calls(run))
