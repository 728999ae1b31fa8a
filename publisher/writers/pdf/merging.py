# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a book as they were set -> one PDF, through pikepdf (https://pikepdf.readthedocs.io).

What each part brings: its pages; its structure, which becomes an element of the book's; the places that links lead to.
What the book has once: fonts, outline, page labels, description. A page's text block is moved to its side of the
paper, and its running head and folio are painted before it, as an artifact that is not read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from publisher.writers.matter import SetPage, Setting
from publisher.writers.pdf import description, outline, streams, typefaces
from publisher.writers.pdf.description import Description
from publisher.writers.pdf.numbering import Place

if TYPE_CHECKING:
    import pikepdf

# What links inside the book begin with, since WeasyPrint drops those that lead out of what it lays out.
LINK = "publisher:"
# Annotations are printed (ISO 19005-3, 6.3.2).
PRINTED = 4


class Part(Struct, frozen=True):
    """A part in its place: its text, its heads and folios page by page, the numbers of its pages."""

    text: Setting
    furniture: Setting
    place: Place


def merge(parts: Sequence[Part], about: Description) -> bytes:
    """The book's PDF; it depends on nothing but its parts and their order."""
    import pikepdf

    with pikepdf.new() as pdf:
        faces = chain.from_iterable((*part.text.faces, *part.furniture.faces) for part in parts)
        book = _Book(pdf, typefaces.embed(pdf, faces))
        for part in parts:
            book.add(part)
        book.finish()
        description.write(pdf, about)
        return streams.save(pdf)


