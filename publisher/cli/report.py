# SPDX-License-Identifier: AGPL-3.0-or-later
"""The results of a build -> what people read, and what scripts read."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import TextIO

from publisher.build.artifacts import Made
from publisher.build.formats import WRITERS
from publisher.build.make import severity
from publisher.build.results import Result
from publisher.cli.terminal import BOLD, COLOURS, counted, painted, printable, size, table
from publisher.codes import CODES, Severity
from publisher.errors import Problem
from publisher.inspection import finding


def problems(found: Iterable[Problem], *, strict: bool, stream: TextIO | None = None) -> Iterator[str]:
    """Each problem as a line, its hint below it; the same problem of several works once."""
    for problem in dict.fromkeys(found):
        level = severity(problem, strict=strict)
        name = painted(f"{level} {problem.code}", COLOURS[level], stream or sys.stderr)
        place = painted(printable(str(problem.location)), BOLD, stream or sys.stderr)
        yield f"{place}: {name}: {printable(problem.message)}"
        if problem.hint:
            yield textwrap.indent(problem.hint, "    ")


def summary(results: Sequence[Result], folder: Path | None, *, strict: bool) -> Iterator[str]:
    """A table of the works, where their outputs are, and for a shelf which works to look at."""
    built = [result for result in results if result.made]
    if built:
        formats = [name for name in WRITERS if any(made.format == name for result in built for made in result.made)]
        rows = [["work", "pages", "sheets to fold", *formats], *(_row(result, formats) for result in built)]
        used = [any(column[1:]) for column in zip(*rows, strict=True)]
        yield from table([list(compress(row, used)) for row in rows])
        yield from (f"{result.work.slug}: {result.proof}" for result in built if result.proof)
        if folder and len(results) == 1:
            yield from (line for made in built[0].made for line in made.advice)
    files = sum(len(result.made) for result in built)
    if folder:
        yield f"{counted(len(built), 'work')} of {len(results)}: {counted(files, 'file')} in {folder}/"
    else:
        yield f"{counted(len(built), 'work')} of {len(results)} can be built"
    if len(results) > 1:
        yield from _to_look_at(results, strict=strict)


def _row(result: Result, formats: Iterable[str]) -> list[str]:
    # The first file of a format is its main one.
    by_format = {made.format: made for made in reversed(result.made)}
    pages = by_format["pdf"].pages if "pdf" in by_format else None
    return [
        result.work.slug,
        f"{pages:,}" if pages else "",
        by_format["booklet"].note if "booklet" in by_format else "",
        *(size(by_format[name].size) if name in by_format else "" for name in formats),
    ]


def _to_look_at(results: Iterable[Result], *, strict: bool) -> Iterator[str]:
    worth = [(result, _why(result, strict=strict)) for result in results]
    reasons = [f"  {result.work.slug}: {why}" for result, why in worth if why]
    if reasons:
        yield f"{counted(len(reasons), 'work')} to look at:"
        yield from reasons


def _why(result: Result, *, strict: bool) -> str:
    """Errors and warnings of a work by code: "2 errors, 1 warning: no author (H002), …"."""
    levels = Counter(severity(problem, strict=strict) for problem in result.problems)
    codes = Counter(problem.code for problem in result.problems if problem.severity is not Severity.NOTE)
    counts = [counted(levels[level], level) for level in (Severity.ERROR, Severity.WARNING) if levels[level]]
    kinds = [f"{CODES[code].title} ({code}{f' ×{n}' if n > 1 else ''})" for code, n in codes.most_common()]
    return f"{', '.join(counts)}: {'; '.join(kinds)}" if counts else ""


def as_data(results: Iterable[Result], folder: Path | None, *, strict: bool) -> dict[str, object]:
    """The results for scripts; outputs that were not written are not listed."""
    return {
        "works": [
            {
                "slug": result.work.slug,
                "outputs": [output(made, folder) for made in result.made] if folder else [],
                "problems": [finding(p, severity=severity(p, strict=strict)) for p in result.problems],
                "seconds": round(result.seconds, 3),
            }
            for result in results
        ]
    }


def output(made: Made, folder: Path) -> dict[str, object]:
    path = (folder / made.name).as_posix()
    known: dict[str, object] = {"path": path, "format": made.format, "bytes": made.size, "sha256": made.sha256}
    if made.pages is not None:
        known["pages"] = made.pages
    return known | {"details": made.details} if made.details else known
