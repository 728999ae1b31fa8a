# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks -> blocks: paragraphs, quotations, lists, tables, breaks, captions; verse, plays and letters have modules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from publisher.document import (
    Block,
    Break,
    Byline,
    Code,
    Epigraph,
    Heading,
    Inlines,
    Lines,
    List,
    Listing,
    Paragraph,
    Quote,
    Signature,
    Synopsis,
    Table,
    Text,
    Verse,
    calls,
    leaves,
    plain,
    runs,
)
from publisher.ledger import Fate
from publisher.readers.blocks import is_synopsis
from publisher.readers.gutenberg.inlines import Writer
from publisher.readers.gutenberg.letters import letter, signature
from publisher.readers.gutenberg.plays import Plays
from publisher.readers.gutenberg.poems import Poems
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.shapes import columns, is_filled, is_tabular
from publisher.readers.gutenberg.stretches import bare, is_byline, is_capitals, part, right
from publisher.readers.lines import Chunk, Line, is_break

_WORD = "illustration|illustrazione|ilustración|abbildung|afbeelding|figure|gravure"
_PICTURE = re.compile(rf"\[(?:{_WORD})s?\b[:.]?\s*", re.IGNORECASE)
_EMPTY_PICTURE = re.compile(rf"\[(?:{_WORD})s?\s*[:.]?\s*\]$", re.IGNORECASE)
_NO_PICTURE = "place of a picture that the text does not have"
_ATTRIBUTED = re.compile(r"(?:--|—|–)\s?_?[^\W\d_][^—]{1,100}$")
# So many paragraphs of a chunk hang if any do; a full line ends so near the right edge.
HANGING, SLACK = 2, 20
_BULLET = re.compile(r"[*•]\s+(?=\S)")
# A line in italics alone, perhaps with its count: "(_a_) _Feudal Socialism_.", "_Of Trees_".
_SLANTED = re.compile(r"(?:[(\[]?_?[\w]{1,4}_?[)\].]+\s+)?_[^_]{2,70}_[.:]?")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,5}")
_ANY = 999  # the indentation of a note of one line, which nothing is measured against
_HEADLINE, _EPIGRAPH = 70, 1000  # characters