class _Book:
    """The PDF as it grows part by part."""

    def __init__(self, pdf: pikepdf.Pdf, fonts: pikepdf.Dictionary) -> None:
        from pikepdf import Array, Dictionary, Name

        self._pdf = pdf
        self._fonts = fonts
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array()))
        self._parents: list[pikepdf.Object] = []
        self._named: list[tuple[str, pikepdf.Object]] = []
        self._lines: list[outline.Line] = []
        self._places: dict[str, pikepdf.Array] = {}
        self._furniture: dict[bytes, pikepdf.Stream] = {}
        self._labels: dict[int, tuple[bool, int]] = {}

    def add(self, part: Part) -> None:
        import pikepdf

        self._label(part.place)
        with pikepdf.open(BytesIO(part.text.pdf)) as source, pikepdf.open(BytesIO(part.furniture.pdf)) as furniture:
            if part.place.blank:
                left, bottom, right, top = map(float, source.pages[0].mediabox)
                self._pdf.add_blank_page(page_size=(right - left, top - bottom))
            # All pages of a part share one dictionary of fonts, which is filled when it is in the book.
            for key in list(source.pages[0].Resources.Font.keys()):
                del source.pages[0].Resources.Font[key]
            self._pdf.pages.extend(source.pages)
            pages = list(self._pdf.pages)[-len(source.pages) :]
            for face in (*part.text.faces, *part.furniture.faces):
                pages[0].Resources.Font[f"/{face.key}"] = self._fonts[f"/{face.key}"]
            base, figures = self._add_structure(source)
            together = zip(pages, part.text.pages, part.furniture.pages, furniture.pages, strict=True)
            for page, text, printed, heads in together:
                shift = printed.left - text.left
                self._paint(page, heads.Contents.read_bytes(), shift)
                self._link(page, shift, base)
                self._mark(page, text, shift)
                _move(figures, page, shift)

    def _label(self, place: Place) -> None:
        """Numbers the pages from here on, unless they go on as those before; a blank page belongs to these."""
        last = max(self._labels, default=None)
        begins = place.first - 1
        if last is None or self._labels[last] != (place.roman, place.folio - (begins - last)):
            self._labels[begins] = place.roman, place.folio

    def _add_structure(self, source: pikepdf.Pdf) -> tuple[int, list[pikepdf.Object]]:
        """The part's structure, below the book's; gives what is to be added to the numbers of its pages and links.

        It also gives the elements of pictures, which say where on their page they are.
        """
        from pikepdf import Name

        tree = source.Root.StructTreeRoot
        document, numbers = tree.K[0], source.make_indirect(tree.ParentTree)
        del document["/P"]
        added = self._pdf.copy_foreign(document)
        added.S, added.P = Name.Part, self._document
        self._document.K.append(added)
        base = len(self._parents)
        self._parents += list(self._pdf.copy_foreign(numbers).Nums)[1::2]
        named = list(self._pdf.copy_foreign(source.make_indirect(tree.IDTree)).Names)
        self._named += zip(map(str, named[::2]), named[1::2], strict=True)
        return base, list(self._pdf.copy_foreign(source.make_indirect(tree.Figures)))

    def _paint(self, page: pikepdf.Page, furniture: bytes, shift: float) -> None:
        """Puts head and folio before the text, and the text to its side."""
        from pikepdf import Array

        content = b"/Artifact <</Type /Pagination>> BDC\nq\n%s\nQ\nEMC\n1 0 0 1 %.4f 0 cm\n" % (furniture, shift)
        if content not in self._furniture:
            self._furniture[content] = streams.make(self._pdf, content)
        page.Contents = Array([self._furniture[content], streams.content(self._pdf, page.obj)])

    def _link(self, page: pikepdf.Page, shift: float, base: int) -> None:
        """Links inside the book lead to names; all move with the text."""
        page.StructParents = int(page.StructParents) + base
        for link in page.get("/Annots", ()):
            link.StructParent = int(link.StructParent) + base
            left, bottom, right, top = map(float, link.Rect)
            link.Rect = [_number(left + shift), _number(bottom), _number(right + shift), _number(top)]
            link.F = PRINTED
            if str(link.A.URI).startswith(LINK):
                link.Dest = str(link.A.URI).removeprefix(LINK)
                del link["/A"]

    def _mark(self, page: pikepdf.Page, text: SetPage, shift: float) -> None:
        """The places on a page that links and bookmarks lead to."""
        for name, (x, y) in text.anchors.items():
            self._places.setdefault(name, _place(page, x + shift, y))
        for mark in text.bookmarks:
            self._lines.append(outline.Line(mark.level, mark.label, _place(page, mark.x + shift, mark.y)))

    def finish(self) -> None:
        """What the book has once."""
        from pikepdf import Array, Dictionary, Name, String

        numbers = chain.from_iterable(enumerate(self._parents))
        self._root.K = Array([self._document])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(list(numbers))))
        self._root.ParentTreeNextKey = len(self._parents)
        named = chain.from_iterable((String(name), element) for name, element in sorted(self._named, key=itemgetter(0)))
        self._root.IDTree = Dictionary(Names=Array(list(named)))
        self._pdf.Root.StructTreeRoot = self._root
        places = chain.from_iterable((String(name), place) for name, place in sorted(self._places.items()))
        self._pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(list(places))))
        labels = (
            (page, Dictionary(S=Name.r if roman else Name.D, St=folio)) for page, (roman, folio) in self._labels.items()
        )
        self._pdf.Root.PageLabels = Dictionary(Nums=Array(list(chain.from_iterable(labels))))
        outline.write(self._pdf, outline.tree(self._lines))


def _place(page: pikepdf.Page, x: float, y: float) -> pikepdf.Array:
    from pikepdf import Array, Name

    return Array([page.obj, Name.XYZ, _number(x), _number(y), 0])


def _number(value: float) -> Decimal:
    return Decimal(f"{value:.3f}").normalize() + 0


def _move(figures: Iterable[pikepdf.Object], page: pikepdf.Page, shift: float) -> None:
    """Tells the pictures of a page where they are when its text has been moved."""
    for figure in figures:
        if figure.Pg == page.obj:
            left, bottom, right, top = map(float, figure.A.BBox)
            figure.A.BBox = [_number(left + shift), _number(bottom), _number(right + shift), _number(top)]
