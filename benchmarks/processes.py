# SPDX-License-Identifier: AGPL-3.0-or-later
"""Commands -> what they cost: time on the clock, time of all processors, memory.

Commands that are compared take turns, so that what else the machine does at the time falls on all of them.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from msgspec import Struct

# getrusage counts kilobytes on Linux and bytes on macOS.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024

Command = Sequence[str | Path]


class Cost(Struct, frozen=True):
    """Seconds on the clock, seconds of processor time (children included), and the most memory held, in bytes."""

    wall: float
    cpu: float
    memory: int


def measure(
    commands: Mapping[str, Command], folder: Path, runs: int, environment: Mapping[str, str] | None = None
) -> dict[str, Cost]:
    """The median cost of each command, run in a folder; the first run of each warms the caches and is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            cost = _run(command, folder, {**os.environ, **(environment or {})})
            if number:
                costs[name].append(cost)
    return {name: _median(found) for name, found in costs.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        max(cost.memory for cost in costs),
    )


def _run(command: Command, folder: Path, environment: Mapping[str, str]) -> Cost:
    """Runs a command once; one that fails ends the measurement with what it said."""
    with (folder / "output.log").open("w+b") as log:
        start = perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(f"{shlex.join(map(str, command))} failed:\n{log.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MEMORY_UNIT)
