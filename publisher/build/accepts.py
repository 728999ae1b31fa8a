# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings and the [[accept]] entries of a book.toml -> the findings that remain, and those that are accepted."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from publisher.errors import Problem
from publisher.ledger import Entry
from publisher.metadata.settings import Accept, BookSettings, Settings


class Accepted(Struct, frozen=True):
    """A finding that book.toml accepts, and the reason it gives."""

    problem: Problem
    reason: str


def divide(
    problems: Iterable[Problem], settings: Settings[BookSettings], ledger: Iterable[Entry]
) -> tuple[tuple[Problem, ...], tuple[Accepted, ...]]:
    """(what remains, what is accepted).

    Each entry accepts one finding, so that a second one of its kind shows up; an entry that accepts none is wrong.
    """
    lines: dict[tuple[str, int], str] = {}
    for entry in ledger if settings.values.accept else ():
        lines[entry.file, entry.line] = lines.get((entry.file, entry.line), "") + entry.text
    remaining = list(problems)
    accepted: list[Accepted] = []
    for index, accept in enumerate(settings.values.accept):
        found = next((problem for problem in remaining if _meant(accept, problem, lines)), None)
        if found:
            remaining.remove(found)
            accepted.append(Accepted(found, accept.reason))
        else:
            place = settings.document.at(("accept", index))
            remaining.append(Problem("A001", f'there is no {accept.code} with "{accept.text}" to accept', place))
    return tuple(remaining), tuple(accepted)


def _meant(entry: Accept, problem: Problem, lines: dict[tuple[str, int], str]) -> bool:
    place = problem.location
    return entry.code == problem.code and any(
        entry.text in text for text in (problem.message, lines.get((place.file, place.line), ""))
    )
