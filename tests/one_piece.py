# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book that WeasyPrint lays out in one run with the same style sheets: what the PDF made of parts must equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import pypdfium2

from publisher import fonts
from publisher.edition import Edition
from publisher.papers import PAPERS, stylesheet
from publisher.resources import style
from publisher.writers.extent import form
from publisher.writers.pdf import linebreaks
from publisher.writers.pdf.layout import parse
from publisher.writers.pdf.leaves import arrange, document

# The numbers in the contents, which the parts are given, are counted here.
COUNTED = '.contents-page a::after { content: leader(" . ") " " target-counter(attr(href), page) }'
# How far apart the same letter may stand, in points.
NEAR = 0.1


def one_piece(edition: Edition) -> bytes:
    """The PDF of all leaves in one document."""
    configuration = fonts.configuration()
    from weasyprint import CSS

    use = form(edition.book, PAPERS[edition.paper])
    html = document(edition, use, arrange(edition, use, lambda _page, id_: f"#{id_}"), {})
    styles = (
        stylesheet(PAPERS[edition.paper]),
        style(f"print/{edition.theme}.css"),
        style("print/scripts.css"),
        style(f"print/{edition.theme}.furniture.css"),
        COUNTED,
    )
    with linebreaks.rules():
        made = parse(html, edition.pictures.values()).render(
            font_config=configuration, stylesheets=[CSS(string=rules) for rules in styles]
        )
    data: bytes = made.write_pdf(pdf_tags=True)
    return data


def differences(one: bytes, other: bytes) -> list[str]:
    """Where the letters of two PDFs are not the same, or not at the same place: the first of each page."""
    return [
        f"page {number}: {difference}"
        for number, (page, twin) in enumerate(zip_longest(_pages(one), _pages(other), fillvalue=()), 1)
        if (difference := _difference(page, twin))
    ]


def _difference(page: Sequence[tuple[str, float, float]], twin: Sequence[tuple[str, float, float]]) -> str:
    for one, other in zip_longest(page, twin, fillvalue=("", 0.0, 0.0)):
        if one[0] != other[0] or abs(one[1] - other[1]) > NEAR or abs(one[2] - other[2]) > NEAR:
            return f"{one} is {other}"
    return ""


def _pages(data: bytes) -> Iterator[list[tuple[str, float, float]]]:
    """The letters of each page with the places of their lower left corners, from the top to the foot."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        found = [(text.get_text_range(i, 1), *text.get_charbox(i)[:2]) for i in range(text.count_chars())]
        # Heads and folios are painted first in one file, last in the other.
        yield sorted(
            (letter for letter in found if not letter[0].isspace()), key=lambda one: (round(-one[2], 1), one[1], one[0])
        )
    document.close()
