# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the contents list of a page: "Contents" and the short lines below it, or lines that come again as headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from publisher.readers.headings import marker
from publisher.readers.lines import Chunk, Line, size
from publisher.readers.notes import holds_bodies, is_head as is_notes_head

_HEAD = re.compile(
    r"(?i)^(?:table\s+of\s+)?contents\s*[.:]?$|^(?:inhalt(?:sverzeichnis|sübersicht)?|table\s+des\s+matières|sommaire|indice|índice"
    r"(?:\s+general)?|sumário|contenido|содержание|оглавление)\s*[.:]?$"
    r"|^[总總]?目\s{0,4}[录錄次]\s*[:：]?$|^(?:ال)?(?:فهرس[ةت]?|محتويات|محتوى)(?:\s+(?:ال)?(?:محتويات|كتاب|مواضيع|موضوعات))?\s*:?$"
)
# An entry is no longer than this; one that does not end like a sentence may be longer.
_SHORT, _LONG = 160, 260

# What is neither letter nor digit.
_CALL = re.compile(r"\[[^\]]{1,25}\]|\(\d{1,2}\)|[¹²³⁰⁴-⁹]+|(?<=[^\W\d_])\d{1,2}\)")
_COUNT = re.compile(
    r"(?i)^\W*(?:(?:chapter|section|part|kapitel|abschnitt)\s+)?(?:[IVXLC]+|\d+|[A-Za-z])\s*[.):–—-]+\s*"
)
_OTHER = re.compile(r"[\W_]+")


class Contents(Struct, frozen=True):
    """A contents list: the chunks it spans (first, one past the last), its entries, its heading's line if it has one.

    `tail` are the lines of its last chunk that are text again.
    """

    start: int
    stop: int
    entries: tuple[Line, ...]
    head: Line | None
    tail: tuple[Line, ...] = ()


def is_head(text: str) -> bool:
    return bool(_HEAD.match(text))


def normal(text: str) -> str:
    """A title reduced to what its spellings share: letters and digits, without a note call or a count before it."""
    return _OTHER.sub("", _COUNT.sub("", _CALL.sub(" ", text)).lower())


def find(chunks: list[Chunk]) -> Contents | None:
    """The contents list of a page, or None."""
    for i, chunk in enumerate(chunks):
        if len(chunk.text) > 400 and not is_head(chunk.first.text):
            continue
        if is_head(chunk.first.text):
            return _below(chunks, i)
        if i < 12 and (found := _unheaded(chunks, i)):
            return found
    return None


def of_index(chunks: list[Chunk]) -> Contents | None:
    """The contents list of an index page: below its heading, else all short lines that open the page's text."""
    for i, chunk in enumerate(chunks):
        if is_head(chunk.first.text):
            return _below(chunks, i)
    stop = 0
    while stop < len(chunks) and all(size(line.text) <= _SHORT for line in chunks[stop].lines):
        if is_notes_head(chunks[stop].first.text) and holds_bodies(chunks, stop):
            break
        stop += 1
    entries = tuple(line for chunk in chunks[:stop] for line in chunk.lines)
    return Contents(0, stop, entries, None) if len(entries) >= 3 else None


def _below(chunks: list[Chunk], start: int) -> Contents:
    """Entries run until a long line, or until the first line that repeats an entry: there the text begins."""
    entries: list[Line] = []
    seen: list[str] = []
    stop = start
    for i in range(start, len(chunks)):
        lines = chunks[i].lines[1:] if i == start else chunks[i].lines
        if any(size(line.text) > (_SHORT if line.text.endswith((".", "。")) else _LONG) for line in lines) or (
            i > start and _repeats(chunks[i], seen)
        ):
            break
        if i > start and is_notes_head(chunks[i].first.text) and holds_bodies(chunks, i):
            break
        end = _text_begins(lines, seen)
        entries += lines[:end]
        seen += [normal(line.text) for line in lines[:end]]
        stop = i + 1
        if end < len(lines):
            return Contents(start, stop, tuple(entries), chunks[start].first, tuple(lines[end:]))
    return Contents(start, max(stop, start + 1), tuple(entries), chunks[start].first)


def _text_begins(lines: Sequence[Line], seen: list[str]) -> int:
    """Where, inside a chunk of entries, a chapter's count stands above a title that is already listed."""
    known = set(seen)
    for i, line in enumerate(lines[:-1]):
        mark = marker(line.text)
        if mark and mark.word and mark.bare and normal(lines[i + 1].text) in known:
            return i
        known.add(normal(line.text))
    return len(lines)


def _repeats(chunk: Chunk, seen: list[str]) -> bool:
    candidates = {normal(chunk.first.text), normal(chunk.text)}
    if len(chunk.lines) > 1:
        candidates.add(normal(" ".join(line.text for line in chunk.lines[1:])))
        candidates.add(normal(chunk.lines[1].text))
    return any(
        size(c) >= 4 and any(s and (s == c or (len(c) > 10 and s.startswith(c))) for s in seen) for c in candidates
    )


def _unheaded(chunks: list[Chunk], start: int) -> Contents | None:
    """A chunk of four or more short lines most of which stand again, alone, further down."""
    lines = chunks[start].lines
    if len(lines) < 4 or any(size(line.text) > _SHORT for line in lines):
        return None
    later = {normal(line.text) for chunk in chunks[start + 1 :] for line in chunk.lines if len(line.text) <= _SHORT}
    later |= {normal(chunk.text) for chunk in chunks[start + 1 :] if len(chunk.text) <= _SHORT}
    again = sum(normal(line.text) in later for line in lines)
    return Contents(start, start + 1, lines, None) if again * 2 >= len(lines) else None
