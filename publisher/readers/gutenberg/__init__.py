# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain texts of Project Gutenberg, old and new -> Read.

Header, credits and licence go their own ways (header, notices, rights); of the rest, notes and lists of contents are
taken out, headings found and put into a tree (notes, contents, headings, outline), and chunks of lines become blocks
(shapes, blocks, drama, inlines). The forms are described by example in tests/cases/gutenberg.
https://www.gutenberg.org/attic/gutenberg_faq.html
https://www.pgdp.net/wiki/DP_Official_Documentation:PP_and_PPV/Post-Processing_FAQ
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from publisher.document import Book, Chapter, Inlines, Part, plain
from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Entry, Fate
from publisher.metadata import header as fields
from publisher.metadata.model import Metadata, Statement
from publisher.readers import Read, Source
from publisher.readers.gutenberg import bracketed, contents, headings, notes as note_bodies, notices, rights
from publisher.readers.gutenberg.assembly import Assembly
from publisher.readers.gutenberg.blocks import Builder
from publisher.readers.gutenberg.encoding import decode
from publisher.readers.gutenberg.frame import divide
from publisher.readers.gutenberg.front import without_title
from publisher.readers.gutenberg.header import Header, read_header
from publisher.readers.gutenberg.inlines import Writer
from publisher.readers.gutenberg.languages import tags
from publisher.readers.gutenberg.notices import Notices
from publisher.readers.gutenberg.outline import Item, outline
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.shapes import base_of, width_of
from publisher.readers.language import identify
from publisher.readers.lines import Chunk, chunks as chunked, split

_SHORT_TITLE = 60


class _Text(Struct, frozen=True):
    """One file, read."""

    title: Inlines
    subtitle: Inlines
    contents: tuple[Part | Chapter, ...]
    metadata: Metadata
    ledger: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:  # noqa: ARG001 (plain text has neither)
    """Reads a work from its file; the files of several volumes become parts. Raises SourceError if nothing is there."""
    texts = [_text(source) for source in sources]
    first = texts[0]
    ledger = tuple(entry for text in texts for entry in text.ledger)
    problems = sorted((p for text in texts for p in text.problems), key=lambda p: (p.location, p.code))
    if len(texts) == 1:
        book = Book(first.title, first.subtitle, first.contents)
    else:
        volumes = tuple(Part(text.title + text.subtitle, text.contents) for text in texts)
        book = Book((), (), volumes)
    return Read(book, first.metadata, ledger, tuple(problems))


def _text(source: Source) -> _Text:
    text, problems = decode(source.file, source.data)
    lines, found = split(source.file, text)
    problems += found
    record = Record(lines)
    frame = divide(lines)
    record.paint(frame.terms, Fate.RIGHTS, "terms of the archive")
    header = read_header(frame.header, record)
    taken = notices.take(list(chunked(frame.text)), frame.opens, record, copyrighted=frame.copyrighted)
    notes = note_bodies.Notes()
    chunks = without_title(taken.chunks, header, record)
    chunks = bracketed.take_bracketed(chunks, record, notes)
    chunks, named = _without_contents(chunks, record)
    items = _items(chunks, headings.find(chunks, named, taken.opens), record, notes)
    writer = Writer(record)
    builder = Builder(writer, record, width=width_of(chunks), base=base_of(chunks))
    assembly = Assembly(outline(items), notes.bodies, record, writer, builder)
    if assembly.is_empty:
        raise SourceError([Problem("S009", "the file holds no text below its header", Location(source.file))])
    assembly.resolve(line for item in items for line in item.lines)
    made = assembly.contents()
    statements = rights.statements(
        frame.header, frame.terms, [*header.fields, *taken.fields], frame.text, copyrighted=frame.copyrighted
    )
    title, subtitle = writer.run(header.title), writer.run(header.subtitle)
    metadata = _metadata(header, taken, statements, title, subtitle, chunks)
    problems += [*taken.problems, *notes.problems, *assembly.problems]
    return _Text(title, subtitle, made, metadata, tuple(record.entries()), tuple(problems))


def _without_contents(chunks: Sequence[Chunk], record: Record) -> tuple[list[Chunk], set[str]]:
    """The chunks without lists of contents, and the letters of what these name."""
    lists = contents.find(chunks)
    listed = {i for start, stop in lists.ranges for i in range(start, stop)}
    for i in listed:
        record.paint(chunks[i].lines, Fate.CONTENTS, "the book makes its own contents list")
    return [chunk for i, chunk in enumerate(chunks) if i not in listed], lists.listed


def _items(
    chunks: Sequence[Chunk], found: dict[int, headings.Heading], record: Record, notes: note_bodies.Notes
) -> list[Item]:
    """Headings and the chunks of the text, without notes."""
    kept, revoked = note_bodies.take_labelled(chunks, found, record, notes)
    items: list[Item] = []
    skip = 0
    for i, chunk in enumerate(kept):
        heading = found.get(i) if i not in revoked else None
        if i < skip or chunk is None:
            continue
        items.append(heading or chunk)
        skip = i + (heading.chunks if heading else 1)
    return items


def _metadata(
    header: Header,
    taken: Notices,
    statements: tuple[Statement, ...],
    title: Inlines,
    subtitle: Inlines,
    chunks: Sequence[Chunk],
) -> Metadata:
    known, _ = fields.interpret([field for field in header.fields if field.key == "first_published"])
    languages = tags(header.language)
    name = plain(title)
    return Metadata(
        title=name,
        short_title=_short(name),
        subtitle=plain(subtitle) or None,
        language=languages[0] if languages else identify(chunk.text for chunk in chunks[:400]),
        contributors=tuple(dict.fromkeys([*header.people, *taken.people])),
        published=known.published,
        statements=statements,
        fields=(*header.fields, *taken.fields),
    )


def _short(title: str) -> str | None:
    """A title for running heads: up to its first colon or semicolon where it is long."""
    head = re.split(r"[;:(]|,\s+or\b", title)[0].strip(" .,") if len(title) > _SHORT_TITLE else title
    if len(head) <= _SHORT_TITLE:
        return head or None
    return f"{head[:_SHORT_TITLE].rsplit(' ', 1)[0].rstrip(' ,;:')} …"
