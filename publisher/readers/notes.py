# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the note bodies of a page: under "Notes", "Footnotes", "Anmerkungen" ..., or without a heading at its end.

A body begins with its label ("[1]", "1.", "(1)", "2*.", "*", "{3}"); what follows it without a label of its own belongs
to it. Bare forms such as "1." open a note only where labels run in sequence, so that a list inside a note stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from publisher.readers.headings import marker
from publisher.readers.labels import STYLES, Label, Tally, label_of
from publisher.readers.lines import Chunk, Line
from publisher.readers.ranks import Rank

_HEAD = re.compile(
    r"""(?ix)^[\[(*—–-]*\s*(?:
      (?:(?:editor(?:ial)?|author|translator|transcriber|publisher|explanatory|reference|end|foot|bibliographical|additional|mia)
        (?:['’]?s?['’]?)\s*[-–]?\s*)* (?:(?:foot|end)?-?notes?) (?:\s+(?:and|&)\s+(?:references|errata|sources))?
        (?:\s+(?:by|from|to|of|on)\s+.{1,60})?
    | references | notes\s+to\s+.{1,60} | errata
    | (?:fu(?:ß|ss)noten?|anmerkungen?|endnoten?|textvarianten|redaktionelle\s+anmerkungen)
        (?:\s+(?:von|der|des|zu[rm]?)\s+.{1,60})?
    | notes?\s+(?:de|du|des)\s+.{1,60} | notas?(?:\s+(?:de|del|do|al|a)\s.{1,60})?
    | note(?:\s+(?:di|del|dell|a)\b.{1,60})?
    | note\s*a\s*pie\s*di\s*pagina | (?:при)?мечани[ея](?:\s+.{1,60})? | сноски | voetnoten | noten
    | [脚腳尾原译譯编編作者]{0,3}注\s{0,4}[释釋]? | [脚腳尾原译譯编編作者]{0,3}註\s{0,4}[释釋解]? | 注解
    | (?:ال)?(?:هوامش|ملاحظات|حواشي|إحالات|احالات|تعليقات|شروحات)(?:\s+\w.{0,60})?
    )\s*[\])*:：.—–-]*$"""
)
# Paragraphs without a label after the last note of a region without a heading; more than these are text again.
_FAR = 8
# The styles that notes without a heading may have.
_UNHEADED = ("bracket", "curly", "star", "paren", "point", "superscript")


class Body(Struct):
    """A note's body: label, its style, its lines by chunk; `start` is where the first line goes on after the label."""

    label: str
    style: str
    chunks: list[Chunk]
    start: int


class Region(Struct):
    """A stretch of note bodies: chunks from `start` to before `stop`.

    `head` is its heading's line, `inner` the lines of headings inside it ("Chapter II"), `before` what stands between
    the heading and the first note.
    """

    start: int
    stop: int
    head: Line | None
    inner: list[Line] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    before: list[Chunk] = field(default_factory=list)


def is_head(text: str) -> bool:
    """A heading of notes, such as "Footnotes" or "Editorial Notes:"."""
    return len(text) <= 80 and bool(_HEAD.match(text))


class Called(Struct, frozen=True):
    """What the text of a page calls: labels in brackets, with stars, and how often the count of its calls restarts."""

    labels: frozenset[str]
    stars: frozenset[str]
    restarts: int

    def label_of(self, text: str, styles: Sequence[str]) -> Label | None:
        """The label of a note: of the style of the others, or of another that the text calls, "*" amid "[1]"."""
        if (found := label_of(text, styles)) or len(styles) > 1:
            return found
        other = label_of(text, tuple(style for style in ("bracket", "star") if style not in styles))
        called = self.labels if other and other.style == "bracket" else self.stars
        return other if other and other.text in called else None


