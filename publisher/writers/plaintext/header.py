# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known about a work -> the header of its plain-text edition (`readers/plaintext/header`).

The transcription's own header stands there as it was, below ours; what it says by itself ours does not say again.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from publisher.edition import Edition
from publisher.errors import Location
from publisher.metadata import header
from publisher.metadata.dates import edtf
from publisher.metadata.fields import credit
from publisher.metadata.labels import LONGEST_LABEL, canonical
from publisher.metadata.model import Date, Field, Metadata, Piece, Role, Statement
from publisher.readers.plaintext import header as form
from publisher.readers.plaintext.form import HEADER_OF_SOURCE, INNER
from publisher.writers.plaintext.inlines import Names, escaped
from publisher.writers.plaintext.lines import indented, wrap
from publisher.writers.plaintext.normal import characters

LICENCE = "Licence"


def lines(edition: Edition, names: Names) -> Iterator[str]:
    """The header's lines; `names` are those of the first chapter's notes."""
    metadata = _with_licence(edition)
    for label, value in (*_titles(metadata), *_said(metadata), *_catalogued(edition), *_calls(edition, names)):
        if value:
            yield from _lines(f"{label}: {value}")
    yield from _fields(HEADER_OF_SOURCE, metadata)
    for piece in metadata.pieces:
        yield from ("", *_lines(form.ABOUT.format(piece.chapter + 1, _value(piece.title)).rstrip(" ")))
        for label, value in _said(piece):
            yield from _lines(f"{label}: {value}")
        yield from _fields(form.HEADER_OF_PIECE, piece)


def _with_licence(edition: Edition) -> Metadata:
    """The metadata, with a statement of the licence where only the settings name it: who has the text has not these."""
    licence, metadata = edition.licence, edition.metadata
    if not licence.recorded or not licence.name:
        return metadata
    name = f"{licence.name} (SPDX: {licence.spdx})" if licence.spdx else licence.name
    if any(said.text == name for said in metadata.statements):
        return metadata
    return replace(metadata, statements=(*metadata.statements, Statement(name, LICENCE, Location(""))))


def _fields(heading: str, about: Metadata | Piece) -> Iterator[str]:
    """What a transcription says, in its own words and labels."""
    if about.fields:
        yield from ("", heading)
    for field in about.fields:
        yield from _lines(form.joined(_value(field.label), _value(field.value)))


def _known(about: Metadata | Piece) -> Metadata:
    """What the reader will find in these fields by itself."""
    known, _ = header.interpret([_field(_value(field.label), _value(field.value)) for field in about.fields])
    return known


def _lines(text: str) -> list[str]:
    first, *rest = wrap(text, keep_ends=False)
    return [first, *indented(rest, INNER)]


def _value(text: str) -> str:
    return characters(text).strip(" ")


def _field(label: str, value: str) -> Field:
    """A field as the reader will have it."""
    label, value = form.parted(form.joined(label, value))
    return Field(label, value, Location(""), canonical(label) if label else credit(value))


def _titles(metadata: Metadata) -> Iterator[tuple[str, str]]:
    yield "Title", _value(metadata.title)
    yield "Subtitle", _value(metadata.subtitle or "")
    if metadata.short_title != metadata.title:
        yield "Short title", _value(metadata.short_title or "")


def _catalogued(edition: Edition) -> Iterator[tuple[str, str]]:
    """What else only a work has; empty values are left out."""
    metadata = edition.metadata
    yield "Language", _value(metadata.language or "")
    yield "Identifier", _value(edition.identifier)
    yield "Publisher", _value(metadata.publisher or "")
    yield "Edition", _value(metadata.edition_date or "")
    yield from (("Subject", _value(subject)) for subject in metadata.subjects)
    yield form.ARCHIVE, form.TRAIL.join(map(_value, metadata.archive))
    yield from (("Changed", _value(change)) for change in metadata.changes)


def _calls(edition: Edition, names: Names) -> Iterator[tuple[str, str]]:
    yield form.CALLS, " ".join(f"[{names.names[note]}]" for note in edition.book.header_calls)


def _said(about: Metadata | Piece) -> Iterator[tuple[str, str]]:
    """Who made it, when and from what; where the fields say it in the same way, the reader finds it there."""
    known = _known(about)
    yield from _people(about, known)
    for label, date, told in (
        (form.WRITTEN, about.written, known.written),
        (form.PUBLISHED, about.published, known.published),
    ):
        if date != told:
            yield label, _date(date)
    if (about.source and about.source.stated) != (known.source and known.source.stated):
        yield form.SOURCE, _value(about.source.stated) if about.source else form.NOT_STATED
    if about.source_url:
        yield "Taken from", _value(about.source_url)
    yield from _rights(about, known)


def _people(about: Metadata | Piece, known: Metadata) -> Iterator[tuple[str, str]]:
    labels = {role: label for label, role in form.PEOPLE.items()}
    for person in about.contributors:
        yield labels[person.role], _bracketed(_value(person.name), _value(person.file_as or ""))
    if known.contributors and not about.contributors:
        yield labels[Role.AUTHOR], form.NOT_STATED


def _bracketed(value: str, more: str) -> str:
    """A value and what belongs to it in brackets, which are empty where the value ends in others."""
    plainly = form.bracketed(value) == (value, None)
    return value if plainly and not more else f"{value} [{escaped(more, '[]')}]"


def _date(date: Date | None) -> str:
    """A date as it is stated, and its EDTF form where that cannot be read from it again."""
    if date is None:
        return form.NOT_STATED
    value = _value(date.stated)
    if form.bracketed(value) == (value, None) and edtf(value) == date.edtf:
        return value
    return f"{value} [{date.edtf or ''}]"


def _rights(about: Metadata | Piece, known: Metadata) -> Iterator[tuple[str, str]]:
    """The statements, unless the fields make the same."""
    statements = [(_value(said.label), _value(said.text)) for said in about.statements]
    told = [(said.label, said.text) for said in known.statements]
    if statements == told:
        return
    for label, text in statements or (("", form.NOT_STATED),):
        name = f"{form.RIGHTS} ({label})" if label else form.RIGHTS
        yield (name.replace(":", "\\:"), text) if len(name) < LONGEST_LABEL else (form.RIGHTS, f"{label}: {text}")
