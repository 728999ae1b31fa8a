# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many works -> many builds, in this process or in others, each finished one at once.

Any concurrent.futures.Executor will do. A process that dies takes a pool and all that runs in it along; the works that
were running are then built one by one, each in a pool of its own, to find the one that is to blame.
https://docs.python.org/3/library/concurrent.futures.html
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from publisher.build.make import Built, Job, Options, internal, make
from publisher.errors import Location, Problem, PublisherError
from publisher.works import Work, load

P = ParamSpec("P")
T = TypeVar("T")

Pool = Callable[[int], Executor]
"""A number of processes -> an executor."""


class Here(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


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
        settings=work.settings,
        defaults=work.defaults,
    )


def here(_: int) -> Executor:
    return Here()


def processes(number: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(number, initializer=_leave_signals_to_parent)


def _leave_signals_to_parent() -> None:
    """Ctrl-C reaches all processes of a terminal; the parent alone decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def run(works: Sequence[Work], options: Options, pool: Pool, number: int) -> Generator[tuple[Work, Built]]:
    """Builds works with up to `number` processes, and gives each as soon as it is done."""
    waiting = deque(works)
    while waiting:
        with _ending(pool(number)) as executor:
            suspects = yield from _until_broken(waiting, options, executor, number)
        for work in suspects:
            with _ending(pool(1)) as executor:
                built = _alone(work, options, executor)
            yield work, built


@contextmanager
def _ending(executor: Executor) -> Iterator[Executor]:
    """An executor that is shut down in the end; after Ctrl-C nothing of what still runs is wanted."""
    try:
        yield executor
    except BaseException:
        import multiprocessing

        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        executor.shutdown()


def _until_broken(
    waiting: deque[Work], options: Options, executor: Executor, number: int
) -> Generator[tuple[Work, Built], None, list[Work]]:
    """Builds what is waiting; returns the works that were running when a process died."""
    running: dict[Future[Built], Work] = {}
    # No more than the processes will soon take: the bytes of a submitted work stay in memory.
    limit = 1 if number == 1 else 2 * number
    while waiting or running:
        while waiting and len(running) < limit:
            work = waiting.popleft()
            running[_submit(executor, work, options)] = work
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        broken = [running.pop(future) for future in done if isinstance(future.exception(), BrokenExecutor)]
        for future in done & running.keys():
            work = running.pop(future)
            yield work, _result(future, work, options)
        if broken:
            return [*broken, *running.values()]
    return []


def _alone(work: Work, options: Options, executor: Executor) -> Built:
    """Builds a work that may have killed its process."""
    future = _submit(executor, work, options)
    if isinstance(future.exception(), BrokenExecutor):
        message = "the process that built this work died; perhaps there was no memory left"
        return Built(problems=(Problem("X002", message, Location(work.path.as_posix())),))
    return _result(future, work, options)


def _submit(executor: Executor, work: Work, options: Options) -> Future[Built]:
    future: Future[Built] = Future()
    try:
        return executor.submit(make, job(work), options)
    except PublisherError as error:
        future.set_result(Built(problems=error.problems))
    except BrokenExecutor as error:
        future.set_exception(error)
    return future


def _result(future: Future[Built], work: Work, options: Options) -> Built:
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, Exception):
        raise error
    return Built(problems=(internal(error, work.path.as_posix(), options),))
