# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which notes the calls of a stretch of text point to."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.readers.front import Front
from publisher.readers.lines import Chunk, Line
from publisher.readers.notes import Body, Region


class Scope(Struct, frozen=True):
    """A stretch of text and the notes that its calls point to."""

    lines: tuple[Line, ...]
    bodies: tuple[Body, ...]


def scopes(head: Front, body: Sequence[Chunk], regions: Sequence[Region]) -> list[Scope]:
    """The text before each run of note regions, with the bodies in that run. Bodies can call other notes."""
    found: list[tuple[list[Line], list[Body]]] = []
    lines: list[Line] = [*head.author, *head.title, *head.subtitle, *head.field_lines]
    at = 0
    for region in regions:
        before = [line for chunk in body[at : region.start] for line in chunk.lines]
        if found and not before:
            lines, bodies = found[-1]
        else:
            lines, bodies = lines + before if not found else before, []
            found.append((lines, bodies))
        bodies += region.bodies
        lines += [line for chunk in region.before for line in chunk.lines]
        lines += [line for note in region.bodies for chunk in trimmed(note) for line in chunk.lines]
        at = region.stop
    tail = [line for chunk in body[at:] for line in chunk.lines]
    if found and tail and len(found) == 1:
        found[0] = (found[0][0] + tail, found[0][1])
    elif tail or not found:
        found.append((tail if found else lines + tail, []))
    return [Scope(tuple(lines), tuple(bodies)) for lines, bodies in found]


def trimmed(note: Body) -> list[Chunk]:
    """A note's chunks without its label; a chunk that held only the label is dropped."""
    first, *others = note.chunks
    line = first.first
    text = line.text[note.start :].lstrip()
    begun = replace(line, text=text, indent=line.indent + len(line.text) - len(text))
    lines = (begun, *first.lines[1:]) if text else first.lines[1:]
    return ([Chunk(lines, first.gap, first.cell)] if lines else []) + others