def find(chunks: list[Chunk], called: Called) -> list[Region]:
    """The regions of note bodies of a page."""
    regions: list[Region] = []
    stars = _Stars(chunks)
    i = 0
    while i < len(chunks):
        region = None
        if is_head(chunks[i].first.text) and holds_bodies(chunks, i):
            region = _headed(chunks, i, called)
        elif i:
            region = _unheaded(chunks, i, called, stars)
        if region:
            regions.append(region)
        i = region.stop if region else i + 1
    return regions


def holds_bodies(chunks: list[Chunk], i: int) -> bool:
    """Below a heading of notes stands a label: in its chunk or soon after (an introductory sentence may come first)."""
    lines = list(chunks[i].lines[1:]) + [chunk.first for chunk in chunks[i + 1 : i + 5]]
    return any(label_of(line.text) for line in lines)


def _headed(chunks: list[Chunk], start: int, called: Called) -> Region:
    region = Region(start, start + 1, chunks[start].first)
    rest = chunks[start].lines[1:]
    follow = ([Chunk(rest)] if rest else []) + chunks[start + 1 :]
    _collect(region, follow, start + 1 - (1 if rest else 0), called)
    return region


def _unheaded(chunks: list[Chunk], start: int, called: Called, stars: _Stars) -> Region | None:
    """Bodies without a heading: a chunk with a label that is called above and that no list or heading explains."""
    label = label_of(chunks[start].first.text, _UNHEADED)
    if label is None or not _is_called(label, chunks, start, called, stars):
        return None
    region = Region(start, start, None)
    below = chunks[start:]
    reach = _starred(below) if label.style == "star" else _reach(below, label.style, called)
    _collect(region, below[:reach], start, called)
    return region


def _is_called(label: Label, chunks: list[Chunk], start: int, called: Called, stars: _Stars) -> bool:
    match label.style:
        case "bracket":
            return label.text in called.labels
        case "curly":
            return True
        case "star":
            return stars.calls(start, label.text)
        case "superscript":
            return label.text == "1" and (chunks[start].first.text[0] != "①" or _calls_circled(chunks[:start]))
        case _:
            return label.text == "1" and _runs_to_end(chunks[start:], label.style, called.labels)


def _calls_circled(above: list[Chunk]) -> bool:
    """The text above calls "①"; else it counts what a paragraph enumerates."""
    return any("①" in line.text[1:] for chunk in above for line in chunk.lines)


def _starred(chunks: list[Chunk]) -> int:
    """A note with a star may stand amid the text: it takes its own chunk, and others with stars that follow at once."""
    return next((i for i, chunk in enumerate(chunks) if label_of(chunk.first.text, ("star",)) is None), len(chunks))


def _reach(chunks: list[Chunk], style: str, called: Called) -> int:
    """How many chunks a region without a heading takes: to the page's end if near the last label, else to it."""
    at = 0
    tally = Tally(called.restarts)
    for i, chunk in enumerate(chunks):
        if i - at > _FAR:
            break
        label = label_of(chunk.first.text, (style,))
        if label and tally.opens(label, style if i else None):
            at = i
            tally.count(label)
    return len(chunks) if len(chunks) - at <= _FAR else at + 1


