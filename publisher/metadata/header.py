# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fields of a header -> metadata: who did what, when it was written and published, from what, with what rights.

Every field stays in `Metadata.fields` word by word; what is read out of it is an addition. A value may hold
further fields as clauses ("1921; First Published: Pravda", "... Moscow, 1975. Scanned by Paul Flewers."), which are
read as if they had lines of their own. Author and title stand above the header and are the reader's to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from publisher.errors import Problem
from publisher.metadata.dates import edtf
from publisher.metadata.fields import credit, split
from publisher.metadata.labels import canonical, keys
from publisher.metadata.model import Contributor, Date, Field, Metadata, SourceEdition, Statement
from publisher.metadata.people import ROLES, credited
from publisher.metadata.sources import source_edition
from publisher.metadata.vocabulary import Key

RIGHTS = frozenset(
    {
        Key.PUBLIC_DOMAIN,
        Key.COPYLEFT,
        Key.COPYRIGHT,
        Key.CREATIVE_COMMONS,
        Key.LICENCE,
        Key.FAIR_USE,
        Key.PERMISSION,
    }
)
# A speech comes into being when it is delivered, and a bare "Date" is the text's own; earlier keys go first.
WRITTEN = (Key.WRITTEN, Key.DELIVERED, Key.DATE)
PUBLISHED = (Key.FIRST_PUBLISHED, Key.PUBLISHED, Key.PUBLISHER)
SOURCES = (Key.SOURCE, Key.EDITION)

_CLAUSE = re.compile(r"(?<=[;.])\s+(?=[^\W\d_])")
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")


class Clause(Struct, frozen=True):
    """A field, or a part of its value that is a field of its own."""

    keys: tuple[Key, ...]
    value: str
    field: Field


def interpret(fields: Sequence[Field]) -> tuple[Metadata, tuple[Problem, ...]]:
    """The metadata that a header states, and what in it could not be read."""
    clauses = [clause for field in fields for clause in _clauses(field)]
    metadata = Metadata(
        contributors=tuple(dict.fromkeys(person for clause in clauses for person in _contributors(clause))),
        written=_date(clauses, WRITTEN),
        published=_date(clauses, PUBLISHED),
        source=_source(clauses),
        statements=tuple(Statement(f.value, f.label, f.location) for f in fields if RIGHTS.intersection(keys(f.key))),
        fields=tuple(fields),
    )
    return metadata, tuple(problem for field in fields for problem in _problems(field))


def _clauses(field: Field) -> Iterator[Clause]:
    """A field and the fields inside its value; a rights statement is never divided."""
    found = keys(field.key)
    if RIGHTS.intersection(found):
        yield Clause(found, field.value, field)
        return
    value = ""
    for piece in _CLAUSE.split(field.value):
        labelled = split(piece) if value else None
        inner = (canonical(labelled[0]) if labelled else credit(piece)) if value else None
        if inner:
            yield Clause(found, value, field)
            found, value = keys(inner), labelled[1] if labelled else piece
        else:
            value = f"{value} {piece}".strip()
    yield Clause(found, value, field)


def _contributors(clause: Clause) -> tuple[Contributor, ...]:
    roles = tuple(ROLES[key] for key in clause.keys if key in ROLES)
    return credited(clause.value, roles) if roles else ()


def _date(clauses: Iterable[Clause], wanted: Sequence[Key]) -> Date | None:
    """The date under the first of the wanted keys that has a readable one, else what the first of them states."""
    found = [(Date(clause.value, _edtf(clause)), key) for key in wanted for clause in clauses if key in clause.keys]
    readable = (date for date, _ in found if date.edtf)
    # "Publisher: Pioneer Publishers, New York" names no date at all.
    return next(readable, next((date for date, key in found if key is not Key.PUBLISHER and date.stated), None))


def _edtf(clause: Clause) -> str | None:
    """Prose states its date in the first sentence: "Gedruckt ... im Februar 1848. Der Ausgabe von 1890 folgt ..."."""
    first = clause.value if clause.field.label else re.split(r"(?<=[^\W\d_]{4}\.)\s", clause.value)[0]
    return edtf(clause.value) or edtf(first)


def _source(clauses: Iterable[Clause]) -> SourceEdition | None:
    stated = (clause.value for key in SOURCES for clause in clauses if key in clause.keys)
    return next((source_edition(value) for value in stated if value), None)


def _problems(field: Field) -> Iterator[Problem]:
    found = keys(field.key)
    if field.label and not found:
        yield Problem("H003", f'the header label "{field.label}" is not known', field.location)
    clauses = list(_clauses(field))
    for clause in clauses:
        dated = any(key in clause.keys for key in (*WRITTEN, *PUBLISHED) if key is not Key.PUBLISHER)
        if dated and _YEAR.search(clause.value) and _edtf(clause) is None:
            yield Problem("H004", f'no single date can be read from "{_short(clause.value)}"', field.location)
    credited_work = field.label and field.value and ROLES.keys() & set(found) and Key.SOURCE not in found
    if credited_work and not any(map(_contributors, clauses)):
        yield Problem("H005", f'"{field.label}: {_short(field.value)}" names nobody', field.location)


def _short(value: str, width: int = 60) -> str:
    return value if len(value) <= width else value[: width - 1].rstrip() + "…"
