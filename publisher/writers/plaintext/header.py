# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known about a work -> the header of its plain-text edition (`readers/plaintext/header`).

The transcription's own header stands there as it was, below ours; what it says by itself ours does not say again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publisher.document import plain
from publisher.edition import Edition
from publisher.errors import Location
from publisher.metadata import header
from publisher.metadata.dates import edtf
from publisher.metadata.fields import credit
from publisher.metadata.labels import LONGEST_LABEL, canonical
from publisher.metadata.model import Date, Field, Metadata, Role
from publisher.readers.plaintext import header as form
from publisher.readers.plaintext.form import HEADER_OF_SOURCE, INNER
from publisher.writers.plaintext.blocks import indented, wrap
from publisher.writers.plaintext.inlines import Names
from publisher.writers.plaintext.normal import characters


def lines(edition: Edition, names: Names) -> Iterator[str]:
    """The header's lines; `names` are those of the first chapter's notes."""
    metadata = edition.metadata
    fields = [(_value(field.label), _value(field.value)) for field in metadata.fields]
    known, _ = header.interpret([_field(label, value) for label, value in fields])
    for label, value in _own(edition, known, names):
        if value:
            yield from _lines(f"{label}: {value}")
    if fields:
        yield from ("", HEADER_OF_SOURCE)
    for label, value in fields:
        yield from _lines(form.joined(label, value))


def _lines(text: str) -> list[str]:
    first, *rest = wrap(text, keep_ends=False)
    return [first, *indented(rest, INNER)]


def _value(text: str) -> str:
    return characters(text).strip(" ")


def _field(label: str, value: str) -> Field:
    """A field as the reader will have it."""
    label, value = form.parted(form.joined(label, value))
    return Field(label, value, Location(""), canonical(label) if label else credit(value))


def _own(edition: Edition, known: Metadata, names: Names) -> Iterator[tuple[str, str]]:
    """Our labels and their values, in the order of a catalogue; empty values are left out."""
    metadata, title = edition.metadata, edition.metadata.title
    yield "Title", _value(title)
    if metadata.subtitle != plain(edition.book.subtitle):
        yield "Subtitle", _value(metadata.subtitle or "")
    if metadata.short_title != title:
        yield "Short title", _value(metadata.short_title or "")
    yield from _people(metadata, known)
    if metadata.written != known.written:
        yield form.WRITTEN, _date(metadata.written)
    if metadata.published != known.published:
        yield form.PUBLISHED, _date(metadata.published)
    if metadata.source and (known.source is None or metadata.source.stated != known.source.stated):
        yield form.SOURCE, _value(metadata.source.stated)
    yield "Taken from", _value(metadata.source_url or "")
    yield form.ARCHIVE, form.TRAIL.join(map(_value, metadata.archive))
    yield "Language", _value(metadata.language or "")
    yield "Identifier", _value(edition.identifier)
    yield "Publisher", _value(metadata.publisher or "")
    yield "Edition", _value(metadata.edition_date or "")
    yield from (("Subject", _value(subject)) for subject in metadata.subjects)
    yield from (("Changed", _value(change)) for change in metadata.changes)
    yield from _rights(metadata, known)
    yield form.CALLS, " ".join(f"[{names.names[note]}]" for note in edition.book.header_calls)


def _people(metadata: Metadata, known: Metadata) -> Iterator[tuple[str, str]]:
    """The authors, and the others unless the transcription's header names them in the same way."""
    authors = [person for person in metadata.contributors if person.role is Role.AUTHOR]
    others = [person for person in metadata.contributors if person.role is not Role.AUTHOR]
    told = [person for person in known.contributors if person.role is not Role.AUTHOR]
    labels = {role: label for label, role in form.PEOPLE.items()}
    for person in authors if authors and others == told else (*authors, *others):
        yield labels[person.role], _bracketed(_value(person.name), _value(person.file_as or ""))


def _bracketed(value: str, more: str) -> str:
    """A value and what belongs to it in brackets, which are empty where the value ends in others."""
    plainly = form.bracketed(value) == (value, None)
    return value if plainly and not more else f"{value} [{more}]"


def _date(date: Date | None) -> str:
    """A date as it is stated, and its EDTF form where that cannot be read from it again."""
    if date is None:
        return ""
    value = _value(date.stated)
    if form.bracketed(value) == (value, None) and edtf(value) == date.edtf:
        return value
    return f"{value} [{date.edtf or ''}]"


def _rights(metadata: Metadata, known: Metadata) -> Iterator[tuple[str, str]]:
    """The statements that the transcription's header does not make."""
    told = {(said.label, said.text) for said in known.statements}
    statements: Sequence[tuple[str, str]] = [(_value(said.label), _value(said.text)) for said in metadata.statements]
    for label, text in statements:
        if (label, text) not in told:
            name = f"{form.RIGHTS} ({label})" if label else form.RIGHTS
            yield (name.replace(":", "\\:"), text) if len(name) < LONGEST_LABEL else (form.RIGHTS, f"{label}: {text}")