class Builder:
    """Makes the blocks of chapters; `width` and `base` say where prose ends and begins."""

    def __init__(self, writer: Writer, record: Record, *, width: int, base: int) -> None:
        self._writer = writer
        self._record = record
        self._width = width
        self._base = base
        self._plays = Plays(writer, record, width=width, base=base)
        self._poems = Poems(writer, width=width, base=base)

    def begin(self, chunks: Sequence[Chunk]) -> None:
        """A new text, with all its chunks."""
        self._plays.begin(chunks)
        self._poems.begin(chunks)

    def enter(self, chunks: Sequence[Chunk]) -> None:
        """A new chapter, with all its chunks."""
        self._plays.enter(chunks)
        self._poems.enter(chunks)

    def blocks(self, chunks: Sequence[Chunk], *, opens: bool = False, closes: bool = False) -> tuple[Block, ...]:
        """`opens`: the chunks follow a heading; `closes`: another heading or the end follows."""
        made: list[Block] = []
        signed = signature(chunks) if closes and not self._plays.cast.names else len(chunks)
        first = _first(chunks) if opens else -1
        i = 0
        while i < signed:
            below = chunks[i + 1] if i + 1 < len(chunks) else None
            found, i = self._several(chunks, i) or (
                list(self._chunk(chunks[i], below, first=i == first, closes=closes)),
                i + 1,
            )
            made += found
        if signed < len(chunks):
            made.append(Signature(self._writer.verses([line for chunk in chunks[i:] for line in chunk.lines])))
        return tuple(_joined(self._with_epigraph(made) if opens else made))

    def note(self, chunks: Sequence[Chunk]) -> tuple[Block, ...]:
        """The blocks of a note, whose lines may all be indented."""
        edges = [line.indent for n, chunk in enumerate(chunks) for line in chunk.lines[0 if n else 1 :]]
        base = self._base
        self._base = self._poems.base = min(edges, default=_ANY)
        made: list[Block] = []
        i = 0
        while i < len(chunks):
            found, i = self._poems.take(chunks, i, self._plays.cast) or (None, i)
            if found:
                made.append(found)
                continue
            made += self._apart(chunks[i], None)
            i += 1
        self._base = self._poems.base = base
        return tuple(_joined(made))

    def _several(self, chunks: Sequence[Chunk], i: int) -> tuple[list[Block], int] | None:
        """Blocks that may take more than one chunk, and where to go on."""
        if speech := self._plays.take(chunks, i):
            return speech
        if verse := self._poems.take(chunks, i, self._plays.cast):
            return [verse[0]], verse[1]
        return self._bullets(chunks, i)

    def _bullets(self, chunks: Sequence[Chunk], i: int) -> tuple[list[Block], int] | None:
        """Items that begin with a star or a bullet, on chunks of their own."""
        stop = i
        while (
            stop < len(chunks)
            and _BULLET.match(chunks[stop].first.text)
            and chunks[stop].gap <= (1 if stop > i else 99)
        ):
            stop += 1
        if stop - i < 2:
            return None
        return [List(tuple((self._item(chunk),) for chunk in chunks[i:stop]))], stop

    def _item(self, chunk: Chunk) -> Block:
        match = _BULLET.match(chunk.first.text)
        end = match.end() if match else 0
        self._record.paint_part(chunk.first, 0, end, Fate.MARKUP, "mark of a list")
        return Paragraph(self._writer.run([part(chunk.first, end), *chunk.lines[1:]]))

    # ---- single chunks

    def _chunk(self, chunk: Chunk, below: Chunk | None, *, first: bool, closes: bool) -> Iterator[Block]:
        """The blocks of a chunk; `first` says that it is the first below a heading."""
        lines = chunk.lines
        ends = closes if below is None else below.gap >= 3
        if _is_drawn(chunk):
            yield from self._apart(chunk, below)
        elif special := letter(chunk, self._writer, self._width, ends=ends):
            yield special
        elif first and is_byline(bare(" ".join(line.text for line in lines))):
            yield Byline(self._writer.run(lines))
        elif first and len(lines) <= 12 and _is_synopsis(chunk):
            yield Synopsis(self._writer.run(lines))
        else:
            yield from self._prose(chunk, below)

    def _apart(self, chunk: Chunk, below: Chunk | None) -> Iterator[Block]:
        """Breaks, captions and tables; anything else is prose."""
        if len(chunk.lines) == 1 and is_break(chunk.first.text):
            yield Break(chunk.first.text)
        elif _PICTURE.match(chunk.first.text):
            yield from self._picture(chunk)
        elif is_tabular(chunk.lines):
            yield self._table(chunk.lines)
        else:
            yield from self._prose(chunk, below)

    def _picture(self, chunk: Chunk) -> Iterator[Block]:
        text = " ".join(line.text for line in chunk.lines)
        if _EMPTY_PICTURE.match(text):
            self._record.paint(chunk.lines, Fate.MARKUP, _NO_PICTURE)
            return
        if len(chunk.lines) > 1 and _EMPTY_PICTURE.match(chunk.first.text):
            self._record.paint(chunk.lines[:1], Fate.MARKUP, _NO_PICTURE)
            yield from self._prose(Chunk(chunk.lines[1:], chunk.gap), None)
            return
        yield Paragraph(self._writer.run(chunk.lines))

    def _table(self, lines: Sequence[Line]) -> Block:
        spans = columns(lines)
        if spans:
            rows = tuple(
                tuple(self._writer.run([part(line, a, b)]) for a, b in row)
                for line, row in zip(lines, spans, strict=True)
            )
            return Table(rows)
        inlines = self._writer.verses(lines)
        if any(calls(line) for line in inlines):
            return Lines(inlines)
        low = min(line.indent for line in lines)
        return Listing(
            "\n".join(" " * (line.indent - low) + _characters(run) for line, run in zip(lines, inlines, strict=True))
        )

    def _prose(self, chunk: Chunk, below: Chunk | None) -> Iterator[Block]:
        lines = chunk.lines
        if len(lines) > 1 and min(line.indent for line in lines) > self._base + 1:
            yield Quote(tuple(self._paragraphs(lines)))
        elif self._is_list(lines):
            yield Lines(self._writer.verses(lines))
        elif len(lines) == 1 and chunk.first.indent <= self._base + 1 and _is_headline(chunk, below):
            yield Heading(self._writer.run(lines))
        else:
            yield from self._paragraphs(lines)

    def _is_list(self, lines: Sequence[Line]) -> bool:
        """Short lines that were never filled: a cast, an address, an imprint."""
        return len(lines) > 1 and max(map(right, lines)) < self._width - 12 and not is_filled(lines, self._width)

    def _paragraphs(self, lines: Sequence[Line]) -> Iterator[Block]:
        """Prose; where a text has no blank lines between paragraphs, an indented line begins one, or one that hangs."""
        start = 0
        hangs = _hangs(lines, self._width)
        for n in range(1, len(lines)):
            if lines[n].indent == lines[0].indent if hangs else _indents(lines, n):
                yield Paragraph(self._writer.run(lines[start:n]))
                start = n
        yield Paragraph(self._writer.run(lines[start:]))

    def _with_epigraph(self, blocks: list[Block]) -> list[Block]:
        """A quotation or verse right below a heading, with an attribution, is a motto."""
        if self._poems.poem or not blocks or not isinstance(blocks[0], Quote | Verse):
            return blocks
        taken = 1
        if len(blocks) > 2 and isinstance(blocks[1], Signature | Lines):
            taken = 2
        elif not _is_attributed(blocks[0]) or len(blocks) < 2:
            return blocks
        return [Epigraph(tuple(blocks[:taken])), *blocks[taken:]]

    def plain(self, chunk: Chunk) -> Iterator[Block]:
        """A chunk of a title page: its lines as they stand, or what it is otherwise."""
        if _is_drawn(chunk):
            yield from self._apart(chunk, None)
        elif len(chunk.lines) > 1 and not is_filled(chunk.lines, self._width):
            yield Lines(self._writer.verses(chunk.lines))
        else:
            yield Paragraph(self._writer.run(chunk.lines))


