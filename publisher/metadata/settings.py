# SPDX-License-Identifier: AGPL-3.0-or-later
"""book.toml and defaults.toml -> settings with types, or every problem of the file with its line.

The structs below are the format: their types and descriptions become schemas/book.schema.json. msgspec checks each
value against its type (https://jcristharif.com/msgspec/); it stops at a file's first error, so that the tables are
walked here and every value is checked apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Generic, TypeAlias, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, ValidationError, field

from publisher.edition import NotePlace, Paging
from publisher.errors import Problem, SettingsError
from publisher.metadata import toml
from publisher.metadata.booklet import Booklet, over
from publisher.metadata.model import Role
from publisher.metadata.values import RULES, Finding, bare, close, mismatch

Words = Annotated[str, Meta(pattern=r"\S", extra={"expected": "text"})]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s/]+\S*$", extra={"expected": 'a link: "https://…"'})]
Uri = Annotated[
    str,
    Meta(pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$", extra={"expected": 'a URN or URL: "urn:isbn:…", "https://…"'}),
]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$",
        extra={"expected": 'letters a to z, digits and "-", for it names files'},
    ),
]

FilePattern = Annotated[
    str,
    Meta(
        pattern=r"^(?!/)(?!(?:.*/)?\.\.(?:/|$)).*\S",
        extra={"expected": "a file name or pattern inside the work's folder"},
    ),
]


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who did what for the text."""

    name: Annotated[Words, Meta(description='As it is to be printed: "V. I. Lenin".')]
    role: Annotated[Role, Meta(description="What the person did.")]
    file_as: Annotated[Words | None, Meta(description='The form to sort by: "Lenin, V. I.".')] = None


class EditionTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of this edition alone."""

    date: Annotated[date | None, Meta(description="The day of this edition; all outputs carry it.")] = None


class Accept(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Silences one finding."""

    code: Annotated[Words, Meta(description='The code of the finding: "T003".')]
    text: Annotated[Words, Meta(description="Words of the message, or of the source's line, that tell it from others.")]
    reason: Annotated[Words, Meta(description="Why the text is right as it is.")]


# https://www.w3.org/TR/epub-33/#sec-group-position
Position = Annotated[str, Meta(pattern=r"^\d+(?:\.\d+)*$", extra={"expected": 'a number in text: "3", "2.1"'})]
Switch = Annotated[bool, Meta(extra={"expected": "true or false"})]
Count = Annotated[int, Meta(ge=1, extra={"expected": "a number from 1 on"})]
Reading = Annotated[str, Meta(max_length=1000, extra={"expected": "text of at most 1,000 characters"})]


class Emendation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Corrects a misprint; the transcription stays as it is."""

    find: Annotated[Reading, Meta(description="The words as the transcription has them, without marks of notes.")]
    replace: Annotated[Reading, Meta(description="The words as they are to be.")]
    reason: Annotated[Words, Meta(description="Why: printed in the note on the text.")]
    line: Annotated[Count | None, Meta(description="The line of the source that the words stand on.")] = None
    file: Annotated[Words | None, Meta(description="The source file, in a work of several.")] = None
    count: Annotated[Count, Meta(description="How many times the words stand there.")] = 1


class Typography(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of typography, each of which can be switched off. A rule has an effect in languages that know it."""

    quotes: Annotated[Switch | None, Meta(description="Straight quotation marks become those of the language.")] = None
    apostrophes: Annotated[Switch | None, Meta(description="Straight apostrophes become curly.")] = None
    dashes: Annotated[Switch | None, Meta(description="-- and spaced hyphens become dashes.")] = None
    ranges: Annotated[Switch | None, Meta(description="Hyphens between numbers become en dashes.")] = None
    ellipses: Annotated[Switch | None, Meta(description="Three points become an ellipsis.")] = None
    spaces: Annotated[Switch | None, Meta(description="Several spaces become one.")] = None
    initials: Annotated[Switch | None, Meta(description="Initials stay on the line of the name.")] = None
    abbreviations: Annotated[Switch | None, Meta(description="Abbreviations stay with what follows them.")] = None
    units: Annotated[Switch | None, Meta(description="Numbers stay on the line of their units.")] = None
    punctuation_spaces: Annotated[
        Switch | None, Meta(description="French: narrow no-break spaces at ; : ! ? and inside «».")
    ] = None
    calls: Annotated[Switch | None, Meta(description="Note calls stand after marks of punctuation.")] = None


Said: TypeAlias = Typography | bool | None
Switches = Annotated[
    Said,
    Meta(
        description="Rules of typography to switch on or off; false switches all of them off.",
        extra={"expected": "a table of rules, true or false"},
    ),
]


class SeriesTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The series that this edition belongs to."""

    name: Annotated[Words, Meta(description='The name of the series: "Pamphlets of the Mill".')]
    position: Annotated[
        Position | None, Meta(description='Its number there: "3"; "2.1" is the first in the second group.')
    ] = None


class Subject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject in the words of a scheme, for catalogues and shops."""

    scheme: Annotated[Words, Meta(description='"Thema", "BISAC", "DDC", "LCSH", "UDC"..., or the address of a scheme.')]
    code: Annotated[Words, Meta(description='The code or heading there: "POL005000".')]
    name: Annotated[Words | None, Meta(description="What it stands for.")] = None


class Rights(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decision to publish what the text itself does not allow."""

    override: Annotated[
        Words,
        Meta(description="Why the work may be published although its rights are refused or not stated."),
    ]


class ShelfSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """defaults.toml: what holds for the works of a shelf where neither they nor their headers say otherwise."""

    language: Annotated[Words | None, Meta(description='BCP 47 tag of the text: "en", "de", "zh-Hant".')] = None
    contributors: Annotated[tuple[Person, ...], Meta(description="People and what they did for the text.")] = ()
    publisher: Annotated[Words | None, Meta(description="Who publishes this edition.")] = None
    licence: Annotated[
        Words | None,
        Meta(description='SPDX identifier: "GFDL-1.3-or-later", "CC-BY-SA-4.0", "LicenseRef-public-domain".'),
    ] = None
    edition: EditionTable = EditionTable()
    subjects: Annotated[tuple[Words, ...], Meta(description="What the text is about, for catalogues.")] = ()
    theme: Annotated[Words | None, Meta(description="How the outputs look.")] = None
    paper: Annotated[Words | None, Meta(description='Size of the PDF\'s pages: "A5", "half-letter".')] = None
    notes: Annotated[
        NotePlace | None,
        Meta(
            description="Where the PDF has its notes: at the end, behind each chapter, or at the foot of each page.",
            extra={"expected": 'one of "end", "chapter", "page"'},
        ),
    ] = None
    attachments: Annotated[
        Switch | None,
        Meta(description="Whether the PDF carries the transcription and the settings within itself; it does."),
    ] = None
    pages: Annotated[
        Paging | None,
        Meta(
            description="Whose page numbers the e-book has: the PDF's, those of the print that the source marks, none.",
            extra={"expected": 'one of "pdf", "source", "none"'},
        ),
    ] = None
    reader: Annotated[Words | None, Meta(description="How the source files are to be read.")] = None
    changes: Annotated[
        tuple[Words, ...],
        Meta(description="Sentences that say what was changed in the text; printed on the credits page."),
    ] = ()
    typography: Switches = None
    embed_fonts: Annotated[
        Switch | None, Meta(description="The e-book brings the typeface of the printed one, as far as it needs it.")
    ] = None
    cover_qr: Annotated[Switch | None, Meta(description="A code on the printed covers that leads to source_url.")] = (
        None
    )
    booklet: Annotated[Booklet, Meta(description="How the booklet is printed, folded and bound.")] = Booklet()
    series: SeriesTable | None = None


class BookSettings(ShelfSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """book.toml, or x.toml beside x.txt: the settings of one work. Each overrides what the text's header says."""

    title: Annotated[Words | None, Meta(description="The whole title.")] = None
    short_title: Annotated[Words | None, Meta(description="A shorter title for running heads.")] = None
    sort_title: Annotated[Words | None, Meta(description='The title to sort by: "Mill, The".')] = None
    subtitle: Annotated[Words | None, Meta(description="The line under the title.")] = None
    identifier: Annotated[Uri | None, Meta(description="What libraries know the edition by; never change it.")] = None
    slug: Annotated[Slug | None, Meta(description='Name of the outputs: "petrograd" gives petrograd.epub.')] = None
    source_url: Annotated[Url | None, Meta(description="Where the transcription was taken from.")] = None
    files: Annotated[
        tuple[FilePattern, ...],
        Meta(description='The source files in reading order; patterns are allowed: ["preface.txt", "ch*.txt"].'),
    ] = ()
    cover: Annotated[
        FilePattern | None,
        Meta(description='The picture for the cover, PNG or JPEG, in the folder of the settings: "cover.jpg".'),
    ] = None
    classification: Annotated[
        tuple[Subject, ...], Meta(description="Subjects by a scheme, beside the free ones of `subjects`.")
    ] = ()
    accept: Annotated[tuple[Accept, ...], Meta(description="Findings to silence, each with its reason.")] = ()
    emendation: Annotated[
        tuple[Emendation, ...],
        Meta(description="Misprints to correct; the book lists them in a note on the text."),
    ] = ()
    rights: Rights | None = None


AnySettings = TypeVar("AnySettings", ShelfSettings, BookSettings)


class Settings(Struct, Generic[AnySettings], frozen=True):
    """Settings with the file that they stand in, so that later findings about them have a place."""

    values: AnySettings
    document: toml.Document = field(default_factory=lambda: toml.Document(""))


def read(data: bytes, file: str, kind: type[AnySettings]) -> Settings[AnySettings]:
    """A settings file of one kind; raises SettingsError with all problems of the file."""
    document = toml.parse(data, file)
    if kind is BookSettings and is_mdbook(document):
        raise SettingsError([_mdbook(document)])
    findings = list(_table(document.values, kind, ()))
    if findings:
        problems = [_problem(finding, document, kind) for finding in findings]
        raise SettingsError(sorted(problems, key=lambda problem: problem.location))
    return Settings(msgspec.convert(document.values, kind), document)


def layered(inner: ShelfSettings, outer: ShelfSettings) -> ShelfSettings:
    """The defaults of a shelf inside another: the inner one's values where it has any."""
    given = {name: getattr(inner, name) or getattr(outer, name) for name in ShelfSettings.__struct_fields__}
    given["edition"] = EditionTable(date=inner.edition.date or outer.edition.date)
    given["attachments"] = outer.attachments if inner.attachments is None else inner.attachments
    given["typography"] = switched(inner.typography, outer.typography)
    given["cover_qr"] = outer.cover_qr if inner.cover_qr is None else inner.cover_qr
    given["embed_fonts"] = outer.embed_fonts if inner.embed_fonts is None else inner.embed_fonts
    given["booklet"] = over(inner.booklet, outer.booklet)
    return ShelfSettings(**given)


def _switches(typography: Said) -> Typography:
    """Every rule on or off where one word says so for all."""
    if isinstance(typography, bool):
        return Typography(**dict.fromkeys(Typography.__struct_fields__, typography))
    return typography or Typography()


def switched(inner: Said, outer: Said) -> Typography:
    """Rule by rule what the inner settings say, else the outer ones."""
    own, other = _switches(inner), _switches(outer)
    names = Typography.__struct_fields__
    said = {name: getattr(own, name) if getattr(own, name) is not None else getattr(other, name) for name in names}
    return Typography(**said)


def _mdbook(document: toml.Document) -> Problem:
    return Problem(
        "M006",
        "a table [book] belongs to mdBook's book.toml, in the folder of its book",
        document.at(("book",)),
        "Write the settings of this work without it.",
    )


def is_mdbook(document: toml.Document) -> bool:
    """Whether a book.toml is mdBook's: it has a table [book]."""
    return isinstance(document.values.get("book"), dict)


def _problem(finding: Finding, document: toml.Document, kind: type[Struct]) -> Problem:
    hint = finding.hint
    if finding.code == "M002" and kind is ShelfSettings and finding.path[0] in BookSettings.__struct_fields__:
        hint = "This belongs to one work: write it in the work's book.toml."
    return Problem(finding.code, f"{_name(finding.path)}: {finding.message}", document.at(finding.path), hint)


def _name(path: toml.Path) -> str:
    """("contributors", 0, "role") -> "contributors.role": the line tells which of them."""
    return ".".join(part for part in path if isinstance(part, str))


def _table(table: Mapping[str, Any], kind: type[Struct], path: toml.Path) -> Iterator[Finding]:
    """What is wrong in a table: keys that are unknown or missing, and wrong values."""
    known = _keys(kind)
    for key, value in table.items():
        if key in known:
            yield from _value(value, known[key].type, (*path, key))
        else:
            near = close(key, known)
            yield Finding("M002", (*path, key), f"unknown key{near}", None if near else f"Known: {', '.join(known)}.")
    for key, expected in known.items():
        if expected.required and key not in table:
            yield Finding("M007", (*path, key), "is missing")


@cache
def _keys(kind: type[Struct]) -> Mapping[str, msgspec.structs.FieldInfo]:
    """The keys of a table; to look them up takes longer than to read a short file."""
    return {key.encode_name: key for key in msgspec.structs.fields(kind)}


def _value(value: object, kind: object, path: toml.Path) -> Iterator[Finding]:
    """What is wrong with a value; tables and lists are searched to their last value."""
    inner = bare(kind)
    if isinstance(value, dict) and isinstance(inner, type) and issubclass(inner, Struct):
        yield from _table(value, inner, path)
    elif isinstance(value, list) and get_origin(inner) is tuple:
        for index, item in enumerate(value):
            yield from _value(item, get_args(inner)[0], (*path, index))
    else:
        yield from _scalar(value, kind, path)


def _scalar(value: object, kind: object, path: toml.Path) -> Iterator[Finding]:
    try:
        msgspec.convert(value, kind)
    except ValidationError:
        yield mismatch(value, kind, path)
        return
    rule = RULES.get(_name(path))
    if rule and isinstance(value, str) and (wrong := rule(value)):
        code, message, hint = wrong
        yield Finding(code, path, message, hint)
