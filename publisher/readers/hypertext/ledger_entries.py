# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes -> ledger: each line's words with what they became; a block that ends amid a line ends with white space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.ledger import Entry, Fate
from publisher.readers.hypertext.model import PICTURE, Box


def entries(boxes: Iterable[Box]) -> Iterator[Entry]:
    """The ledger of boxes in the order of their file."""
    for box in boxes:
        yield from _of(box)


def _of(box: Box) -> Iterator[Entry]:
    parts = list(_parts(box))
    for i, (line, text, fate, reason) in enumerate(parts):
        ends = "\n" if i + 1 == len(parts) or parts[i + 1][0] != line else ""
        yield Entry(box.file, line, text + ends, fate, reason)


def _parts(box: Box) -> Iterator[tuple[int, str, Fate, str]]:
    """Stretches of one line and one fate that hold words; white space between two of a line goes with the first."""
    held: tuple[int, str, Fate, str] | None = None
    blank: tuple[int, str, Fate, str] | None = None
    for part in _glued(box):
        line, text, fate, reason = part
        if blank is not None and blank[0] == line and blank[2:] == (fate, reason):
            text = blank[1] + text
        elif blank is not None and held is not None and held[0] == blank[0]:
            held = (held[0], held[1] + blank[1], *held[2:])
        blank = None
        if held is not None and line == held[0] and (fate, reason) == held[2:]:
            held = (line, held[1] + text, fate, reason)
        elif not text.strip():
            blank = (line, text, fate, reason)
        else:
            if held is not None:
                yield held
            held = (line, text, fate, reason)
    if held is not None:
        yield held


def _glued(box: Box) -> Iterator[tuple[int, str, Fate, str]]:
    """A word that goes on behind a tag which spans two lines stays on the line where it began."""
    at, glued = 0, False
    for line, text, fate, reason in _lines(box):
        if glued and line != at and not text[0].isspace():
            end = next((i for i, c in enumerate(text) if c.isspace()), len(text))
            yield at, text[:end], fate, reason
            rest = text[end:]
        else:
            rest = text
        if rest:
            yield line, rest, fate, reason
            at, glued = line, not rest[-1].isspace()


def _lines(box: Box) -> Iterator[tuple[int, str, Fate, str]]:
    """The source's lines of a box, cut where the fate changes."""
    index = 0
    for piece in box.pieces():
        fate, reason = (piece.claim.fate, piece.claim.reason) if piece.claim else (box.fate or Fate.BODY, box.reason)
        while index + 1 < len(box.segments) and box.segments[index + 1].start <= piece.start:
            index += 1
        segment = box.segments[index]
        line = segment.line + box.raw.count("\n", segment.start, piece.start)
        for i, text in enumerate(box.raw[piece.start : piece.end].replace(PICTURE, "").splitlines(keepends=True)):
            yield line + i, text.replace("\n", " "), fate, reason
