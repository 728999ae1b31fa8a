# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printed lists of contents: where they stand, and which headings they name.

A list ends where its first entries come again as headings. It is left out where its entries are headings of the text or
stand with page numbers; anything else under the word "Contents" is text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from publisher.readers.gutenberg.marks import mark
from publisher.readers.gutenberg.stretches import bare, letters
from publisher.readers.lines import Chunk, Line

_HEADS = frozenset(
    "inhalt inhaltsverzeichnis inhaltsubersicht tabledesmatieres table indice indicegeneral indicedelasmaterias"
    " indicedelosmaterias tablademateria tabladematerias contenido sumario inhoud innehall innehallsforteckning indhold"
    " indholdsfortegnelse innhold sisallys sisallysluettelo chapters listofchapters summaryofcontents".split()
)
_HEAD = re.compile(r"(?:the|tableof)?contents(?:of.{0,30}|pages?|chapterpages?)?$")
_PAGE = re.compile(r"(?:[\s.·…_-]{2,}|(?<=\.)\s*|,\s*)(?:p\.\s*)?(?:\d{1,4}|[ivxlcdmIVXLC]{1,7})[.\s]*$")
_COLUMN_HEAD = frozenset(
    "page pages pag seite seiten pagina blz chapter chap section capitulo kapitel chapitre vol".split()
)
_COUNTED = re.compile(r"^\s*(?:[IVXLC]+|\d+)[.):]?\s+(?=[^\W\d_a-z])")
_COUNT = re.compile(r"(?:chapter|chapitre|kapitel|capitulo|capitolo|canto|book|part|act)(?:[ivxlc]+|\d+)$")
_QUOTES = "“\"‘'«„-—"
_SHORT = 200
_FRONT = 60  # chunks in which a list without a heading is looked for
_LONGEST = 6000  # chunks of one list


class Contents(Struct):
    """The lists of a text as ranges of chunks, and the letters of all that they name."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)


def find(chunks: Sequence[Chunk]) -> Contents:
    """All lists of contents in a text; near its beginning one may have no heading."""
    found = Contents()
    outside: Counter[str] | None = None
    i = 0
    while i < len(chunks):
        headed = is_head(chunks[i].first.text)
        if headed or (i < _FRONT and _is_row(chunks[i])):
            outside = _titles(chunks) if outside is None else outside
            entries: set[str] = set()
            stop = _stop(chunks, i, entries) if headed else i + 1
            if not headed:
                entries.update(_entries(chunks[i].lines))
            if _is_real(chunks[i:stop], entries, outside, headed=headed):
                found.ranges.append((i, stop))
                found.listed |= entries
                i = stop
                continue
        i += 1
    return found


def is_head(text: str) -> bool:
    """The heading of a list of contents."""
    if len(text) > 60:
        return False
    plain = letters(bare(text))
    return plain in _HEADS or bool(_HEAD.match(plain))


def _is_row(chunk: Chunk) -> bool:
    """Counts in a row, each with a title: a list of contents without a heading."""
    values = [found.value for line in chunk.lines if (found := mark(bare(line.text))) and found.value]
    return len(values) >= 3 and values[:3] == [1, 2, 3]


def _titles(chunks: Sequence[Chunk]) -> Counter[str]:
    """How often each short chunk, its first line and the title behind its count occur."""
    titles: Counter[str] = Counter()
    for chunk in chunks:
        if len(chunk.lines) <= 5 and _may_be_title(chunk):
            titles.update(_forms(chunk.text) | _forms(chunk.first.text))
    return titles


def _may_be_title(chunk: Chunk) -> bool:
    """What opens with a quotation mark or a small letter is no title."""
    first = chunk.first.text[0]
    return (first.isupper() or not first.isalpha()) and first not in _QUOTES and len(chunk.text) <= 2 * _SHORT


def _entries(lines: Sequence[Line]) -> Iterator[str]:
    """The forms of entries that stand on one line, two or three."""
    for n in range(len(lines)):
        for stop in range(n + 1, min(n + 4, len(lines) + 1)):
            yield from _forms(" ".join(line.text for line in lines[n:stop]))


def _stop(chunks: Sequence[Chunk], start: int, entries: set[str]) -> int:
    """One past a list's last chunk; its entries are collected."""
    entries.update(_entries(chunks[start].lines[1:]))
    limit = min(len(chunks), start + _LONGEST)
    for i in range(start + 1, limit):
        chunk = chunks[i]
        again = not entries.isdisjoint(_forms(chunk.text) | _forms(chunk.first.text))
        if i > start + 1 and chunk.gap >= 3 and again and not _PAGE.search(chunk.lines[-1].text):
            return i
        if _is_prose(chunk) and not again:
            return _back(chunks, start, i)
        entries.update(_entries(chunk.lines), _forms(chunk.text))
    return limit


