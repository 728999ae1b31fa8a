# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reading PDF -> a booklet: two pages side by side on each side of a sheet, to print, fold once and staple.

Saddle stitch order: eight pages lie on two sheets as 8|1, 2|7 and 6|3, 4|5. The sheet is as high as a page and
twice as wide (A5 on A4), so the printer must turn it over the short edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from publisher.edition import Edition, Output

if TYPE_CHECKING:
    import pikepdf

PAGES_PER_SHEET = 4


def write(edition: Edition, made: Mapping[str, Output]) -> Output:
    """The booklet of the PDF that was made; `pages` counts the sides, `blanks` the empty pages at the end."""
    import pikepdf

    with pikepdf.open(BytesIO(made["pdf"].data)) as pdf, pikepdf.new() as booklet:
        number = len(pdf.pages)
        _impose(pdf, booklet)
        _describe(pdf, booklet)
        data = BytesIO()
        booklet.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    sheets = -(-number // PAGES_PER_SHEET)
    blanks = sheets * PAGES_PER_SHEET - number
    return Output(
        f"{edition.slug}.booklet.pdf",
        "booklet",
        data.getvalue(),
        pages=2 * sheets,
        sheets=sheets,
        blanks=blanks,
    )


def order(number: int) -> Iterator[tuple[int, int]]:
    """The pages on the left and right of each side, fronts and backs in turn; pages count from 0, blank ones too."""
    last = -(-number // PAGES_PER_SHEET) * PAGES_PER_SHEET - 1
    for sheet in range((last + 1) // PAGES_PER_SHEET):
        first = 2 * sheet
        yield last - first, first
        yield first + 1, last - first - 1


def _impose(pdf: pikepdf.Pdf, booklet: pikepdf.Pdf) -> None:
    """Two pages on each side, as form XObjects: their fonts are copied once, their links stay behind."""
    from pikepdf import Dictionary

    forms = [booklet.copy_foreign(page.as_form_xobject()) for page in pdf.pages]
    left, bottom, right, top = map(float, pdf.pages[0].mediabox)
    width, height = right - left, top - bottom
    for pair in order(len(forms)):
        # Name on this side, distance from its left edge, and page: blank ones are not drawn.
        drawn = [
            (name, x, forms[page]) for name, x, page in zip("LR", (0, width), pair, strict=True) if page < len(forms)
        ]
        side = booklet.add_blank_page(page_size=(2 * width, height))
        side.Resources = Dictionary(XObject=Dictionary({f"/{name}": form for name, _, form in drawn}))
        content = "".join(f"q 1 0 0 1 {x - left:.3f} {-bottom:.3f} cm /{name} Do Q\n" for name, x, _ in drawn)
        side.Contents = booklet.make_stream(content.encode())


def _describe(pdf: pikepdf.Pdf, booklet: pikepdf.Pdf) -> None:
    """The PDF's own title, authors, dates and language, and how a print dialogue should be set."""
    from pikepdf import Dictionary, Name

    for key, value in pdf.docinfo.items():
        booklet.docinfo[key] = value
    booklet.Root.Lang = pdf.Root.get("/Lang", "")
    booklet.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=Name.DuplexFlipShortEdge
    )
