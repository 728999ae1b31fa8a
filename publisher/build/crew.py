# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls -> their results, in this process or in others, each as soon as it is done.

Any concurrent.futures.Executor will do. A process that dies takes a pool and all that runs in it along; what was
running is then run one by one, each in a pool of its own, to find what is to blame, and the rest goes on. A process
whose parent is gone ends by itself.
https://docs.python.org/3/library/concurrent.futures.html
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K")

Pool = Callable[[int], Executor]
"""A number of processes -> an executor."""
Submit = Callable[[Executor, K], Future[T]]
"""Gives one thing that is to be done to an executor."""


class Here(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def here(_: int) -> Executor:
    return Here()


def processes(number: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(number, initializer=_follow_parent)


def _follow_parent() -> None:
    """Ctrl-C and a closed terminal reach all processes; the parent alone decides what they mean.

    A parent that is killed can tell nobody. So a thread waits for it, whatever the others do meanwhile, in C, too.
    """
    from threading import Thread

    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Waits for the end of a pipe that the parent holds open by living, and which its other processes hold, too.

    They end one after the other, the last one first: each has the ends of those that were there before it.
    """
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)  # sys.exit would end this thread alone


class Crew:
    """Up to `number` processes, which stay from one call to the next and so keep what they have loaded."""

    def __init__(self, pool: Pool, number: int) -> None:
        self.number = number
        self._pool = pool
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            _terminate()
        self._end()

    def start(self, call: Callable[[], object]) -> None:
        """Has one process do something that will be of use, and does not wait for it."""
        self._begin().submit(call)

    def each(self, items: Iterable[K], submit: Submit[K, T]) -> Generator[tuple[K, Future[T]]]:
        """Each item with what became of it; where its process died, that is a BrokenExecutor."""
        waiting = deque(items)
        while waiting:
            for item in (yield from self._until_broken(waiting, submit)):
                yield item, self._alone(item, submit)

    def _until_broken(self, waiting: deque[K], submit: Submit[K, T]) -> Generator[tuple[K, Future[T]], None, list[K]]:
        """Does what is waiting; returns what was running when a process died."""
        running: dict[Future[T], K] = {}
        # No more than the processes will soon take: what is submitted is kept in memory.
        limit = 1 if self.number == 1 else 2 * self.number
        while waiting or running:
            while waiting and len(running) < limit:
                item = waiting.popleft()
                running[_submitted(self._begin(), item, submit)] = item
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = [running.pop(future) for future in done if isinstance(future.exception(), BrokenExecutor)]
            for future in done & running.keys():
                yield running.pop(future), future
            if broken:
                self._end()
                return [*broken, *running.values()]
        return []

    def _alone(self, item: K, submit: Submit[K, T]) -> Future[T]:
        """Does what may have killed its process, in a process of its own."""
        with Crew(self._pool, 1) as alone:
            future = _submitted(alone._begin(), item, submit)
            wait([future])
            return future

    def _begin(self) -> Executor:
        if self._executor is None:
            self._executor = self._pool(self.number)
        return self._executor

    def _end(self) -> None:
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown()


def _submitted(executor: Executor, item: K, submit: Submit[K, T]) -> Future[T]:
    try:
        return submit(executor, item)
    except BrokenExecutor as error:
        future: Future[T] = Future()
        future.set_exception(error)
        return future


def _terminate() -> None:
    """After Ctrl-C nothing of what still runs is wanted."""
    import multiprocessing

    for child in multiprocessing.active_children():
        child.terminate()
