# SPDX-License-Identifier: AGPL-3.0-or-later
"""The structure of a tagged PDF, read back: its elements with their words, as a screen reader goes through them."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its tag, what is inside it in order - words or elements -, and its dictionary."""

    tag: str
    kids: tuple[Element | str, ...]
    entry: pikepdf.Object = field(repr=False)
    # While somebody holds an element, its file is open.
    document: pikepdf.Pdf = field(repr=False)

    @property
    def words(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.words for kid in self.kids)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements inside this one with some tag, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if not tags or kid.tag in tags:
                    yield kid
                yield from kid.all(*tags)


def read(data: bytes) -> Element:
    """The root of the structure of a PDF."""
    document, words = opened(data), _words(data)
    pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
    (root,) = document.Root.StructTreeRoot.K
    return _element(root, words, pages, document)


def _element(
    entry: pikepdf.Object,
    words: dict[tuple[int, int], str],
    pages: dict[tuple[int, int], int],
    document: pikepdf.Pdf,
) -> Element:
    kids: list[Element | str] = []
    for kid in entry.get("/K", ()):
        if isinstance(kid, int):
            kids.append(words.get((pages[entry.Pg.objgen], kid), ""))
        elif "/S" in kid:
            assert entry == kid.P
            kids.append(_element(kid, words, pages, document))
        elif kid.Type == pikepdf.Name.MCR:
            kids.append(words.get((pages[kid.Pg.objgen], int(kid.MCID)), ""))
    return Element(str(entry.S)[1:], tuple(kids), entry, document)


def _words(data: bytes) -> dict[tuple[int, int], str]:
    """What each page paints as one, by page and number."""
    found: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for shown in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(shown.raw)
            if mark >= 0:
                found[number, mark] = found.get((number, mark), "") + _text(shown.raw, text.raw)
    document.close()
    return found


def _text(shown: object, page: object) -> str:
    length = pdfium.FPDFTextObj_GetText(shown, page, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(shown, page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))
