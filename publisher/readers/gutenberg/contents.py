# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printed lists of contents: where they stand, and which headings they name.

A list ends where its first entries come again as headings. It is left out where its entries are headings of the text or
stand with page numbers; anything else under the word "Contents" is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.readers.gutenberg.marks import mark
from publisher.readers.gutenberg.stretches import bare, letters
from publisher.readers.lines import Chunk

_HEADS = frozenset(
    "contents thecontents tableofcontents inhalt inhaltsverzeichnis inhaltsubersicht tabledesmatieres table indice indicegeneral"
    " indicedelasmaterias indicedelosmaterias tablademateria contenido sumario inhoud innehall innehallsforteckning indhold"
    " indholdsfortegnelse innhold sisallys sisallysluettelo contentsofvolumei contentsofvolume contentsofthefirstvolume"
    " contentsofthesecondvolume contentsofvolumeii contentsofvoli contentsofvolii indicedelvolume tabladematerias"
    " contentsofthethirdvolume contentsofthefourthvolume chapters listofchapters summaryofcontents".split()
)
_PAGE = re.compile(r"(?:[\s.·…_-]{2,}|(?<=\.)\s*|,\s*)(?:p\.\s*)?(?:\d{1,4}|[ivxlcdmIVXLC]{1,7})[.\s]*$")
_COLUMN_HEAD = frozenset("page pages pag seite seiten pagina blz chapter chap section capitulo kapitel chapitre vol".split())
_SHORT = 200
_LONGEST = 6000  # chunks of one list


@dataclass(slots=True)
class Contents:
    """The lists of a text as ranges of chunks, and the letters of all that they name."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)


def find(chunks: Sequence[Chunk]) -> Contents:
    """All lists of contents in a text."""
    found = Contents()
    i = 0
    while i < len(chunks):
        if len(chunks[i].first.text) < 60 and letters(bare(chunks[i].first.text)) in _HEADS:
            entries: set[str] = set()
            stop = _stop(chunks, i, entries)
            if _is_real(chunks, i, stop, entries):
                found.ranges.append((i, stop))
                found.listed |= entries
                i = stop
                continue
        i += 1
    return found


def _stop(chunks: Sequence[Chunk], start: int, entries: set[str]) -> int:
    """One past a list's last chunk; its entries are collected."""
    entries.update(*map(_forms, (line.text for line in chunks[start].lines[1:])))
    limit = min(len(chunks), start + _LONGEST)
    for i in range(start + 1, limit):
        chunk = chunks[i]
        again = not entries.isdisjoint(_forms(chunk.text) | _forms(chunk.first.text))
        if i > start + 1 and chunk.gap >= 3 and again and not _PAGE.search(chunk.lines[-1].text):
            return i
        if _is_prose(chunk) and not again:
            return _back(chunks, start, i)
        entries.update(*map(_forms, (line.text for line in chunk.lines)), _forms(chunk.text))
    return limit


def _forms(text: str) -> set[str]:
    """What an entry may be called in the text: with and without its page and its count."""
    plain = bare(text.strip())
    if len(plain) > _SHORT * 2:
        return set()
    unpaged = _PAGE.sub("", plain)
    found = mark(unpaged.strip())
    return {form for form in (letters(plain), letters(unpaged), letters(found.rest) if found else "") if len(form) > 1}


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


def _is_real(chunks: Sequence[Chunk], start: int, stop: int, entries: set[str]) -> bool:
    """Most entries are headings elsewhere, or have pages."""
    lines = [line.text for chunk in chunks[start:stop] for line in chunk.lines][1:]
    lines = [text for text in lines if letters(text) not in _COLUMN_HEAD]
    if not lines or not entries:
        return bool(lines)
    paged = sum(bool(_PAGE.search(text)) for text in lines)
    if paged * 2 >= len(lines) and len(lines) >= 3:
        return True
    outside = {letters(bare(chunk.first.text)) for chunk in (*chunks[:start], *chunks[stop:]) if len(chunk.text) <= _SHORT}
    outside |= {letters(bare(chunk.text)) for chunk in (*chunks[:start], *chunks[stop:]) if len(chunk.text) <= _SHORT}
    outside |= {letters(found.rest) for chunk in (*chunks[:start], *chunks[stop:]) if len(chunk.text) <= _SHORT and (found := mark(bare(chunk.first.text)))}
    matched = sum(not _forms(text).isdisjoint(outside) for text in lines)
    return matched * 2 >= len(lines) or (matched >= 3 and matched * 3 >= len(lines))
