# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings and the [[accept]] entries of a book.toml -> the findings that remain."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.errors import Problem
from publisher.ledger import Entry
from publisher.metadata.settings import Accept, BookSettings, Settings


def without_accepted(
    problems: Iterable[Problem], settings: Settings[BookSettings], ledger: Iterable[Entry]
) -> tuple[Problem, ...]:
    """Each entry silences one finding, so that a second one of its kind shows up; one that silences none is wrong."""
    entries = settings.values.accept
    if not entries:
        return tuple(problems)
    lines = {(entry.file, entry.line): entry.text for entry in ledger}
    remaining = list(problems)
    for index, entry in enumerate(entries):
        found = next((problem for problem in remaining if _meant(entry, problem, lines)), None)
        if found:
            remaining.remove(found)
        else:
            place = settings.document.at(("accept", index))
            remaining.append(Problem("A001", f'there is no {entry.code} with "{entry.text}" to accept', place))
    return tuple(remaining)


def _meant(entry: Accept, problem: Problem, lines: dict[tuple[str, int], str]) -> bool:
    place = problem.location
    return entry.code == problem.code and any(
        entry.text in text for text in (problem.message, lines.get((place.file, place.line), ""))
    )
