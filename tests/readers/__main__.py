# SPDX-License-Identifier: AGPL-3.0-or-later
"""Holds finished EPUBs to the rules of reading systems and prints what passes: python -m tests.readers FILE.epub ..."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.readers.book import Book
from tests.readers.rules import READERS, RULES

MOST = 3


def matrix(book: Book) -> tuple[list[list[str]], list[str]]:
    """A line for each rule with a mark for each reader, and what breaks the rules."""
    lines, broken = [["rule", *READERS]], []
    for rule in RULES:
        found = list(rule.find(book))
        mark = "FAILS" if found else "passes"
        lines.append([rule.name.replace("_", " "), *(mark if reader in rule.readers else "" for reader in READERS)])
        if found:
            more = [f"    and {len(found) - MOST} more"] if len(found) > MOST else []
            broken += [f"{rule.name}: {rule.says}", *(f"    {place}" for place in found[:MOST]), *more]
            broken += [f"    see {source}" for source in rule.sources]
    return lines, broken


def main(names: list[str]) -> int:
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    for name in names:
        lines, broken = matrix(Book.read(Path(name).read_bytes()))
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        print(name)
        for line in lines:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        counts = [sum(line[place] != "" for line in lines[1:]) for place in range(1, len(READERS) + 1)]
        passed = [sum(line[place] == "passes" for line in lines[1:]) for place in range(1, len(READERS) + 1)]
        total = [f"{good} of {all_}" for good, all_ in zip(passed, counts, strict=True)]
        print("  ".join(cell.ljust(width) for cell, width in zip(["all", *total], widths, strict=True)).rstrip())
        print("\n".join(broken) + "\n" if broken else "")
        failed = failed or bool(broken)
    return int(failed)


sys.exit(main(sys.argv[1:]))
