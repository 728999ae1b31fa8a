# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the lines of a chunk stand on the page: filled like prose, broken like verse, in columns like a table.

Lines of prose were filled up to a margin, so that the first word of each line did not fit on the one above. Verse,
addresses and lists end their lines before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from publisher.readers.gutenberg.stretches import right
from publisher.readers.lines import Chunk, Line

_COLUMNS = re.compile(r"\S {3,}\S|\.{4,}\s*\S|(?:\. ){4,}|\S\t+\S")
_CELLS = re.compile(r" {2,}|\t+")
_RULE = re.compile(r"[-+=|_.:* ]{6,}$")
_OPENERS = "“\"‘'„«»(—–-[_¿¡*=…."
_END_MARKS = (".", ",", ";", ":", "!", "?", "-", "—", '"', "”", "’", "'", ")", "_", "»")
STEP = 2  # columns of a step of indentation in verse
_TURN = 55  # the column from which on a line of verse may be too long
_NAME = 45  # characters of a name in a list
_POEM = 3  # stanzas that a poem has at least
_RIGHT = 20  # columns of indentation from which on a line is set to the right


def first_word(line: Line) -> int:
    """The length of a line's first word."""
    end = line.text.find(" ")
    return len(line.text) if end < 0 else end


def early(lines: Sequence[Line], margin: int) -> int:
    """How many lines end although the next word would have stood before the margin."""
    return sum(right(line) + 1 + first_word(after) < margin for line, after in pairwise(lines))


def _whole(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines without the gaps that notes leave which stood amid them."""
    if all(line.number != after.number for line, after in pairwise(lines)):
        return lines
    whole: list[Line] = []
    for line in lines:
        if whole and whole[-1].number == line.number:
            above = whole.pop()
            line = replace(above, text=f"{above.text} {line.text}")  # noqa: PLW2901 (the line goes on)
        whole.append(line)
    return whole


def is_filled(lines: Sequence[Line], width: int) -> bool:
    """Prose: nearly no line ends early, measured at the longest of them, and they are no short lines of a list.

    `width` is the column to which the text's prose reaches.
    """
    lines = _whole(lines)
    margin = max(map(right, lines))
    if len(lines) == 1:
        return True
    breaks = early(lines, margin)
    if len(lines) == 2:
        return breaks == 0 and (margin >= width - 14 or not _begins_large(lines[1].text))
    if breaks * 4 > len(lines) - 1:
        # Old transcriptions broke lines where a phrase ends: ragged, yet long.
        return _large(lines) < 0.8 and margin >= width - 8 and early(lines, width - 24) == 0
    return margin >= width - 18 or _large(lines) < 0.8


def _large(lines: Sequence[Line]) -> float:
    """The share of lines, without the first and turned ones, that begin with a capital, as lines of verse do."""
    counted = [line for above, line in pairwise(lines) if not is_turned(above, line)]
    return sum(_begins_large(line.text) for line in counted) / len(counted) if counted else 0.0


def is_turned(above: Line, line: Line) -> bool:
    """The end of a long line of verse, which did not fit and stands indented below it."""
    return line.indent >= above.indent + 2 and right(above) >= _TURN and not _begins_large(line.text)


def _begins_large(text: str) -> bool:
    first = text.lstrip(_OPENERS)[:1]
    return not first or not first.islower()


def is_verse(lines: Sequence[Line], width: int, base: int) -> bool:
    """Lines that end where the sense or the metre ends: each begins with a capital, or they are indented and short."""
    lines = _whole(lines)
    if len(lines) < 2:
        return False
    margin = max(map(right, lines))
    count = len(lines) - 1
    large = _large(lines)
    if large < 0.75 and margin > width - 14:
        return False
    if _is_list(lines) or _is_address(lines):
        return False
    ragged = early(lines, margin) / count
    short = early(lines, width - 2) / count
    if large >= 0.99 and count >= 3 and (ragged >= 0.2 or short >= 0.5 or _steps(lines)):
        return True
    inset = min(line.indent for line in lines) > base
    if large >= 0.75 and (short >= 0.6 or (_steps(lines) and short >= 0.3)):
        return inset or (_is_pointed(lines) and (count > 2 or margin <= width - 14))
    # In Italian and Spanish lines of verse begin with small letters.
    return short >= 0.95 and margin <= width - 14 and (_is_pointed(lines) or inset) and (ragged >= 0.3 or 1 < count < 4)


def may_be_verse(lines: Sequence[Line], width: int) -> bool:
    """What is verse among verse: a line by itself, lines with capitals, lines that all end early."""
    if len(lines) == 1:
        return right(lines[0]) <= width
    return not _is_list(lines) and (_large(lines) >= 0.99 or early(lines, width - 2) >= (len(lines) - 1) * 0.9)


def is_poem(chunks: Sequence[Chunk], width: int, base: int) -> bool:
    """Nearly all that these chunks hold is verse."""
    several = [chunk.lines for chunk in chunks if len(chunk.lines) > 1]
    if len(several) < _POEM:
        return False
    if sum(is_verse(lines, width, base) for lines in several) * 3 >= len(several) * 2:
        return True
    return sum(may_be_verse(lines, width) for lines in several) * 10 >= len(several) * 9


def _steps(lines: Sequence[Line]) -> bool:
    """Indented by turns, not only in the first line."""
    return len({line.indent for line in lines[1:]}) > 1


def _is_pointed(lines: Sequence[Line]) -> bool:
    """Lines of verse end with points of all kinds, those of an address with none."""
    return sum(line.text.endswith(_END_MARKS) for line in lines) * 3 >= len(lines)


def _is_address(lines: Sequence[Line]) -> bool:
    """Names one below the other: short lines, hardly any of which ends with a point."""
    return not _is_pointed(lines) and not _steps(lines) and max(len(line.text) for line in lines) <= _NAME


def _is_list(lines: Sequence[Line]) -> bool:
    """A cast or an index: each line is a sentence of its own, or says something of what stands before a colon."""
    if len(lines) < 3:
        return False
    stops = sum(line.text.endswith(".") for line in lines)
    labelled = sum(": " in line.text for line in lines)
    return stops >= len(lines) * 0.8 or labelled >= len(lines) * 0.7


def is_tabular(lines: Sequence[Line]) -> bool:
    """Columns of cells, or a frame drawn with signs."""
    lines = _whole(lines)
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
    prose = (chunk.lines[:-1] for chunk in chunks if len(chunk.lines) >= 4 and _large(chunk.lines) < 0.8)
    reach = sorted(right(line) for lines in prose for line in lines)
    return min(reach[len(reach) * 9 // 10], 100) if len(reach) >= 10 else 72


def base_of(chunks: Sequence[Chunk]) -> int:
    """The column at which most lines of prose begin."""
    counts: dict[int, int] = {}
    for chunk in chunks:
        if len(chunk.lines) >= 3 and _large(chunk.lines) < 0.8:
            for line in chunk.lines[1:]:
                counts[line.indent] = counts.get(line.indent, 0) + 1
    return max(counts, key=lambda indent: (counts[indent], -indent), default=0)