def _hangs(lines: Sequence[Line], width: int) -> bool:
    """Paragraphs whose first lines stand out to the left: sentences end before them, full lines before the others."""
    low, *deeper = sorted({line.indent for line in lines})
    going_on = [n for n, line in enumerate(lines) if line.indent != low]
    if len(deeper) != 1 or lines[0].indent != low or not going_on or len(lines) - len(going_on) < HANGING:
        return False
    begins = (n for n in range(1, len(lines)) if lines[n].indent == low)
    return all(right(lines[n - 1]) > width - SLACK for n in going_on) and all(_ends(lines[n - 1]) for n in begins)


def _is_drawn(chunk: Chunk) -> bool:
    """A break, a caption or a table."""
    text = chunk.first.text
    return (len(chunk.lines) == 1 and is_break(text)) or bool(_PICTURE.match(text)) or is_tabular(chunk.lines)


def _first(chunks: Sequence[Chunk]) -> int:
    """The first chunk that is no picture or break."""
    return next((i for i, c in enumerate(chunks) if not _PICTURE.match(c.first.text) and not is_break(c.first.text)), 0)


def _characters(inlines: Inlines) -> str:
    return "".join(leaf.text for leaf in leaves(inlines) if isinstance(leaf, Text | Code))


def _is_synopsis(chunk: Chunk) -> bool:
    """Topics between dashes below a chapter's title; the transcribers' dash is "--"."""
    text = " ".join(line.text for line in chunk.lines)
    return text.count("--") + text.count("—") >= 2 and is_synopsis(re.sub(r"\s*(?:--|—)\s*", " – ", text))


def _is_headline(chunk: Chunk, below: Chunk | None) -> bool:
    """A line in capitals or italics above text: it opens no section, but it is no paragraph either."""
    text = bare(chunk.first.text)
    if not is_capitals(text) and not _SLANTED.fullmatch(chunk.first.text):
        return False
    if _INITIALS.fullmatch(text) or len(text) > _HEADLINE or text.endswith((",", ";", ":")) or below is None:
        return False
    return below.gap <= 2 and len(below.lines) > 1 and any(c.islower() for c in below.first.text)


def _indents(lines: Sequence[Line], n: int) -> bool:
    """Line n begins a paragraph by its indentation."""
    line, before = lines[n], lines[n - 1]
    if line.indent < 1 or line.indent <= before.indent or line.indent > 12:
        return False
    after = lines[n + 1] if n + 1 < len(lines) else None
    returns = after is None or after.indent < line.indent or (after.indent == line.indent and _ends(line))
    return returns and _ends(before)


def _ends(line: Line) -> bool:
    return line.text.endswith((".", "!", "?", '"', "”", "’", "'", ":", "—", "--", "]", "»"))


def _is_attributed(block: Block) -> bool:
    """Its last line names somebody behind a dash."""
    texts = [plain(run) for run in runs(block)]
    return bool(texts) and bool(_ATTRIBUTED.search(texts[-1][-110:])) and len(" ".join(texts)) <= _EPIGRAPH


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Quotations that follow each other are one."""
    held: Block | None = None
    for block in blocks:
        if isinstance(held, Quote) and isinstance(block, Quote):
            held = Quote(held.blocks + block.blocks)
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held
