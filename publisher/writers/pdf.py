# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the PDF to read or print: tagged for PDF/UA-1, through WeasyPrint (https://doc.courtbouillon.org/weasyprint/).

Nothing is fetched: styles and fonts are the package's own, pictures are the edition's, and every other address that a
text or template could make WeasyPrint open is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, assert_never

from markupsafe import Markup

from publisher import __version__, fonts
from publisher.document import plain
from publisher.edition import Edition, Output
from publisher.html import is_capitals
from publisher.layout import PageStart
from publisher.metadata.model import Role
from publisher.pages import Page, pages
from publisher.papers import PAPERS, POINTS_PER_MM, Paper, stylesheet
from publisher.resources import style
from publisher.templating import language_attributes, render
from publisher.wording import direction, wording
from publisher.writers.balance import balance, ems
from publisher.writers.extent import Form, form
from publisher.writers.page_starts import starts

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.document import Document
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# A longer heading is set in the size of the text and cut in the contents: transcriptions may have a paragraph as title.
LONG_TITLE = 150
# The part of a line that a running head may fill, in characters: it is set in small capitals.
HEAD = 0.75
# The sizes of headings, in lines of the page (book.css), and how much wider than lower case small capitals are.
TITLE_PAGE_SIZE, HEADING_SIZE = 2, 1.4
CAPITALS = 1.4
# What the addresses of pictures begin with, inside the document that WeasyPrint is given.
PICTURE = "picture:"
# The first code point after the Latin letters.
LATIN_END = 0x250
# Room that a balanced heading has to spare, in ems, for a note call and for rounding.
SLACK = 0.6


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the book as the template needs it: its markup, and the running heads that it begins.

    `opens` is false where it follows what was before it on the same page. `balance` is the width, in ems, that divides
    its heading into lines of like lengths, None where it fits on one.
    """

    kind: str
    depth: int
    opens: bool
    balance: float | None
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
    kind: str
    capitals: bool


def write(edition: Edition, _made: Mapping[str, Output]) -> Output:
    """The PDF; it needs nothing that other writers made."""
    configuration = fonts.configuration()
    from weasyprint import HTML

    document = HTML(string=html(edition), url_fetcher=_fetcher(edition)).render(
        font_config=configuration, stylesheets=[*_stylesheets(edition.theme, edition.paper)], pdf_variant="pdf/ua-1"
    )
    with _source_date_epoch(edition.modified):
        data = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True)
    return Output(f"{edition.slug}.pdf", "pdf", data, pages=len(document.pages), starts=_starts(edition, document))


def _starts(edition: Edition, document: Document) -> tuple[PageStart, ...]:
    """Where the pages begin, for an e-book that has their numbers."""
    if edition.pages != "pdf":
        return ()
    labels = [str(number) for number in range(1, len(document.pages) + 1)]
    return starts(document.pages, labels, [page.name for page in pages(edition, lambda _page, id_: id_)])


def _fetcher(edition: Edition) -> URLFetcher:
    """What WeasyPrint asks for each address: it gets the edition's pictures, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    shown = {f"{PICTURE}{picture.name}": picture for picture in edition.pictures.values()}

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            if url not in shown:
                raise ValueError(f"not a picture of this edition: {url}")
            return URLFetcherResponse(url, shown[url].data, {"Content-Type": shown[url].media_type})

    return Fetcher()


def html(edition: Edition) -> str:
    """The document that WeasyPrint sets: all pages one after the other, the contents behind the title page."""
    addresses = {file: f"{PICTURE}{picture.name}" for file, picture in edition.pictures.items()}
    everything = pages(edition, lambda _page, id_: f"#{id_}", addresses)
    words = wording(edition.language)
    use = form(edition.book, PAPERS[edition.paper])
    return render(
        "print.html.jinja",
        edition=edition,
        direction=direction(edition.language),
        title=edition.title,
        authors=edition.metadata.names(Role.AUTHOR),
        subject="; ".join(edition.metadata.subjects),
        generator=f"publisher {__version__}",
        modified=datetime.fromtimestamp(edition.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        form="pamphlet" if use.pamphlet else "book",
        pages=[_leaf(edition, page, before, use) for before, page in pairwise((None, *everything)) if page],
        entries=list(_entries(everything, edition)),
        words=words,
        words_language=language_attributes(words.language, edition.language),
    )


def _entries(everything: Sequence[Page], edition: Edition) -> Iterator[Entry]:
    """The contents: chapters, or the sections of an only chapter; a text without either needs none."""
    headed = [(page, page.heading) for page in everything if page.heading]
    only = len(edition.book.chapters) == 1
    if only and not any(len(heading.below) > 1 for page, heading in headed if page.kind == "chapter"):
        return
    for page, heading in headed:
        for entry in heading.below if only and page.kind == "chapter" else (heading,):
            capitals = is_capitals(page.headline if entry is heading else entry.title)
            yield Entry(
                one_line(entry.title, LONG_TITLE), entry.id, page.depth, page.language, page.kind, capitals=capitals
            )


def _leaf(edition: Edition, page: Page, before: Page | None, use: Form) -> Leaf:
    verso, recto = _running_heads(edition, page, use)
    return Leaf(
        kind=page.kind,
        depth=page.depth,
        opens=_opens(page, before, use),
        balance=_balance(page, PAPERS[edition.paper]),
        language=page.language,
        body=Markup(page.body),
        verso=verso,
        recto=recto,
        long=len(page.title) > LONG_TITLE,
    )


def _opens(page: Page, before: Page | None, use: Form) -> bool:
    """Whether a page of the book begins on a new page of paper."""
    match page.kind:
        case "chapter":
            return not use.runs_on or (before is not None and before.kind == "title")
        case "notes":
            return not (use.runs_on and use.pamphlet)
        case "credits":
            return not use.pamphlet
        case "title" | "part" | "licence":
            return True
        case _:
            assert_never(page.kind)


def _running_heads(edition: Edition, page: Page, use: Form) -> tuple[str, str]:
    """Verso heads name the work, rectos the chapter; where chapters do not open pages, the authors and the work."""
    work = edition.metadata.short_title or edition.title
    is_work = page.title == plain(edition.book.title) or (use.runs_on and page.kind == "chapter")
    verso = edition.authors if edition.authors and (use.runs_on or len(edition.book.chapters) == 1) else work
    width = int(PAPERS[edition.paper].measure * HEAD)
    return one_line(verso, width), one_line(work if is_work else page.title, width)


def _balance(page: Page, paper: Paper) -> float | None:
    """The width of a heading's longest line, in ems, where it takes several lines."""
    if not page.headline or len(page.title) > LONG_TITLE:
        return None
    size = TITLE_PAGE_SIZE if page.kind == "title" else HEADING_SIZE
    width = paper.block_width * POINTS_PER_MM / (paper.leading * size) - SLACK
    lines = balance(page.headline, _heading_length, width)
    return max(map(_heading_length, lines)) + SLACK if len(lines) > 1 else None


def _heading_length(text: str) -> float:
    """The length in ems; only Latin letters have small capitals, other capitals are set as they are."""
    small = text.isupper() and all(ord(character) < LATIN_END for character in text if character.isalpha())
    return ems(text.lower()) * CAPITALS if small else ems(text)


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
