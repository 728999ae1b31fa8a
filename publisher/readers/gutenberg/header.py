# SPDX-License-Identifier: AGPL-3.0-or-later
"""The archive's header and the credits below it -> title, people, language, rights.

"Title: ...", "Author: ..." and their like are fields; a value may go on on indented lines, which name further authors
or a subtitle. Headers of the 1990s have no fields, but a line "**The Project Gutenberg Etext of TITLE, by AUTHOR**".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from publisher.ledger import Fate
from publisher.metadata.model import Contributor, Field, Role
from publisher.metadata.names import sort_form
from publisher.readers.gutenberg.frame import named_title
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.stretches import part
from publisher.readers.lines import Line

ARCHIVE = "header of the archive"

_LABELS = (
    "title|author|translator|editor|illustrator|commentator|annotator|contributor|compiler|composer|photographer|adapter"
    "|engraver|arranger|librettist|dubious author|unknown role|other|release date|posting date|language|credits"
    "|produced by|original publication|edition|character set encoding|character set|original title|alternate title"
    "|uniform title|series title|subtitle|note|subject|most recently updated|last updated|copyright status"
)
_FIELD = re.compile(rf"(?P<label>{_LABELS})s?:(?:\s+(?P<value>.*))?$", re.IGNORECASE)
# What the archive says of its own file is no word about the book.
_FILE = frozenset({"character set encoding", "character set", "edition", "last updated", "most recently updated"})
_ROLES = {
    "author": Role.AUTHOR,
    "dubious author": Role.AUTHOR,
    "translator": Role.TRANSLATOR,
    "editor": Role.EDITOR,
    "compiler": Role.EDITOR,
    "commentator": Role.INTRODUCTION,
    "credits": Role.TRANSCRIBER,
    "produced by": Role.TRANSCRIBER,
}
_KEYS = {
    Role.AUTHOR: "author",
    Role.TRANSLATOR: "translated",
    Role.EDITOR: "edited",
    Role.INTRODUCTION: "introduction",
    Role.TRANSCRIBER: "transcribed",
}
_AND = re.compile(r"\s+(?:and|&|und|et|y|e|en)\s+|\s*;\s*")
_BY = re.compile(r"(?P<title>.{2,}?),?\s+by\s+(?P<author>[^,]{3,60}(?:, (?:Jr|Sr|Esq)\.?)?)$", re.IGNORECASE)
_LONG = 58  # a title's line of this length was broken, and what follows goes on with it


class Header(Struct):
    """What a header states; title, subtitle and author are lines, so that their words keep their places."""

    title: list[Line] = field(default_factory=list)
    subtitle: list[Line] = field(default_factory=list)
    author: str = ""
    language: str = ""
    charset: str = ""
    fields: list[Field] = field(default_factory=list)
    people: list[Contributor] = field(default_factory=list)


def read_header(lines: Sequence[Line], record: Record) -> Header:
    """Takes a header apart; every line of it is painted."""
    record.paint(lines, Fate.RIGHTS, ARCHIVE)
    header = Header()
    for label, stretch in _fields(lines):
        _enter(header, label, stretch, record)
    if not header.title:
        _from_naming_line(header, lines, record)
    for line in (*header.title, *header.subtitle):
        record.paint([line], Fate.TITLE)
    return header


def _fields(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Each label with the lines of its value, which end at a blank line or the next label."""
    label, value = "", list[Line]()
    for line in lines:
        found = _FIELD.match(line.text)
        if found and line.indent == 0:
            if label:
                yield label, value
            label, value = found["label"].lower(), [line]
        elif label and line.text and line.indent:
            value.append(line)
        elif label:
            yield label, value
            label = ""
    if label:
        yield label, value


