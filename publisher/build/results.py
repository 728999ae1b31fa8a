# SPDX-License-Identifier: AGPL-3.0-or-later
"""Works -> what stands on the disk for each: the one place where outputs are kept or only counted."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from publisher.build import disk
from publisher.build.make import Built, Options, severity
from publisher.build.run import Pool, run
from publisher.codes import Severity
from publisher.edition import Output
from publisher.errors import OutputError, Problem
from publisher.works import Work


@dataclass(frozen=True, slots=True)
class Made:
    """An output without its bytes; `name` is its file name, `size` in bytes."""

    name: str
    format: str
    size: int
    sha256: str
    pages: int | None
    sheets: int | None
    blanks: int | None
    note: str
    advice: tuple[str, ...]
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a work."""

    work: Work
    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    seconds: float
    proof: str = ""

    def failed(self, *, strict: bool) -> bool:
        return any(severity(problem, strict=strict) is Severity.ERROR for problem in self.problems)


def build(works: Sequence[Work], options: Options, pool: Pool, number: int, folder: Path | None) -> Generator[Result]:
    """Builds works and writes their outputs into a folder, or only builds them; gives each as it is done."""
    try:
        if folder:
            disk.prepare(folder)
    except OutputError as error:
        yield from (Result(work, (), (*work.problems, *error.problems), 0.0) for work in works)
        return
    for work, built in run(works, options, pool, number):
        yield _kept(work, built, folder)


def _kept(work: Work, built: Built, folder: Path | None) -> Result:
    try:
        if folder:
            disk.write({output.path: output.data for output in built.outputs}, folder)
    except OutputError as error:
        return Result(work, (), (*built.problems, *error.problems), built.seconds)
    return Result(work, tuple(map(made, built.outputs)), built.problems, built.seconds, built.proof)


def made(output: Output) -> Made:
    digest = sha256(output.data).hexdigest()
    return Made(
        name=output.path,
        format=output.format,
        size=len(output.data),
        sha256=digest,
        pages=output.pages,
        sheets=output.sheets,
        blanks=output.blanks,
        note=output.note,
        advice=output.advice,
        details=output.details,
    )
