# SPDX-License-Identifier: AGPL-3.0-or-later
"""publisher inspect: what is read from a text, before anything is made of it."""

from __future__ import annotations

import sys
import textwrap
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli import arguments, terminal
from publisher.errors import PublisherError

if TYPE_CHECKING:
    from publisher.errors import Problem
    from publisher.inspection import Inspection, Stretch
    from publisher.ledger import Entry
    from publisher.works import Work

HELP = "show what is read from a text: chapters, notes, licence"
DESCRIPTION = """\
Shows what is read from a text: its title, people, dates and licence, its chapters with their words and notes, the
lines that are left out and why, and what may be wrong. Nothing is written."""
EXAMPLES = """\
examples:
  publisher inspect text.txt          for people
  publisher inspect content/ --json   for scripts; {"works": […]} for a folder of works
"""

LONGEST = 80  # characters of a line that is not printed


def add(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", type=Path, help="a text file, the folder of a work, or of works")
    parser.add_argument("--json", action="store_true", help="print JSON, by inspect.schema.json of this package")


def run(given: Namespace) -> int:
    from publisher import works
    from publisher.inspection import Shelf

    found = works.find([given.source])
    seen = [_look(work) for work in found]
    inspections = [inspection for inspection, _, _ in seen]
    if not given.json:
        print("\n\n\n".join("\n".join(_text(*one)) for one in seen))
    elif [work.path for work in found] == [given.source]:
        terminal.show(inspections[0])
    else:
        terminal.show(Shelf(tuple(inspections)))
    return int(any(entries is None for _, entries, _ in seen))


def _look(work: Work) -> tuple[Inspection, tuple[Entry, ...] | None, tuple[Problem, ...]]:
    """What is to be shown of a work, its ledger and its problems; without a ledger where it cannot be read."""
    from publisher.build.make import Options, prepare
    from publisher.build.run import job
    from publisher.inspection import describe, unreadable

    try:
        prepared = prepare(job(work), Options(epoch=arguments.epoch()))
    except PublisherError as error:
        return unreadable(work.slug, error.problems), None, error.problems
    accepted = {found.problem: found.reason for found in prepared.accepted}
    return describe(prepared.edition, prepared.problems, accepted), prepared.read.ledger, prepared.problems


def _text(work: Inspection, ledger: Sequence[Entry] | None, problems: tuple[Problem, ...]) -> Iterator[str]:
    """What people read of a work."""
    from publisher.cli import report

    if ledger is not None:
        yield work.title
        yield from terminal.table(_facts(work), right=False)
        yield f"\n{terminal.counted(work.words, 'word')}, {terminal.counted(len(work.notes), 'note')}"
        yield from terminal.table([["", "words", "notes"], *map(_row, work.chapters)])
        yield from _left_out(ledger)
    if accepted := [finding for finding in work.problems if finding.accepted]:
        yield f"\n{terminal.counted(len(accepted), 'finding')} accepted:"
        for found in accepted:
            yield f"{found.file}:{found.line}:{found.column}: {found.code}: {found.message} ({found.accepted})"
    if problems:
        yield f"\n{terminal.counted(len(problems), 'problem')}:"
        yield from report.problems(problems, strict=False, stream=sys.stdout)


def _facts(work: Inspection) -> Iterator[tuple[str, str]]:
    if work.subtitle:
        yield "subtitle", work.subtitle
    yield from ((person.role, person.name) for person in work.contributors)
    yield "language", work.language or "not stated"
    for name, value in work.metadata.items():
        yield name, " / ".join(value.splitlines())
    licence = work.licence
    yield "licence", ", ".join(filter(None, (licence.status, licence.name, licence.spdx)))
    if licence.statement and licence.statement not in work.metadata.values():
        yield "statement", " ".join(licence.statement.split())


def _row(chapter: Stretch) -> tuple[str, str, str]:
    title = "  " * (chapter.level - 1) + chapter.title
    return title, f"{chapter.words:,}" if chapter.words else "", f"{chapter.notes:,}" if chapter.notes else ""


def _left_out(ledger: Sequence[Entry]) -> Iterator[str]:
    from publisher.ledger import LEFT_OUT

    entries = [entry for entry in ledger if entry.fate in LEFT_OUT]
    if entries:
        yield f"\n{terminal.counted(len(entries), 'line')} of the source not printed:"
        for entry in entries:
            text = textwrap.shorten(entry.text, LONGEST)
            yield terminal.printable(f"{entry.file}:{entry.line}: {entry.reason or entry.fate}: {text}")
