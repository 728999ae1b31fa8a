# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people see on standard error (colours where the terminal has them, tables, progress); JSON for scripts."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from publisher.codes import Severity

T = TypeVar("T")

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
BOLD = "1"


def say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def show(data: object) -> None:
    """Prints data as JSON to standard output."""
    from msgspec import to_builtins

    print(json.dumps(data, default=to_builtins, ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """The text with escapes for characters that end a line or command a terminal, such as U+001B."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda found: ascii(found[0])[1:-1], text)


def painted(text: str, colour: str, stream: TextIO) -> str:
    """The text in a colour, where it goes to a terminal and nobody minds (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return text if plain else f"\x1b[{colour}m{text}\x1b[0m"


def progress(results: Iterable[T], total: int, unit: str) -> Iterator[T]:
    """The results, while a bar on the terminal shows how many there have been."""
    if not sys.stderr.isatty():
        yield from results
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread of its own: processes are forked while the bar is shown
    yield from tqdm(results, total=total, unit=unit, leave=False, dynamic_ncols=True)


def table(rows: Iterable[Sequence[str]], *, right: bool = True) -> Iterator[str]:
    """Rows as aligned lines: the first column to the left, the others to the right unless told otherwise."""
    kept = list(rows)
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    for first, *others in kept:
        aligned = [cell.rjust(width) if right else cell for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *aligned]).rstrip()


def counted(number: int, what: str) -> str:
    """A number with its noun: 1 sheet, 2 sheets."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def size(number: int) -> str:
    """Bytes for people: 41 kB, 1.2 MB."""
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, round(number / 1000))} kB"
