# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the note bodies of a page: under "Notes", "Footnotes", "Anmerkungen" ..., or without a heading at its end.

A body begins with its label ("[1]", "1.", "(1)", "2*.", "*", "{3}"); what follows it without a label of its own belongs
to it. Bare forms such as "1." open a note only where labels run in sequence, so that a list inside a note stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.readers.headings import Rank, marker
from publisher.readers.lines import Chunk, Line, is_break

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
    )\s*[\])*:.—–-]*$"""
)
_LABEL = r"(?:\d{1,3}\s?[a-z]?\*{0,3}|\*{1,6}|†{1,3}|‡{1,3}|[a-zA-Z]\*?|[ivx]{1,6})"
_STYLES: dict[str, re.Pattern[str]] = {
    "bracket": re.compile(rf"^\[\s*(?P<label>{_LABEL})\s*\.?\s*\][.:]?\s*"),
    "curly": re.compile(rf"^\{{\s*(?P<label>{_LABEL})\s*\}}\s*"),
    "paren": re.compile(rf"^\(\s*(?P<label>{_LABEL})\s*\)\.?\s*"),
    "point": re.compile(r"^(?P<label>\d{1,3}[a-z]?\*{0,3})\s*(?:[.)]+(?=\D|$)|[.)]+\s+)\s*"),
    "star": re.compile(r"^(?P<label>\*{1,6}|†{1,3}|‡{1,3}|\d{1,3}\*{1,3})(?=[\s\w“\"‘'„«(]|$)\s*"),
    "letter": re.compile(r"^(?P<label>[A-Za-z])[.)]\s+"),
    "superscript": re.compile(r"^(?P<label>[¹²³⁰⁴-⁹]{1,3})\s*"),
    "number": re.compile(r"^(?P<label>\d{1,3})\s+(?=[^\W\d_]|[“\"‘'(„«])"),
}
# Paragraphs without a label after the last note of a region without a heading; more than these are text again.
_FAR = 8
_FIRM = frozenset({"bracket", "curly", "star", "superscript"})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class Body:
    """A note's body: label, its style, its lines by chunk; `start` is where the first line goes on after the label."""

    label: str
    style: str
    chunks: list[Chunk]
    start: int
    region: int


@dataclass(slots=True)
class Region:
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


def label_of(text: str, styles: Sequence[str] = tuple(_STYLES)) -> tuple[str, str, int] | None:
    """(label, style, end) of the label that a line begins with."""
    if is_break(text):
        return None
    for style in styles:
        if match := _STYLES[style].match(text):
            return match["label"].translate(_SUPERSCRIPTS).replace(" ", ""), style, match.end()
    return None


def find(chunks: list[Chunk], called: frozenset[str]) -> list[Region]:
    """The regions of note bodies of a page; `called` holds the labels that stand in brackets in its text."""
    regions: list[Region] = []
    i = 0
    while i < len(chunks):
        if is_head(chunks[i].first.text) and _holds_bodies(chunks, i):
            region = _headed(chunks, i, len(regions))
        elif (found := _unheaded(chunks, i, len(regions), called)) is not None:
            region = found
        else:
            i += 1
            continue
        regions.append(region)
        i = region.stop
    return regions


def _holds_bodies(chunks: list[Chunk], i: int) -> bool:
    """Below a heading of notes stands a label: in its chunk or soon after (an introductory sentence may come first)."""
    lines = list(chunks[i].lines[1:]) + [chunk.first for chunk in chunks[i + 1 : i + 5]]
    return any(label_of(line.text) for line in lines)


def _headed(chunks: list[Chunk], start: int, index: int) -> Region:
    region = Region(start, start + 1, chunks[start].first)
    rest = chunks[start].lines[1:]
    follow = ([Chunk(rest)] if rest else []) + chunks[start + 1 :]
    offset = start + 1 - (1 if rest else 0)
    _collect(region, follow, offset, index)
    return region


def _unheaded(chunks: list[Chunk], start: int, index: int, called: frozenset[str]) -> Region | None:
    """Bodies without a heading: a chunk with a label that is called above and that no list or heading explains."""
    found = label_of(chunks[start].first.text, ("bracket", "curly", "star", "paren", "point", "superscript"))
    if start == 0 or found is None:
        return None
    label, style, _ = found
    if (style == "bracket" and label not in called) or (style not in ("bracket", "curly", "star") and label != "1"):
        return None
    if style == "star" and not _calls_star(chunks, start, label):
        return None
    if style in ("paren", "point") and not _runs_to_end(chunks, start, style, called):
        return None
    region = Region(start, start, None)
    _collect(region, chunks[start : start + _reach(chunks[start:], style)], start, index)
    return region


def _reach(chunks: list[Chunk], style: str) -> int:
    """How many chunks a region without a heading takes: to the page's end if near the last label, else to it."""
    at = 0
    last: Last = {}
    for i, chunk in enumerate(chunks):
        if i - at > _FAR:
            break
        found = label_of(chunk.first.text, (style,))
        if found and _opens(found, style if i else None, last):
            at = i
            _count(last, found[0])
    return len(chunks) if len(chunks) - at <= _FAR else at + 1


