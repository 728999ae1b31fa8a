# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes of verse -> stanzas; short lines that breaks end -> verse, or lines kept as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from publisher.document import Block, Inlines, Lines, Paragraph, Text, Verse, VerseLine, leaves
from publisher.readers.blocks import reads_as_verse
from publisher.readers.hypertext.inlines import Inliner
from publisher.readers.hypertext.model import Box, Container, Stretch, rows

_NAMES = re.compile(
    r"verses?|poem|poetry|poesie|gedicht|stanza|strophe|lg|dta-lg|linegroup|song|hymn|z3998:(?:verse|poem|song|hymn)|versedrama"
)
_STANZA = re.compile(r"stanza|strophe|lg|dta-lg|linegroup")
_INDENT = re.compile(r"(?:i|indent|in|line-indent)-?(\d{1,2})")
_SPACES = re.compile(r"[\s\xa0\u2000-\u200a\u3000]*")
_LONGEST = 90


def is_verse(names: Iterable[str]) -> bool:
    return any(_NAMES.fullmatch(name) for name in names)


def of_container(holder: Container, boxes: Sequence[Box], inliner: Inliner) -> list[Block]:
    """The verse of an element: each element inside that is a stanza, else each paragraph, makes a stanza."""
    found: list[tuple[VerseLine, ...]] = []
    for _, group in groupby(boxes, key=lambda box: _stanza(box, holder)):
        inner = list(group)
        if all(len(rows(box)) <= 1 for box in inner) and (len(inner) > 1 or _stanza(inner[0], holder)):
            found.append(tuple(line for box in inner for line in _lines(box, inliner)))
        else:
            found += [tuple(_lines(box, inliner)) for box in inner]
    stanzas = tuple(stanza for stanza in found if stanza)
    return [Verse(stanzas)] if stanzas else []


def _stanza(box: Box, holder: Container) -> int:
    """Which stanza inside the holder a box stands in, 0 for none."""
    inner = box.container
    while inner is not None and inner is not holder:
        if any(_STANZA.fullmatch(name) for name in inner.names):
            return id(inner)
        inner = inner.parent
    return 0


def of_boxes(boxes: Sequence[Box], inliner: Inliner) -> list[Block]:
    """Paragraphs of verse side by side: of one line each they are lines, else stanzas."""
    single = all(len(rows(box)) <= 1 for box in boxes)
    stanzas = [tuple(_lines(box, inliner)) for box in boxes]
    if single and len(boxes) > 1:
        return [Verse((tuple(line for stanza in stanzas for line in stanza),))]
    return [Verse(kept)] if (kept := tuple(stanza for stanza in stanzas if stanza)) else []


def _lines(box: Box, inliner: Inliner) -> Iterable[VerseLine]:
    for row in rows(box):
        if inlines := inliner.inlines(row):
            yield VerseLine(inlines, _indent(box, row))


def _indent(box: Box, row: Stretch) -> int:
    """Steps of indentation: of a class such as "i2", else two no-break spaces each."""
    marks = (name[1:] for offset, name in box.targets if name[:1] == "=" and row.start <= offset <= row.start + 2)
    for name in (*marks, *sorted(box.names)):
        if match := _INDENT.fullmatch(name):
            return min(int(match[1]), 10)
    text = box.text[row.start : row.end]
    match = _SPACES.match(text)
    blanks = match[0].strip(" \t") if match else ""
    return min((len(blanks) + 1) // 2, 10)


def short_lines(box: Box, inliner: Inliner, *, quoted: bool) -> Block | None:
    """Two or more short lines in one box: verse if they read so, else lines; None for a paragraph."""
    lines = rows(box)
    if len(lines) < 2:
        return None
    texts = [row.words for row in lines]
    if any(len(text) > _LONGEST for text in texts):
        return None
    inlines = [(row, made) for row in lines if (made := inliner.inlines(row))]
    if len(inlines) < 2:
        return Paragraph(inlines[0][1]) if inlines else None
    if reads_as_verse(texts) or (quoted and len(texts) > 2 and not any(text.isupper() for text in texts)):
        return Verse((tuple(VerseLine(made, _indent(box, row)) for row, made in inlines),))
    return Lines(tuple(made for _, made in inlines)) if _worded(inlines) else None


def _worded(inlines: Sequence[tuple[Stretch, Inlines]]) -> bool:
    return any(isinstance(leaf, Text) for _, made in inlines for leaf in leaves(made))
