# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the lines of a chunk stand on the page: filled like prose, broken like verse, in columns like a table.

Lines of prose were filled up to a margin, so that the first word of each line did not fit on the one above. Verse,
addresses and lists end their lines before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.readers.gutenberg.stretches import right
from publisher.readers.lines import Chunk, Line

_COLUMNS = re.compile(r"\S {3,}\S|\.{5,}|(?:\. ){4,}|\S\t+\S")
_CELLS = re.compile(r" {2,}|\t+")
_RULE = re.compile(r"[-+=|_.:* ]{6,}$")
_OPENERS = "“\"‘'„«»(—–-[_¿¡*=…."
_END_MARKS = (".", ",", ";", ":", "!", "?", "-", "—", '"', "”", "’", "'", ")", "_", "»")
_RIGHT = 20  # columns of indentation from which on a line is set to the right


def first_word(line: Line) -> int:
    """The length of a line's first word."""
    end = line.text.find(" ")
    return len(line.text) if end < 0 else end


def early(lines: Sequence[Line], margin: int) -> int:
    """How many lines end although the next word would have stood before the margin."""
    return sum(right(line) + 1 + first_word(after) < margin for line, after in zip(lines, lines[1:], strict=False))


def is_filled(lines: Sequence[Line], width: int) -> bool:
    """Prose: nearly no line ends early, measured at the longest of them, and they are no short lines of a list.

    `width` is the column to which the text's prose reaches.
    """
    margin = max(map(right, lines))
    if len(lines) == 1:
        return True
    breaks = early(lines, margin)
    if len(lines) == 2:
        return breaks == 0 and (margin >= width - 14 or not _all_capital(lines))
    if breaks * 4 > len(lines) - 1:
        # Old transcriptions broke lines where a phrase ends: ragged, yet long.
        return not _all_capital(lines) and margin >= width - 8 and early(lines, width - 24) == 0
    return margin >= width - 18 or not _all_capital(lines)


def _all_capital(lines: Sequence[Line]) -> bool:
    """Each line begins with a capital, as verse does."""
    return all(_begins_large(line.text) for line in lines)


def _begins_large(text: str) -> bool:
    first = text.lstrip(_OPENERS)[:1]
    return not first or not first.islower()


def is_verse(lines: Sequence[Line], width: int, base: int) -> bool:
    """Short lines that end where the sense or the metre ends; at the left margin they need more evidence."""
    if len(lines) < 2:
        return False
    margin = max(map(right, lines))
    capital = sum(_begins_large(line.text) for line in lines) / len(lines)
    breaks = early(lines, min(margin, width)) / (len(lines) - 1)
    far = early(lines, width - 2) / (len(lines) - 1)
    indented = min(line.indent for line in lines) > base
    if indented or len({line.indent for line in lines}) > 2:
        return far >= 0.6 and (capital >= 0.7 or breaks >= 0.35)
    return far >= 0.75 and capital >= 0.8 and sum(line.text.endswith(_END_MARKS) for line in lines) * 3 >= len(lines)


def is_tabular(lines: Sequence[Line]) -> bool:
    """Columns of cells, or a frame drawn with signs."""
    if len(lines) < 2:
        return False
    drawn = sum(_is_drawn(line.text) for line in lines)
    return drawn * 5 >= len(lines) * 3


def _is_drawn(text: str) -> bool:
    spaced = "   " in text or "...." in text or ". . ." in text or "\t" in text
    return bool((spaced and _COLUMNS.search(text)) or (text[0] in "-+=|_.:*" and _RULE.match(text)))


def columns(lines: Sequence[Line]) -> list[list[tuple[int, int]]] | None:
    """The cells of a table as spans of each line's text; None where it is not certain which cells there are."""
    rows = [_cells(line.text) for line in lines]
    count = len(rows[0])
    if len(rows) < 3 or count < 2 or any(len(row) != count for row in rows):
        return None
    for column in range(count):
        starts = {line.indent + row[column][0] for line, row in zip(lines, rows, strict=True)}
        ends = {line.indent + row[column][1] for line, row in zip(lines, rows, strict=True)}
        if len(starts) > 1 and len(ends) > 1:
            return None
    return rows


def _cells(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for gap in _CELLS.finditer(text):
        spans.append((at, gap.start()))
        at = gap.end()
    return [*spans, (at, len(text))]


def is_right(chunk: Chunk) -> bool:
    """A few short lines at the right: a date, a signature, an attribution."""
    return len(chunk.lines) <= 6 and all(line.indent >= _RIGHT for line in chunk.lines)


def width_of(chunks: Sequence[Chunk]) -> int:
    """The column to which prose reaches: of the lines inside long chunks the one that nine in ten do not pass."""
    reach = sorted(right(line) for chunk in chunks if len(chunk.lines) >= 4 for line in chunk.lines[:-1])
    return min(reach[len(reach) * 9 // 10], 100) if reach else 72


def base_of(chunks: Sequence[Chunk]) -> int:
    """The column at which most lines of prose begin."""
    counts: dict[int, int] = {}
    for chunk in chunks:
        if len(chunk.lines) >= 3:
            for line in chunk.lines[1:]:
                counts[line.indent] = counts.get(line.indent, 0) + 1
    return max(counts, key=lambda indent: (counts[indent], -indent), default=0)
