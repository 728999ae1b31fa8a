# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finished plain text against the book: read as any such edition is, it has the same words in the same places."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checks.files import MOST, SHOWN
from publisher.checks.streams import Shown, shown_words
from publisher.edition import Edition
from publisher.errors import Location, Problem, SourceError
from publisher.readers import READERS, Source


def text(edition: Edition, wanted: Shown, data: bytes, _read: object = None) -> list[Problem]:
    """What differs between an edition and its finished plain text."""
    file = f"{edition.slug}.txt"
    try:
        read = READERS["plain"]([Source(file, data)])
    except SourceError as error:
        return [Problem("F006", f"it cannot be read: {error.problems[0].message}", Location(file))]
    there = dict(_texts(shown_words(read.book, edition.pictures)))
    needed = dict(_texts(wanted))
    different = [name for name in needed | there if needed.get(name, "") != there.get(name, "")]
    return [_problem(file, name, needed.get(name, ""), there.get(name, "")) for name in different[:MOST]]


def _texts(shown: Shown) -> Iterator[tuple[str, str]]:
    """The words of each part, chapter and note, by the name of its place."""
    for name, (_, runs) in shown.pages.items():
        yield name, " ".join(filter(None, runs))
    for key, runs in shown.notes.items():
        yield f"note {key}", " ".join(filter(None, runs))


def _problem(file: str, name: str, wanted: str, found: str) -> Problem:
    pairs = enumerate(zip(wanted, found, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(wanted), len(found)))
    start = max(0, at - SHOWN // 3)
    message = f'{name} has "{found[start : at + SHOWN]}" for "{wanted[start : at + SHOWN]}"'
    return Problem("F006", message, Location(file))
