# SPDX-License-Identifier: AGPL-3.0-or-later
"""The front of a cover on a screen -> a PNG, drawn with Pillow: what styles/cover/book.css says of `.screen`, in 30 ms.

WeasyPrint would take twenty times as long, as long as all the rest of an EPUB. Letters stand where HarfBuzz puts them,
one by one, and so this is for scripts whose letters do not join or change places; the others are left to WeasyPrint.
"""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw, ImageFont

from publisher import fonts, glyphs
from publisher.families import FAMILIES
from publisher.writers.lettering import LINE, Lettering, length

if TYPE_CHECKING:
    import uharfbuzz

# Pixels, as shops ask for them, and how many of them make a millimetre of a cover of 100 mm by 160.
WIDTH, HEIGHT = 1600, 2560
SCALE = 16
GROUND, BLACK = (248, 243, 232), (17, 17, 17)
# Shades between the ground and each of the two inks: sixteen colours make half the bytes of more.
SHADES = 8
ORNAMENT = "❦"
# Millimetres that a line may take.
ROOM = 74.0


class Front(Struct, frozen=True, kw_only=True):
    """What stands on the front; `ink` is its colour."""

    author: Lettering | None
    title: Lettering | None
    subtitle: Lettering | None
    publisher: str
    licence: str
    ink: str

    @property
    def fields(self) -> list[Lettering]:
        return [field for field in (self.author, self.title, self.subtitle) if field]


def is_simple(front: Front) -> bool:
    """Whether each letter can be drawn by itself in the face of the text, and no line must be broken within a word."""
    lines = [(line, field.size) for field in front.fields for line in field.lines]
    letters = {*"".join(line for line, _ in lines), *front.publisher, *front.licence} - {" "}
    return all(length(line) * size <= ROOM for line, size in lines) and all(map(_stands_alone, letters))


def _stands_alone(letter: str) -> bool:
    # To look into a font takes longer than to draw a title.
    return letter in glyphs.COMMON or (
        unicodedata.category(letter) not in {"Mn", "Mc"}
        and unicodedata.bidirectional(letter) not in {"R", "AL"}
        and all(ord(letter) in glyphs.characters(file) for file in (_upright(), _italic()))
    )


def draw(front: Front) -> bytes:
    """The cover as a PNG with a palette."""
    words, colours = Image.new("L", (WIDTH, HEIGHT), 0), Image.new("L", (WIDTH, HEIGHT), 0)
    _draw_words(ImageDraw.Draw(words), front)
    _draw_colours(ImageDraw.Draw(colours), front)
    return _png(words, colours, tuple(bytes.fromhex(front.ink.removeprefix("#"))))


def _draw_words(canvas: ImageDraw.ImageDraw, front: Front) -> None:
    _draw_lines(canvas, front.author, _upright(), 20.0)
    end = _draw_lines(canvas, front.title, _upright(), 41.6)
    _draw_lines(canvas, front.subtitle, _italic(), end + 4.07 + 0.3 + 3.7)
    imprint = [line for line in (front.publisher, front.licence) if line]
    size, line = 2.65, 1.4
    for place, text in enumerate(reversed(imprint), 1):
        spaced = 0.04 if text == front.licence else 0.0
        _draw_line(canvas, text, _upright(), size, 160 - 15.2 - place * size * line, line, spaced)


def _draw_colours(canvas: ImageDraw.ImageDraw, front: Front) -> None:
    for inset, width in ((6.8, 1.6), (9.6, 0.15)):
        corner = inset * SCALE
        box = (corner, corner, WIDTH - corner, HEIGHT - corner)
        canvas.rectangle([round(side) for side in box], outline=255, width=max(1, round(width * SCALE)))
    if front.title and front.subtitle:
        y = round((41.6 + len(front.title.lines) * front.title.size * LINE + 4.07) * SCALE)
        half = round(0.16 * ROOM / 2 * SCALE)
        canvas.rectangle((WIDTH // 2 - half, y, WIDTH // 2 + half, y + round(0.3 * SCALE)), fill=255)
    _draw_line(canvas, ORNAMENT, _upright(), 8.5, 120.8, 1.0)


def _draw_lines(canvas: ImageDraw.ImageDraw, lettering: Lettering | None, file: Path, top: float) -> float:
    """Draws lines below one another, `top` millimetres from the head; gives where they end."""
    if lettering is not None:
        for line in lettering.lines:
            _draw_line(canvas, line, file, lettering.size, top, LINE)
            top += lettering.size * LINE
    return top


def _draw_line(  # noqa: PLR0913, PLR0917 (a line's measures)
    canvas: ImageDraw.ImageDraw, text: str, file: Path, size: float, top: float, line: float, spaced: float = 0.0
) -> None:
    """Draws one line in the middle; `line` and `spaced` are its height and the space between letters, in ems."""
    pixels = size * SCALE
    face = ImageFont.truetype(file, pixels)
    ascent, descent = face.getmetrics()
    baseline = top * SCALE + (line * pixels - ascent - descent) / 2 + ascent
    placed = list(_placed(text, file, pixels, spaced * pixels))
    start = (WIDTH - placed[-1][1] + spaced * pixels) / 2
    for letter, x in placed[:-1]:
        canvas.text((start + x, baseline), letter, fill=255, font=face, anchor="ls")


def _placed(text: str, file: Path, pixels: float, spaced: float) -> Iterator[tuple[str, float]]:
    """Each letter with its place on the line, then the end of the line."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_shaper(file), buffer, {"liga": False, "clig": False, "calt": False, "dlig": False})
    scale = pixels / _shaper(file).face.upem
    x = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        yield text[info.cluster], x + position.x_offset * scale
        x += position.x_advance * scale + spaced
    yield "", x


@cache
def _shaper(file: Path) -> uharfbuzz.Font:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))))


@cache
def _upright() -> Path:
    return fonts.upright(FAMILIES[0])


@cache
def _italic() -> Path:
    name = _upright().name.replace("[", "-Italic[")
    return next(file for file in fonts.files(FAMILIES[0]) if file.name == name)


def _png(words: Image.Image, colours: Image.Image, ink: Iterable[int]) -> bytes:
    """Nearly all is ground, so runs of one colour (Z_RLE) pack it as small as zlib's full search."""
    step = 256 // SHADES
    shades = words.point([value // step for value in range(256)])
    coloured = colours.point([value // step and value // step + SHADES for value in range(256)])
    picture = ImageChops.lighter(shades, coloured)
    picture.putpalette([part for target in (BLACK, tuple(ink)) for part in _scale(target)])
    out = io.BytesIO()
    picture.save(out, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return out.getvalue()


def _scale(target: tuple[int, ...]) -> Iterator[int]:
    """The colours from the ground to an ink."""
    for shade in range(SHADES):
        for low, high in zip(GROUND, target, strict=True):
            yield round(low + (high - low) * shade / (SHADES - 1))
