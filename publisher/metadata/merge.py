# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was read and the settings -> an Edition, and warnings about what nobody states.

book.toml overrides the text's own header, which goes before the shelf's defaults.toml. Identifiers are version 5 UUIDs
(https://www.rfc-editor.org/rfc/rfc9562#section-5.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import chain
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from publisher import RELEASE_DATE
from publisher.codes import Severity
from publisher.document import Book, Inlines, PageMark, Text, calls, leaves, note_runs, plain, text_runs
from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.licences.identifiers import by_identifier
from publisher.licences.model import Licence, Status
from publisher.licences.statements import recognise
from publisher.metadata import booklet
from publisher.metadata.model import Classification, Contributor, Metadata, Role, Series
from publisher.metadata.settings import BookSettings, Person, SeriesTable, ShelfSettings
from publisher.themes import THEMES
from publisher.wording import undetermined

DEFAULT_THEME = "book"

# Names of works without a source link, never to change: libraries know the editions by what follows from it.
_NAMESPACE = UUID("9d3c1f6e-5b0a-4d57-8b57-6f1d1c7f3a52")


class Asked(Struct, frozen=True, kw_only=True):
    """What the command line says of a work; `epoch` is SOURCE_DATE_EPOCH, `file` where missing values are reported."""

    slug: str
    file: str
    epoch: int | None = None
    paper: str | None = None
    theme: str | None = None


def edition(
    book: Book, metadata: Metadata, own: BookSettings, defaults: ShelfSettings, asked: Asked
) -> tuple[Edition, tuple[Problem, ...]]:
    """A work ready to be written, and what nobody states about it."""
    merged = merge(metadata, own, defaults)
    title = merged.title or plain(book.title) or asked.slug
    identifier = merged.identifier or _identifier(merged, title)
    theme = asked.theme or own.theme or defaults.theme or DEFAULT_THEME
    licence, doubts = _licence(merged, own, defaults.licence, asked.file)
    made = Edition(
        book=replace(
            book,
            title=_words(book.title, own.title or ("" if book.title else title)),
            subtitle=_words(book.subtitle, own.subtitle or ""),
        ),
        metadata=replace(merged, title=title, identifier=identifier),
        licence=licence,
        slug=asked.slug,
        identifier=identifier,
        language=merged.language or undetermined(map(plain, text_runs(book))),
        modified=_seconds(merged.edition_date or RELEASE_DATE) if asked.epoch is None else asked.epoch,
        paper=asked.paper or own.paper or defaults.paper or THEMES[theme].paper,
        theme=theme,
        notes=own.notes or defaults.notes or "end",
        pages=own.pages or defaults.pages or ("source" if _is_marked(book) else "none"),
        embed_fonts=bool(defaults.embed_fonts if own.embed_fonts is None else own.embed_fonts),
        cover_qr=bool(defaults.cover_qr if own.cover_qr is None else own.cover_qr),
        booklet=booklet.options(booklet.over(own.booklet, defaults.booklet)),
        fit=bool(booklet.over(own.booklet, defaults.booklet).fit),
    )
    return made, (*_missing(merged, asked.file), *_unmarked(made, asked.file), *doubts)


def _is_marked(book: Book) -> bool:
    """Whether the source says where the pages of the printed edition begin."""
    notes = (run for chapter in book.chapters for note in chapter.notes for run in note_runs(note))
    return any(isinstance(leaf, PageMark) for run in chain(text_runs(book), notes) for leaf in leaves(run))


def _unmarked(edition: Edition, file: str) -> Iterator[Problem]:
    if edition.pages == "source" and not _is_marked(edition.book):
        message = 'pages = "source", but the source marks no pages: the e-book has none'
        yield Problem("M010", message, Location(file), 'Write pages = "pdf" for the pages of the PDF, or "none".')


def merge(metadata: Metadata, own: BookSettings, defaults: ShelfSettings) -> Metadata:
    """The metadata of the text with its settings over it and the shelf's defaults under it."""
    day = own.edition.date or defaults.edition.date
    return replace(
        metadata,
        title=own.title or metadata.title,
        # The header's short title belongs to the header's title.
        short_title=own.short_title or (None if own.title else metadata.short_title),
        subtitle=own.subtitle or metadata.subtitle,
        # No header states the language: what a reader gives was inferred, and a shelf knows better.
        language=own.language or defaults.language or metadata.language,
        contributors=_people(own.contributors, metadata.contributors, defaults.contributors),
        identifier=own.identifier or metadata.identifier,
        publisher=own.publisher or metadata.publisher or defaults.publisher,
        source_url=own.source_url or metadata.source_url,
        edition_date=day.isoformat() if day else metadata.edition_date,
        subjects=own.subjects or metadata.subjects or defaults.subjects,
        sort_title=own.sort_title or metadata.sort_title,
        classifications=tuple(Classification(s.scheme, s.code, s.name) for s in own.classification),
        series=_series(own.series or defaults.series),
        changes=(*metadata.changes, *defaults.changes, *own.changes),
    )


def _series(table: SeriesTable | None) -> Series | None:
    return Series(table.name, table.position) if table else None


def _people(
    own: tuple[Person, ...], read: tuple[Contributor, ...], defaults: tuple[Person, ...]
) -> tuple[Contributor, ...]:
    """For each role the people of the first layer that names any, so that naming a translator drops no transcriber."""
    layers = [
        tuple(Contributor(person.name, person.role, person.file_as) for person in own),
        read,
        tuple(Contributor(person.name, person.role, person.file_as) for person in defaults),
    ]
    people: list[Contributor] = []
    for layer in layers:
        taken = {person.role for person in people}
        people += [person for person in layer if person.role not in taken]
    order = list(Role)
    return tuple(sorted(people, key=lambda person: order.index(person.role)))


def _missing(metadata: Metadata, file: str) -> Iterator[Problem]:
    place = Location(file)
    if not metadata.title:
        yield Problem(
            "H001",
            "no title is stated; the name of the outputs stands in its place",
            place,
            'Write title = "…" in the settings.',
        )
    if not metadata.names(Role.AUTHOR):
        yield Problem("H002", "no author is stated", place, "Name one under [[contributors]] in the settings.")
    if not metadata.language:
        yield Problem("M009", "the language is not stated", place, 'Write language = "en" in the settings.')


def _licence(
    metadata: Metadata, own: BookSettings, default: str | None, file: str
) -> tuple[Licence, tuple[Problem, ...]]:
    """The settings' licence with the header's statement beside it; else what the statement says; else the default."""
    stated, problems = recognise(metadata.statements, file)
    identifier = own.licence or (default if stated.status is Status.NOT_STATED else None)
    chosen = by_identifier(identifier) if identifier else None
    if chosen is not None:
        return replace(chosen, statement=stated.statement, label=stated.label), ()
    # Who has recorded why the work may be published is not warned of its rights again.
    return stated, tuple(p for p in problems if own.rights is None or p.severity is Severity.NOTE)


def _identifier(metadata: Metadata, title: str) -> str:
    if metadata.source_url:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, metadata.source_url)}"
    name = "\n".join(("; ".join(metadata.names(Role.AUTHOR)), title, metadata.language or ""))
    return f"urn:uuid:{uuid5(_NAMESPACE, name)}"


def _seconds(day: str) -> int:
    """Midnight (UTC) of a day such as "2026-11-23", in seconds since 1970."""
    return int(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp())


def _words(inlines: Inlines, words: str) -> Inlines:
    """Other words for a title; the note calls that stand in it stay, for their notes are part of the text."""
    if not words or words == plain(inlines):
        return inlines
    return (Text(words), *calls(inlines))
