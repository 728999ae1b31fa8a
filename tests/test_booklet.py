# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets are folded by hand here: every page must lie where a reader of the folded booklet finds it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from publisher.edition import Output
from publisher.writers import booklet
from tests.editions import article

WIDTH, HEIGHT = 300, 400


def numbered(pages: int) -> Output:
    """A PDF whose page 3 says "3"; all pages share one font and link to the first."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 140 200 Td ({number}) Tj ET".encode())
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], Dest="first")
        page.Annots = pikepdf.Array([link])
    pdf.docinfo["/Title"] = "A Title"
    pdf.Root.Lang = "en"
    data = io.BytesIO()
    pdf.save(data, static_id=True)
    return Output("book.pdf", "pdf", data.getvalue(), pages=pages)


def sides(output: Output) -> list[tuple[int, int]]:
    """What stands on the left and right of each side of the paper, 0 for nothing."""
    pdf = pypdfium2.PdfDocument(output.data)
    return [(_number(page, 0), _number(page, WIDTH)) for page in pdf]


def _number(page: pypdfium2.PdfPage, left: int) -> int:
    text: str = page.get_textpage().get_text_bounded(left=left, bottom=0, right=left + WIDTH, top=HEIGHT)
    return int(text or 0)


def leaves(printed: list[tuple[int, int]]) -> Iterator[int]:
    """The pages in a reader's order: sheets laid in each other, turned over the short edge, folded in the middle."""
    fronts, backs = printed[::2], printed[1::2]
    for (_, recto), (verso, _) in zip(fronts, backs, strict=True):
        yield from (recto, verso)
    for (verso, _), (_, recto) in reversed(list(zip(fronts, backs, strict=True))):
        yield from (recto, verso)


@pytest.mark.parametrize("pages", range(1, 34))
def test_folded_sheets_read_in_order(pages: int) -> None:
    output = booklet.write(article(), {"pdf": numbered(pages)})

    assert output.sheets is not None
    assert output.blanks is not None
    assert list(leaves(sides(output))) == [*range(1, pages + 1), *[0] * output.blanks]
    assert (output.pages, 4 * output.sheets) == (2 * output.sheets, pages + output.blanks)
    assert output.blanks < 4


def test_sheet_is_two_pages_wide() -> None:
    output = booklet.write(article(), {"pdf": numbered(5)})

    pdf = pypdfium2.PdfDocument(output.data)
    assert {page.get_size() for page in pdf} == {(2 * WIDTH, HEIGHT)}
    assert output.path == "book.booklet.pdf"


def test_fonts_are_shared_and_links_left_behind() -> None:
    output = booklet.write(article(), {"pdf": numbered(12)})

    with pikepdf.open(io.BytesIO(output.data)) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        assert len(fonts) == 1
        assert not any("/Annots" in page for page in pdf.pages)


def test_tells_the_printer_and_the_reader_what_it_is() -> None:
    output = booklet.write(article(), {"pdf": numbered(4)})

    with pikepdf.open(io.BytesIO(output.data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "A Title"
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge


def test_same_bytes_from_same_pdf() -> None:
    first, again = (booklet.write(article(), {"pdf": numbered(7)}) for _ in range(2))

    assert first.data == again.data
    assert booklet.write(replace(article(), slug="other"), {"pdf": numbered(7)}).data == first.data
