# SPDX-License-Identifier: AGPL-3.0-or-later
"""The metadata of a work, as read from its header and completed from book.toml."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from publisher.errors import Location


class Role(StrEnum):
    """What a person did; the value is what `inspect --json` and book.toml say."""

    AUTHOR = "author"
    TRANSLATOR = "translator"
    EDITOR = "editor"
    INTRODUCTION = "author of introduction"
    TRANSCRIBER = "transcriber"
    MARKUP = "markup"
    PROOFREADER = "proofreader"


# https://id.loc.gov/vocabulary/relators.html
MARC_RELATOR: dict[Role, str] = {
    Role.AUTHOR: "aut",
    Role.TRANSLATOR: "trl",
    Role.EDITOR: "edt",
    Role.INTRODUCTION: "aui",
    Role.TRANSCRIBER: "trc",
    Role.MARKUP: "mrk",
    Role.PROOFREADER: "pfr",
}


class Contributor(Struct, frozen=True):
    """A person or body and one role; `file_as` is the form to sort by, where it is known."""

    name: str
    role: Role
    file_as: str | None = None


class Field(Struct, frozen=True):
    """One line of a header block as it stands: label without its colon, value verbatim.

    Prose credits ("[Transcribed by ...]") have an empty label. `key` is the canonical name of the label
    (fields.py), None for a label that is not known.
    """

    label: str
    value: str
    location: Location
    key: str | None = None


class Date(Struct, frozen=True):
    """A date as stated, with its EDTF form where it can be read (https://www.loc.gov/standards/datetime/)."""

    stated: str
    edtf: str | None


class SourceEdition(Struct, frozen=True):
    """The printed or online edition that was transcribed; volume and pages as numbers in text ("32", "300-315")."""

    stated: str
    volume: str | None = None
    pages: str | None = None


class Series(Struct, frozen=True):
    """The series that an edition belongs to, and its place there ("3")."""

    name: str
    position: str | None = None


class Classification(Struct, frozen=True):
    """A subject in the words of a scheme: "Thema", "BISAC", "DDC" or the address of one; its code there, its name."""

    scheme: str
    code: str
    name: str | None = None


class Statement(Struct, frozen=True):
    """A rights statement, verbatim, with the label it stood under ("Copyleft"), and where."""

    text: str
    label: str
    location: Location


class Piece(Struct, frozen=True, kw_only=True):
    """What one piece of an anthology says about itself; `chapter` counts the book's chapters from 0."""

    chapter: int
    title: str
    contributors: tuple[Contributor, ...] = ()
    written: Date | None = None
    published: Date | None = None
    source: SourceEdition | None = None
    source_url: str | None = None
    statements: tuple[Statement, ...] = ()
    fields: tuple[Field, ...] = ()


class Metadata(Struct, frozen=True, kw_only=True):
    """What is known about a work. Texts are plain; nothing is guessed: what is not stated is None or empty.

    `fields` keeps the whole header verbatim in its order, so that nothing is lost that has no place of its own.
    """

    title: str = ""
    short_title: str | None = None
    sort_title: str | None = None
    subtitle: str | None = None
    language: str | None = None
    contributors: tuple[Contributor, ...] = ()
    written: Date | None = None
    published: Date | None = None
    source: SourceEdition | None = None
    source_url: str | None = None
    statements: tuple[Statement, ...] = ()
    fields: tuple[Field, ...] = ()
    archive: tuple[str, ...] = ()
    identifier: str | None = None
    publisher: str | None = None
    edition_date: str | None = None
    subjects: tuple[str, ...] = ()
    classifications: tuple[Classification, ...] = ()
    series: Series | None = None
    changes: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def names(self, role: Role) -> tuple[str, ...]:
        """The names of the contributors with one role, in their order."""
        return tuple(c.name for c in self.contributors if c.role is role)
