# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes that no link makes: "[1]" in the text, "[1]" or "1." at the beginning of a block below it.

What the reader of plain transcriptions knows of labels, calls and bodies serves here, too; what links have claimed is
not looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers import calls, notes as plain_notes
from publisher.readers.hypertext.model import Body, Box, Stretch, rows
from publisher.readers.hypertext.notes import claim_label, divide, extend
from publisher.readers.lines import Chunk, Line


class _Text(Struct):
    """The lines of a page's boxes, claimed stretches blanked out, and where each line stands."""

    lines: list[Line] = field(default_factory=list)
    places: dict[tuple[str, int], Stretch] = field(default_factory=dict)

    def add(self, box: Box) -> list[Line]:
        made = []
        for row in rows(box):
            text = _masked(row)
            if text.strip():
                number = len(self.lines) + 1
                line = Line(box.file, number, text.strip(), len(text) - len(text.lstrip()))
                self.lines.append(line)
                self.places[box.file, number] = row
                made.append(line)
        return made

    def place(self, line: Line, offset: int) -> tuple[Box, int]:
        row = self.places[line.file, line.number]
        return row.box, row.start + line.indent + offset


def _masked(row: Stretch) -> str:
    text = row.box.text[row.start : row.end]
    pieces = []
    at = row.start
    for claim in row.box.claimed(row.start, row.end):
        start, end = max(claim.start, row.start), min(claim.end, row.end)
        pieces += [text[at - row.start : start - row.start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at - row.start :]])


def resolve(pages: Sequence[list[Box]], linked: Sequence[Body]) -> tuple[list[Body], list[Problem]]:
    """More notes, and the calls that have none."""
    found: list[Body] = []
    open_calls: list[tuple[_Text, calls.Call]] = []
    rest: list[Body] = []
    for boxes in pages:
        made = _bodies(boxes)
        found += made
        mine = {id(box) for box in boxes}
        bodies = [b for b in linked if not b.calls and id(b.boxes[0]) in mine] + made
        text = _text(boxes)
        for call in calls.resolve(text.lines, [_plain(body) for body in bodies]):
            if call.body is None:
                open_calls.append((text, call))
            else:
                _claim(text, call, bodies[call.body])
        rest += [body for body in bodies if not body.calls]
    if len(pages) > 1 and rest and open_calls:
        open_calls = _across(open_calls, rest)
    return found, [_problem(text, call) for text, call in open_calls if calls.is_plausible(call)]


def _text(boxes: Iterable[Box]) -> _Text:
    """What may hold calls: title, header, text and notes of a page."""
    text = _Text()
    for box in boxes:
        if box.fate in (None, Fate.NOTE, Fate.METADATA, Fate.TITLE) and box.tag not in ("hr", "pre"):
            text.add(box)
    return text


def _plain(body: Body) -> plain_notes.Body:
    box = body.boxes[0]
    return plain_notes.Body(body.label, "bracket", [Chunk((Line(box.file, 0, box.words),))], 0)


def _claim(text: _Text, call: calls.Call, body: Body) -> None:
    box, start = text.place(call.line, call.start)
    claim = box.claim_call(start, start + call.end - call.start)
    claim.body = body
    body.calls.append((box, claim))


def _across(open_calls: list[tuple[_Text, calls.Call]], rest: list[Body]) -> list[tuple[_Text, calls.Call]]:
    """Calls of all pages that found no body on theirs meet the bodies of pages that hold notes only."""
    matched = calls.match_runs([call for _, call in open_calls], [_plain(body) for body in rest])
    left = []
    for (text, old), call in zip(open_calls, matched, strict=True):
        if call.body is None:
            left.append((text, old))
        else:
            _claim(text, call, rest[call.body])
    return left


def _problem(text: _Text, call: calls.Call) -> Problem:
    box, start = text.place(call.line, call.start)
    mark = call.line.text[call.start : call.end].strip()
    hint = "The call is printed as text. Add the note's text, or accept the finding in the settings."
    return Problem("N001", f"note {mark} is called but never given", box.at(start), hint)


def _bodies(boxes: list[Box]) -> list[Body]:
    """The bodies of a page that no link leads to, with their boxes."""
    text = _Text()
    chunks: list[Chunk] = []
    for box in boxes:
        if box.fate is None and box.tag not in ("hr", "pre") and not box.inside("table"):
            lines = text.add(box)
            if lines:
                chunks.append(Chunk(tuple(lines), 1))
    regions = plain_notes.find(chunks, calls.called(text.lines))
    starts = list(_starts(regions, text))
    if not starts:
        return []
    _divide(boxes, starts)
    return _made(boxes, starts)


def _starts(regions: Sequence[plain_notes.Region], text: _Text) -> Iterator[tuple[Stretch, plain_notes.Body]]:
    for region in regions:
        for body in region.bodies:
            row = text.places[body.chunks[0].first.file, body.chunks[0].first.number]
            if not row.box.level:
                yield row, body


def _divide(boxes: list[Box], starts: Sequence[tuple[Stretch, plain_notes.Body]]) -> None:
    cuts: dict[int, set[int]] = {}
    for row, _ in starts:
        if row.start:
            cuts.setdefault(id(row.box), set()).add(row.start)
    divide(boxes, cuts)


def _made(boxes: list[Box], starts: Sequence[tuple[Stretch, plain_notes.Body]]) -> list[Body]:
    """The bodies, each with the boxes that go on with it."""
    order = {id(box): i for i, box in enumerate(boxes)}
    bodies: dict[int, Body] = {}
    at, before = -1, None
    for row, body in starts:
        # A parted box is followed by its parts, in the order of the cuts.
        at = order[id(row.box)] if row.box is not before or not row.start else at + 1
        if row.box is not before and row.start:
            at += 1
        before = row.box
        bodies[id(boxes[at])] = Body(body.label, [boxes[at]])
    extend(boxes, bodies)
    for made in bodies.values():
        claim_label(made)
    return list(bodies.values())
