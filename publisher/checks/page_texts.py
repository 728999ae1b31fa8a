# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished PDF -> the text of its pages within their margins, read back through PDFium (https://pypdfium2.readthedocs.io).

What PDFium makes of a page depends on nothing but its content, its size and its fonts. A page that has the same as one
that was read before is not read again: after a word is changed in a book of 300 pages, that saves half a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class Margins:
    """The heights at the top and foot of a page, in points, in which running heads and folios stand."""

    top: float
    bottom: float


def read(data: bytes, margins: Margins, seen: dict[bytes, str]) -> list[str]:
    """The text of each page; `seen` has pages that were read before, by digest, and those of this PDF afterwards."""
    digests = list(_digests(data, margins))
    new = [number for number, digest in enumerate(digests) if digest not in seen]
    texts = dict(zip(new, read_pages(data, margins, new), strict=True))
    found = [texts[number] if number in texts else seen[digest] for number, digest in enumerate(digests)]
    seen.clear()
    seen.update(zip(digests, found, strict=True))
    return found


def read_pages(data: bytes, margins: Margins, numbers: list[int]) -> Iterator[str]:
    """The text of some pages, which are numbered from 0."""
    if not numbers:
        return
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            page = document[number]
            top = page.get_height() - margins.top
            yield page.get_textpage().get_text_bounded(bottom=margins.bottom, top=top)
            page.close()
    finally:
        document.close()


def _digests(data: bytes, margins: Margins) -> Iterator[bytes]:
    """What the text of each page depends on."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        known: dict[tuple[int, int], bytes] = {}
        for page in pdf.pages:
            digest = sha256(repr((margins, [float(side) for side in page.mediabox])).encode())
            digest.update(_resources(page.obj, known))
            contents = page.obj.get("/Contents", pikepdf.Array())
            for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
                digest.update(stream.read_raw_bytes())
            yield digest.digest()


def _resources(owner: pikepdf.Object, known: dict[tuple[int, int], bytes]) -> bytes:
    """The fonts that a page or a drawing on it uses, and the drawings inside."""
    from pikepdf import Dictionary

    digest = sha256()
    resources = owner.get("/Resources", Dictionary())
    for name, font in sorted(resources.get("/Font", Dictionary()).items()):
        if font.objgen not in known:
            known[font.objgen] = _font(font)
        digest.update(name.encode() + known[font.objgen])
    for name, drawing in sorted(resources.get("/XObject", Dictionary()).items()):
        if drawing.objgen not in known:
            known[drawing.objgen] = sha256(_resources(drawing, known) + drawing.read_raw_bytes()).digest()
        digest.update(name.encode() + known[drawing.objgen])
    return digest.digest()


def _font(font: pikepdf.Object) -> bytes:
    """What a font's text depends on: how wide its glyphs are, what they look like, what they stand for."""
    (inner,) = font.DescendantFonts
    digest = sha256(font.ToUnicode.read_raw_bytes() + inner.W.unparse())
    descriptor = inner.FontDescriptor
    digest.update((descriptor.get("/FontFile2") or descriptor.FontFile3).read_raw_bytes())
    return digest.digest()