class _Stars:
    """Counts the calls and the bodies of notes with stars above each place; places are asked for in ascending order."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self._chunks = chunks
        self._counts: dict[str, tuple[int, int]] = {}

    def calls(self, start: int, star: str) -> bool:
        """The text above calls "*" once more than it has begun a chunk; else the chunks are a list with bullets."""
        if any(_begins_with(chunk, "star", star) for chunk in self._chunks[start + 1 : start + 2]):
            return False
        at, balance = self._counts.get(star, (0, 0))
        pattern = re.compile(rf"(?<![\s*†‡]){re.escape(star)}(?![*†‡\w])")
        for chunk in self._chunks[at:start]:
            balance += sum(len(pattern.findall(line.text)) for line in chunk.lines if star in line.text)
            # Each body above stands in the count of calls, too: its own star is one.
            balance -= _begins_with(chunk, "star", star)
        self._counts[star] = start, balance
        return balance > 0


def _begins_with(chunk: Chunk, style: str, text: str) -> bool:
    if text not in chunk.first.text:
        return False
    label = label_of(chunk.first.text, (style,))
    return label is not None and label.text == text


def _runs_to_end(chunks: list[Chunk], style: str, called: frozenset[str]) -> bool:
    """From here on the labels 1, 2, 3 ... run to the end of the page, and the text above calls them."""
    if any(_begins_with(chunk, "bracket", "1") for chunk in chunks):
        return False
    labels = [label.text for chunk in chunks if (label := label_of(chunk.first.text, (style,)))]
    wanted = {text for text in called if text.isdigit()}
    in_order = labels == [str(n + 1) for n in range(len(labels))]
    return in_order and called.issuperset(labels) and len(labels) >= 0.7 * len(wanted)


def _collect(region: Region, chunks: list[Chunk], offset: int, called: Called) -> None:
    """Fills a region with bodies from chunks[0] on; `offset` is the index of chunks[0] on the page."""
    styles, tally = tuple(STYLES), Tally(called.restarts)
    for i, chunk in enumerate(chunks):
        if i and is_head(chunk.first.text) and holds_bodies(chunks, i):
            return
        region.stop = offset + i + 1
        if _heads_notes(chunks, i, styles):
            region.inner += chunk.lines
            tally = Tally(tally.restarts)
            continue
        if region.bodies and _ends(chunks, i, styles, tally, called):
            region.stop = offset + i
            return
        for piece in _pieces(chunk, styles, tally.copy(), called):
            label = called.label_of(piece.first.text, styles)
            if label and tally.opens(label, _only(styles)):
                tally.count(label)
                styles = styles if _only(styles) else (label.style,)
                region.bodies.append(Body(label.text, label.style, [piece], label.end))
            else:
                (region.bodies[-1].chunks if region.bodies else region.before).append(piece)


def _only(styles: Sequence[str]) -> str | None:
    """The style of the notes so far, None before the first one."""
    return styles[0] if len(styles) == 1 else None


def _heads_notes(chunks: list[Chunk], i: int, styles: Sequence[str]) -> bool:
    """A heading among the notes, such as "Chapter II": short, without a label, and the next note counts from 1."""
    if i + 1 >= len(chunks) or len(chunks[i].lines) > 2 or len(chunks[i].text) > 100 or chunks[i].text.endswith("."):
        return False
    below = label_of(chunks[i + 1].first.text, styles)
    return label_of(chunks[i].first.text) is None and below is not None and below.text in ("1", "1*", "a", "*")


def _pieces(chunk: Chunk, styles: Sequence[str], tally: Tally, called: Called) -> list[Chunk]:
    """Splits a chunk before each line that opens a note of the style in sequence: notes on successive lines."""
    pieces: list[list[Line]] = [[]]
    for line in chunk.lines:
        label = called.label_of(line.text, styles)
        if label and tally.opens(label, _only(styles)):
            if pieces[-1]:
                pieces.append([])
            styles = styles if _only(styles) else (label.style,)
            tally.count(label)
        pieces[-1].append(line)
    return [Chunk(tuple(lines), chunk.gap, chunk.cell) for lines in pieces]


def _ends(chunks: list[Chunk], i: int, styles: Sequence[str], tally: Tally, called: Called) -> bool:
    """The text goes on after the notes: a strong heading, or a title line after which no label comes any more."""
    line = chunks[i].first
    label = called.label_of(line.text, styles)
    if label and tally.opens(label, _only(styles)):
        return False
    mark = marker(line.text)
    if mark and mark.rank <= Rank.SECTION and len(line.text) <= 100:
        return True
    if len(line.text) > 80 or line.text.endswith((".", ",", ":", ";")) or len(chunks[i].lines) > 2:
        return False
    after = chunks[i + 1 : i + 12]
    return sum(len(c.text) > 250 for c in after) >= 3 and not any(label_of(c.first.text, styles) for c in after)