def _enter(header: Header, label: str, lines: list[Line], record: Record) -> None:
    head = lines[0]
    colon = head.text.index(":")
    values = [line for line in (part(head, colon + 1), *lines[1:]) if line.text]
    text = " ".join(line.text for line in values)
    if label == "language":
        header.language = header.language or text
    if label.startswith("character set"):
        header.charset = header.charset or text
    if not values or label in _FILE or re.fullmatch(r"\W*", text):
        return
    if label == "title" and not header.title:
        header.title, header.subtitle = _title_and_subtitle(values)
        return
    role = _ROLES.get(label)
    if role is Role.AUTHOR and not header.author:
        header.author = text
    if role:
        header.people += people(values, role)
    record.paint(lines, Fate.METADATA)
    header.fields.append(Field(head.text[:colon], text, head.at(), _KEYS[role] if role else _key(label)))


def _key(label: str) -> str | None:
    return {"original publication": "first_published", "original title": "original_title"}.get(label)


def _title_and_subtitle(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """A title that goes on below a long line is one; below a short line stands the subtitle."""
    title = lines[:1]
    for line in lines[1:]:
        if len(title[-1].text) < _LONG and not title[-1].text.endswith((",", "of", "the", "and", "or")):
            break
        title.append(line)
    return title, lines[len(title) :]


def _from_naming_line(header: Header, lines: Sequence[Line], record: Record) -> None:
    """A title and an author from a line that names the text, "The Project Gutenberg Etext of Persuasion, by ...".

    The line may go on below. Only the first naming line counts, and only where it says what it names.
    """
    for i, line in enumerate(lines):
        title = named_title(line.text)
        if not title or len(title) > 150:
            continue
        start = line.text.rindex(title)
        found = part(line, start, start + len(title))
        author: Line | None = None
        if by := _BY.match(title):
            header.title = [part(found, 0, by.end("title"))]
            author = part(found, by.start("author"))
        else:
            header.title = [found]
            below = lines[i + 1] if i + 1 < len(lines) else None
            by_below = re.match(r"(?i)[*\s]*by\s+(?P<author>[^*]+?)[\s*.]*$", below.text) if below is not None else None
            author = part(below, *by_below.span("author")) if below is not None and by_below else None
        if author is not None:
            header.author = author.text
            header.people += people([author], Role.AUTHOR)
            record.paint([author], Fate.AUTHOR)
        return


def people(lines: Iterable[Line], role: Role) -> list[Contributor]:
    """The people of a field, as it has them: "Homer", "Mrs. Beeton", "Various"."""
    found: list[Contributor] = []
    for line in lines:
        text = re.sub(r"(?i)^(?:\[|AKA:?\s+)|\]$|\s*\((?:author|translator|aka\b[^)]*)\)", "", line.text)
        if role is Role.TRANSCRIBER:
            found += [Contributor(name, role, sort_form(name)) for name in _transcribers(text)]
            continue
        found += [Contributor(name, role, sort_form(name)) for name in _AND.split(" ".join(text.split())) if name]
    return list(dict.fromkeys(found))


def _transcribers(text: str) -> Iterator[str]:
    """The names in a credit's first sentence, "Produced by Anna Weir, Jo van Dam, and the Online Team at ..."."""
    first = re.split(r"(?<=[a-z]{2})\.(?:\s|$)|[;(\[]|\s(?:at|from|with|using|for)\s|\shttps?:", _VERB.sub("", text))[0]
    for name in re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", first):
        if _NAME.fullmatch(name) or re.search(r"(?i)\bteam$|\bproofreaders$|\bproject$", name):
            yield name.strip()


_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:\s(?:[a-z]{1,3}\s){0,2}[A-ZÀ-Þ][\w.'’-]*){1,4}")
_VERB = re.compile(
    r"(?i)^(?:(?:this\s+)?(?:project\s+gutenberg\s+)?(?:e-?(?:text|book)|file|text|edition)\s+(?:was\s+)?)?"
    r"(?:produced|prepared|transcribed|scanned|typed|digiti[sz]ed|created|converted|processed|proofread|compiled"
    r"|keyed(?: in)?|entered|contributed|provided|prepared and proofread|scanned and proofread|scanned and proofed)"
    r"(?:\s+(?:and|for|from)\s+[^;]{0,80}?)??\s+by:?\s+"
)
