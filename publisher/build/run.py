# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many works -> many builds, in this process or in others, long works first, each given as soon as it is done.

A work that is longer than its processor's share of all is built here, and its parts are laid out by all processes;
every other one is built as a whole by one of them.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future

from publisher.build import layouts, readback
from publisher.build.artifacts import Artifacts
from publisher.build.crew import Crew, Pool
from publisher.build.formats import Means, order
from publisher.build.make import Built, Job, Options, internal, make
from publisher.build.readback import ReadPages
from publisher.checks.page_texts import read_pages
from publisher.errors import Location, Problem, PublisherError
from publisher.works import Work, load, size, style
from publisher.writers.matter import Lay


def job(work: Work) -> Job:
    """The bytes of a work, ready to be sent anywhere; raises PublisherError where it is known to be impossible."""
    if work.problems:
        raise PublisherError(work.problems)
    texts, pictures = load(work)
    return Job(
        slug=work.slug,
        file=work.path.as_posix(),
        sources=texts,
        pictures=pictures,
        style=style(work),
        settings=work.settings,
        defaults=work.defaults,
    )


def run(
    works: Sequence[Work], options: Options, pool: Pool, number: int, kept: Artifacts | None = None
) -> Generator[tuple[Work, Built]]:
    """Builds works with up to `number` processes, and gives each as soon as it is done."""
    sizes = {work.path: size(work) for work in works}
    share = sum(sizes.values()) / number
    longest_first = sorted(works, key=lambda work: -sizes[work.path])
    long = [work for work in longest_first if number > 1 and sizes[work.path] > share]
    with Crew(pool, number) as crew:
        if long and "pdf" in order(options.formats, "none"):
            crew.start(layouts.warm)
        for work in long:
            yield work, _made_here(work, options, crew, kept)
        for work, future in crew.each(longest_first[len(long) :], _Submission(options, kept)):
            yield work, _result(future, work, options)


def _made_here(work: Work, options: Options, crew: Crew, kept: Artifacts | None) -> Built:
    try:
        given = job(work)
        return _make(given, options, layouts.shared(crew, given.file), readback.shared(crew), kept)
    except PublisherError as error:
        return Built(problems=error.problems)


def make_whole(job: Job, options: Options, kept: Artifacts | None) -> Built:
    """Builds a work in whatever process this is."""
    return _make(job, options, layouts.here, read_pages, kept)


def _make(job: Job, options: Options, lay: Lay, read: ReadPages, kept: Artifacts | None) -> Built:
    """Builds a work with what is kept of earlier builds."""
    means = Means(layouts.remembered(lay, kept), readback.remembered_inks(kept, job.file))
    return make(job, options, means, readback.remembered(read, kept, job.file))


class _Submission:
    """Gives a work to an executor, or says at once why it cannot be built."""

    def __init__(self, options: Options, kept: Artifacts | None) -> None:
        self._options = options
        self._kept = kept

    def __call__(self, executor: Executor, work: Work) -> Future[Built]:
        try:
            return executor.submit(make_whole, job(work), self._options, self._kept)
        except PublisherError as error:
            future: Future[Built] = Future()
            future.set_result(Built(problems=error.problems))
            return future


def _result(future: Future[Built], work: Work, options: Options) -> Built:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenExecutor):
        message = "the process that built this work died; perhaps there was no memory left"
        return Built(problems=(Problem("X002", message, Location(work.path.as_posix())),))
    if not isinstance(error, Exception):
        raise error
    return Built(problems=(internal(error, work.path.as_posix(), options),))
