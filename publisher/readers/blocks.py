# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks of lines -> blocks: paragraphs, verse, tables, signatures, breaks, epigraphs, synopses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from publisher.document import (
    Block,
    Break,
    Epigraph,
    Inlines,
    Lines,
    Paragraph,
    Signature,
    Synopsis,
    Table,
    Text,
    Verse,
    VerseLine,
)
from publisher.errors import Problem
from publisher.metadata.dates import is_date_line
from publisher.metadata.people import DOUBTFUL, LIKELY, looks_like_author
from publisher.readers.lines import Chunk, Line, is_break, size

LineInlines = Callable[[Line], Inlines]

_ATTRIBUTED = re.compile(r"[—–-]\s?[^\W\d_][^—–]{2,110}$", re.UNICODE)
_TOPICS = re.compile(r"\s[–—-]\s?|\s?[–—]\s")


def is_wrapped(chunks: Sequence[Chunk]) -> bool:
    """The text was broken into lines by hand, so that a paragraph spans several lines of like length."""
    several = [chunk for chunk in chunks if len(chunk.lines) >= 3]
    lengths = [len(line.text) for chunk in several for line in chunk.lines[:-1]]
    if len(several) * 3 < len(chunks) or len(lengths) < 6:
        return False
    from statistics import median

    middle = median(lengths)
    return 45 <= middle <= 100 and sum(abs(n - middle) <= 12 for n in lengths) >= 0.8 * len(lengths)


class Builder:
    """Makes blocks of chunks; `inlines` gives a line's inlines with its note calls in place."""

    def __init__(self, inlines: LineInlines, *, wrapped: bool) -> None:
        self._inlines = inlines
        self._wrapped = wrapped
        self.problems: list[Problem] = []

    def blocks(self, chunks: Sequence[Chunk], *, opens: bool = False, closes: bool = False) -> tuple[Block, ...]:
        """`opens`: the chunks follow a chapter's heading; `closes`: a heading, the notes or the end follow."""
        result: list[Block] = []
        tables = flattened(chunks)
        i = 0
        while i < len(chunks):
            if (stop := tables[i]) > i:
                result.append(self._table(chunks[i:stop]))
                i = stop
                continue
            before_text = opens and all(not isinstance(b, Paragraph) for b in result)
            result += self._chunk(chunks[i], opening=before_text and i < 6, closing=closes and i >= len(chunks) - 3)
            i += 1
        return tuple(_joined(result))

    def _chunk(self, chunk: Chunk, *, opening: bool, closing: bool) -> list[Block]:
        lines = chunk.lines
        if opening and (special := self._opening(chunk)):
            return [special]
        if self._wrapped and _is_prose(lines):
            return [Paragraph(self._run(lines))]
        if closing and _is_signature(lines):
            return [Signature(tuple(map(self._inlines, lines)))]
        return list(self._lines(lines))

    def _opening(self, chunk: Chunk) -> Block | None:
        text = chunk.text
        if len(chunk.lines) == 1 and is_synopsis(text):
            return Synopsis(self._inlines(chunk.first))
        if len(text) <= 600 and _is_epigraph(chunk):
            return Epigraph(tuple(self._lines(chunk.lines)))
        return None

    def _lines(self, lines: Sequence[Line]) -> Iterable[Block]:
        """Blocks of one chunk's lines: breaks, table rows, verse and single paragraphs."""
        i = 0
        while i < len(lines):
            if is_break(lines[i].text):
                yield Break(lines[i].text)
                i += 1
                continue
            kind, stop = _stretch(lines, i)
            run = lines[i:stop]
            if kind == "row":
                yield Table(tuple(tuple(map(self._inlines, cells(line))) for line in run))
            elif kind == "short" and len(run) > 1:
                yield self._short(run)
            else:
                for line in run:
                    yield Paragraph(self._inlines(line))
            i = stop

    def _short(self, lines: Sequence[Line]) -> Block:
        inlines = tuple(map(self._inlines, lines))
        return (
            Verse((tuple(map(VerseLine, inlines)),))
            if reads_as_verse([line.text for line in lines])
            else Lines(inlines)
        )

    def _run(self, lines: Sequence[Line]) -> Inlines:
        """The lines of a paragraph that was wrapped by hand, as one run."""
        inlines: Inlines = ()
        for i, line in enumerate(lines):
            inlines += ((Text(" "),) if i else ()) + self._inlines(line)
        return inlines

    def _table(self, chunks: Sequence[Chunk]) -> Block:
        """A table that the copy flattened to one cell a line; a tab between two cells tells the rows apart."""
        first = chunks[0].first
        message = f"a table stands here as {len(chunks)} separate lines; it is set line by line, in their order"
        hint = "Compare it with the original. A line whose cells are separated by tabs is set as a row."
        if any(chunk.cell for chunk in chunks):
            message = (
                f"a table was flattened to {len(chunks)} separate cells; its rows are put together from their order"
            )
        self.problems.append(Problem("T004", message, first.at(), hint))
        if not any(chunk.cell for chunk in chunks):
            return Lines(tuple(self._inlines(line) for chunk in chunks for line in chunk.lines))
        rows: list[list[Inlines]] = []
        for i, chunk in enumerate(chunks):
            if not chunk.cell or i == 0:
                rows.append([])
            rows[-1].append(self._run(chunk.lines))
        return Table(tuple(map(tuple, rows)))