def _calls_star(chunks: list[Chunk], start: int, label: str) -> bool:
    """The text above calls "*" as often as it begins a chunk from here on; else the chunks are a list with bullets."""
    pattern = re.compile(rf"(?<![\s*†‡]){re.escape(label)}(?![*†‡\w])")
    after = chunks[start + 1 : start + 2]
    if after and (label_of(after[0].first.text, ("star",)) or ("",))[0] == label:
        return False
    calls = sum(len(pattern.findall(line.text)) for chunk in chunks[:start] for line in chunk.lines)
    here = sum((label_of(chunk.first.text, ("star",)) or ("",))[0] == label for chunk in chunks[start:])
    return calls >= here


def _runs_to_end(chunks: list[Chunk], start: int, style: str, called: frozenset[str]) -> bool:
    """From here on the labels 1, 2, 3 ... run to the end of the page, and the text above calls them."""
    found = [label_of(chunk.first.text, (style,)) for chunk in chunks[start:]]
    labels = [f[0] for f in found if f]
    wanted = {label for label in called if label.isdigit()}
    if any((label_of(chunk.first.text, ("bracket",)) or ("",))[0] == "1" for chunk in chunks[start:]):
        return False
    in_order = labels == [str(n + 1) for n in range(len(labels))]
    return in_order and called.issuperset(labels) and len(labels) >= 0.7 * len(wanted)


Last = dict[str, int]
"""How far each series of labels has come: {"": 12, "*": 3} after "12." and "3*."."""


def _collect(region: Region, chunks: list[Chunk], offset: int, index: int) -> None:
    """Fills a region with bodies from chunks[0] on; `offset` is the index of chunks[0] on the page."""
    style: str | None = None
    last: Last = {}
    for i, chunk in enumerate(chunks):
        if i and is_head(chunk.first.text) and _holds_bodies(chunks, i):
            return
        region.stop = offset + i + 1
        if _heads_notes(chunks, i, style):
            region.inner += chunk.lines
            last = {}
            continue
        if region.bodies and _ends(chunks, i, style, last):
            region.stop = offset + i
            break
        for piece in _pieces(chunk, style, dict(last)):
            found = label_of(piece.first.text, (style,) if style else tuple(_STYLES))
            if found and _opens(found, style, last):
                label, style, start = found
                _count(last, label)
                region.bodies.append(Body(label, style, [piece], start, index))
            elif region.bodies:
                region.bodies[-1].chunks.append(piece)
            else:
                region.before.append(piece)


def _heads_notes(chunks: list[Chunk], i: int, style: str | None) -> bool:
    """A heading among the notes, such as "Chapter II": short, without a label, and the next note counts from 1 again."""
    if i + 1 >= len(chunks) or len(chunks[i].lines) > 2 or len(chunks[i].text) > 100 or chunks[i].text.endswith("."):
        return False
    styles = (style,) if style else tuple(_STYLES)
    below = label_of(chunks[i + 1].first.text, styles)
    return label_of(chunks[i].first.text) is None and below is not None and below[0] in ("1", "1*", "a", "*")


def _pieces(chunk: Chunk, style: str | None, last: Last) -> list[Chunk]:
    """Splits a chunk before each line that opens a note of the style in sequence: notes on successive lines."""
    pieces: list[list[Line]] = [[]]
    for line in chunk.lines:
        found = label_of(line.text, (style,) if style else tuple(_STYLES))
        if found and _opens(found, style, last):
            if pieces[-1]:
                pieces.append([])
            style = found[1]
            _count(last, found[0])
        pieces[-1].append(line)
    return [Chunk(tuple(lines), chunk.gap, chunk.cell) for lines in pieces]


def _opens(found: tuple[str, str, int], style: str | None, last: Last) -> bool:
    """Whether a label opens a note after those counted in `last`. Loose styles must run in sequence."""
    label, new, _ = found
    if new in _FIRM:
        return True
    series, value = _split(label)
    if style is None:
        return new != "number" or value == 1
    if series in last:
        return 0 < value - last[series] <= (3 if new == "point" else 1)
    return value == last.get("") if series.isalpha() else value == 1


def _count(last: Last, label: str) -> None:
    series, value = _split(label)
    last[series] = value


def _split(label: str) -> tuple[str, int]:
    """A label's series and place in it: "12" -> ("", 12), "3*" -> ("*", 3), "9a" -> ("a", 9), "b" -> ("letters", 2)."""
    digits = re.match(r"\d+", label)
    if digits:
        return label[digits.end() :], int(digits[0])
    if len(label) == 1 and label.isalpha():
        return "letters", ord(label.lower()) - ord("a") + 1
    return label, 1


def _ends(chunks: list[Chunk], i: int, style: str | None, last: Last) -> bool:
    """The text goes on after the notes: a strong heading, or a title line after which no label comes any more."""
    line = chunks[i].first
    if style and (found := label_of(line.text, (style,))) and _opens(found, style, last):
        return False
    found_marker = marker(line.text)
    if found_marker and found_marker.rank <= Rank.SECTION and len(line.text) <= 100:
        return True
    if len(line.text) > 80 or line.text.endswith((".", ",", ":", ";")) or len(chunks[i].lines) > 2:
        return False
    after = chunks[i + 1 : i + 12]
    styles = (style,) if style else tuple(_STYLES)
    return sum(len(c.text) > 250 for c in after) >= 3 and not any(label_of(c.first.text, styles) for c in after)
