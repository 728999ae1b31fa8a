# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book that WeasyPrint lays out in one run with the same style sheets: what the PDF made of parts must equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import combining

import pypdfium2

from publisher import fonts
from publisher.edition import Edition
from publisher.resources import style
from publisher.themes import design
from publisher.wording import direction
from publisher.writers.extent import form
from publisher.writers.pdf import here, linebreaks, painting, styles
from publisher.writers.pdf.composition import compose
from publisher.writers.pdf.layout import fetcher, parse
from publisher.writers.pdf.leaves import Leaf, arrange, document
from publisher.writers.pdf.numbering import folios

if TYPE_CHECKING:
    from weasyprint.document import Document

# The numbers in the contents, which the parts are given, are counted here.
COUNTED = '.contents-page a::after { content: leader(" . ") " " target-counter(attr(href), page) }'
# In the book made of parts, blank pages are added when the others have been set.
BOXES = [f"@{side}-{place} {{ content: none }}" for side in ("top", "bottom") for place in ("left", "center", "right")]
BLANK = f"@page :blank {{ {' '.join(BOXES)} }}"
NUMERALS = "<head><style>@counter-style folio { system: extends decimal }</style>"
# How far apart the same letter may stand, in points.
NEAR = 0.1


def sheets(edition: Edition) -> tuple[str, ...]:
    """The style sheets of a whole book, text, heads and folios together."""
    page = design(edition.theme, edition.paper)
    own = edition.style
    heads = styles.furniture(page, direction(edition.language))
    return styles.text(page), style("print/scripts.css"), heads, COUNTED, BLANK, own.text, own.furniture


def leaves(edition: Edition) -> tuple[Leaf, ...]:
    return arrange(edition, form(edition.book, design(edition.theme, edition.paper)), lambda _page, id_: f"#{id_}")


def one_piece(edition: Edition, numbers: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The PDF of all leaves in one document; `numbers` are the folios that it names, if it is not to count them."""
    printed = leaves(edition)
    made = _render(edition, printed, numbers)
    if any(leaf.front for leaf in printed):
        text = next(leaf.id for leaf in printed if not leaf.front)
        before = next(number for number, page in enumerate(made.pages) if text in page.anchors)
        made = _render(edition, printed, numbers, *_apart(printed, before), *_calls(made, before))
    data: bytes = made.write_pdf(pdf_tags=True)
    return data


def _render(edition: Edition, printed: Sequence[Leaf], numbers: Mapping[str, str], *more: str) -> Document:
    configuration = fonts.configuration()
    painting.prepare()
    from weasyprint import CSS

    html = str(document(edition, printed, numbers)).replace("<head>", NUMERALS, 1)
    shown = (*edition.pictures.values(), *edition.style.pictures)
    rules = [CSS(string=rule, url_fetcher=fetcher(shown)) for rule in (*sheets(edition), *more)]
    with linebreaks.rules():
        return parse(html, shown).render(font_config=configuration, stylesheets=rules)


def _calls(made: Document, before: int) -> Iterator[str]:
    """What names the pages of calls that stand before the text."""
    for page in made.pages[:before]:
        for name in page.anchors:
            number = "target-counter(attr(data-call), page, lower-roman)"
            yield f'.folio[data-call="#{name}"]::before {{ content: {number} }}'


def _apart(printed: Sequence[Leaf], before: int) -> Iterator[str]:
    """What numbers the pages before the text apart, when it is known how many there are."""
    yield f"@page :nth({before + 1}) {{ counter-reset: page 1 }}"
    yield "@page front { @bottom-center { content: counter(page, lower-roman) } }"
    for leaf in printed:
        if leaf.front and (leaf.kind in {"contents", "chapter"} or not leaf.opening):
            yield f"div:has(> #{leaf.id}) {{ page: front }}"
        if leaf.front:
            number = "target-counter(attr(href), page, lower-roman)"
            yield f'.contents-page a[href="#{leaf.id}"]::after {{ content: leader(" . ") " " {number} }}'


def folios_of(edition: Edition) -> dict[str, str]:
    """The folios that the parts of a book name."""
    made = compose(edition, form(edition.book, design(edition.theme, edition.paper)), here)
    return folios(made.settings, made.places)


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


def _placed(one: tuple[str, float, float]) -> tuple[str, float, float]:
    return one[0], round(one[1], 1), round(one[2], 1)


def _pages(data: bytes) -> Iterator[list[tuple[str, float, float]]]:
    """The letters of each page with the places of their lower left corners, from the top to the foot."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        # A hyphen at the end of a line is one or the other to PDFium, as the line is near to what it read before.
        letters = [text.get_text_range(i, 1).replace("\ufffe", "-") for i in range(text.count_chars())]
        found = [(letter, *text.get_charbox(i)[:2]) for i, letter in enumerate(letters)]
        # To a mark above a letter WeasyPrint's map adds that letter, which then comes twice; the book's map does not.
        marks = {_placed(one)[1:] for one in found if combining(one[0])}
        found = [one for one in found if _placed(one)[1:] not in marks]
        # Heads and folios are painted first in one file, last in the other.
        yield sorted(
            (letter for letter in found if not letter[0].isspace()),
            key=lambda one: (round(-one[2], 1), round(one[1], 1), one[0]),
        )
    document.close()
