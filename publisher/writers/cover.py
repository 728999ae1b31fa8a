# SPDX-License-Identifier: AGPL-3.0-or-later
"""Author, title and subtitle -> a cover picture (PNG), the thumbnail that shelves and shops show.

Drawn with the packaged fonts only, so that it is the same on every machine. Lettering that no packaged font
can show (a title in Chinese) is left off the picture; the title page has it.
"""

from __future__ import annotations

import io
import textwrap
import zlib
from functools import cache
from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from publisher import fonts
from publisher.writers.balance import MEASURE, Length, balance, wrap

# Pixels, as tall as the shops ask; thumbnails have the same shape.
WIDTH, HEIGHT = 1600, 2400
MARGIN = 110
TEXT_WIDTH = 1160
LINE_HEIGHT = 1.14
SMALLEST = 28
PAPER = (247, 241, 227)
# Grounds dark enough for the lettering. The author's name chooses one, so that one author's books look alike.
GROUNDS = ((94, 26, 30), (28, 52, 80), (30, 66, 54), (66, 42, 76), (58, 48, 38), (22, 66, 76))
# Characters of a title; what is longer could not be read on a thumbnail.
LONGEST = 300


class Lettering(Struct, frozen=True):
    """Lines and the font, with its size, in which they fit."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont


def draw(author: str, title: str, subtitle: str) -> bytes:
    """The cover as a PNG with a palette: one ink on one ground, and the shades between them."""
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    canvas = ImageDraw.Draw(picture)
    for inset, width in ((MARGIN, 7), (MARGIN + 22, 2)):
        canvas.rectangle((inset, inset, WIDTH - inset, HEIGHT - inset), outline=255, width=width)
    _draw_lines(canvas, _fit(author, largest=108, height=380), 290)
    rule = _draw_lines(canvas, _fit(title, largest=188, height=1000), 780) + 90
    below = _fit(subtitle, largest=76, height=HEIGHT - MARGIN - 150 - rule)
    if below:
        canvas.line((WIDTH / 2 - 120, rule, WIDTH / 2 + 120, rule), fill=255, width=4)
    _draw_lines(canvas, below, rule + 50)
    return _png(picture, GROUNDS[zlib.crc32(author.encode()) % len(GROUNDS)])


def _draw_lines(canvas: ImageDraw.ImageDraw, lettering: Lettering | None, top: float) -> float:
    """Draws centred lines from `top` on and returns where they end."""
    if lettering is None:
        return top
    for line in lettering.lines:
        canvas.text((WIDTH / 2, top + lettering.font.size), line, fill=255, font=lettering.font, anchor="ms")
        top += lettering.font.size * LINE_HEIGHT
    return top


def _fit(text: str, *, largest: int, height: float) -> Lettering | None:
    """The text in the largest size, in steps of 4 pixels, at which its lines fit; None without text or font."""
    text = textwrap.shorten(text, LONGEST, placeholder=" …")
    file = next((file for file in fonts.uprights() if _shows(_font(file, MEASURE), text)), None)
    if file is None or not text:
        return None
    # The same beginnings of lines are measured again and again.
    length = cache(_font(file, MEASURE).getlength)
    fitting = (size for size in range(largest, SMALLEST, -4) if _fits(text, length, size, height))
    size = next(fitting, SMALLEST)
    return Lettering(balance(text, length, _width(size)), _font(file, size))


def _fits(text: str, length: Length, size: int, height: float) -> bool:
    lines = wrap(text, length, _width(size))
    high_enough = len(lines) * size * LINE_HEIGHT <= height
    return high_enough and max(map(length, lines)) <= _width(size)


def _width(size: int) -> float:
    """The width that a line may have, in the units of text measured at MEASURE."""
    return TEXT_WIDTH * MEASURE / size


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


def _shows(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Whether a font has all characters: one that it lacks looks like U+FFFF, which no font has; COMMON all have."""
    lacking = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(character)) != lacking for character in set(text) - fonts.COMMON - {" "})


def _png(picture: Image.Image, ground: tuple[int, int, int]) -> bytes:
    """Sixteen shades are enough for smooth edges and make a third of the bytes of 256.

    Nearly all is ground, so runs of one shade (Z_RLE) pack it as small as zlib's full search, in half the time.
    """
    shades = picture.point([value >> 4 for value in range(256)])
    palette = [round(low + (high - low) * n / 15) for n in range(16) for low, high in zip(ground, PAPER, strict=True)]
    shades.putpalette(palette)
    out = io.BytesIO()
    shades.save(out, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return out.getvalue()
