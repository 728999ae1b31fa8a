# SPDX-License-Identifier: AGPL-3.0-or-later
"""Costs -> the table of the README, between its two marks, and the whole of them in benchmarks/results.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.processes import Cost
from benchmarks.tools import Tool

ROOT = Path(__file__).resolve().parent.parent
README, RESULTS = ROOT / "README.md", ROOT / "benchmarks" / "results.md"
BEGIN, END = "<!-- benchmarks: `make bench` writes what follows -->", "<!-- benchmarks: end -->"
NOT_ASKED, NOT_HERE, FAILED = "–", "not installed", "failed"


@dataclass(frozen=True, slots=True)
class Row:
    """What several tools were asked, and what it cost each of them; none where it failed."""

    title: str
    costs: dict[str, Cost | None]


def machine() -> str:
    """The day and the machine, in a sentence."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with {_processor()}, {os.cpu_count()} processors, "
        f"{pages * size / 1e9:.0f} GB of memory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}."
    )


def _processor() -> str:
    """The processor's name, where the system has it in a file."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text("utf-8").splitlines() if information.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def short(rows: Sequence[Row], tools: Sequence[Tool]) -> str:
    """A table of tasks and tools: seconds on the clock, of all processors, and megabytes."""
    head = ["", *(tool.name for tool in tools)]
    body = [[row.title, *(_cell(row, tool) for tool in tools)] for row in rows]
    return "\n".join(_markdown([head, *body]))


def _cell(row: Row, tool: Tool) -> str:
    if tool.name not in row.costs:
        return NOT_ASKED
    if not tool.version:
        return NOT_HERE
    cost = row.costs[tool.name]
    return f"{_seconds(cost.wall)} / {_seconds(cost.cpu)} / {cost.memory / 1e6:.0f}" if cost else FAILED


def long(rows: Sequence[Row], tools: Sequence[Tool]) -> str:
    """A line for each cost, sizes included."""
    head = ["", "tool", "wall s", "CPU s", "memory MB", "size kB"]
    body = [
        [row.title, tool.name, *_measures(row.costs[tool.name], tool)]
        for row in rows
        for tool in tools
        if tool.name in row.costs
    ]
    return "\n".join(_markdown([head, *body]))


def _measures(cost: Cost | None, tool: Tool) -> list[str]:
    if cost is None:
        return [FAILED if tool.version else NOT_HERE, "", "", ""]
    size = f"{cost.size / 1e3:,.0f}" if cost.size else ""
    return [_seconds(cost.wall), _seconds(cost.cpu), f"{cost.memory / 1e6:.0f}", size]


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _markdown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    head, *body = rows
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' if index == 0 else '---:' for index in range(len(head)))}|"
    yield from (f"| {' | '.join(row)} |" for row in body)


def rules(tools: Sequence[Tool]) -> str:
    """What each tool is given and asked, as a list."""
    return "\n".join(_rule(tool) for tool in tools)


def _rule(tool: Tool) -> str:
    install = f" ({tool.where})" if tool.where and not tool.version else ""
    return f"- {tool.name} {tool.version or NOT_HERE}{install}: {tool.what}."


def write(rows: Sequence[Row], tools: Sequence[Tool], method: str) -> None:
    """Writes the results, and puts the short table into the README."""
    day = machine()
    RESULTS.write_text(
        f"# Measurements\n\n`make bench` writes this file and the table of the README.\n\n{day}\n\n{method}\n\n"
        f"{rules(tools)}\n\n{long(rows, tools)}\n",
        "utf-8",
    )
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{short(rows, tools)}\n\n{day}\n{END}{after}", "utf-8")
