# SPDX-License-Identifier: AGPL-3.0-or-later
"""The header of a plain-text edition -> metadata.

Labels of our own come first ("Title: ..."), then, below a line that says so, the header of the transcription as it
stood. A value that is too long for one line goes on in indented ones. What the transcription's header says by itself
is not said by ours again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.errors import Location
from publisher.ledger import Fate
from publisher.metadata import header
from publisher.metadata.dates import edtf
from publisher.metadata.fields import credit
from publisher.metadata.labels import LONGEST_LABEL, canonical
from publisher.metadata.model import Contributor, Date, Field, Metadata, Role, Statement
from publisher.metadata.sources import source_edition
from publisher.readers.plaintext.form import HEADER_OF_SOURCE, NOTHING, ruled, shape
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
TRAIL = " > "

_OTHERS = frozenset(
    {
        *("Title", "Subtitle", "Short title", "Taken from", "Language", "Identifier", "Publisher", "Edition"),
        *("Subject", "Changed", WRITTEN, PUBLISHED, SOURCE, ARCHIVE, RIGHTS, CALLS),
    }
)
_RIGHTS = re.compile(r"Rights(?: \((?P<label>.*)\))?")
_BRACKETED = re.compile(r"(?P<value>.*) \[(?P<more>[^\[\]]*)\]")
_ESCAPED_COLON = "\\:"
_COLON = re.compile(r"(?<!\\):(?= |$)")


@dataclass(frozen=True, slots=True)
class Item:
    """A label with its value, and the lines that they stand on."""

    label: str
    value: str
    lines: Sequence[Line]


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
    is_plain = value and parted(value) == ("", value) and shape([value]) in ("paragraph", "label", "figure", "break")
    return value if is_plain and not ruled(value) else f"{NOTHING}{value}"


def read(page: Page, lines: Sequence[Line], notes: Mapping[str, int]) -> tuple[Metadata, tuple[int, ...]]:
    """What a header states, and which notes it calls."""
    own, fields = _divided(page, lines)
    known, problems = header.interpret([_field(page, item) for item in fields])
    page.problems += problems
    stated: dict[str, list[Item]] = defaultdict(list)
    for item in own:
        stated["Rights" if _RIGHTS.fullmatch(item.label) else item.label].append(item)
    unknown = [item for item in own if not _is_known(item.label)]
    for item in unknown:
        hint = f'Put it below "{HEADER_OF_SOURCE}" if it comes from there.'
        page.report("R104", f'the header has no label "{item.label}"', item.lines[0], hint)
    known = replace(known, fields=(*(_field(page, item) for item in unknown), *known.fields))
    calls = [name for item in stated[CALLS] for name in re.findall(r"\[((?:[^\\\[\]]|\\.)*)\]", item.value)]
    return _metadata(page, known, stated), tuple(notes[name] for name in calls if name in notes)


def _is_known(label: str) -> bool:
    return label in PEOPLE or label in _OTHERS or _RIGHTS.fullmatch(label) is not None


def _metadata(page: Page, known: Metadata, stated: Mapping[str, Sequence[Item]]) -> Metadata:
    def value(label: str) -> str | None:
        return stated[label][0].value if stated[label] else None

    source, archive = value(SOURCE), value(ARCHIVE)
    return replace(
        known,
        title=value("Title") or "",
        subtitle=value("Subtitle"),
        short_title=value("Short title"),
        source_url=value("Taken from"),
        language=value("Language"),
        identifier=value("Identifier"),
        publisher=value("Publisher"),
        edition_date=value("Edition"),
        subjects=tuple(item.value for item in stated["Subject"]),
        changes=tuple(item.value for item in stated["Changed"]),
        contributors=_contributors(known, stated),
        written=_date(stated[WRITTEN]) or known.written,
        published=_date(stated[PUBLISHED]) or known.published,
        source=source_edition(source) if source else known.source,
        archive=tuple(archive.split(TRAIL)) if archive else (),
        statements=(*known.statements, *(_statement(page, item) for item in stated[RIGHTS])),
    )


def _contributors(known: Metadata, stated: Mapping[str, Sequence[Item]]) -> tuple[Contributor, ...]:
    """Those whom our labels name; who is not an author may be named by the transcription's header alone."""
    own = [person for label, role in PEOPLE.items() for item in stated[label] for person in _person(item, role)]
    others = [person for person in known.contributors if person.role is not Role.AUTHOR]
    if any(person.role is not Role.AUTHOR for person in own):
        return tuple(own)
    return (*own, *others) if own else known.contributors


def _person(item: Item, role: Role) -> Iterator[Contributor]:
    """The name and the form to sort by: "V. I. Lenin [Lenin, V. I.]"."""
    name, more = bracketed(item.value)
    if name:
        yield Contributor(name, role, more or None)


def bracketed(value: str) -> tuple[str, str | None]:
    """A value and what stands in brackets behind it."""
    found = _BRACKETED.fullmatch(value)
    return (found["value"], found["more"]) if found else (value, None)


def _date(items: Sequence[Item]) -> Date | None:
    if not items:
        return None
    value, more = bracketed(items[0].value)
    return Date(value, edtf(value) if more is None else more or None)


def _statement(page: Page, item: Item) -> Statement:
    match = _RIGHTS.fullmatch(item.label)
    return Statement(item.value, (match["label"] if match else "") or "", _place(page, item))


def _field(page: Page, item: Item) -> Field:
    key = canonical(item.label) if item.label else credit(item.value)
    return Field(item.label, item.value, _place(page, item), key)


def _place(page: Page, item: Item) -> Location:
    return Location(page.file, item.lines[0].number)


def _divided(page: Page, lines: Sequence[Line]) -> tuple[list[Item], list[Item]]:
    """The items with labels of ours, and those of the transcription; all their words have found their place then."""
    own: list[Item] = []
    fields: list[Item] = []
    into = own
    for group in _groups(lines):
        if group[0].text == HEADER_OF_SOURCE:
            page.mark_all(group, Fate.MARKUP)
            into = fields
            continue
        label, value = parted(" ".join(line.text for line in group))
        into.append(Item(label, value, group))
        page.mark_all(group, Fate.AUTHOR if into is own and label == "Author" else Fate.METADATA)
        if into is own and _is_known(label):
            _mark_label(page, group, label)
    return own, fields


def _mark_label(page: Page, group: Sequence[Line], label: str) -> None:
    """Labels of ours are no words of the metadata."""
    first = group[0]
    end = min(len(label) + 1, len(first.text))
    page.mark(first, Fate.MARKUP)
    if label == CALLS:
        page.mark_all(group, Fate.MARKUP)
    elif end < len(first.text):
        page.mark(first, Fate.AUTHOR if label == "Author" else Fate.METADATA, at=end)


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
