# SPDX-License-Identifier: AGPL-3.0-or-later
"""A work's picture files -> those that its book shows, with their kinds and their names in the outputs.

Kinds are told by the bytes, not by the name. They are the core image types of EPUB 3.3
(https://www.w3.org/TR/epub-33/#sec-core-media-types); an SVG must be a drawing that all can draw (drawings.py).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from publisher import drawings
from publisher.characters import slug, unique
from publisher.document import Book, Image, leaves, note_runs, text_runs
from publisher.errors import Location, Problem

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

COVERS = frozenset({"image/png", "image/jpeg"})
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"})
# Pictures that no book can show, and what they are called: they are not missing.
OTHERS = {
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".bmp": "BMP",
    ".avif": "AVIF",
    ".heic": "HEIC",
    ".jxl": "JPEG XL",
    ".jp2": "JPEG 2000",
    ".psd": "PSD",
    ".eps": "EPS",
    ".emf": "EMF",
    ".wmf": "WMF",
}
# What Pillow, which the layout draws pictures with, takes for an attack: 20,000 by 20,000 pixels fill 1.6 GB.
MOST_PIXELS = 178_956_970
# Sides of a cover below which, and how much longer one may be than the other, before it is doubtful that it is one.
LEAST_SIDE, FLATTEST = 100, 8
_SHOWN = "Use PNG, JPEG, GIF, WebP or SVG."
# Addresses of pictures in HTML, TEI, style sheets and Markdown.
_ADDRESS = re.compile(
    rb"(?:\b(?:src|url)\s*=\s*|\]\(\s*|\burl\(\s*)"
    rb"(?:\"([^\"\n]{1,1000})\"|'([^'\n]{1,1000})'|<([^<>\n]{1,1000})>|([^\"'\s()<>]{1,1000}))"
)
_ADDRESS_MARKS = (b"src", b"url", b"](")
_NETWORK = re.compile(r"(?i)(?:https?:)?//")
# Characters of an address that are shown; pictures may stand in them, as letters.
_SHOWN_LENGTH = 80
# A declaration, comments and a document type may stand before the drawing.
_SVG = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg[^>\[]*>\s*)?<svg[\s>]"
# The first bytes of each kind, its media type and the ending of its name.
_KINDS = (
    (rb"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (rb"\xff\xd8\xff", "image/jpeg", "jpg"),
    (rb"GIF8[79]a", "image/gif", "gif"),
    (rb"RIFF....WEBP", "image/webp", "webp"),
    (_SVG, "image/svg+xml", "svg"),
)


class Picture(Struct, frozen=True):
    """A picture of a book: its name in the outputs, its media type, its bytes.

    Through one that is `clear` the page can be seen: ink that stands on white paper, and would on a black screen.
    """

    name: str
    media_type: str
    data: bytes
    clear: bool = False


def pictures(book: Book, files: Mapping[str, bytes]) -> tuple[dict[str, Picture], list[Problem]]:
    """The pictures that a book shows, by their files; a problem for each file that is no picture."""
    found: dict[str, Picture] = {}
    problems: list[Problem] = []
    taken: set[str] = set()
    for file in dict.fromkeys(image.file for image in images(book)):
        if file in files:
            # Named after its file, so that it keeps its name when others come or go.
            name = unique("-".join(filter(None, ("picture", slug(PurePosixPath(file).stem)))), taken)
            picture = read_picture(file, files[file], name)
            if isinstance(picture, Picture):
                found[file] = picture
            else:
                problems.append(picture)
    return found, problems


def images(book: Book) -> Iterator[Image]:
    """Every image of a book: those of the text, then those of the notes."""
    notes = (run for chapter in book.chapters for note in chapter.notes for run in note_runs(note))
    for run in chain(text_runs(book), notes):
        yield from (leaf for leaf in leaves(run) if isinstance(leaf, Image))


def addresses(data: bytes) -> Iterator[tuple[int, str]]:
    """The addresses of pictures in a text, each with its place in the bytes."""
    if any(mark in data for mark in _ADDRESS_MARKS):
        for found in _ADDRESS.finditer(data):
            group = found.lastindex or 0
            yield found.start(group), unquote(found[group].decode(errors="replace"))


def absent(address: str) -> str:
    """Why a picture that a text names by an address is not in the book."""
    shown = address if len(address) <= _SHOWN_LENGTH else f"{address[:_SHOWN_LENGTH]}…"
    if _NETWORK.match(address):
        return f'the picture "{shown}" is on the network, from where nothing is fetched'
    return f'there is no picture "{shown}" in the work'


def cover(file: str, data: bytes, place: Location) -> tuple[Picture | None, tuple[Problem, ...]]:
    """A picture for the cover, and what is wrong or doubtful about it; `place` is where it is asked for.

    Shops and older readers take no other kinds.
    """
    found = read_picture(file, data, "cover")
    shown = f'cover: "{PurePosixPath(file).name}"'
    if isinstance(found, Picture) and found.media_type in COVERS:
        with _opened(data) as picture:
            width, height = picture.size
        if min(width, height) >= LEAST_SIDE and max(width, height) <= FLATTEST * min(width, height):
            return found, ()
        message = f"{shown}: a picture of {width} × {height} pixels can hardly be a cover"
        return found, (Problem("P004", message, place, "Best are 1600 × 2400 pixels."),)
    message = found.message.partition(";")[0] if isinstance(found, Problem) else f"this is {found.media_type}"
    message = f"{shown}: {message}: the cover must be PNG or JPEG"
    return None, (Problem("P003", message, place, "Save it as PNG or JPEG."),)


def read_picture(file: str, data: bytes, name: str) -> Picture | Problem:
    """A picture under a name, or what is wrong with its file."""
    kind = next(((media, ending) for start, media, ending in _KINDS if re.match(start, data, re.DOTALL)), None)
    if other := OTHERS.get(PurePosixPath(file).suffix.lower()):
        return _refusal(file, f"this picture is {other}, which books cannot show", _SHOWN)
    if kind is None:
        return _refusal(file, "this is no picture that a book can hold", _SHOWN)
    media_type, ending = kind
    if ending == "svg":
        if wrong := drawings.fault(data):
            return _refusal(file, wrong.message, wrong.hint)
        return Picture(f"{name}.{ending}", media_type, data, clear=True)
    try:
        with _opened(data) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                message = f"this picture is too large: {width:,} × {height:,} pixels"
                most = f"over {MOST_PIXELS // 1_000_000} million pixels cannot be drawn"
                return _refusal(file, message, f"Save it smaller: {most}. A page of A4 has 9.")
            picture.load()
            clear = picture.has_transparency_data
    except (OSError, ValueError, SyntaxError):
        return _refusal(file, "this picture is damaged", "Save it again.")
    return Picture(f"{name}.{ending}", media_type, data, clear)


@contextmanager
def _opened(data: bytes) -> Iterator[Opened]:
    """A picture of any size, of which no half is taken for the whole; OSError, ValueError or SyntaxError if damaged."""
    from PIL import Image as Pillow, ImageFile

    # WeasyPrint lets Pillow take half a picture for a whole one, from when it is imported on.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    most, Pillow.MAX_IMAGE_PIXELS = Pillow.MAX_IMAGE_PIXELS, None
    try:
        with Pillow.open(io.BytesIO(data)) as picture:
            yield picture
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Pillow.MAX_IMAGE_PIXELS = lenient, most


def _refusal(file: str, message: str, hint: str) -> Problem:
    return Problem("P001", f"{message}; its description is printed", Location(file), hint)
