# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ellipses and spaces: "..." -> "…", "V. I. Lenin" and "5 kg" on one line, "Quoi ?" with a space that breaks none."""

from __future__ import annotations

import re

from publisher.transforms.flow import Edit
from publisher.transforms.languages import NARROW, NO_BREAK, Habits
from publisher.transforms.rules import Found, Stretch

_POINTS = re.compile(r"\.{3,}|\.(?: \.){2,}")
_SPACES = re.compile(r" {2,}")
_POINT = re.compile(r"\. *(?=\S)")
_WORD = re.compile(r"[^\s.\"'“”‘’«»„()\[\]—–-]+\Z")
_LONGEST_WORD = 12
_GUILLEMETS = re.compile("[«»]")
_NUMERALS = "IVXLCDM"
_NO_BREAKS = f"{NO_BREAK}{NARROW}"
_CLOSING = "\"'”’»)]…,.*_"


def ellipses(stretch: Stretch, habits: Habits) -> Found:  # noqa: ARG001 (every rule is called in the same way)
    """Exactly three points, close together or apart; four are a full stop and an ellipsis in an order nobody knows."""
    text = stretch.text
    if "..." not in text and ". . ." not in text:
        return
    for match in _POINTS.finditer(text):
        start, end = match.span()
        apart = end - start == 5 and match[0][1] == " "
        around = text[start - 1 : start] + text[end : end + 1]
        more = text[start - 2 : start] == ". " and apart
        if (apart or match[0] == "...") and not more and not set(around) & set("./…") and text[end : end + 2] != " .":
            yield Edit(start, end, "…", "ellipses")


def spaces(stretch: Stretch, habits: Habits) -> Found:  # noqa: ARG001
    """Several spaces between words; in verse and tables they may be meant."""
    if stretch.kind in ("prose", "heading") and "  " in stretch.text:
        for match in _SPACES.finditer(stretch.text):
            yield Edit(*match.span(), " ", "spaces")


def points(stretch: Stretch, habits: Habits) -> Found:
    """Initials and abbreviations, which end in a point, and the space behind it."""
    text = stretch.text
    if ". " not in text:
        return
    initials, last = 0, -1
    for match in _POINT.finditer(text):
        point, end = match.span()
        word = _WORD.search(text, max(0, point - _LONGEST_WORD), point)
        name = word[0] if word else ""
        follows = initials if last == point - 1 else 0
        initials, last = (follows + 1 if len(name) == 1 and name.isupper() else 0), end
        if end == point + 1:
            continue
        if initials and _named(text, end, initials):
            yield Edit(point + 1, end, NO_BREAK, "initials")
        elif _abbreviated(text, end, habits.abbreviations.get(name, "")):
            yield Edit(point + 1, end, NO_BREAK, "abbreviations")


def _named(text: str, at: int, initials: int) -> bool:
    """Whether another initial follows, or after two of them the name: "World War I. Then" has one."""
    another = text[at].isupper() and text[at + 1 : at + 2] == "."
    return another or (initials > 1 and text[at].isupper() and text[at + 1 : at + 2].islower())


def _abbreviated(text: str, at: int, behind: str) -> bool:
    if not behind:
        return False
    first = text[at]
    number = "9" in behind and (first.isdigit() or first in _NUMERALS)
    return number or ("C" in behind and first.isupper()) or (first in behind and text[at + 1 : at + 2] == ".")


def units(stretch: Stretch, habits: Habits) -> Found:
    """Numbers with what they count."""
    for match in habits.units.finditer(stretch.text):
        gap = len(match[0]) - len(match[0].lstrip(" "))
        yield Edit(match.start(), match.start() + gap, NO_BREAK, "units")


def punctuation_spaces(stretch: Stretch, habits: Habits) -> Found:
    """French sets ; : ! ? and guillemets apart by narrow spaces."""
    text = stretch.text
    if not habits.spaced:
        return
    for match in re.finditer(f"[{habits.high_marks}]", text):
        yield from _space_before(text, match.start(), 0)
    for match in _GUILLEMETS.finditer(text):
        yield from (_space_before if match[0] == "»" else _space_after)(text, match.start(), 1)


def _space_before(text: str, at: int, least: int) -> Found:
    """`least` is 1 for a mark that has a space also where a word follows it at once."""
    start = at
    while start and text[start - 1] == " ":
        start -= 1
    before, after = text[start - 1 : start] or "\n", text[at + 1 : at + 2] or "\n"
    if before.isspace() or before in "([{«/" or before in _NO_BREAKS:
        return
    if not least and (before in ";:!?" and start == at):
        return
    if not least and not (after.isspace() or after in _CLOSING or after in ";:!?"):
        return
    if start < at:
        yield Edit(start, at, NARROW, "punctuation_spaces")
    else:
        yield Edit(at, at + 1, NARROW + text[at], "punctuation_spaces")


def _space_after(text: str, at: int, least: int) -> Found:  # noqa: ARG001 (called in the place of the other)
    end = at + 1
    while text[end : end + 1] == " ":
        end += 1
    after = text[end : end + 1] or "\n"
    if after.isspace():
        return
    if end > at + 1:
        yield Edit(at + 1, end, NARROW, "punctuation_spaces")
    else:
        yield Edit(at, at + 1, text[at] + NARROW, "punctuation_spaces")
