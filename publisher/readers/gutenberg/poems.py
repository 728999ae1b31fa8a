# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks of verse -> stanzas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publisher.document import Inlines, Text, Verse, VerseLine
from publisher.readers.gutenberg import drama
from publisher.readers.gutenberg.inlines import Writer
from publisher.readers.gutenberg.shapes import STEP, is_poem, is_right, is_tabular, is_turned, is_verse, may_be_verse
from publisher.readers.lines import Chunk, Line, is_break


class Poems:
    """Makes verse; knows whether the chapter that it is in is a poem."""

    def __init__(self, writer: Writer, *, width: int, base: int) -> None:
        self._writer = writer
        self._width = width
        self.base = base
        self.poem = False
        self._whole = False

    def begin(self, chunks: Sequence[Chunk]) -> None:
        """A new text, with all its chunks."""
        self._whole = is_poem(chunks, self._width, self.base)

    def enter(self, chunks: Sequence[Chunk]) -> None:
        """A new chapter, with all its chunks."""
        self.poem = self._whole or is_poem(chunks, self._width, self.base)

    def take(self, chunks: Sequence[Chunk], i: int, cast: drama.Cast) -> tuple[Verse, int] | None:
        """The stanzas that begin with chunk i, and where to go on; None where it is no verse."""
        if not self._is_stanza(chunks[i]):
            return None
        stop = i + 1
        while stop < len(chunks) and chunks[stop].gap <= 1 and self._continues(chunks[stop - 1], chunks[stop], cast):
            stop += 1
        lines = [line for chunk in chunks[i:stop] for line in chunk.lines]
        inlines = iter(self._writer.verses(lines))
        low = min(line.indent for line in lines)
        stanzas = tuple(self._stanza(chunk.lines, inlines, low) for chunk in chunks[i:stop])
        return Verse(stanzas), stop

    def _stanza(self, lines: Sequence[Line], inlines: Iterator[Inlines], low: int) -> tuple[VerseLine, ...]:
        """The lines of a stanza; the end of a line that did not fit on the page is put back."""
        made: list[VerseLine] = []
        above: Line | None = None
        for line in lines:
            run = next(inlines)
            if above is not None and made and is_turned(above, line):
                made[-1] = VerseLine((*made[-1].inlines, Text(" "), *run), made[-1].indent)
                continue
            made.append(VerseLine(run, (line.indent - low) // STEP))
            above = line
        return tuple(made)

    def _continues(self, above: Chunk, chunk: Chunk, cast: drama.Cast) -> bool:
        """A stanza below another; between stanzas of a poem even a single line is one."""
        if drama.speaker(chunk.first, cast) is not None or is_break(chunk.first.text):
            return False
        if self._is_stanza(chunk):
            return True
        edge = min(line.indent for line in above.lines)
        beside = abs(chunk.first.indent - edge) <= 4 and (self.poem or edge > self.base + 1)
        return beside and chunk.first.indent >= edge and may_be_verse(chunk.lines, self._width) and not is_right(chunk)

    def _is_stanza(self, chunk: Chunk) -> bool:
        lines = chunk.lines
        if is_tabular(lines) or lines[0].text.startswith("[") or is_right(chunk):
            return False
        if self.poem and len(lines) > 1 and may_be_verse(lines, self._width):
            return True
        return is_verse(lines, self._width, self.base)
