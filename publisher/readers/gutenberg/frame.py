# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file of the archive -> its header, its text and its small print.

Since 2003 a line "*** START OF THE PROJECT GUTENBERG EBOOK ..." ends the header and "*** END OF ..." begins the terms.
Before, the terms stood above the text, between "*START**THE SMALL PRINT!" and "*END*THE SMALL PRINT!", or below it. A
file may hold several texts, each with a header of its own, and small print amid the text.
https://www.gutenberg.org/policy/license.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from publisher.readers.gutenberg.stretches import letters
from publisher.readers.lines import Line

_NAME = r"project\s+gutenberg"
_START = re.compile(rf"\*+\s*START OF TH(?:E|IS) {_NAME}\b", re.IGNORECASE)
_END = re.compile(rf"\*+\s*END OF TH(?:E|IS) {_NAME}\b", re.IGNORECASE)
_PRINT_START = re.compile(r"\*+\s*START\s*\**\s*THE SMALL PRINT", re.IGNORECASE)
_PRINT_END = re.compile(r"\*+\s*END\s*\**\s*THE SMALL PRINT", re.IGNORECASE)
# "End of Project Gutenberg's The Raven", "***End of the Collected Etexts of Project Gutenberg of the 1970's***".
_CLOSE = re.compile(
    rf"\**\s*(?:this is the )?(?:end|fin|ende|fine|einde) (?:of |de |du |des |der |van )?(?:(?:the|this|a) )?"
    rf"(?:[\w ]{{0,40}} (?:of|from) )?(?:the )?{_NAME}\b",
    re.IGNORECASE,
)
# The line that names a text: "**The Project Gutenberg Etext of Lincoln's Gettysburg Address**".
NAMING = re.compile(
    rf"[*\s]*(?:this is )?(?:the )?{_NAME}(?:'s|’s|-tm)?,?\s+(?:e-?text|e-?book|edition)s?\b"
    r"(?:,|\s+(?:of|in)\b|(?=\s*[\"“]))\s*"
    r"(?-i:the\s+)?(?P<title>.*?)[*\s]*$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(rf"[*\s]*{_NAME}['’]s\s+(?:e-?text\s+(?:of\s+)?)?(?P<title>.*?)[*\s]*$", re.IGNORECASE)
_HAS_NAME = re.compile(r"gutenberg|small\s+print|\[e(?:text|book) ?#|<<", re.IGNORECASE)
_COPYRIGHTED = re.compile(rf"copyrighted {_NAME}|small print!\W*for copyright", re.IGNORECASE)
_TERMS = re.compile(r"(?i)gutenberg|\be-?texts?\b|\be-?books?\b|this file should|small print|\blicen[cs]e\b")
# Text that goes on after a licence; less is the licence's own last lines.
_ENOUGH_LINES = 12
# Lines within which the archive may speak of its text above it.
_PROLOGUE = 60


class Frame(Struct):
    """The lines of a file by what they are; `text` keeps the blank lines, so that space still counts.

    `copyrighted` says that the archive's header calls the text copyrighted. `opens` are the numbers of the lines where
    a further text of the file begins.
    """

    header: list[Line] = field(default_factory=list)
    text: list[Line] = field(default_factory=list)
    terms: list[Line] = field(default_factory=list)
    copyrighted: bool = False
    opens: list[int] = field(default_factory=list)


class _Border(Struct, frozen=True):
    """A line where the archive's matter begins or ends."""

    kind: str
    at: int
    title: str = ""


def divide(lines: Sequence[Line]) -> Frame:
    """The header, text and terms of a file; without any border all is text."""
    frame = Frame(copyrighted=any(_COPYRIGHTED.search(line.text) for line in lines if "*" in line.text))
    borders = list(_borders(lines))
    first = next((b.at for b in borders if b.kind in ("start", "print end")), None)
    at, zone = 0, "text" if first is None else "header"
    for i, border in enumerate(borders):
        stop = _stop(lines, border)
        following = borders[i + 1].at if i + 1 < len(borders) else len(lines)
        after = _after(zone, border, lines[stop:following], borders[i + 1 :])
        if after == zone and border.kind in ("close", "end") and zone == "text":
            # The end of one text of several: the next one follows without a header.
            stop = _paragraph_end(lines, border.at)
            frame.text += lines[at : border.at]
            frame.terms += lines[border.at : stop]
            frame.opens.append(stop + 1)
            at = stop
        if after == zone:
            continue
        cut = stop if zone in ("header", "naming", "terms", "small print") else border.at
        _put(frame, zone, lines[at:cut])
        at, zone = cut, after
        if zone == "text" and frame.text:
            frame.opens.append(at + 1)
        if cut < stop:
            _put(frame, "terms", lines[cut:stop])
            at = stop
    _put(frame, zone, lines[at:])
    return frame


def _put(frame: Frame, zone: str, lines: Sequence[Line]) -> None:
    match zone:
        case "header" | "naming":
            frame.header += lines
        case "text":
            frame.text += lines
        case _:
            frame.terms += lines


def _borders(lines: Sequence[Line]) -> Iterator[_Border]:
    for i, line in enumerate(lines):
        if not line.text or not _HAS_NAME.search(line.text):
            continue
        for kind, pattern in (
            ("start", _START),
            ("end", _END),
            ("print start", _PRINT_START),
            ("print end", _PRINT_END),
            ("close", _CLOSE),
            ("naming", NAMING),
        ):
            if pattern.match(line.text):
                yield _Border(kind, i, letters(named_title(line.text) or "") if kind == "naming" else "")
                break


def _stop(lines: Sequence[Line], border: _Border) -> int:
    """One past a border's last line: "*** START OF THIS PROJECT GUTENBERG EBOOK" may go on to a line that ends it."""
    stop = border.at + 1
    if border.kind in ("start", "end") and not lines[border.at].text.endswith("*"):
        for i in range(stop, min(stop + 3, len(lines))):
            if not lines[i].text:
                break
            if lines[i].text.endswith("*"):
                return i + 1
    return stop


def _after(zone: str, border: _Border, below: Sequence[Line], later: Sequence[_Border]) -> str:
    """The zone that follows a border in a zone; `below` are the lines up to the next border."""
    match zone, border.kind:
        case "header", "start":
            return "text"
        case "header", "print end":
            # Headers of 2002 have the small print first and a line "*** START OF" below it.
            if _next(later, "start", "end", "close") == "start":
                return "header"
            return "naming" if later and later[0].kind == "naming" and _named_again(later) else "text"
        case "naming", "naming":
            return "naming" if _named_again([border, *later]) else "text"
        case "text", "end" | "close":
            return "terms" if _are_terms(below) else "text"
        case "text", "print start":
            return "small print"
        case "text", "start":
            return "text"
        case "small print", "print end":
            return "text"
        case "terms", "start":
            return "text"
        case "terms", "print end":
            return "text" if sum(map(_filled, below)) > _ENOUGH_LINES else "terms"
        case "terms", "naming":
            last = not later or later[0].kind in ("end", "close")
            return "text" if last and sum(map(_filled, below)) > _ENOUGH_LINES else "terms"
        case _:
            return zone


def _are_terms(lines: Sequence[Line]) -> bool:
    """What stands below the end of a text: the archive's terms, or little at all."""
    filled = [line.text for line in lines if line.text]
    return len(filled) <= 3 * _ENOUGH_LINES or any(_TERMS.search(text) for text in filled[:_PROLOGUE])


def _paragraph_end(lines: Sequence[Line], at: int) -> int:
    return next((i for i in range(at, len(lines)) if not lines[i].text), len(lines))


def _named_again(borders: Sequence[_Border]) -> bool:
    """The archive names the same text once more, below some words about the transcription."""
    if len(borders) < 2 or borders[1].kind != "naming" or borders[1].at - borders[0].at > _PROLOGUE:
        return False
    return borders[0].title == borders[1].title != ""


def _next(borders: Sequence[_Border], *kinds: str) -> str:
    """The kind of the first border that is of one of the kinds, empty where none is."""
    return next((border.kind for border in borders if border.kind in kinds), "")


def _filled(line: Line) -> bool:
    return bool(line.text)


def names(text: str) -> bool:
    """Whether words name the archive, whose name a book made from its texts may not bear."""
    return "utenberg" in text.lower() and bool(re.search(_NAME, text, re.IGNORECASE))


def named_title(text: str) -> str | None:
    """The title in the line by which the archive names a text; None for any other line."""
    match = NAMING.match(text) or _POSSESSIVE.match(text)
    return match["title"].strip(" *.,") or None if match else None
