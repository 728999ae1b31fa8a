# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks -> blocks: paragraphs, verse, quotations, tables, speeches, letters, breaks, pictures' captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from publisher.document import (
    Block,
    Break,
    Byline,
    Dateline,
    Dedication,
    Definition,
    Definitions,
    Direction,
    Epigraph,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Lines,
    Listing,
    NoteCall,
    Paragraph,
    Quote,
    Salutation,
    Signature,
    Span,
    Speech,
    Synopsis,
    Table,
    Text,
    Verse,
    VerseLine,
    calls,
)
from publisher.ledger import Fate
from publisher.metadata.dates import is_date_line
from publisher.metadata.people import LIKELY, looks_like_author
from publisher.readers.blocks import DATELINE, is_synopsis
from publisher.readers.gutenberg import drama
from publisher.readers.gutenberg.headings import is_byline, is_capitals
from publisher.readers.gutenberg.inlines import Writer
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.shapes import columns, is_filled, is_poem, is_right, is_tabular, is_turned, is_verse, may_be_verse
from publisher.readers.gutenberg.stretches import bare, part, right
from publisher.readers.lines import Chunk, Line, is_break

_PICTURE = re.compile(r"\[(?:illustration|illustrazione|ilustración|abbildung|afbeelding|figure|gravure)s?\b[:.]?\s*", re.IGNORECASE)
_EMPTY_PICTURE = re.compile(r"\[(?:illustration|illustrazione|ilustración|abbildung|afbeelding|gravure)s?\s*[:.]?\s*\]$", re.IGNORECASE)
_SALUTATION = re.compile(
    r"(?:my\s+)?(?:(?:very |most )?(?:dear|dearest|honou?red|beloved|esteemed|reverend)\b.{0,50}|sirs?|gentlemen|madam|comrades|friends?"
    r"|(?:lieber|liebe|verehrter|sehr geehrter?|mein lieber|meine liebe)\b.{0,50}|(?:mon |ma |cher |chère ).{0,50}"
    r"|(?:querido|querida|muy señor|caro|cara|egregio)\b.{0,50})[,:;!.—-]+$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b1[4-9]\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|janvier|mars|avril|mai|juin|juillet|août|januar|märz|juni|juli|enero|marzo|abril|mayo|junio|julio)\b", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"(?:--|—|–)\s?_?[^\W\d_][^—]{1,100}$")
_BULLET = re.compile(r"[*•o]\s+(?=\S)")
# A line in italics alone, perhaps with its count: "(_a_) _Feudal Socialism_.", "_Of Trees_".
_SLANTED = re.compile(r"(?:[(\[]?_?[\w]{1,4}_?[)\].]+\s+)?_[^_]{2,70}_[.:]?")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,5}")
_STEP = 2  # columns of a step of indentation in verse
_SHORT = 60


