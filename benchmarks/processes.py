# SPDX-License-Identifier: AGPL-3.0-or-later
"""Commands -> what they cost: time on the clock, time of all processors, memory, and the size of what they made.

Commands that are compared take turns, so that what else the machine does at the time falls on all of them.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from resource import struct_rusage
from statistics import median
from time import perf_counter

from msgspec import Struct

# getrusage counts kilobytes on Linux and bytes on macOS.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, prctl(2)


class Asked(Struct, frozen=True):
    """A command, and a pattern of the files that it is to make."""

    command: tuple[str, ...]
    outputs: str = ""


class Cost(Struct, frozen=True):
    """Seconds on the clock, seconds of processor time of all processes, and in bytes the most that one of them held."""

    wall: float
    cpu: float
    memory: int
    size: int = 0


def measure(
    asked: Mapping[str, Asked], folder: Path, runs: int, before: Callable[[int], None] = lambda _: None
) -> dict[str, Cost | None]:
    """The median cost of each command, run in a folder; none for one that fails, which is told on standard error.

    `before` is called with the number of each round.
    """
    costs: dict[str, list[Cost | None]] = {name: [] for name in asked}
    for number in range(runs):
        before(number)
        for name, one in asked.items():
            if None not in costs[name]:
                costs[name].append(_cost(one, folder))
    return {name: _median(found) for name, found in costs.items()}


def _median(costs: list[Cost | None]) -> Cost | None:
    whole = [cost for cost in costs if cost is not None]
    if len(whole) < len(costs):
        return None
    return Cost(
        median(cost.wall for cost in whole),
        median(cost.cpu for cost in whole),
        max(cost.memory for cost in whole),
        whole[-1].size,
    )


def _cost(asked: Asked, folder: Path) -> Cost | None:
    for left in folder.glob(asked.outputs) if asked.outputs else ():
        left.unlink()
    adopt()
    with (folder / "output.log").open("w+b") as log:
        start = perf_counter()
        process = subprocess.Popen(asked.command, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *_orphans()]
        made = list(folder.glob(asked.outputs)) if asked.outputs else []
        if process.returncode or (asked.outputs and not made):
            log.seek(0)
            said = log.read().decode(errors="replace")[-2000:]
            print(f"{' '.join(asked.command)} failed ({process.returncode}):\n{said}", file=sys.stderr)
            return None
    return Cost(
        wall,
        sum(one.ru_utime + one.ru_stime for one in usages),
        max(one.ru_maxrss for one in usages) * MEMORY_UNIT,
        sum(file.stat().st_size for file in made),
    )


def adopt() -> None:
    """Makes what a command leaves behind our own: browsers do not wait for all of their processes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def _orphans() -> list[struct_rusage]:
    found = []
    while True:
        try:
            found.append(os.wait4(-1, 0)[2])
        except ChildProcessError:
            return found
