# SPDX-License-Identifier: AGPL-3.0-or-later
"""The header of a plain-text edition -> metadata.

Labels of our own come first ("Title: ..."), then, below a line that says so, the header of the transcription as it
stood; then the same for each piece of an anthology. A value that is too long for one line goes on in indented ones.
What can be read in the transcription's header is not always said by ours again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.errors import Location
from publisher.ledger import Fate
from publisher.metadata import header
from publisher.metadata.dates import edtf
from publisher.metadata.fields import credit
from publisher.metadata.labels import LONGEST_LABEL, canonical
from publisher.metadata.model import Contributor, Date, Field, Metadata, Piece, Role, Statement
from publisher.metadata.sources import source_edition
from publisher.readers.plaintext.form import HEADER_OF_SOURCE, NOTHING, ruled, shape, unescaped
from publisher.readers.plaintext.lines import Line, Page

PEOPLE = {
    "Author": Role.AUTHOR,
    "Translator": Role.TRANSLATOR,
    "Editor": Role.EDITOR,
    "Introduction": Role.INTRODUCTION,
    "Transcriber": Role.TRANSCRIBER,
    "Markup": Role.MARKUP,
    "Proofreader": Role.PROOFREADER,
}
WRITTEN, PUBLISHED, SOURCE, ARCHIVE, RIGHTS = "Written", "Published", "Source", "Archive", "Rights"
CALLS = "Notes on the header"
# What our labels say where the transcription's fields seem to say something and do not.
NOT_STATED = "not stated"
ABOUT = "About chapter {}: {}"
HEADER_OF_PIECE = "From its header:"
TRAIL = " > "

_OTHERS = frozenset(
    {
        *("Title", "Subtitle", "Short title", "Taken from", "Language", "Identifier", "Publisher", "Edition"),
        *("Subject", "Changed", WRITTEN, PUBLISHED, SOURCE, ARCHIVE, RIGHTS, CALLS),
    }
)
_RIGHTS = re.compile(r"Rights(?: \((?P<label>.*)\))?")
_BRACKETED = re.compile(r"(?P<value>.*) \[(?P<more>(?:[^\\\[\]]|\\.)*)\]")
_NO_HEADINGS = ("paragraph", "label", "figure", "break")
_ESCAPED_COLON = "\\:"
_ABOUT = re.compile(r"About chapter (?P<number>\d{1,6}):(?: (?P<title>.*))?")
_COLON = re.compile(r"(?<!\\):(?= |$)")


class Item(Struct, frozen=True):
    """A label with its value, and the lines that they stand on."""

    label: str
    value: str
    lines: Sequence[Line]


class Subject(Struct):
    """What is said of the work, or of one chapter of it (counted from 0): by our labels, and by the transcription."""

    chapter: int = -1
    title: str = ""
    people: list[Item] = field(default_factory=list)
    stated: dict[str, list[Item]] = field(default_factory=dict)
    unknown: list[Item] = field(default_factory=list)
    fields: list[Item] = field(default_factory=list)

    def of(self, label: str) -> Sequence[Item]:
        return self.stated.get(label, ())

    def value(self, label: str) -> str | None:
        """The first value of a label."""
        items = self.of(label)
        return items[0].value if items else None


def parted(text: str) -> tuple[str, str]:
    """Label and value of a line; a backslash says that it has no label."""
    if text.startswith(NOTHING):
        return "", text[1:]
    colon = _COLON.search(text)
    if colon is None or not 0 < colon.start() <= LONGEST_LABEL:
        return "", text
    return text[: colon.start()].replace(_ESCAPED_COLON, ":"), text[colon.end() + 1 :]


def joined(label: str, value: str) -> str:
    """A line that `parted` parts in the same way, and that looks like no heading."""
    if label:
        return f"{label.replace(':', _ESCAPED_COLON)}: {value}".rstrip(" ")
    is_told = value and parted(value) == ("", value) and shape([value]) in _NO_HEADINGS and not ruled(value)
    return value if is_told else f"{NOTHING}{value}"


def read(page: Page, lines: Sequence[Line], notes: Mapping[str, int]) -> tuple[Metadata, tuple[int, ...]]:
    """What a header states, and which notes it calls."""
    work, *pieces = _divided(page, lines)
    metadata = replace(_stated(page, work), pieces=tuple(_piece(_stated(page, piece), piece) for piece in pieces))
    calls = (name for item in work.of(CALLS) for name in re.findall(r"\[((?:[^\\\[\]]|\\.)*)\]", item.value))
    return metadata, tuple(notes[name] for name in calls if name in notes)


def _piece(about: Metadata, subject: Subject) -> Piece:
    return Piece(
        chapter=subject.chapter,
        title=subject.title,
        contributors=about.contributors,
        written=about.written,
        published=about.published,
        source=about.source,
        source_url=about.source_url,
        statements=about.statements,
        fields=about.fields,
    )


def _stated(page: Page, subject: Subject) -> Metadata:
    """What the header says of the work or of one piece: our labels go before what the transcription's fields say."""
    fields = [_field(page, item) for item in (*subject.unknown, *subject.fields)]
    known, problems = header.interpret(fields)
    reported = [_place(page, item) for item in subject.unknown]
    page.problems += [problem for problem in problems if problem.location not in reported]
    for item in subject.unknown:
        hint = f'Put it below "{HEADER_OF_SOURCE}" if it comes from there.'
        page.report("R104", f'the header has no label "{item.label}"', item.lines[0], hint)
    source, archive = subject.value(SOURCE), subject.value(ARCHIVE)
    return replace(
        known,
        title=subject.value("Title") or "",
        subtitle=subject.value("Subtitle"),
        short_title=subject.value("Short title"),
        source_url=subject.value("Taken from"),
        language=subject.value("Language"),
        identifier=subject.value("Identifier"),
        publisher=subject.value("Publisher"),
        edition_date=subject.value("Edition"),
        subjects=tuple(item.value for item in subject.of("Subject")),
        changes=tuple(item.value for item in subject.of("Changed")),
        contributors=_contributors(subject) if subject.people else known.contributors,
        written=known.written if (date := subject.value(WRITTEN)) is None else _date(date),
        published=known.published if (date := subject.value(PUBLISHED)) is None else _date(date),
        source=known.source if source is None else source_edition(source) if source != NOT_STATED else None,
        archive=tuple(archive.split(TRAIL)) if archive else (),
        statements=_statements(page, subject, fields) if subject.of(RIGHTS) else known.statements,
    )


