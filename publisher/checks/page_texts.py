# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished PDF -> the text of its pages within their margins, read back through PDFium (https://pypdfium2.readthedocs.io).

What PDFium makes of a page depends on nothing but its content, its size and its fonts: what was read of a page is true
of each page with the same digest. After a word is changed in a book of 300 pages, that saves half a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2


class Margins(Struct, frozen=True):
    """The heights at the top and foot of a page, in points, in which running heads and folios stand."""

    top: float
    bottom: float


Read: TypeAlias = Callable[[bytes, Margins], list[str]]
"""A PDF and the margins of its pages -> the text of each page within them."""


def read(data: bytes, margins: Margins) -> list[str]:
    """The text of each page."""
    return read_pages(data, margins, None)


def read_pages(data: bytes, margins: Margins, numbers: Sequence[int] | None) -> list[str]:
    """The text of some pages, which are numbered from 0, or of all."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document:
        return [_text(document[number], margins) for number in (range(len(document)) if numbers is None else numbers)]


def _text(page: pypdfium2.PdfPage, margins: Margins) -> str:
    with closing(page):
        text: str = page.get_textpage().get_text_bounded(bottom=margins.bottom, top=page.get_height() - margins.top)
        return text


def digests(data: bytes, margins: Margins) -> list[bytes]:
    """What the text of each page depends on, as a digest: pages with the same have the same text."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        known: dict[tuple[int, int], bytes] = {}
        return [_page(page.obj, margins, known) for page in pdf.pages]


def _page(page: pikepdf.Object, margins: Margins, known: dict[tuple[int, int], bytes]) -> bytes:
    from pikepdf import Array

    digest = sha256(repr((margins, [float(side) for side in page.MediaBox.as_list()])).encode())
    digest.update(_resources(page, known))
    contents = page.get("/Contents", Array())
    for stream in contents if isinstance(contents, Array) else [contents]:
        digest.update(stream.read_raw_bytes())
    return digest.digest()


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
