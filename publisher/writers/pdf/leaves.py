# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its leaves: the pages of the book as print wants them, with contents, running heads and openings.

A leaf that opens a page begins a part of the PDF, which is laid out by itself; those that run on belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, TypeAlias, assert_never

from markupsafe import Markup
from msgspec import Struct

from publisher.document import plain
from publisher.edition import Edition
from publisher.html import Footing, Href, NotePlan, is_capitals
from publisher.pages import Page, PageKind, pages
from publisher.papers import POINTS_PER_MM, Paper, paper_of
from publisher.templating import render
from publisher.wording import direction, wording
from publisher.writers.balance import balance, ems
from publisher.writers.extent import Form

Opening: TypeAlias = Literal["", "page", "recto"]
"""What a leaf begins on: the page of the one before it, a new page, a new recto."""

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
# Places where the folio of a page is to stand, with the name that this page has, or one on it.
_CALLS = re.compile('data-call="#([^"]*)"')
# Room that a balanced heading has to spare, in ems, for a note call and for rounding.
SLACK = 0.6


class Leaf(Struct, frozen=True):
    """A page of the book as the template needs it: its markup, and the running heads of the pages that it begins.

    `id` is its section's. `balance` is the width, in ems, that divides its heading into lines of like lengths, None
    where it fits on one. `entries` are the lines of a contents list, whose markup is made when their pages are known.
    """

    id: str
    kind: PageKind | Literal["contents"]
    opening: Opening
    language: str
    verso: str
    recto: str
    body: str = ""
    depth: int = 0
    balance: float | None = None
    long: bool = False
    entries: tuple[Entry, ...] = ()


class Entry(Struct, frozen=True):
    """A line of the contents list: `id` is where it leads, `href` the link to it."""

    title: str
    id: str
    href: str
    depth: int
    language: str
    kind: str
    capitals: bool


def arrange(
    edition: Edition, use: Form, href: Href, footings: Mapping[str, Footing] = MappingProxyType({})
) -> tuple[Leaf, ...]:
    """All leaves in their order, the contents behind the title page; `href` writes links from page to page.

    `footings` are those of notes that do not fit at the foot of their pages.
    """
    addresses = {file: f"{PICTURE}{picture.name}" for file, picture in edition.pictures.items()}
    everything = pages(edition, href, addresses, NotePlan(edition.notes, paged=True, footings=footings))
    entries = tuple(_entries(everything, edition, href))
    made = [_leaf(edition, page, before, use) for before, page in pairwise((None, *everything)) if page is not None]
    return made[0], *_contents(edition, entries, made[0], use), *made[1:]


def document(edition: Edition, use: Form, printed: Sequence[Leaf], numbers: Mapping[str, str]) -> str:
    """The document that WeasyPrint sets: some leaves, or all; `numbers` are the folios that it names.

    Where a number is not known, because its page is in this document, WeasyPrint counts it.
    """
    html = render(
        "print.html.jinja",
        edition=edition,
        direction=direction(edition.language),
        title=edition.title,
        form="pamphlet" if use.pamphlet else "book",
        leaves=printed,
        numbers=numbers,
    )
    return _CALLS.sub(lambda call: f'data-page="{numbers[call[1]]}"' if call[1] in numbers else call[0], html)


def refers(part: Sequence[Leaf]) -> bool:
    """Whether a part names pages, of itself or of others."""
    return any(leaf.entries or _CALLS.search(leaf.body) for leaf in part)


def counts_pages(html: str) -> bool:
    """Whether a document names pages of itself."""
    return _CALLS.search(html) is not None


def _contents(edition: Edition, entries: tuple[Entry, ...], title: Leaf, use: Form) -> Iterator[Leaf]:
    """The contents, unless the book has nothing to list: in a pamphlet on the back of the title page."""
    if entries:
        words = wording(edition.language)
        opening: Opening = "page" if use.pamphlet else "recto"
        yield Leaf(
            "contents", "contents", opening, words.language, verso=title.verso, recto=words.contents, entries=entries
        )


def _entries(everything: Sequence[Page], edition: Edition, href: Href) -> Iterator[Entry]:
    """The contents: chapters, or the sections of an only chapter; a text without either needs none."""
    headed = [(page, page.heading) for page in everything if page.heading]
    only = len(edition.book.chapters) == 1
    if only and not any(len(heading.below) > 1 for page, heading in headed if page.kind == "chapter"):
        return
    for page, heading in headed:
        for entry in heading.below if only and page.kind == "chapter" else (heading,):
            capitals = is_capitals(page.headline if entry is heading else entry.title)
            title, link = one_line(entry.title, LONG_TITLE), href(page.name, entry.id)
            yield Entry(title, entry.id, link, page.depth, page.language, page.kind, capitals=capitals)


def _leaf(edition: Edition, page: Page, before: Page | None, use: Form) -> Leaf:
    verso, recto = _running_heads(edition, page, use)
    return Leaf(
        id=page.name,
        kind=page.kind,
        opening=_opening(page, before, use),
        language=page.language,
        verso=verso,
        recto=recto,
        body=Markup(page.body),
        depth=page.depth,
        balance=_balance(page, paper_of(edition.paper, edition.leading)),
        long=len(page.title) > LONG_TITLE,
    )


def _opening(page: Page, before: Page | None, use: Form) -> Opening:
    """The text begins on a recto, and so do a book's parts, each on a page whose back stays blank."""
    if before is None:
        return "page"
    first = before.kind == "title"
    match page.kind:
        case "chapter":
            if use.runs_on and not first:
                return ""
            return "recto" if first or (before.kind == "part" and not use.pamphlet) else "page"
        case "part":
            return "page" if use.runs_on and not first else "recto"
        case "notes":
            return "" if use.runs_on and use.pamphlet else "page"
        case "credits":
            return "" if use.pamphlet else "page"
        case "title" | "licence":
            return "page"
        case _:
            assert_never(page.kind)


def _running_heads(edition: Edition, page: Page, use: Form) -> tuple[str, str]:
    """Verso heads name the work, rectos the chapter; where chapters do not open pages, the authors and the work."""
    work = edition.metadata.short_title or edition.title
    is_work = page.title == plain(edition.book.title) or (use.runs_on and page.kind == "chapter")
    verso = edition.authors if edition.authors and (use.runs_on or len(edition.book.chapters) == 1) else work
    width = int(paper_of(edition.paper, edition.leading).measure * HEAD)
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
