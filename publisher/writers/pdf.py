# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the PDF to read or print: tagged for PDF/UA-1, through WeasyPrint (https://doc.courtbouillon.org/weasyprint/).

Nothing is fetched: styles and fonts are the package's own, and every address that a text or template could
make WeasyPrint open is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from publisher import __version__, fonts
from publisher.document import plain
from publisher.edition import Edition, Output
from publisher.metadata.model import Role
from publisher.pages import Page, pages
from publisher.papers import PAPERS, stylesheet
from publisher.resources import style
from publisher.templating import language_attributes, render
from publisher.wording import direction, wording

if TYPE_CHECKING:
    from weasyprint import CSS

# A longer heading is set in the size of the text and cut in the contents: transcriptions may have a paragraph as title.
LONG_TITLE = 150
# The part of a line that a running head may fill.
HEAD = 0.9


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the book as the template needs it: its markup, and the running heads that it begins."""

    kind: str
    depth: int
    language: str
    body: Markup
    verso: str
    recto: str
    long: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list."""

    title: str
    id: str
    depth: int
    language: str


def write(edition: Edition, _made: Mapping[str, Output]) -> Output:
    """The PDF; it needs nothing that other writers made."""
    configuration = fonts.configuration()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    document = HTML(string=html(edition), url_fetcher=URLFetcher(allowed_protocols=())).render(
        font_config=configuration, stylesheets=[*_stylesheets(edition.theme, edition.paper)], pdf_variant="pdf/ua-1"
    )
    with _source_date_epoch(edition.modified):
        data = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True)
    return Output(f"{edition.slug}.pdf", "pdf", data, pages=len(document.pages))


def html(edition: Edition) -> str:
    """The document that WeasyPrint sets: all pages one after the other, the contents behind the title page."""
    everything = pages(edition, lambda _page, id_: f"#{id_}")
    words = wording(edition.language)
    entries = [
        Entry(one_line(page.heading.title, LONG_TITLE), page.heading.id, page.depth, page.language)
        for page in everything
        if page.heading
    ]
    several = len(edition.book.chapters) > 1
    return render(
        "print.html.jinja",
        edition=edition,
        direction=direction(edition.language),
        title=edition.title,
        authors=[author.name for author in edition.metadata.named(Role.AUTHOR)],
        subject="; ".join(edition.metadata.subjects),
        generator=f"publisher {__version__}",
        modified=datetime.fromtimestamp(edition.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        form="book" if several else "pamphlet",
        pages=[_leaf(edition, page) for page in everything],
        entries=entries if several else (),
        words=words,
        words_language=language_attributes(words.language, edition.language),
    )


def _leaf(edition: Edition, page: Page) -> Leaf:
    """Verso heads name the work, recto heads the chapter; in a work of one chapter versos name the authors."""
    work = edition.metadata.short_title or edition.title
    recto = work if page.title == plain(edition.book.title) else page.title
    authors = ", ".join(author.name for author in edition.metadata.named(Role.AUTHOR))
    verso = authors if authors and len(edition.book.chapters) == 1 else work
    width = int(PAPERS[edition.paper].measure * HEAD)
    return Leaf(
        kind=page.kind,
        depth=page.depth,
        language=page.language,
        body=Markup(page.body),
        verso=one_line(verso, width),
        recto=one_line(recto, width),
        long=len(page.title) > LONG_TITLE,
    )


def one_line(title: str, width: int) -> str:
    """A title cut after a word, or within its only word, so that a running head of `width` characters holds it."""
    if len(title) <= width:
        return title
    head = title[: width - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:.–—-") + "…"


@cache
def _stylesheets(theme: str, paper: str) -> tuple[CSS, ...]:
    from weasyprint import CSS

    return CSS(string=stylesheet(PAPERS[paper])), CSS(string=style(f"print/{theme}.css"))


@contextmanager
def _source_date_epoch(seconds: int) -> Iterator[None]:
    """The edition's date where fontTools would stamp embedded fonts with the clock (the table "head")."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(seconds)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
