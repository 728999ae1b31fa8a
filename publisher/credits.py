# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its licence and credits page: who made the text, what may be done with it, how the edition was made.

Everything that the transcription's header states stands here in its own words, labels included. The page is a chapter
like any other, so that EPUB and PDF show the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher import __version__
from publisher.document import (
    Block,
    Chapter,
    Code,
    Emphasis,
    Inline,
    Inlines,
    Leaf,
    Lines,
    Link,
    Paragraph,
    Section,
    Text,
    leaves,
    nested,
    note_runs,
    plain,
    runs,
    text_runs,
)
from publisher.edition import Edition
from publisher.families import LICENCES, Family
from publisher.fonts import CODE
from publisher.glyphs import used
from publisher.licences.model import Licence, Status
from publisher.licences.statements import recognise
from publisher.metadata.model import Field, Metadata, Piece, Role
from publisher.wording import wording


class Phrases(Struct, frozen=True, kw_only=True):
    """The words of the page in one language; braces stand for what the edition gives."""

    title: str
    and_: str
    line: str
    written: str
    published: str
    source: str
    roles: dict[Role, str]
    taken_from: str
    archive: str
    licence: str
    statement: str
    statements: str
    whose: str
    recorded: str
    named: str
    status: dict[Status, str]
    enclosed: str
    pieces: str
    edition: str
    publisher: str
    series: str
    number: str
    date: str
    unchanged: str
    changed: str
    added: str
    added_to_text: str
    made: str
    typeface: str
    typefaces: str
    font_licence: str


PHRASES = {
    "en": Phrases(
        title="Licence and credits",
        and_=" and ",
        line="{}: {}",
        written="Written",
        published="Published",
        source="Source",
        roles={
            Role.AUTHOR: "Author",
            Role.TRANSLATOR: "Translation",
            Role.EDITOR: "Editing",
            Role.INTRODUCTION: "Introduction",
            Role.TRANSCRIBER: "Transcription",
            Role.MARKUP: "Markup",
            Role.PROOFREADER: "Proofreading",
        },
        taken_from="The transcription was taken from ",
        archive="The transcription was published under {}.",
        licence="Licence",
        statement="The transcription carries this statement:",
        statements="The transcription carries these statements:",
        whose=(
            "This is the word of those who published the transcription. Whether it also holds for the original, a"
            " translation or an introduction is not proved by it."
        ),
        recorded="Those who prepared this edition have recorded the licence that it is published under.",
        named="Licence: {}",
        status={
            Status.FREE: "",
            Status.RESTRICTED: (
                "Use is restricted: what the licence or the statement does not expressly allow needs the consent of"
                " those who hold the rights."
            ),
            Status.REFUSED: (
                "This edition may not be copied or passed on without the consent of those who hold the rights."
            ),
            Status.NOT_STATED: "Whether this edition may be copied or passed on is therefore not known.",
        },
        pieces="The pieces of this book",
        enclosed="The full text of the licence stands at the end.",
        edition="This edition",
        publisher="Published by {}.",
        series="In the series {}.",
        number="{}, no. {}",
        date="Edition of {}.",
        unchanged="Words and punctuation stand as in the transcription, misprints included.",
        changed="Compared with the transcription, this was changed:",
        added=(
            "Added were the title page, contents, running heads, page numbers, links between the text and its notes,"
            " and this page."
        ),
        added_to_text="Added were the header, the signs that are explained above, and these pages at the end.",
        made="Made with publisher {}.",
        typeface="The printed pages are set in {}.",
        typefaces="The printed pages are set in {} and partly in {}.",
        font_licence="{}: {}, ",
    ),
}


def credits(edition: Edition, *, plain_text: bool = False) -> Chapter:  # noqa: A001 (Python's own is for the console)
    """The page, in English whatever the language of the text; a plain text has no typefaces to name."""
    phrases, metadata = PHRASES["en"], edition.metadata
    return Chapter(
        title=(Text(phrases.title),),
        blocks=(_work(edition, phrases), *_header(metadata, phrases), *_origin(metadata, phrases)),
        sections=(
            Section((Text(phrases.licence),), tuple(_rights(edition, phrases))),
            *_pieces(metadata.pieces, phrases),
            Section((Text(phrases.edition),), tuple(_making(edition, phrases, plain_text=plain_text))),
        ),
    )


def _work(edition: Edition, phrases: Phrases) -> Lines:
    authors = _list(edition.metadata.names(Role.AUTHOR), phrases)
    below = tuple((Text(line),) for line in (edition.metadata.subtitle, authors) if line)
    return Lines(((Emphasis((Text(edition.title),)),), *below))


def _list(names: Sequence[str], phrases: Phrases) -> str:
    return phrases.and_.join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _header(metadata: Metadata, phrases: Phrases) -> Iterator[Lines]:
    """The header's fields as they stand, then what only the settings say."""
    fields = [field for field in metadata.fields if not _is_statement(field, metadata)]
    said = "\n".join(field.value for field in fields)
    missing = ((label, value) for label, value in _values(metadata, phrases) if value not in said)
    lines = [(field.label, field.value) for field in fields] + list(missing)
    if lines:
        yield Lines(tuple(_line(label, value, phrases) for label, value in lines))


def _line(label: str, value: str, phrases: Phrases) -> Inlines:
    return (Text(phrases.line.format(label, value) if label else value),)


def _is_statement(field: Field, metadata: Metadata) -> bool:
    return any(field.location == said.location and field.value == said.text for said in metadata.statements)


