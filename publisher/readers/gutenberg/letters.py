# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks of a letter -> dateline, salutation, signature; the signature that ends any text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.document import Block, Dateline, Lines, Salutation, Signature
from publisher.metadata.dates import is_date_line
from publisher.metadata.people import LIKELY, looks_like_author
from publisher.readers.blocks import DATELINE
from publisher.readers.gutenberg.inlines import Writer
from publisher.readers.gutenberg.shapes import is_right
from publisher.readers.gutenberg.stretches import bare, right
from publisher.readers.lines import Chunk

_SALUTATION = re.compile(
    r"(?:my\s+)?(?:(?:very |most )?(?:dear|dearest|honou?red|beloved|esteemed|reverend)\b.{0,50}|sirs?|gentlemen|madam"
    r"|comrades|friends?|(?:lieber|liebe|verehrter|sehr geehrter?|mein lieber|meine liebe)\b.{0,50}"
    r"|(?:mon |ma |cher |chère ).{0,50}|(?:querido|querida|muy señor|caro|cara|egregio)\b.{0,50})[,:;!.—-]+$",
    re.IGNORECASE,
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|janvier|mars|avril|mai|juin"
    "|juillet|août|januar|märz|juni|juli|enero|marzo|abril|mayo|junio|julio"
)
_DATED = re.compile(rf"\b1[4-9]\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b(?:{_MONTHS})\b", re.IGNORECASE)
_LARGE_NAME = re.compile(r"[^\W\d_a-zß-ÿ]+(?:[ .'’-]+[^\W\d_a-zß-ÿ]+){1,3}\.?")
_SHORT = 60  # characters of a salutation or a name
_BEYOND = 12  # columns that a line at the right may stand out


def letter(chunk: Chunk, writer: Writer, width: int, *, ends: bool) -> Block | None:
    """What a chunk is in a letter; `ends` says that a heading, much space or nothing follows."""
    lines = chunk.lines
    text = " ".join(line.text for line in lines)
    if len(lines) == 1 and len(text) <= _SHORT and _SALUTATION.match(bare(text)):
        return Salutation(writer.run(lines))
    if not is_right(chunk) or any(right(line) > width + _BEYOND for line in lines):
        return None
    inlines = writer.verses(lines)
    if ends:
        return Signature(inlines)
    return Dateline(inlines) if _DATED.search(bare(text)) else Lines(inlines)


def signature(chunks: Sequence[Chunk]) -> int:
    """Where the signature begins that ends a text: a name in capitals or a known one, a place and date."""
    start = len(chunks)
    while start > 1 and len(chunks) - start < 3 and _signs(chunks[start - 1], above=start < len(chunks)):
        start -= 1
    return start


def _signs(chunk: Chunk, *, above: bool) -> bool:
    """`above` says that a place and date stand below, so that any name in capitals signs."""
    if len(chunk.lines) > 3 or any(len(line.text) > _SHORT for line in chunk.lines):
        return False
    if above and len(chunk.lines) == 1 and _LARGE_NAME.fullmatch(bare(chunk.first.text)):
        return True
    return all(_is_name_or_date(bare(line.text)) for line in chunk.lines)


def _is_name_or_date(text: str) -> bool:
    if is_date_line(text) or DATELINE.match(text):
        return True
    name = text.rstrip(".,")
    return " " in name and not re.search(r"[:;!?]", name) and looks_like_author(name) >= LIKELY
