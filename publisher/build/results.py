# SPDX-License-Identifier: AGPL-3.0-or-later
"""Works -> what stands on the disk for each: the one place where outputs are kept or only counted."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from publisher.build import disk
from publisher.build.artifacts import Account, Artifacts, Made, made
from publisher.build.crew import Pool
from publisher.build.make import Built, Options, key, severity
from publisher.build.run import job, run
from publisher.codes import Severity
from publisher.errors import OutputError, Problem, PublisherError
from publisher.works import Work


class Result(Struct, frozen=True):
    """What became of a work."""

    work: Work
    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    seconds: float
    proof: str = ""

    def failed(self, *, strict: bool) -> bool:
        return any(severity(problem, strict=strict) is Severity.ERROR for problem in self.problems)


def build(
    works: Sequence[Work],
    options: Options,
    pool: Pool,
    number: int,
    folder: Path | None,
    kept: Artifacts | None = None,
) -> Generator[Result]:
    """Builds works and writes their outputs into a folder, or only builds them; gives each as it is done.

    What is kept of earlier builds comes first, and is not built again.
    """
    try:
        if folder:
            disk.prepare(folder)
    except OutputError as error:
        yield from (Result(work, (), (*work.problems, *error.problems), 0.0) for work in works)
        return
    changed = []
    for work in works:
        if kept and (result := _again(work, options, folder, kept)):
            yield result
        else:
            changed.append(work)
    for work, built in run(changed, options, pool, number, kept):
        yield _written(work, built, folder, kept)


def _again(work: Work, options: Options, folder: Path | None, kept: Artifacts) -> Result | None:
    """The result of an unchanged work; none where it must be built."""
    start = perf_counter()
    try:
        account = kept.find(key(job(work), options))
    except PublisherError:
        return None
    if account is None:
        return None
    kept.touch(account)
    if folder and not disk.holds(folder, {made.name: made.sha256 for made in account.made}):
        outputs = kept.outputs(account)
        if outputs is None:
            return None
        try:
            disk.write(outputs, folder)
        except OutputError as error:
            return Result(work, (), (*account.problems, *error.problems), perf_counter() - start)
    return Result(work, account.made, account.problems, perf_counter() - start, account.proof)


def _written(work: Work, built: Built, folder: Path | None, kept: Artifacts | None) -> Result:
    try:
        if folder:
            disk.write({output.path: output.data for output in built.outputs}, folder)
    except OutputError as error:
        return Result(work, (), (*built.problems, *error.problems), built.seconds)
    account = Account(tuple(map(made, built.outputs)), built.problems, built.proof)
    if kept:
        kept.keep(built, account)
    return Result(work, account.made, account.problems, built.seconds, account.proof)