def cells(line: Line) -> list[Line]:
    """The cells of a row whose cells are separated by tabs, each as a line that keeps its place."""
    result = []
    start = 0
    for part in line.text.split("\t"):
        result.append(Line(line.file, line.number, part.strip(), line.indent + start + len(part) - len(part.lstrip())))
        start += len(part) + 1
    return result


def flattened(chunks: Sequence[Chunk]) -> list[int]:
    """For each chunk one past the last of the flattened table that it begins; its own index if it begins none."""
    stops = list(range(len(chunks)))
    stop, numeric, last_tab = len(chunks), 0, -1
    for start in reversed(range(len(chunks))):
        if not _is_cell(chunks, start):
            stop, numeric, last_tab = start, 0, -1
            continue
        numeric += bool(re.fullmatch(r"[\W\d]*\d[\W\d]*(?:[a-z]{1,3}\.?)?", chunks[start].text))
        length = stop - start
        if (length >= 4 and last_tab > start) or (length >= 6 and numeric * 2 >= length):
            stops[start] = stop
        last_tab = max(last_tab, start if chunks[start].cell else -1)
    return stops


def _is_cell(chunks: Sequence[Chunk], i: int) -> bool:
    chunk = chunks[i]
    if len(chunk.text) > 120:
        return False
    beside = chunk.cell or (i + 1 < len(chunks) and chunks[i + 1].cell)
    return (
        beside
        or bool(re.fullmatch(r"[\W\d]*\d[\W\d]*", chunk.text))
        or (size(chunk.text) <= 40 and not re.search(r"[.!?:。！？：؟]$", chunk.text))
    )


def _stretch(lines: Sequence[Line], start: int) -> tuple[str, int]:
    """The kind of the line at `start` ("row", "short", "long") and where a stretch of that kind ends."""
    kind = _kind(lines[start])
    stop = start + 1
    while stop < len(lines) and _kind(lines[stop]) == kind and not is_break(lines[stop].text):
        stop += 1
    return kind, stop


def _kind(line: Line) -> str:
    if "\t" in line.text:
        return "row"
    return "short" if size(line.text) <= 90 else "long"


def _is_prose(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and all(len(line.text) >= 40 for line in lines[:-1])


def reads_as_verse(texts: Sequence[str]) -> bool:
    """Whether short lines are verse, by their words, ends and first letters, and no table, list or address."""
    from statistics import median

    words = [len(text.split()) for text in texts]
    ended = sum(text.endswith(".") for text in texts)
    digits = sum(any(c.isdigit() for c in text) for text in texts)
    capitals = sum(text.lstrip("“\"‘'„«—–([¿¡ ")[:1].isupper() for text in texts)
    return (
        median(words) >= 3
        and median(map(len, texts)) <= 60
        and ended * 2 <= len(texts) + 1
        and digits * 4 <= len(texts)
        and capitals * 2 >= len(texts)
        and not any(text.isupper() for text in texts)
    )


def _is_epigraph(chunk: Chunk) -> bool:
    """A quotation that ends with a dash and its author: "Let us be lazy in everything ... – Lessing"."""
    text = re.sub(r"\s?(?:\[[^\]]{1,4}\]|\(\d{1,2}\))", "", chunk.text).rstrip(". ")
    match = _ATTRIBUTED.search(text)
    if not match or match.start() < 15:
        return False
    quotation = text[: match.start()].rstrip()
    # Lower-case or unfinished words before the dash are a sentence that goes on after it.
    return quotation.endswith((".", "!", "?", "”", '"', "’", "»", "…", ")")) and match[0].lstrip("—–- ")[:1].isupper()


def is_synopsis(text: str) -> bool:
    """Topics between dashes: "The Raid – The Arrest – The Government Engineers the Trial"."""
    topics = [topic.strip() for topic in _TOPICS.split(text)]
    if len(topics) < 3 or not all(0 < len(topic) <= 160 for topic in topics):
        return False
    capital = sum(topic.lstrip("“\"‘'„«")[:1].isupper() for topic in topics)
    return capital >= 0.7 * len(topics) and not re.search(r"[a-z]{3}\.\s+[A-Z]", text)


def _is_signature(lines: Sequence[Line]) -> bool:
    """Short lines at the end: a name, a place and date."""
    if len(lines) > 5 or any(
        len(line.text) > 80 or "\t" in line.text or line.text.endswith((":", ";", "!", "?")) for line in lines
    ):
        return False
    return all(_signs(line.text) for line in lines[:1]) or all(is_date_line(line.text) for line in lines)


# A place and a date: "Berlin, May 5, 1924."
DATELINE = re.compile(r"^[^\W\d_][^\d.!?]{2,50},\s.{0,25}\b(?:1[5-9]|20)\d\d\.?$")


def _signs(text: str) -> bool:
    if re.search(r":\s", text):  # "Mr. WEAVER: It was."
        return False
    return (
        looks_like_author(text.rstrip(".,")) >= (LIKELY if " " in text and text.isupper() else DOUBTFUL)
        or is_date_line(text)
        or bool(DATELINE.match(text))
        or bool(re.fullmatch(r"(?:[A-Z]\.\s?){1,4}|[A-Z]{2,3}", text))
    )


def _joined(blocks: Iterable[Block]) -> Iterable[Block]:
    """Puts stanzas that follow each other into one verse, and rows into one table."""
    held: Block | None = None
    for block in blocks:
        match held, block:
            case Verse(before), Verse(after):
                held = Verse(before + after)
            case Table(rows), Table(more):
                held = Table(rows + more)
            case None, _:
                held = block
            case _:
                yield held
                held = block
    if held is not None:
        yield held