def _forms(text: str) -> set[str]:
    """What an entry may be called in the text: with and without its page and its count."""
    plain = bare(text.strip())
    if len(plain) > _SHORT * 2:
        return set()
    unpaged = _PAGE.sub("", plain)
    found = mark(unpaged.strip())
    title = letters(found.rest) if found else ""
    count = letters(unpaged).removesuffix(title) if title else ""
    after = letters(_COUNTED.sub("", unpaged))
    return {form for form in (letters(plain), letters(unpaged), title, count, after) if len(form) > 1}


def _is_prose(chunk: Chunk) -> bool:
    """Text, not entries: a paragraph of several filled lines without page numbers; or a bracket of the transcribers."""
    lines = chunk.lines
    if chunk.first.text.startswith("["):
        return True
    if len(lines) < 3 or mark(bare(lines[0].text)) or any(_PAGE.search(line.text) for line in lines):
        return False
    return all(len(line.text) >= 45 for line in lines[:-1]) and chunk.text.count("--") + chunk.text.count("—") <= 2


def _back(chunks: Sequence[Chunk], start: int, prose: int) -> int:
    """From a paragraph back to the heading above it, which stands apart from the list."""
    stop = prose
    while stop > start + 1 and chunks[stop].gap < 3:
        stop -= 1
    if stop == start + 1:
        return prose
    while stop > start + 1 and chunks[stop - 1].gap >= 3 and len(chunks[stop - 1].lines) <= 2 and stop - 1 > start + 1:
        stop -= 1
    return stop


def _is_real(chunks: Sequence[Chunk], entries: set[str], outside: Counter[str], *, headed: bool) -> bool:
    """Many entries are headings elsewhere, or most have pages; or nearly all counted headings are entries."""
    lines = [line for chunk in chunks for line in chunk.lines][1 if headed else 0 :]
    lines = [line for line in lines if letters(line.text) not in _COLUMN_HEAD]
    if not lines or not entries:
        return bool(lines) and headed
    inside = _titles(chunks)
    elsewhere = {form for form, count in outside.items() if count > inside[form]}
    paged = sum(bool(_PAGE.search(line.text)) for line in lines)
    if len(lines) >= 3 and (paged * 2 >= len(lines) or (headed and paged >= 5 and paged * 3 >= len(lines))):
        return True
    matched = _matched(lines, elsewhere)
    counted = [form for form in elsewhere if len(form) < 30 and _COUNT.match(form)]
    covered = sum(form in entries for form in counted)
    return matched * 3 >= len(lines) or (len(counted) >= 5 and covered * 10 >= len(counted) * 7)


def _matched(lines: Sequence[Line], elsewhere: set[str]) -> int:
    """How many lines belong to an entry that is a heading elsewhere."""
    matched = n = 0
    while n < len(lines):
        length = next(
            (
                size
                for size in (3, 2, 1)
                if n + size <= len(lines)
                and not _forms(" ".join(line.text for line in lines[n : n + size])).isdisjoint(elsewhere)
            ),
            0,
        )
        matched += length
        n += length or 1
    return matched
