# SPDX-License-Identifier: AGPL-3.0-or-later
"""The title page: what the header says already is not printed twice, whatever else it has stays.

Title and author may stand on several lines and several times, as half-title and title page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publisher.ledger import Fate
from publisher.metadata.model import Role
from publisher.readers.gutenberg.header import Header
from publisher.readers.gutenberg.marks import mark
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.stretches import bare, chunk_of, letters
from publisher.readers.lines import Chunk, Line

_BY = ("", "by", "von", "par", "di", "por", "de", "da", "av", "af", "door", "van", "written by", "novel by")
_OF = tuple(f"translated from the {language}" for language in "french german italian latin russian spanish".split())
_BY_OTHERS = (
    *(f"{word} by" for word in ("translated", *_OF, "edited", "selected", "with an introduction", "introduction")),
    *("übersetzt von", "herausgegeben von", "traduit par", "traducido por", "tradotto da"),
)
# What a title page sets before a name, and the archive's header does not.
_HONOURS = ("", "sir", "dr", "mr", "mrs", "miss", "the rev", "rev", "prof", "count", "lord", "lady")
_AND = re.compile(r"\s+(?:and|&|und|et|y|e|en)\s+|\s*[;,]\s+")
_TO = re.compile(
    r"(?i)to(?:$|\s+(?:my|the|all|those|him|her)\b)|dedicated\b|in (?:loving )?memory of\b|dem andenken\b"
    r"|meine[mnr] \w+$|à (?:mon|ma|mes)\b"
)
_ZONE = 60  # chunks in which a title page is looked for
_PARTS = 10  # lines that a title may stand on
TWICE = "title page: title and author once more"


def without_title(chunks: Sequence[Chunk], header: Header, record: Record) -> list[Chunk]:
    """The chunks without title and author where a title page repeats them, and without half-titles above a heading."""
    if not header.title and _is_title(chunks):
        header.title = list(chunks[0].lines)
        record.paint(header.title, Fate.TITLE)
        chunks = chunks[1:]
    title = letters(" ".join(line.text for line in header.title))
    if not title:
        return list(chunks)
    end = _zone(chunks)
    targets = _targets(header, title)
    halves = {title, *(title + target for target in targets), *(title + letters(by) for by in _BY)}
    kept = list(_stripped(chunks[:end], targets, record))
    for i, chunk in enumerate(chunks[end:], end):
        if _is_half_title(chunks, i, halves):
            record.paint(chunk.lines, Fate.NAVIGATION, TWICE)
        else:
            kept.append(chunk)
    return kept


def _is_title(chunks: Sequence[Chunk]) -> bool:
    """Whether a text without a header begins with its title: a few short lines apart from what follows."""
    if len(chunks) < 2 or len(chunks[0].lines) > 3 or len(chunks[0].text) > 100 or chunks[1].gap < 2:
        return False
    return mark(bare(chunks[0].first.text)) is None and chunks[0].first.text[0].isupper()


def _zone(chunks: Sequence[Chunk]) -> int:
    """How far a title page can reach: to the first paragraph or the first heading that announces itself."""
    for i, chunk in enumerate(chunks[:_ZONE]):
        found = mark(bare(chunk.first.text))
        if is_text(chunk) or (found and (found.value == 1 or found.family == "named")):
            return i
    return min(len(chunks), _ZONE)


def is_text(chunk: Chunk) -> bool:
    """A paragraph or a stanza, not a line of a title page."""
    return len(chunk.lines) >= 4 and sum(len(line.text) for line in chunk.lines) >= 140


def _targets(header: Header, title: str) -> set[str]:
    subtitle = letters(" ".join(line.text for line in header.subtitle))
    names = [person.name for person in header.people if person.role is Role.AUTHOR]
    authors = {letters(name) for name in (header.author, *_AND.split(header.author), *(p.name for p in header.people))}
    authors |= {
        letters(f"{', '.join(names[:-1])}{word}{names[-1]}") for word in ("", " and ", " und ", " et ") if names
    }
    bylines = {letters(by + honour) + author for by in _BY for honour in _HONOURS for author in authors if author}
    others = (letters(person.name) for person in header.people if person.role is not Role.AUTHOR)
    bylines |= {letters(by) + other for other in others for by in _BY_OTHERS}
    titles = {title, title + subtitle, subtitle} - {""}
    return titles | bylines


def _stripped(chunks: Sequence[Chunk], targets: set[str], record: Record) -> Iterator[Chunk]:
    """Takes off the runs of lines whose letters are a target; a run may go over several chunks."""
    lines = [line for chunk in chunks for line in chunk.lines]
    prefixes = {target[:n] for target in targets for n in range(1, len(target) + 1)}
    taken: set[int] = set()
    i = 0
    while i < len(lines):
        count = _run(lines, i, targets, prefixes)
        taken |= {line.number for line in lines[i : i + count]}
        record.paint(lines[i : i + count], Fate.NAVIGATION, TWICE)
        i += max(count, 1)
    gap = 0
    for chunk in chunks:
        gap = max(gap, chunk.gap)
        rest = chunk_of((line for line in chunk.lines if line.number not in taken), gap)
        if rest:
            yield rest
            gap = 0


def _run(lines: Sequence[Line], start: int, targets: set[str], prefixes: set[str]) -> int:
    """How many lines from `start` on are a target together; 0 where none are."""
    text = ""
    best = 0
    for n, line in enumerate(lines[start : start + _PARTS], 1):
        text += letters(line.text)
        if text in targets:
            best = n
        if text not in prefixes:
            break
    return best


def _is_half_title(chunks: Sequence[Chunk], i: int, titles: set[str]) -> bool:
    """The title stands once more above a counted heading."""
    if chunks[i].gap < 2 or len(chunks[i].lines) > 4 or i + 1 >= len(chunks):
        return False
    if letters(chunks[i].text) not in titles:
        return False
    below = mark(bare(chunks[i + 1].first.text))
    return below is not None and len(chunks[i + 1].lines) <= 3


def dedication_end(chunks: Sequence[Chunk], start: int) -> int:
    """One past the last chunk of a dedication with a page of its own, "TO", "THE MILLERS"; 0 where none begins."""
    first = chunks[start]
    if first.gap < 3 or not _TO.match(bare(first.first.text)) or len(first.text) > 200:
        return 0
    stop = start + 1
    while stop < len(chunks) and chunks[stop].gap < 3:
        stop += 1
    return stop if stop > start + 1 or len(first.text) > 12 else 0
