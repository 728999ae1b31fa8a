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
    for line, text, fate, reason in _lines(box):
        if held is None:
            held = (line, text, fate, reason) if text.strip() else None
        elif line == held[0] and (not text.strip() or (fate, reason) == held[2:]):
            held = (line, held[1] + text, *held[2:])
        elif text.strip():
            yield held
            held = (line, text, fate, reason)
    if held is not None:
        yield held


def _lines(box: Box) -> Iterator[tuple[int, str, Fate, str]]:
    index = 0
    for piece in box.pieces():
        fate, reason = (piece.claim.fate, piece.claim.reason) if piece.claim else (box.fate or Fate.BODY, box.reason)
        while index + 1 < len(box.segments) and box.segments[index + 1].start <= piece.start:
            index += 1
        segment = box.segments[index]
        line = segment.line + box.raw.count("\n", segment.start, piece.start)
        for i, text in enumerate(box.raw[piece.start : piece.end].replace(PICTURE, "").split("\n")):
            yield line + i, text, fate, reason
