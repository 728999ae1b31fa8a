# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes in brackets with their name, "[Footnote 1: ...]", taken out of the text wherever they stand.

A note ends at its bracket, which may stand paragraphs below, and may hold other brackets. One without a label amid a
paragraph is called where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.gutenberg.calls import Body, Mark, normal
from publisher.readers.gutenberg.inlines import CALLED
from publisher.readers.gutenberg.notes import SIGN, Notes
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.stretches import chunk_of, part
from publisher.readers.lines import Chunk, Line

_WORD = (
    r"foot-?\s?note|fu(?:ß|ss)note|anmerkung|note de bas de page|note en bas de page|nota al pie|nota|voetnoot|fotnot"
    r"|fodnote|fotnote|alaviite|noot|примечание"
)
_OPEN = re.compile(
    rf"\[\s?(?:(?i:{_WORD})s?(?P<label>\s*\(?(?:{SIGN})\)?)?\s?(?::|\.(?=\s)|(?<=\w)\s?-+|(?<=\s)|(?=\]))"
    rf"|(?:Note|NOTE)\s+(?P<bare>{SIGN})\s?[:.])\s*"
)
_BRACKET = re.compile(r"[\[\]]")
_LONGEST = 400  # chunks of one note


def take_bracketed(chunks: Sequence[Chunk], record: Record, notes: Notes) -> list[Chunk]:
    """The chunks without the notes that stand in brackets with their name."""
    rest: list[Chunk] = []
    i = 0
    while i < len(chunks):
        if _opening(chunks[i].lines, 0, 0) is None:
            rest.append(chunks[i])
            i += 1
        else:
            i = _take(chunks, i, rest, record, notes)
    return rest


def _opening(lines: Sequence[Line], n: int, at: int) -> tuple[int, re.Match[str]] | None:
    """The first opening bracket of a note from a place on: its line and what it looks like."""
    for k in range(n, len(lines)):
        text, start = lines[k].text, at if k == n else 0
        if "[" in text:
            match = _OPEN.search(text, start)
            if match:
                return k, match
    return None


def _take(chunks: Sequence[Chunk], i: int, rest: list[Chunk], record: Record, notes: Notes) -> int:
    """Takes the notes of a chunk; what surrounds them stays one chunk. Gives the index to go on with."""
    kept: list[Line] = []
    gap = chunks[i].gap
    at = _At(i, 0, 0)
    while True:
        lines = chunks[at.chunk].lines
        found = _opening(lines, at.line, at.column)
        if found is None:
            kept += _between(lines, at, None)
            break
        n, match = found
        kept += _between(lines, at, _At(at.chunk, n, match.start()))
        opened, at = at.chunk, _At(at.chunk, n, match.end())
        inside, end = _inside(chunks, at, record)
        before = next((line for line in reversed(kept) if line.text), None) if end is not None else None
        _enter(notes, match, lines[n], inside, record, before)
        if end is None:
            hint = "It is taken to end with its paragraph. Close it with ]."
            notes.problems.append(Problem("R031", "a note's bracket is never closed", lines[n].at(match.start()), hint))
            at = _At(opened, 0, 0)
            break
        at = end
    if whole := chunk_of(kept, gap):
        rest.append(whole)
    return at.chunk + 1


class _At(Struct, frozen=True):
    """A place among the chunks."""

    chunk: int
    line: int
    column: int


def _between(lines: Sequence[Line], start: _At, stop: _At | None) -> Iterator[Line]:
    """What stands between two places of a chunk, or from one to its end."""
    last = stop.line if stop else len(lines) - 1
    for k in range(start.line, last + 1):
        begin = start.column if k == start.line else 0
        end = stop.column if stop and k == last else None
        yield part(lines[k], begin, end) if begin or end is not None else lines[k]


def _inside(chunks: Sequence[Chunk], start: _At, record: Record) -> tuple[list[Chunk], _At | None]:
    """What a bracket holds, and the place behind its end; None where it never ends."""
    depth = 1
    inside: list[Chunk] = []
    for i in range(start.chunk, min(len(chunks), start.chunk + _LONGEST)):
        if i > start.chunk and _opens_at_once(chunks[i]):
            break
        held: list[Line] = []
        first = start if i == start.chunk else _At(i, 0, 0)
        for k in range(first.line, len(chunks[i].lines)):
            line, begin = chunks[i].lines[k], first.column if k == first.line else 0
            depth, end = _closing(line.text, depth, begin)
            held.append(part(line, begin, end))
            if end is not None:
                record.paint_part(line, end, end + 1, Fate.CALL, CALLED)
                return [*inside, *filter(None, [chunk_of(held)])], _At(i, k, end + 1)
        inside += filter(None, [chunk_of(held, chunks[i].gap)])
    return inside[:1], None


def _opens_at_once(chunk: Chunk) -> bool:
    text = chunk.first.text
    return text.startswith("[") and _OPEN.match(text) is not None


def _closing(text: str, depth: int, start: int) -> tuple[int, int | None]:
    """How deep the brackets are at a line's end, and where the one that was opened first is closed."""
    for bracket in _BRACKET.finditer(text, start):
        depth += 1 if bracket[0] == "[" else -1
        if depth == 0:
            return 0, bracket.start()
    return depth, None


def _enter(
    notes: Notes, match: re.Match[str], opener: Line, inside: list[Chunk], record: Record, before: Line | None
) -> None:
    """Enters a note; one without a label is called where the words before it end."""
    label = normal((match["label"] or match["bare"] or "").strip(" ()"))
    record.paint_part(opener, match.start(), match.end(), Fate.CALL, CALLED)
    place = (opener.number, opener.indent + match.start())
    at = Mark(before, len(before.text), len(before.text), "here", label) if before and not label else None
    form = "footnote" if label else "star"
    body = Body(label or "*", form, inside, place, opener, at)
    for chunk in inside:
        record.paint(chunk.lines, Fate.NOTE)
    notes.bodies.append(body)