def _values(metadata: Metadata, phrases: Phrases) -> Iterator[tuple[str, str]]:
    if metadata.written:
        yield phrases.written, metadata.written.stated
    if metadata.published:
        yield phrases.published, metadata.published.stated
    if metadata.source:
        yield phrases.source, metadata.source.stated
    for person in metadata.contributors:
        # The author stands at the head of the page.
        if person.role is not Role.AUTHOR:
            yield phrases.roles[person.role], person.name


def _origin(metadata: Metadata, phrases: Phrases) -> Iterator[Block]:
    if metadata.source_url:
        yield Paragraph((Text(phrases.taken_from), _link(metadata.source_url), Text(".")))
    elif metadata.archive:
        yield _paragraph(phrases.archive.format(" > ".join(metadata.archive)))


def _rights(edition: Edition, phrases: Phrases) -> Iterator[Block]:
    licence, statements = edition.licence, tuple(dict.fromkeys((s.label, s.text) for s in edition.metadata.statements))
    if statements:
        yield _paragraph(phrases.statement if len(statements) == 1 else phrases.statements)
        yield Lines(tuple(_line(label, text, phrases) for label, text in statements))
        yield _paragraph(phrases.whose)
    if licence.recorded:
        yield _paragraph(phrases.recorded)
    if licence.name:
        yield Paragraph((Text(phrases.named.format(_name(licence))), *_linked(licence.url)))
    consequences = (*licence.reasons, phrases.status[licence.status], phrases.enclosed if licence.text else "")
    if any(consequences):
        yield _paragraph(" ".join(filter(None, consequences)))


def _pieces(pieces: Sequence[Piece], phrases: Phrases) -> Iterator[Section]:
    """What each piece of an anthology says about itself, its own licence with it."""
    if pieces:
        yield Section((Text(phrases.pieces),), (), tuple(_piece(piece, phrases) for piece in pieces))


def _piece(piece: Piece, phrases: Phrases) -> Section:
    authors = _list([person.name for person in piece.contributors if person.role is Role.AUTHOR], phrases)
    told = {(said.location, said.text) for said in piece.statements}
    fields = [(field.label, field.value) for field in piece.fields if (field.location, field.value) not in told]
    said = [(statement.label, statement.text) for statement in piece.statements]
    lines = (*(((Text(authors),),) if authors else ()), *(_line(*line, phrases) for line in (*fields, *said)))
    licence, _ = recognise(piece.statements, "")
    name = (_paragraph(f"{phrases.named.format(_name(licence))}."),) if licence.name else ()
    return Section((Text(piece.title),), (*((Lines(lines),) if lines else ()), *name))


def _name(licence: Licence) -> str:
    return f"{licence.name} (SPDX: {licence.spdx})" if licence.spdx else str(licence.name)


def _linked(url: str | None) -> tuple[Inline, ...]:
    return (Text(", "), _link(url), Text(".")) if url else (Text("."),)


def _making(edition: Edition, phrases: Phrases, *, plain_text: bool) -> Iterator[Block]:
    metadata = edition.metadata
    added = phrases.added_to_text if plain_text else phrases.added
    if metadata.publisher:
        yield _paragraph(phrases.publisher.format(metadata.publisher))
    if metadata.series:
        name, position = metadata.series.name, metadata.series.position
        yield _paragraph(phrases.series.format(phrases.number.format(name, position) if position else name))
    if metadata.edition_date:
        yield _paragraph(phrases.date.format(metadata.edition_date))
    if metadata.changes:
        yield _paragraph(phrases.changed)
        yield Lines(tuple((Text(change),) for change in metadata.changes))
        yield _paragraph(added)
    else:
        yield _paragraph(f"{phrases.unchanged} {added}")
    if plain_text:
        yield _paragraph(phrases.made.format(__version__))
        return
    yield Paragraph((Text(f"{phrases.made.format(__version__)} "), *_typefaces(_families(edition), phrases)))


def _typefaces(families: Sequence[Family], phrases: Phrases) -> Iterator[Inline]:
    """The typefaces of the printed pages, and the licence of each."""
    first, *others = [family.name for family in families]
    yield Text(phrases.typefaces.format(first, _list(others, phrases)) if others else phrases.typeface.format(first))
    for licence in dict.fromkeys(family.licence for family in families):
        names = [family.name for family in families if family.licence == licence]
        yield Text(f" {phrases.font_licence.format(_list(names, phrases), licence)}")
        yield _link(LICENCES[licence])
        yield Text(".")


def _families(edition: Edition) -> tuple[Family, ...]:
    """The typefaces that the printed pages of an edition need, those of the text first."""
    book = edition.book
    notes = (run for chapter in book.chapters for note in chapter.notes for run in note_runs(note, marks=True))
    printed: list[Leaf] = [leaf for run in (*text_runs(book), *notes) for leaf in leaves(run)]
    text = "".join(leaf.text for leaf in printed if isinstance(leaf, Text | Code))
    listings = CODE if any(isinstance(leaf, Code) for leaf in printed) else ""
    return used(text + edition.title + edition.authors, edition.language, listings)


def text(edition: Edition) -> str:
    """All that the edition prints beside the text of the work: this page, the title page, words of its own."""
    chapter = credits(edition)
    blocks = (*chapter.blocks, *(block for section in nested(chapter.sections) for block in section.blocks))
    printed = (plain(run) for block in blocks for run in runs(block))
    return "".join((edition.title, edition.subtitle, repr(wording(edition.language)), *printed))


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _link(url: str) -> Link:
    return Link(url, (Text(url),))
