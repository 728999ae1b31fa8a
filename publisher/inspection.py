# SPDX-License-Identifier: AGPL-3.0-or-later
"""A work that was read -> what `publisher inspect --json` says about it.

The structs are the format: schemas/inspect.schema.json is made from them (https://json-schema.org/).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct

from publisher.codes import Severity
from publisher.document import (
    Block,
    Book,
    Chapter,
    Inlines,
    Note,
    Part,
    Section,
    Subtitle,
    calls,
    heading_text,
    nested,
    plain,
    runs,
)
from publisher.edition import Edition
from publisher.errors import Problem
from publisher.licences.model import Licence, Status
from publisher.metadata.model import Date, Metadata, Role

Count = Annotated[int, Meta(ge=0)]


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """A person or body, and what it did."""

    name: str
    role: Role


class Rights(Struct, frozen=True, forbid_unknown_fields=True):
    """The statement verbatim, and the licence that was recognised in it."""

    statement: str | None
    status: Status
    spdx: str | None
    version_stated: bool
    name: str | None
    url: str | None


class Stretch(Struct, frozen=True, forbid_unknown_fields=True):
    """A part, chapter or section, in reading order; `words` are those between its heading and the next."""

    title: str
    level: Annotated[int, Meta(ge=1)]
    kind: Literal["part", "chapter", "section"]
    file: str
    words: Count
    notes: Count


class NoteBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A note; `chapter` is an index into `chapters`, `calls` how often the text points to it."""

    chapter: Count
    label: str
    calls: Count
    blocks: Count
    text: str


class Finding(Struct, frozen=True, forbid_unknown_fields=True):
    """A problem; line and column count from 1, 0 stands for the whole file or line.

    `accepted` is the reason that book.toml gives for accepting it.
    """

    code: str
    severity: Severity
    message: str
    file: str
    line: Count
    column: Count
    hint: str | None
    accepted: str | None = None


class Inspection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A work. `words` are those of its body: runs between white space, without titles, notes and note calls."""

    title: str
    subtitle: str | None = None
    language: str | None = None
    slug: str
    contributors: tuple[Person, ...] = ()
    metadata: dict[str, str] = {}
    licence: Rights
    chapters: tuple[Stretch, ...] = ()
    notes: tuple[NoteBody, ...] = ()
    words: Count = 0
    problems: tuple[Finding, ...] = ()


class Shelf(Struct, frozen=True, forbid_unknown_fields=True):
    """Several works."""

    works: tuple[Inspection, ...]


def describe(edition: Edition, problems: Iterable[Problem], accepted: Mapping[Problem, str]) -> Inspection:
    """What is known about an edition, what was found wrong, and for what is accepted, the reason."""
    metadata = edition.metadata
    chapters = tuple(_stretches(edition.book, metadata.title))
    return Inspection(
        title=metadata.title,
        subtitle=edition.subtitle or None,
        language=metadata.language,
        slug=edition.slug,
        contributors=tuple(Person(person.name, person.role) for person in metadata.contributors),
        metadata=_values(metadata),
        licence=_rights(edition.licence),
        chapters=chapters,
        notes=tuple(_notes(edition.book, [i for i, chapter in enumerate(chapters) if chapter.kind == "chapter"])),
        words=sum(chapter.words for chapter in chapters),
        problems=(*map(finding, problems), *(finding(problem, reason) for problem, reason in accepted.items())),
    )


def unreadable(slug: str, problems: Iterable[Problem]) -> Inspection:
    """A work that cannot be read: nothing but what is wrong with it."""
    rights = _rights(Licence(status=Status.NOT_STATED))
    return Inspection(title="", slug=slug, licence=rights, problems=tuple(map(finding, problems)))


def finding(problem: Problem, accepted: str | None = None, *, severity: Severity | None = None) -> Finding:
    """A problem as scripts read it; `severity` is another than its own where a build is strict."""
    place = problem.location
    return Finding(
        problem.code,
        severity or problem.severity,
        problem.message,
        place.file,
        place.line,
        place.column,
        problem.hint,
        accepted,
    )


def _rights(licence: Licence) -> Rights:
    return Rights(
        licence.statement or None,
        licence.status,
        licence.spdx,
        licence.version_stated,
        licence.name,
        licence.url,
    )


def _values(metadata: Metadata) -> dict[str, str]:
    """The values as read, dates as EDTF where they can be; lines of the header that have no key under their label."""
    values = {
        "written": _date(metadata.written),
        "published": _date(metadata.published),
        "source": metadata.source and metadata.source.stated,
        "volume": metadata.source and metadata.source.volume,
        "pages": metadata.source and metadata.source.pages,
        "source_url": metadata.source_url,
        "identifier": metadata.identifier,
        "publisher": metadata.publisher,
        "edition_date": metadata.edition_date,
    }
    known = {key: value for key, value in values.items() if value}
    for field in metadata.fields:
        name = field.key or field.label or "credit"
        if name not in values:
            known[name] = f"{known[name]}\n{field.value}" if name in known else field.value
    return known


def _date(date: Date | None) -> str | None:
    return (date.edtf or date.stated) if date else None


def _stretches(book: Book, title: str) -> Iterator[Stretch]:
    return _items(book.contents, title, 1)


def _items(items: Iterable[Part | Chapter], title: str, level: int) -> Iterator[Stretch]:
    for item in items:
        if isinstance(item, Part):
            yield Stretch(heading_text(item.number, item.title), level, "part", "", words(item.blocks), 0)
            yield from _items(item.contents, title, level + 1)
        else:
            yield from _chapter(item, title, level)


def _chapter(chapter: Chapter, title: str, level: int) -> Iterator[Stretch]:
    heading = heading_text(chapter.number, chapter.title) or title
    yield Stretch(heading, level, "chapter", chapter.file, words(chapter.blocks), len(chapter.notes))
    for section in chapter.sections:
        yield from _section(section, chapter.file, level + 1)


def _section(section: Section, file: str, level: int) -> Iterator[Stretch]:
    yield Stretch(plain(section.title), level, "section", file, words(section.blocks), 0)
    for inner in section.sections:
        yield from _section(inner, file, level + 1)


def words(blocks: Iterable[Block]) -> int:
    """Runs of characters between white space, without note calls and the lines that belong to a heading."""
    return sum(len(plain(run).split()) for block in blocks if not isinstance(block, Subtitle) for run in runs(block))


def _notes(book: Book, places: Sequence[int]) -> Iterator[NoteBody]:
    for i, chapter in enumerate(book.chapters):
        several = (*_runs(chapter), *((book.title, book.subtitle) if i == 0 else ()))
        called = Counter(call.note for inlines in several for call in calls(inlines))
        called.update(book.header_calls if i == 0 else ())
        for j, note in enumerate(chapter.notes):
            text = "\n".join(plain(run) for block in note.blocks for run in runs(block))
            yield NoteBody(places[i], note.label, called[j], len(note.blocks), text)


def _runs(chapter: Chapter) -> Iterator[Inlines]:
    """Everything in a chapter that may call a note."""
    yield chapter.title
    sections = tuple(nested(chapter.sections))
    yield from (section.title for section in sections)
    holders: tuple[Chapter | Section | Note, ...] = (chapter, *sections, *chapter.notes)
    for holder in holders:
        for block in holder.blocks:
            yield from runs(block)
