# SPDX-License-Identifier: AGPL-3.0-or-later
"""A work's picture files -> those that its book shows, with their kinds and their names in the outputs.

Kinds are told by the bytes, not by the name. They are the core image types of EPUB 3.3
(https://www.w3.org/TR/epub-33/#sec-core-media-types); an SVG must be a drawing that all can draw (drawings.py).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct

from publisher import drawings
from publisher.characters import slug, unique
from publisher.document import Book, Image, leaves, note_runs, text_runs
from publisher.errors import Location, Problem

COVERS = frozenset({"image/png", "image/jpeg"})
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"})
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


def cover(file: str, data: bytes) -> Picture | Problem:
    """A picture for the cover, or what is wrong with its file: shops and older readers take no other kinds."""
    found = read_picture(file, data, "cover")
    if isinstance(found, Picture) and found.media_type in COVERS:
        return found
    message = found.message.partition(";")[0] if isinstance(found, Problem) else f"this is {found.media_type}"
    return Problem("P003", f"{message}: the cover must be PNG or JPEG", Location(file), "Save it as PNG or JPEG.")


def read_picture(file: str, data: bytes, name: str) -> Picture | Problem:
    """A picture under a name, or what is wrong with its file."""
    kind = next(((media, ending) for start, media, ending in _KINDS if re.match(start, data, re.DOTALL)), None)
    if kind is None:
        return _refusal(file, "this is no picture that a book can hold", "Use PNG, JPEG, GIF, WebP or SVG.")
    media_type, ending = kind
    if ending == "svg":
        if wrong := drawings.fault(data):
            return _refusal(file, wrong.message, wrong.hint)
        return Picture(f"{name}.{ending}", media_type, data, clear=True)
    clear = _is_clear(data)
    if clear is None:
        return _refusal(file, "this picture is damaged", "Save it again.")
    return Picture(f"{name}.{ending}", media_type, data, clear)


def _is_clear(data: bytes) -> bool | None:
    """Whether a picture has transparent parts; None where Pillow cannot read it, or it is made to fill the memory."""
    from PIL import Image as Pillow, ImageFile

    # WeasyPrint lets Pillow take half a picture for a whole one, from when it is imported on.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Pillow.open(io.BytesIO(data)) as picture:
            picture.load()
            return picture.has_transparency_data
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _refusal(file: str, message: str, hint: str) -> Problem:
    return Problem("P001", f"{message}; its description is printed", Location(file), hint)