class Builder:
    """Makes the blocks of chapters; `width` and `base` say where prose ends and begins."""

    def __init__(self, writer: Writer, record: Record, *, width: int, base: int) -> None:
        self._writer = writer
        self._record = record
        self._width = width
        self._base = base
        self._cast = drama.Cast()
        self._play = drama.Cast()
        self._poem = False

    def begin(self, chunks: Sequence[Chunk]) -> None:
        """A new text, with all its chunks: a play has its speakers in all its chapters."""
        self._play = drama.cast(chunks)

    def enter(self, chunks: Sequence[Chunk]) -> None:
        """A new chapter, with all its chunks: it may be a scene in a novel, or a poem."""
        self._cast = self._play if self._play.names else drama.cast(chunks)
        self._poem = is_poem(chunks, self._width, self._base)

    def blocks(self, chunks: Sequence[Chunk], *, opens: bool = False, closes: bool = False) -> tuple[Block, ...]:
        """`opens`: the chunks follow a heading; `closes`: another heading or the end follows."""
        made: list[Block] = []
        signed = _signed(chunks) if closes and not self._cast.names else len(chunks)
        i = 0
        while i < len(chunks):
            if i == signed:
                made.append(Signature(self._writer.verses([line for chunk in chunks[i:] for line in chunk.lines])))
                break
            first, last = opens and i == _first(chunks), closes and i == len(chunks) - 1
            block, i = self._at(chunks, i, first=first, last=last)
            made += block
        return tuple(_joined(self._with_epigraph(made) if opens else made))

    def _at(self, chunks: Sequence[Chunk], i: int, *, first: bool, last: bool) -> tuple[list[Block], int]:
        chunk = chunks[i]
        if self._cast.names and (speech := self._speech(chunks, i)):
            return speech
        if verse := self._stanzas(chunks, i):
            return verse
        if bullets := self._bullets(chunks, i):
            return bullets
        return list(self._chunk(chunk, first=first, last=last, after=chunks[i + 1] if i + 1 < len(chunks) else None)), i + 1

    # ---- plays

    def _speech(self, chunks: Sequence[Chunk], i: int) -> tuple[list[Block], int] | None:
        chunk = chunks[i]
        if drama.is_direction(chunk):
            return [Direction(self._writer.run(chunk.lines))], i + 1
        begins = [n for n, line in enumerate(chunk.lines) if drama.speaker(line, self._cast) is not None]
        if not begins or begins[0] != 0:
            return None
        # Old transcriptions have no blank lines between speeches.
        cuts = [n for n in begins if n == 0 or _is_cut(chunk.lines, n)] + [len(chunk.lines)]
        pieces = [chunk.lines[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
        made = [self._said(piece) for piece in pieces]
        if made[-1].blocks or i + 1 >= len(chunks) or not self._is_said(chunks[i + 1]):
            return [*made], i + 1
        # The name stands alone, and what is said in the next chunk.
        said = Speech(made[-1].speaker, tuple(self._spoken(chunks[i + 1].lines, beside=False)))
        return [*made[:-1], said], i + 2

    def _is_said(self, chunk: Chunk) -> bool:
        """A chunk below a name alone: words, not another name or a direction."""
        return chunk.gap <= 1 and drama.speaker(chunk.first, self._cast) is None and not drama.is_direction(chunk)

    def _said(self, lines: Sequence[Line]) -> Speech:
        begin = drama.speaker(lines[0], self._cast) or 0
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
                VerseLine(_with_directions(inline), 0 if beside and n == 0 else (line.indent - low) // _STEP)
                for n, (line, inline) in enumerate(zip(lines, inlines, strict=True))
            ]
            yield Verse((tuple(made),))
        else:
            yield Paragraph(_with_directions(self._writer.run(lines)))

    # ---- verse

    def _stanzas(self, chunks: Sequence[Chunk], i: int) -> tuple[list[Block], int] | None:
        """A poem: stanzas that follow each other."""
        if not self._is_stanza(chunks[i]):
            return None
        stop = i + 1
        while stop < len(chunks) and chunks[stop].gap <= 1 and self._continues(chunks[stop - 1], chunks[stop]):
            stop += 1
        lines = [line for chunk in chunks[i:stop] for line in chunk.lines]
        inlines = iter(self._writer.verses(lines))
        low = min(line.indent for line in lines)
        stanzas = tuple(self._stanza(chunk.lines, inlines, low) for chunk in chunks[i:stop])
        return [Verse(stanzas)], stop

    def _stanza(self, lines: Sequence[Line], inlines: Iterator[Inlines], low: int) -> tuple[VerseLine, ...]:
        """The lines of a stanza; the end of a line that did not fit on the page is put back."""
        made: list[VerseLine] = []
        above: Line | None = None
        for line in lines:
            run = next(inlines)
            if above is not None and made and is_turned(above, line):
                made[-1] = VerseLine((*made[-1].inlines, Text(" "), *run), made[-1].indent)
                continue
            made.append(VerseLine(run, (line.indent - low) // _STEP))
            above = line
        return tuple(made)

    def _continues(self, above: Chunk, chunk: Chunk) -> bool:
        """A stanza below another; between stanzas of a poem even a single line is one."""
        if drama.speaker(chunk.first, self._cast) is not None or is_break(chunk.first.text):
            return False
        if self._is_stanza(chunk):
            return True
        edge = min(line.indent for line in above.lines)
        beside = abs(chunk.first.indent - edge) <= 4 and (self._poem or edge > self._base + 1)
        return beside and chunk.first.indent >= edge and may_be_verse(chunk.lines, self._width) and not is_right(chunk)

    def _is_stanza(self, chunk: Chunk) -> bool:
        lines = chunk.lines
        if is_tabular(lines) or lines[0].text.startswith("[") or is_right(chunk):
            return False
        if self._poem and len(lines) > 1 and may_be_verse(lines, self._width):
            return True
        return is_verse(lines, self._width, self._base)

    # ---- lists

    def _bullets(self, chunks: Sequence[Chunk], i: int) -> tuple[list[Block], int] | None:
        """Items that begin with a star or a bullet, on chunks of their own."""
        from publisher.document import List

        stop = i
        while stop < len(chunks) and _BULLET.match(chunks[stop].first.text) and chunks[stop].gap <= (1 if stop > i else 99):
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

    def _chunk(self, chunk: Chunk, *, first: bool, last: bool, after: Chunk | None) -> Iterator[Block]:
        lines, text = chunk.lines, chunk.first.text
        if len(lines) == 1 and is_break(text):
            yield Break(text)
        elif _PICTURE.match(text):
            yield from self._picture(chunk)
        elif is_tabular(lines):
            yield self._table(lines)
        elif special := self._letter(chunk, first=first, last=last, after=after):
            yield special
        elif first and is_byline(bare(" ".join(line.text for line in lines))):
            yield Byline(self._writer.run(lines))
        elif first and len(lines) <= 12 and _is_synopsis(chunk):
            yield Synopsis(self._writer.run(lines))
        else:
            yield from self._prose(chunk, after)

    def _picture(self, chunk: Chunk) -> Iterator[Block]:
        text = " ".join(line.text for line in chunk.lines)
        if _EMPTY_PICTURE.match(text):
            self._record.paint(chunk.lines, Fate.MARKUP, "place of a picture that the text does not have")
            return
        if len(chunk.lines) > 1 and _EMPTY_PICTURE.match(chunk.first.text):
            self._record.paint(chunk.lines[:1], Fate.MARKUP, "place of a picture that the text does not have")
            yield from self._prose(Chunk(chunk.lines[1:], chunk.gap), None)
            return
        yield Paragraph(self._writer.run(chunk.lines))

    def _table(self, lines: Sequence[Line]) -> Block:
        spans = columns(lines)
        if spans:
            rows = tuple(
                tuple(self._writer.run([part(line, a, b)]) for a, b in row) for line, row in zip(lines, spans, strict=True)
            )
            return Table(rows)
        inlines = self._writer.verses(lines)
        if any(calls(line) for line in inlines):
            return Lines(inlines)
        low = min(line.indent for line in lines)
        return Listing("\n".join(" " * (line.indent - low) + _characters(run) for line, run in zip(lines, inlines, strict=True)))

    def _letter(self, chunk: Chunk, *, first: bool, last: bool, after: Chunk | None) -> Block | None:
        """Datelines, salutations and signatures."""
        lines = chunk.lines
        text = " ".join(line.text for line in lines)
        if len(lines) == 1 and len(text) <= _SHORT and _SALUTATION.match(bare(text)):
            return Salutation(self._writer.run(lines))
        if not is_right(chunk) or any(right(line) > self._width + 12 for line in lines):
            return None
        if last or (after is not None and after.gap >= 3):
            return Signature(self._writer.verses(lines))
        return Dateline(self._writer.verses(lines)) if _DATED.search(text) else Lines(self._writer.verses(lines))

    def _prose(self, chunk: Chunk, after: Chunk | None) -> Iterator[Block]:
        lines = chunk.lines
        if len(lines) > 1 and min(line.indent for line in lines[1:]) > self._base + 1 and lines[0].indent > self._base + 1:
            yield Quote(tuple(self._paragraphs(lines)))
        elif self._is_list(lines):
            yield Lines(self._writer.verses(lines))
        elif len(lines) == 1 and chunk.first.indent <= self._base + 1 and _is_headline(chunk, after):
            yield Heading(self._writer.run(lines))
        else:
            yield from self._paragraphs(lines)

    def _is_list(self, lines: Sequence[Line]) -> bool:
        """Short lines that were never filled: a cast, an address, an imprint."""
        return len(lines) > 1 and max(map(right, lines)) < self._width - 12 and not is_filled(lines, self._width)

    def _paragraphs(self, lines: Sequence[Line]) -> Iterator[Block]:
        """Prose; where a text has no blank lines between paragraphs, an indented line begins one."""
        start = 0
        for n in range(1, len(lines)):
            if _indents(lines, n):
                yield Paragraph(self._writer.run(lines[start:n]))
                start = n
        yield Paragraph(self._writer.run(lines[start:]))

    def _with_epigraph(self, blocks: list[Block]) -> list[Block]:
        """A quotation or verse right below a heading, with an attribution, is a motto."""
        if self._poem or not blocks or not isinstance(blocks[0], (Quote, Verse)):
            return blocks
        taken = 1
        if len(blocks) > 2 and isinstance(blocks[1], (Signature, Lines)):
            taken = 2
        elif not _is_attributed(blocks[0]) or len(blocks) < 2:
            return blocks
        return [Epigraph(tuple(blocks[:taken])), *blocks[taken:]]

    def dedication(self, chunks: Sequence[Chunk]) -> Block:
        return Dedication(tuple(_centred(self._writer, chunk) for chunk in chunks))

    def plain(self, chunk: Chunk) -> Iterator[Block]:
        """A chunk of a title page: its lines as they stand, or what it is otherwise."""
        if _PICTURE.match(chunk.first.text) or is_break(chunk.first.text) or is_tabular(chunk.lines):
            yield from self._chunk(chunk, first=False, last=False, after=None)
        elif len(chunk.lines) > 1 and not is_filled(chunk.lines, self._width):
            yield Lines(self._writer.verses(chunk.lines))
        else:
            yield Paragraph(self._writer.run(chunk.lines))


def _signed(chunks: Sequence[Chunk]) -> int:
    """Where the signature begins that ends a text: a name in capitals or a known one, a place and date."""
    start = len(chunks)
    while start > 1 and len(chunks) - start < 3 and _signs(chunks[start - 1]):
        start -= 1
    return start


def _signs(chunk: Chunk) -> bool:
    if len(chunk.lines) > 3 or any(len(line.text) > _SHORT for line in chunk.lines):
        return False
    return all(_is_name_or_date(bare(line.text)) for line in chunk.lines)


def _is_name_or_date(text: str) -> bool:
    if is_date_line(text) or DATELINE.match(text):
        return True
    name = text.rstrip(".,")
    return " " in name and not re.search(r"[:;!?]", name) and looks_like_author(name) >= LIKELY


def _centred(writer: Writer, chunk: Chunk) -> Block:
    return Lines(writer.verses(chunk.lines)) if len(chunk.lines) > 1 else Paragraph(writer.run(chunk.lines))


def _first(chunks: Sequence[Chunk]) -> int:
    """The first chunk that is no picture or break."""
    return next((i for i, c in enumerate(chunks) if not _PICTURE.match(c.first.text) and not is_break(c.first.text)), 0)


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


def _characters(inlines: Inlines) -> str:
    from publisher.document import Code, leaves

    return "".join(leaf.text for leaf in leaves(inlines) if isinstance(leaf, (Text, Code)))


def _is_synopsis(chunk: Chunk) -> bool:
    """Topics between dashes below a chapter's title; the transcribers' dash is "--"."""
    text = " ".join(line.text for line in chunk.lines)
    return text.count("--") + text.count("—") >= 2 and is_synopsis(re.sub(r"\s*(?:--|—)\s*", " – ", text))


def _is_headline(chunk: Chunk, after: Chunk | None) -> bool:
    """A line in capitals above text: it opens no section, but it is no paragraph either."""
    text = bare(chunk.first.text)
    slanted = bool(_SLANTED.fullmatch(chunk.first.text))
    if not (is_capitals(text) or slanted) or _INITIALS.fullmatch(text) or len(text) > 70 or text.endswith((",", ";")) or after is None or after.gap > 2:
        return False
    return len(after.lines) > 1 and any(c.islower() for c in after.first.text)


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
    from publisher.document import plain, runs

    texts = [plain(run) for run in runs(block)]
    return bool(texts) and bool(_ATTRIBUTED.search(texts[-1][-110:])) and len(" ".join(texts)) <= 1000


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


__all__ = ["Builder", "Definition", "Definitions", "LineBreak", "NoteCall"]
