# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines of cells -> a table. A line of hyphens stands below the rows that name the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from publisher.document import Inlines, Table
from publisher.ledger import Fate
from publisher.readers.plaintext.form import TABLE_RULE
from publisher.readers.plaintext.lines import Line, Mark, Page

BAR = re.compile(r"(?:^| )\|(?= |$)")


def table(
    page: Page, lines: Sequence[Line], margin: int, caption: Inlines, run: Callable[[Sequence[Line]], Inlines]
) -> Table:
    """The table whose rows are these lines; they begin at the column `margin`."""
    rows: list[tuple[Inlines, ...]] = []
    head: int | None = None
    for line in lines:
        if head is None and TABLE_RULE.fullmatch(line.text):
            page.mark(line, Fate.MARKUP)
            head = len(rows)
        else:
            rows.append(tuple(run([cell]) for cell in _cells(page, line, margin)))
    return Table(tuple(rows), head or 0, caption)


def _cells(page: Page, line: Line, margin: int) -> Iterator[Line]:
    """The cells of a row, without the spaces that align them; the bars between them are marked."""
    start = min(margin, line.column)
    raw = page.raw[line.number - 1][start:].rstrip(" \t")
    at = 0
    for bar in BAR.finditer(raw):
        yield _cell(line.number, start + at, raw[at : bar.start()])
        page.marks.append(Mark(line.number, start + bar.end() - 1, Fate.MARKUP))
        at = bar.end()
    yield _cell(line.number, start + at, raw[at:])


def _cell(number: int, column: int, raw: str) -> Line:
    text = raw.strip(" ")
    return Line(number, column + len(raw) - len(raw.lstrip(" ")), text, 0)
