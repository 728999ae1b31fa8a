# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words and the room for them -> the size at which they fit, and lines of like lengths.

Lengths are measured letter by letter in the packaged fonts, each letter in the first that has it, as the layout sets
it. Arabic letters are measured apart, which is longer than they are when joined: such words come out a little small.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct
from PIL import ImageFont

from publisher import fonts, glyphs
from publisher.families import FAMILIES
from publisher.writers.balance import MEASURE, balance, wrap
from publisher.writers.cover_text import shortened

LINE = 1.14
# Steps by which sizes are tried, as a part of the one before.
_STEP = 0.96
# Words of scripts without spaces are broken anywhere by the layout; so much of a line stays empty then. So are words
# that would have to be set smaller than this part of the largest size: "Donaudampfschifffahrtsgesellschaftskapitän".
_LOOSE, _SMALL = 1.15, 0.6


class Lettering(Struct, frozen=True):
    """Lines, and their size in millimetres."""

    lines: tuple[str, ...]
    size: float


class Room(Struct, frozen=True, kw_only=True):
    """Millimetres: the width and height for some words, their largest and smallest size."""

    width: float
    height: float
    largest: float
    smallest: float


def fit(text: str, room: Room) -> Lettering | None:
    """The words in the largest size at which they fit; None where there are none or a letter of them has no font."""
    text = shortened(text)
    if not text or glyphs.missing(text):
        return None
    size = room.largest
    while size > room.smallest and not _fits(text, size, room):
        size *= _STEP
    lines = balance(text, length, room.width / size)
    # Words that are wider than the room, such as a Chinese title, are broken by the layout.
    broken = max(map(length, lines)) > room.width / size
    return Lettering((text,) if broken else lines, round(size, 2))


def _fits(text: str, size: float, room: Room) -> bool:
    width = room.width / size
    lines = wrap(text, length, width)
    if max(map(length, lines)) > width:
        breakable = _breaks_anywhere(text) or size <= room.largest * _SMALL
        return breakable and length(text) * _LOOSE / width * size * LINE <= room.height
    return len(lines) * size * LINE <= room.height


def _breaks_anywhere(text: str) -> bool:
    """Whether a text is in a script that is set without spaces: Chinese, Japanese, Thai..."""
    return any("\u0e00" <= letter <= "\u0fff" or "\u2e80" <= letter <= "\uffdf" for letter in text)


@cache
def length(text: str) -> float:
    """The length of words on one line, in ems."""
    total, start = 0.0, 0
    for index in range(1, len(text) + 1):
        if index == len(text) or _file(text[index]) != _file(text[start]):
            total += _face(_file(text[start])).getlength(text[start:index]) / MEASURE
            start = index
    return total


@cache
def _file(letter: str) -> Path:
    """The font that a letter is set in."""
    return fonts.upright(glyphs.family(letter) or FAMILIES[0])


@cache
def _face(file: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, MEASURE)
