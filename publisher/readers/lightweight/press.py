# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources -> their texts; a plan and what was found on the way -> what a reader gives."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from publisher.characters import IMPOSSIBLE
from publisher.document import plain
from publisher.errors import Location, Problem, SourceError
from publisher.ledger import LEFT_OUT, Entry
from publisher.metadata import header
from publisher.metadata.model import Field, Metadata
from publisher.readers import Read, Source
from publisher.readers.crossings import settled
from publisher.readers.decoding import decode
from publisher.readers.language import identify
from publisher.readers.lightweight.binding import bind
from publisher.readers.lightweight.ink import Ink
from publisher.readers.lightweight.manuscript import Manuscript, keep_part
from publisher.readers.lightweight.pictures import Album
from publisher.readers.lightweight.plan import Plan
from publisher.readers.lightweight.scribe import Shared

_CONTROL = re.compile(f"{IMPOSSIBLE.pattern}|[\x7f-\x84\x86-\x9f\ufeff]")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_ENOUGH = 40


class Press:
    """The texts of a work, and all problems that are found in it."""

    def __init__(self, sources: Sequence[Source], pictures: Collection[str]) -> None:
        self.problems: list[Problem] = []
        self.inks: dict[str, Ink] = {}
        self._album = Album(pictures, common_folder([source.file for source in sources]))
        refused: list[Problem] = []
        for source in sources:
            try:
                self.inks[source.file] = Ink(source.file, self._text(source))
            except SourceError as error:
                refused += error.problems
        if refused:
            raise SourceError(refused)

    def _text(self, source: Source) -> str:
        """The characters of a source without what no book can hold, its lines ended in one way."""
        text = _LINE_ENDS.sub("\n", decode(source.file, source.data))
        if not _CONTROL.search(text):
            return text
        for number, line in enumerate(text.split("\n"), 1):
            if found := _CONTROL.search(line):
                name = f"U+{ord(found[0]):04X}"
                place = Location(source.file, number, found.start() + 1)
                message = f"control character {name} left out"
                self.problems.append(Problem("T005", message, place, "It cannot be printed. Remove it."))
        return _CONTROL.sub("", text)

    def read(self, plan: Plan, manuscripts: Sequence[Manuscript]) -> Read:
        """The book of a plan, with the metadata of its texts."""
        if not plan.items:
            file = next(iter(self.inks))
            raise SourceError([Problem("S009", "the file holds no text below its header", Location(file))])
        for manuscript in manuscripts:
            keep_part(manuscript)
        shared = Shared(self._album, frozenset(self.inks))
        book = settled(bind(plan, shared))
        ledger = tuple(entry for ink in self.inks.values() for entry in ink.entries())
        known, found = header.interpret(_fields(manuscripts))
        metadata = replace(
            _with_people(known, manuscripts),
            title=plain(book.title),
            short_title=plain(book.title) or None,
            subtitle=plain(book.subtitle) or None,
            language=_language(manuscripts, ledger),
        )
        problems = [*self.problems, *shared.problems, *found]
        for manuscript in manuscripts:
            problems += manuscript.problems
        return Read(book, metadata, ledger, tuple(sorted(problems, key=lambda p: (p.location, p.code, p.message))))


def common_folder(files: Sequence[str]) -> str:
    """The folder that all files are in, empty if they are in none."""
    folders = {posixpath.dirname(file) for file in files}
    return posixpath.commonpath(folders) if folders and all(folders) else ""


def _fields(manuscripts: Iterable[Manuscript]) -> tuple[Field, ...]:
    """The header lines of all texts, what several say alike once."""
    found: dict[tuple[str, str], Field] = {}
    for manuscript in manuscripts:
        for field in manuscript.fields:
            found.setdefault((field.label, field.value), field)
    return tuple(found.values())


def _with_people(known: Metadata, manuscripts: Iterable[Manuscript]) -> Metadata:
    people = dict.fromkeys(person for manuscript in manuscripts for person in manuscript.people)
    named = {(person.name, person.role) for person in people}
    others = (person for person in known.contributors if (person.name, person.role) not in named)
    return replace(known, contributors=(*people, *others))


def _language(manuscripts: Iterable[Manuscript], ledger: Iterable[Entry]) -> str | None:
    """The language that a text states, else the one that its small words tell."""
    stated = next((manuscript.language for manuscript in manuscripts if manuscript.language), None)
    return stated or identify(
        entry.text for entry in ledger if entry.fate not in LEFT_OUT and len(entry.text) > _ENOUGH
    )
