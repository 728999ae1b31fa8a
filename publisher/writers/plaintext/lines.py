# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs -> lines of a plain-text edition: wrapped, indented, behind a mark, or with a line below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from publisher.readers.plaintext.form import KINDS, LINE_END, NOTHING, TURNED, WIDTH, ruled

# However deep a paragraph stands, its lines have this many characters.
NARROWEST = 40
# A space to break a line at: not beside another, which would vanish, nor behind a backslash.
_SPACE = re.compile(r"(?<=[^\s\\]) (?=\S)")


def wrap(text: str, width: int = WIDTH, *, keep_ends: bool = True) -> list[str]:
    """A run in lines; where the text itself ends a line ("... //") a new one begins."""
    if len(text) <= width and f" {LINE_END} " not in text:
        return [text]
    first, *words = _SPACE.split(text)
    lines, line, length = [], [first], len(first)
    for word in words:
        if length + 1 + len(word) > width or (keep_ends and line[-1] == LINE_END):
            lines.append(" ".join(line))
            line, length = [word], len(word)
        else:
            line.append(word)
            length += 1 + len(word)
    return [*lines, " ".join(line)]


def indented(lines: Iterable[str], by: int) -> list[str]:
    margin = " " * by
    return [f"{margin}{line}" if line else "" for line in lines]


def turned(text: str, room: int) -> list[str]:
    """A line that is one; what does not fit goes on further in."""
    first, *rest = wrap(text, max(room, NARROWEST), keep_ends=False)
    return [first, *indented(rest, TURNED)]


def headed(text: str) -> list[str]:
    """The lines of a heading, none of which looks like the line below it."""
    lines = wrap(text, len(text))
    if any(map(ruled, lines)):
        lines = [f"{text}{NOTHING}"] if ruled(text) else [text]
    return lines


def width(lines: Iterable[str]) -> int:
    return max(map(len, lines))


def below(text: str) -> str:
    """A line right below a heading, which is not taken for something else."""
    return f"{text}{NOTHING}" if ruled(text) or text in KINDS else text


def hung(mark: str, lines: Sequence[str], inner: int) -> list[str]:
    """Lines behind a mark: the first beside it, if it stands at their margin."""
    if not lines or lines[0].startswith(" "):
        return [mark.rstrip(" "), *indented(lines, inner)]
    return [f"{mark}{lines[0]}", *indented(lines[1:], inner)]
