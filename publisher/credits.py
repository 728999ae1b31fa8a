# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its licence and credits page: who made the text, what may be done with it, how the edition was made.

Everything that the transcription's header states stands here in its own words, labels included. The page is a chapter
like any other, so that EPUB and PDF show the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from publisher import __version__
from publisher.document import (
    Block,
    Chapter,
    Code,
    Emphasis,
    Foreign,
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
from publisher.licences.model import Licence
from publisher.licences.statements import recognise
from publisher.metadata.model import Field, Metadata, Piece, Role
from publisher.phrases import phrases
from publisher.phrases.model import Phrases
from publisher.themes import THEMES
from publisher.wording import wording


def language(edition: Edition) -> str:
    """The language of the page: that of the text, if it has words for all of it; else English."""
    return phrases(edition.language).language


def credits(edition: Edition, *, plain_text: bool = False) -> Chapter:  # noqa: A001 (Python's own is for the console)
    """The page, in the language of the text; a plain text has no typefaces to name."""
    words, metadata = phrases(edition.language), edition.metadata
    return Chapter(
        title=(Text(words.title),),
        blocks=(_work(edition, words), *_header(metadata, words), *_origin(metadata, words)),
        sections=(
            Section((Text(words.licence),), tuple(_rights(edition, words))),
            *_pieces(metadata.pieces, words),
            Section((Text(words.edition),), tuple(_making(edition, words, plain_text=plain_text))),
        ),
    )


def _work(edition: Edition, words: Phrases) -> Lines:
    authors = _list(edition.metadata.names(Role.AUTHOR), words)
    below = tuple((Text(line),) for line in (edition.metadata.subtitle, authors) if line)
    return Lines(((Emphasis((Text(edition.title),)),), *below))


def _list(names: Sequence[str], words: Phrases) -> str:
    return words.and_.join(filter(None, (words.comma.join(names[:-1]), *names[-1:])))


def _header(metadata: Metadata, words: Phrases) -> Iterator[Lines]:
    """The header's fields as they stand, then what only the settings say."""
    fields = [field for field in metadata.fields if not _is_statement(field, metadata)]
    said = "\n".join(field.value for field in fields)
    missing = ((label, value) for label, value in _values(metadata, words) if value not in said)
    lines = [(field.label, field.value) for field in fields] + list(missing)
    if lines:
        yield Lines(tuple(_line(label, value, words) for label, value in lines))


def _line(label: str, value: str, words: Phrases) -> Inlines:
    return (Text(words.line.format(label, value) if label else value),)


def _is_statement(field: Field, metadata: Metadata) -> bool:
    return any(field.location == said.location and field.value == said.text for said in metadata.statements)


def _values(metadata: Metadata, words: Phrases) -> Iterator[tuple[str, str]]:
    if metadata.written:
        yield words.written, metadata.written.stated
    if metadata.published:
        yield words.published, metadata.published.stated
    if metadata.source:
        yield words.source, metadata.source.stated
    for person in metadata.contributors:
        # The author stands at the head of the page.
        if person.role is not Role.AUTHOR:
            yield words.roles[person.role], person.name


def _origin(metadata: Metadata, words: Phrases) -> Iterator[Block]:
    if metadata.source_url:
        yield Paragraph((Text(words.taken_from), _link(metadata.source_url), Text(words.stop)))
    elif metadata.archive:
        yield _paragraph(words.archive.format(" > ".join(metadata.archive)))


def _rights(edition: Edition, words: Phrases) -> Iterator[Block]:
    licence, statements = edition.licence, tuple(dict.fromkeys((s.label, s.text) for s in edition.metadata.statements))
    if statements:
        yield _paragraph(words.statement if len(statements) == 1 else words.statements)
        yield Lines(tuple(_line(label, text, words) for label, text in statements))
        yield _paragraph(words.whose)
    if licence.recorded:
        yield _paragraph(words.recorded)
    if licence.name:
        yield Paragraph((Text(words.named.format(_name(licence))), *_linked(licence.url, words)))
    said = (words.status[licence.status], words.enclosed if licence.text else "")
    consequences = (*(_reason(reason, words) for reason in licence.reasons), *(Text(one) for one in said if one))
    if consequences:
        yield Paragraph(tuple(chain.from_iterable((Text(words.space), one) for one in consequences))[1:])


def _reason(reason: str, words: Phrases) -> Inline:
    """What a licence's rules say, in the page's language, or in English and marked as such."""
    if words.language == "en":
        return Text(reason)
    return Text(words.reasons[reason]) if reason in words.reasons else Foreign("en", (Text(reason),))


def _pieces(pieces: Sequence[Piece], words: Phrases) -> Iterator[Section]:
    """What each piece of an anthology says about itself, its own licence with it."""
    if pieces:
        yield Section((Text(words.pieces),), (), tuple(_piece(piece, words) for piece in pieces))


def _piece(piece: Piece, words: Phrases) -> Section:
    authors = _list([person.name for person in piece.contributors if person.role is Role.AUTHOR], words)
    told = {(said.location, said.text) for said in piece.statements}
    fields = [(field.label, field.value) for field in piece.fields if (field.location, field.value) not in told]
    said = [(statement.label, statement.text) for statement in piece.statements]
    lines = (*(((Text(authors),),) if authors else ()), *(_line(*line, words) for line in (*fields, *said)))
    licence, _ = recognise(piece.statements, "")
    name = (_paragraph(f"{words.named.format(_name(licence))}{words.stop}"),) if licence.name else ()
    return Section((Text(piece.title),), (*((Lines(lines),) if lines else ()), *name))


def _name(licence: Licence) -> str:
    return f"{licence.name} (SPDX: {licence.spdx})" if licence.spdx else str(licence.name)


def _linked(url: str | None, words: Phrases) -> tuple[Inline, ...]:
    return (Text(words.comma), _link(url), Text(words.stop)) if url else (Text(words.stop),)


def _making(edition: Edition, words: Phrases, *, plain_text: bool) -> Iterator[Block]:
    metadata = edition.metadata
    added = words.added_to_text if plain_text else words.added
    if metadata.publisher:
        yield _paragraph(words.publisher.format(metadata.publisher))
    if metadata.series:
        name, position = metadata.series.name, metadata.series.position
        yield _paragraph(words.series.format(words.number.format(name, position) if position else name))
    if metadata.edition_date:
        yield _paragraph(words.date.format(metadata.edition_date))
    if metadata.changes:
        yield _paragraph(words.changed)
        yield Lines(tuple((Text(change),) for change in metadata.changes))
        yield _paragraph(added)
    else:
        yield _paragraph(f"{words.unchanged}{words.space}{added}")
    if plain_text:
        yield _paragraph(words.made.format(__version__))
        return
    yield Paragraph((Text(f"{words.made.format(__version__)}{words.space}"), *_typefaces(_families(edition), words)))


def _typefaces(families: Sequence[Family], words: Phrases) -> Iterator[Inline]:
    """The typefaces of the printed pages, and the licence of each."""
    first, *others = [family.name for family in families]
    yield Text(words.typefaces.format(first, _list(others, words)) if others else words.typeface.format(first))
    for licence in dict.fromkeys(family.licence for family in families):
        names = [family.name for family in families if family.licence == licence]
        yield Text(f"{words.space}{words.font_licence.format(_list(names, words), licence)}")
        yield _link(LICENCES[licence])
        yield Text(words.stop)


def _families(edition: Edition) -> tuple[Family, ...]:
    """The typefaces that the printed pages of an edition need, those of the text first."""
    book = edition.book
    notes = (run for chapter in book.chapters for note in chapter.notes for run in note_runs(note, marks=True))
    printed: list[Leaf] = [leaf for run in (*text_runs(book), *notes) for leaf in leaves(run)]
    text = "".join(leaf.text for leaf in printed if isinstance(leaf, Text | Code))
    listings = CODE if any(isinstance(leaf, Code) for leaf in printed) else ""
    faces = THEMES[edition.theme].faces
    return used(text + edition.title + edition.authors, edition.language, listings, faces)


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
