# SPDX-License-Identifier: AGPL-3.0-or-later
"""A play set as a table, speakers to the left (https://standardebooks.org/manual/): rows -> speeches and directions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from publisher.document import Block, Direction, Inlines, Paragraph, Speech
from publisher.readers.hypertext import verses
from publisher.readers.hypertext.inlines import Inliner
from publisher.readers.hypertext.model import Box, Container, whole

_PERSONA = "z3998:persona"


def is_play(boxes: Sequence[Box]) -> bool:
    """Some cell of the table names a speaker."""
    return any(_names_speaker(box) for box in boxes)


def _names_speaker(box: Box) -> bool:
    cell = box.inside("td", "th")
    return cell is not None and _PERSONA in cell.names


def speeches(boxes: Sequence[Box], holder: Container, inliner: Inliner) -> list[Block]:
    """Each row is a speech, or without a speaker a direction; a row without one goes on with the speech before it."""
    found: list[Block] = []
    for _, group in groupby(boxes, key=lambda box: id(box.inside("tr") or holder)):
        row = list(group)
        speaker: Inlines = ()
        said: list[Box] = []
        for box in row:
            if _names_speaker(box) and not said:
                speaker += inliner.inlines(whole(box), bare=True)
            else:
                said.append(box)
        blocks = _said(said, inliner)
        if speaker:
            found.append(Speech(speaker, tuple(blocks)))
        else:
            found += [Direction(b.inlines) if isinstance(b, Paragraph) else b for b in blocks]
    return found


def _said(boxes: Sequence[Box], inliner: Inliner) -> list[Block]:
    blocks: list[Block] = []
    for box in boxes:
        if box.named("z3998:verse", "z3998:song", "z3998:poem"):
            blocks += verses.of_boxes([box], inliner)
        elif inlines := inliner.inlines(whole(box)):
            blocks.append(Paragraph(inlines))
    return blocks
