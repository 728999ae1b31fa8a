# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks of a play -> speeches and directions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from publisher.document import Block, Direction, Inline, Inlines, Paragraph, Span, Speech, Text, Verse, VerseLine
from publisher.readers.gutenberg import drama
from publisher.readers.gutenberg.inlines import Writer
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.shapes import STEP, is_verse
from publisher.readers.gutenberg.stretches import part
from publisher.readers.lines import Chunk, Line

_SPEECHES = 2  # in the list of persons one may look like a speech


class Plays:
    """Makes speeches; knows who speaks in the chapter that it is in."""

    def __init__(self, writer: Writer, record: Record, *, width: int, base: int) -> None:
        self._writer = writer
        self._record = record
        self._width = width
        self._base = base
        self._play = drama.Cast()
        self.cast = drama.Cast()

    def begin(self, chunks: Sequence[Chunk]) -> None:
        """A new text, with all its chunks: a play has its speakers in all its chapters."""
        self._play = drama.cast(chunks)

    def enter(self, chunks: Sequence[Chunk]) -> None:
        """A new chapter, with all its chunks: it may be a scene in a novel."""
        self.cast = self._play if self._play.names else drama.cast(chunks)
        if sum(drama.speaker(chunk.first, self.cast) is not None for chunk in chunks) < _SPEECHES:
            self.cast = drama.Cast()

    def take(self, chunks: Sequence[Chunk], i: int) -> tuple[list[Block], int] | None:
        """What chunk i begins, and where to go on; None where it is no part of a play."""
        if not self.cast.names:
            return None
        chunk = chunks[i]
        begins = [n for n, line in enumerate(chunk.lines) if drama.speaker(line, self.cast) is not None]
        if not begins or begins[0] != 0:
            return ([Direction(self._writer.run(chunk.lines))], i + 1) if drama.is_direction(chunk) else None
        # Old transcriptions have no blank lines between speeches.
        cuts = [n for n in begins if n == 0 or _is_cut(chunk.lines, n)] + [len(chunk.lines)]
        pieces = [chunk.lines[a:b] for a, b in pairwise(cuts)]
        made = [self._said(piece) for piece in pieces]
        if made[-1].blocks or i + 1 >= len(chunks) or not self._is_said(chunks[i + 1]):
            return [*made], i + 1
        # The name stands alone, and what is said in the next chunk.
        said = Speech(made[-1].speaker, tuple(self._spoken(chunks[i + 1].lines, beside=False)))
        return [*made[:-1], said], i + 2

    def _is_said(self, chunk: Chunk) -> bool:
        """A chunk below a name alone: words, not another name or a direction."""
        return chunk.gap <= 1 and drama.speaker(chunk.first, self.cast) is None and not drama.is_direction(chunk)

    def _said(self, lines: Sequence[Line]) -> Speech:
        begin = drama.speaker(lines[0], self.cast) or 0
        name, rest = part(lines[0], 0, begin), part(lines[0], begin)
        self._record.divide(lines[0], begin)
        body = [rest, *lines[1:]] if rest.text else list(lines[1:])
        speaker = self._writer.run([name])
        return Speech(speaker, tuple(self._spoken(body, beside=bool(rest.text))) if body else ())

    def _spoken(self, lines: Sequence[Line], *, beside: bool) -> Iterator[Block]:
        """What is said: prose, or lines of verse, the first of which may stand beside the name."""
        below = lines[1:] if beside else lines
        shaped = below if len(below) > 1 else lines
        if len(lines) > 1 and is_verse(shaped, self._width, self._base):
            low = min(line.indent for line in below)
            inlines = self._writer.verses(lines)
            made = [
                VerseLine(_with_directions(inline), 0 if beside and n == 0 else (line.indent - low) // STEP)
                for n, (line, inline) in enumerate(zip(lines, inlines, strict=True))
            ]
            yield Verse((tuple(made),))
        else:
            yield Paragraph(_with_directions(self._writer.run(lines)))


def _is_cut(lines: Sequence[Line], n: int) -> bool:
    """A speech begins at line n of a chunk: the one above has ended its sentence."""
    return lines[n - 1].text.endswith((".", "!", "?", "]", ")", "-", "—", '"', "”", "_", ":", ";", ","))


def _with_directions(inlines: Inlines) -> Inlines:
    """Directions in brackets amid speech."""
    result: list[Inline] = []
    held: list[Inline] | None = None
    for inline in inlines:
        if not isinstance(inline, Text):
            (result if held is None else held).append(inline)
            continue
        for piece in re.split(r"(\[|\])", inline.text):
            if piece == "[" and held is None:
                held = [Text("[")]
            elif piece == "]" and held is not None:
                result.append(Span("direction", (*held, Text("]"))))
                held = None
            elif piece:
                (result if held is None else held).append(Text(piece))
    return tuple(_merged(result if held is None else [*result, *held]))


def _merged(inlines: Iterable[Inline]) -> Iterator[Inline]:
    text = ""
    for inline in inlines:
        if isinstance(inline, Text):
            text += inline.text
            continue
        if text:
            yield Text(text)
            text = ""
        yield _merged_span(inline)
    if text:
        yield Text(text)


def _merged_span(inline: Inline) -> Inline:
    return Span(inline.kind, tuple(_merged(inline.inlines))) if isinstance(inline, Span) else inline
