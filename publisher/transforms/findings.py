# SPDX-License-Identifier: AGPL-3.0-or-later
"""Doubts of typography and findings of the reader -> the problems that remain.

A finding that an emendation settles is none any more, nor is a hyphen that has become a dash. Where reader and
typography doubt the same quotation mark, the reader's finding stands for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.errors import Location, Problem

_LEFT = "It is printed as it is. Mend the transcription, or correct the place with an [[emendation]]."


class Doubtful(Struct, frozen=True):
    """A doubt with its place in the source."""

    kind: str
    words: str
    location: Location


class Span(Struct, frozen=True):
    """Characters of a source that were corrected."""

    first: Location
    last: Location

    def __contains__(self, place: Location) -> bool:
        return self.first.file == place.file and self.first <= place <= self.last and bool(place.line and place.column)


def remaining(
    problems: Iterable[Problem], emended: Sequence[Span], doubts: Iterable[Doubtful], *, dashed: bool
) -> Iterator[Problem]:
    """The reader's findings that still hold, and what typography adds; `dashed` says that hyphens became dashes."""
    settled = _by_line(emended)
    quotes, hyphens = _sorted(doubts)
    said: set[Location] = set()
    for problem in problems:
        place = problem.location
        if problem.code.startswith("T") and any(place in span for span in settled[place.file, place.line]):
            continue
        if dashed and problem.code == "T003" and " - " in problem.message:
            if left := hyphens.pop(place.file, ()):
                yield _hyphens(problem, left)
            continue
        if problem.code == "T002":
            said.add(Location(place.file, place.line))
        yield problem
    for doubt in quotes:
        if Location(doubt.location.file, doubt.location.line) not in said:
            message = f'a straight quotation mark that may open or close is left in "{doubt.words}"'
            yield Problem("Y001", message, doubt.location, _LEFT)


def _by_line(spans: Sequence[Span]) -> dict[tuple[str, int], list[Span]]:
    found: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for span in spans:
        for line in {span.first.line, span.last.line}:
            found[span.first.file, line].append(span)
    return found


def _sorted(doubts: Iterable[Doubtful]) -> tuple[list[Doubtful], dict[str, list[Doubtful]]]:
    quotes: list[Doubtful] = []
    hyphens: dict[str, list[Doubtful]] = defaultdict(list)
    for doubt in doubts:
        (quotes if doubt.kind == "quote" else hyphens[doubt.location.file]).append(doubt)
    return quotes, hyphens


def _hyphens(problem: Problem, left: Sequence[Doubtful]) -> Problem:
    """The reader's finding, which stands for all hyphens of its file, for those that are left."""
    more = f" and in {len(left) - 1} more places" if len(left) > 1 else ""
    message = f'a hyphen seems to stand for a dash in "{left[0].words}"{more}'
    return replace(problem, message=message, location=left[0].location)