def _contributors(subject: Subject) -> tuple[Contributor, ...]:
    """People, each with the form to sort by in brackets: "V. I. Lenin [Lenin, V. I.]"."""
    named = ((*bracketed(item.value), PEOPLE[item.label]) for item in subject.people)
    return tuple(Contributor(name, role, more or None) for name, more, role in named if name not in ("", NOT_STATED))


def bracketed(value: str) -> tuple[str, str | None]:
    """A value and what stands in brackets behind it."""
    found = _BRACKETED.fullmatch(value)
    return (found["value"], unescaped(found["more"])) if found else (value, None)


def _date(stated: str) -> Date | None:
    value, more = bracketed(stated)
    return None if stated == NOT_STATED else Date(value, edtf(value) if more is None else more or None)


def _statements(page: Page, subject: Subject, fields: Sequence[Field]) -> tuple[Statement, ...]:
    """Statements of our own header; one that is a field of the transcription, too, stands there."""
    places = {(field.label, field.value): field.location for field in fields}
    found = []
    for item in subject.of(RIGHTS):
        match = _RIGHTS.fullmatch(item.label)
        label = (match["label"] if match else "") or ""
        if (label, item.value) != ("", NOT_STATED):
            found.append(Statement(item.value, label, places.get((label, item.value), _place(page, item))))
    return tuple(found)


def _field(page: Page, item: Item) -> Field:
    key = canonical(item.label) if item.label else credit(item.value)
    return Field(item.label, item.value, _place(page, item), key)


def _place(page: Page, item: Item) -> Location:
    return Location(page.file, item.lines[0].number)


def _divided(page: Page, lines: Sequence[Line]) -> list[Subject]:
    """What is said of the work, then of its pieces; all words of the header have found their place then."""
    subjects = [Subject()]
    into_fields = False
    for group in _groups(lines):
        text = " ".join(line.text for line in group)
        about = _ABOUT.fullmatch(text)
        if about:
            subjects.append(Subject(int(about["number"]) - 1, about["title"] or ""))
            into_fields = False
            page.mark_all(group, Fate.METADATA)
            _mark_label(page, group, about.start("title") if about["title"] else len(text))
        elif text in (HEADER_OF_SOURCE, HEADER_OF_PIECE):
            page.mark_all(group, Fate.MARKUP)
            into_fields = True
        else:
            item = Item(*parted(text), group)
            page.mark_all(group, Fate.METADATA)
            if into_fields:
                subjects[-1].fields.append(item)
            else:
                _own(page, subjects[-1], item)
    return subjects


def _own(page: Page, subject: Subject, item: Item) -> None:
    """Takes an item with a label of ours, which is no word of the metadata."""
    name = RIGHTS if _RIGHTS.fullmatch(item.label) else item.label
    if name not in PEOPLE and name not in _OTHERS:
        subject.unknown.append(item)
        return
    (subject.people if name in PEOPLE else subject.stated.setdefault(name, [])).append(item)
    if name == CALLS or item.value == NOT_STATED:
        page.mark_all(item.lines, Fate.MARKUP)
        return
    fate = Fate.AUTHOR if name == "Author" else Fate.METADATA
    page.mark_all(item.lines, fate)
    _mark_label(page, item.lines, len(item.label) + 1, fate)


def _mark_label(page: Page, group: Sequence[Line], end: int, fate: Fate = Fate.METADATA) -> None:
    page.mark(group[0], Fate.MARKUP)
    if end < len(group[0].text):
        page.mark(group[0], fate, at=end)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines with the indented ones that go on below them."""
    group: list[Line] = []
    for line in lines:
        if not line.text:
            continue
        if group and line.indent <= 1:
            yield group
            group = []
        group.append(line)
    if group:
        yield group
