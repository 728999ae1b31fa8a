# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its leaves: the pages of the book as print wants them, with contents, running heads and openings.

A leaf that opens a page begins a part of the PDF, which is laid out by itself; those that run on belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeAlias, assert_never

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from publisher.document import Byline, Chapter, Epigraph, Paragraph, Subtitle, Synopsis, plain
from publisher.edition import Edition
from publisher.footing import Footing, NotePlan
from publisher.html import Href, is_capitals
from publisher.pages import Page, PageKind, pages
from publisher.templating import render
from publisher.themes import Design, design
from publisher.wording import direction, wording
from publisher.writers.extent import Form
from publisher.writers.matter import PICTURE
from publisher.writers.pdf import preliminaries

Opening: TypeAlias = Literal["", "page", "recto"]
"""What a leaf begins on: the page of the one before it, a new page, a new recto."""

# A longer heading is set in the size of the text and cut in the contents: transcriptions may have a paragraph as title.
LONG_TITLE = 150
# The part of a line that a running head may fill, in characters: it is set in small capitals.
HEAD = 0.75
# The lines of a contents list's heading and of a title at the head of a page, with the space around them.
CONTENTS_HEADING, TITLE_LINES = 7, 3
# The lines between contents and imprint.
IMPRINT_SPACE = 3
# The part of a line that an entry of the contents may fill, beside indents and the column of numbers.
ENTRY = 0.85
# Chapters that stand before the text proper, and whose pages are numbered with the title page's.
BEFORE_THE_TEXT = frozenset({"dedication", "epigraph", "foreword", "preface", "acknowledgments"})
# What may stand between the heading of a chapter and its first paragraph.
_ABOVE = (Subtitle, Byline, Synopsis, Epigraph)
# The lines that a paragraph must fill for its first one to be set in small capitals.
INITIAL = 1.5
# Places where the folio of a page is to stand, with the name that this page has, or one on it.
_CALLS = re.compile('data-call="#([^"]*)"')


class Leaf(Struct, frozen=True):
    """A page of the book as the template needs it: its markup, and the running heads of the pages that it begins.

    `id` is its section's. `entries` are the lines of a contents list, whose markup is made when their pages are known.
    `front` says that its pages are numbered apart from the text's; `initial` that its first line is to be set off.
    """

    id: str
    kind: PageKind | Literal["half-title", "imprint", "contents"]
    opening: Opening
    language: str
    verso: str
    recto: str
    body: str = ""
    depth: int = 0
    long: bool = False
    entries: tuple[Entry, ...] = ()
    front: bool = False
    initial: bool = False

    @property
    def direction(self) -> str:
        return direction(self.language)


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
    """All leaves in their order; `href` writes links from page to page.

    `footings` are those of notes that do not fit at the foot of their pages.
    """
    page = design(edition.theme, edition.paper, edition.leading)
    addresses = {file: f"{PICTURE}{picture.name}" for file, picture in edition.pictures.items()}
    plan = NotePlan(edition.notes, paged=True, footings=footings)
    title, *rest = pages(edition, href, addresses, plan, room=page.table_room)
    entries = tuple(_entries((title, *rest), edition, href))
    text = _text_begins(rest, use, page)
    front = tuple(_front(edition, use, page, _leaf(edition, title, "page", use), entries, href))
    counted = enumerate(edition.book.chapters)
    chapters = [next(counted) if one.kind == "chapter" else None for one in rest]
    made = [
        _leaf(edition, one, _opening(rest, index, use, page, text, chapter, listed=bool(entries)), use, chapter)
        for index, (one, chapter) in enumerate(zip(rest, chapters, strict=True))
    ]
    return (
        *(replace(leaf, front=page.theme.roman) for leaf in front),
        *(replace(leaf, front=index < text) for index, leaf in enumerate(made)),
    )


def document(edition: Edition, printed: Sequence[Leaf], numbers: Mapping[str, str], *, heads: bool = True) -> str:
    """The document that WeasyPrint sets: some leaves, or all; `numbers` are the folios that it names.

    Where a number is not known, because its page is in this document, WeasyPrint counts it. Without running heads, a
    part says nothing of its book: the licence at the end of a hundred pamphlets is laid out once.
    """
    html = render(
        "print.html.jinja",
        edition=edition,
        direction=direction(edition.language),
        title=edition.title if heads else printed[0].id,
        heads=heads,
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


def _front(
    edition: Edition, use: Form, page: Design, title: Leaf, entries: tuple[Entry, ...], href: Href
) -> Iterator[Leaf]:
    """What stands before the text: half title, title page, imprint on its back, contents."""
    listing = _lines(entries, page)
    imprint = preliminaries.imprint_lines(edition, page) + IMPRINT_SPACE
    opening: Opening = "recto" if page.theme.rectos else "page"
    if page.theme.title == "head":
        head = TITLE_LINES * (2 + len(title.recto) // page.measure)
        together = bool(entries) and head + listing <= page.lines
        fits = bool(entries) and head + together * listing + imprint <= page.lines
        last = [_imprint(edition, href, "")] * fits
        contents = list(_contents(edition, entries, "" if together else "page"))
        yield from (title, *contents, *last) if together else (title, *last, *contents)
    elif use.slim and entries:
        yield title
        yield from _contents(edition, entries, "page")
        yield from [_imprint(edition, href, "")] * (listing + imprint <= page.lines)
    else:
        half = page.theme.half_title and not use.slim
        yield from [_half_title(edition)] * half
        yield replace(title, opening="recto" if half else "page")
        yield _imprint(edition, href, "page")
        yield from _contents(edition, entries, opening)


def _half_title(edition: Edition) -> Leaf:
    title = preliminaries.short_title(edition)
    body = preliminaries.half_title(edition)
    return Leaf(
        preliminaries.HALF_TITLE,
        "half-title",
        "page",
        edition.language,
        "",
        "",
        body,
        long=_long(title),
    )


def _imprint(edition: Edition, href: Href, opening: Opening) -> Leaf:
    return Leaf(
        preliminaries.IMPRINT,
        "imprint",
        opening,
        wording(edition.language).language,
        "",
        "",
        preliminaries.imprint(edition, href),
    )


def _contents(edition: Edition, entries: tuple[Entry, ...], opening: Opening) -> Iterator[Leaf]:
    """The contents, unless the book has nothing to list."""
    if entries:
        words = wording(edition.language)
        work = edition.metadata.short_title or edition.title
        yield Leaf("contents", "contents", opening, words.language, verso=work, recto=words.contents, entries=entries)


def _lines(entries: Sequence[Entry], page: Design) -> int:
    """How many lines a contents list takes, reckoned before it is set."""
    width = int(page.measure * ENTRY)
    return CONTENTS_HEADING + sum(len(entry.title) // width + 1 + (entry.kind == "part") for entry in entries)


def _entries(everything: Sequence[Page], edition: Edition, href: Href) -> Iterator[Entry]:
    """The contents: chapters, or the sections of an only chapter; a text without either needs none."""
    headed = [(page, page.heading) for page in everything if page.heading]
    only = len(edition.book.chapters) == 1
    if only and not any(len(heading.below) > 1 for page, heading in headed if page.kind == "chapter"):
        return
    for page, heading in headed:
        for entry in heading.below if only and page.kind == "chapter" else (heading,):
            capitals = page.capitals if entry is heading else is_capitals(entry.title)
            title, link = one_line(entry.title, LONG_TITLE), href(page.name, entry.id)
            yield Entry(title, entry.id, link, page.depth, page.language, page.kind, capitals=capitals)


def _leaf(edition: Edition, one: Page, opening: Opening, use: Form, chapter: tuple[int, Chapter] | None = None) -> Leaf:
    """A page of the book as it is printed; a `chapter` comes with its number, from 0."""
    page = design(edition.theme, edition.paper, edition.leading)
    # Chapters that stand behind one another have a head in common.
    shares = use.runs_on or (chapter is not None and bool({chapter[0], chapter[0] + 1} & use.joined))
    verso, recto = _running_heads(edition, one, page, shares=shares)
    return Leaf(
        id=one.name,
        kind=one.kind,
        opening=opening,
        language=one.language,
        verso=verso,
        recto=recto,
        body=Markup(one.body),
        depth=one.depth,
        long=_long(one.title),
        initial=bool(opening and chapter and page.theme.small_capitals and _has_initial(chapter[1], page)),
    )


def _long(title: str) -> bool:
    return len(title) > LONG_TITLE


def _has_initial(chapter: Chapter, page: Design) -> bool:
    """Whether the first line can be set off: of a paragraph of some lines, in a script that has capitals."""
    first = next((block for block in chapter.blocks if not isinstance(block, _ABOVE)), None)
    words = plain(first.inlines) if isinstance(first, Paragraph) else ""
    letter = next((character for character in words if character.isalpha()), "")
    return len(words) > INITIAL * page.measure and letter.lower() != letter.upper()


def _text_begins(rest: Sequence[Page], use: Form, page: Design) -> int:
    """The first page of the text proper: prefaces stand before it where they open pages of their own."""
    if not page.theme.roman or use.runs_on:
        return 0
    return next((index for index, one in enumerate(rest) if one.type not in BEFORE_THE_TEXT), 0)


def _opening(  # noqa: PLR0913 (a page, those around it, and how the book uses its pages)
    rest: Sequence[Page],
    index: int,
    use: Form,
    page: Design,
    text: int,
    chapter: tuple[int, Chapter] | None,
    *,
    listed: bool,
) -> Opening:
    """Where the theme has rectos, text and parts begin on them, each part on a page whose back stays blank."""
    recto: Opening = "recto" if page.theme.rectos else "page"
    kind, before = rest[index].kind, rest[index - 1].kind if index else "title"
    first = index in (0, text)
    joined = chapter is not None and chapter[0] in use.joined
    match kind:
        case "chapter" | "part" if first:
            return "" if page.theme.title == "head" and not listed else recto
        case "chapter":
            return "" if use.runs_on or joined else recto if before == "part" and not use.slim else "page"
        case "part":
            return "" if page.theme.title == "head" and use.runs_on else "page" if use.runs_on else recto
        case "notes":
            return "" if use.runs_on and use.slim else "page"
        case "credits":
            return "" if use.slim else "page"
        case "title" | "licence":
            return "page"
        case _:
            assert_never(kind)


def _running_heads(edition: Edition, one: Page, page: Design, *, shares: bool) -> tuple[str, str]:
    """Verso heads name the work, rectos the chapter; where chapters do not open pages, the authors and the work."""
    work = edition.metadata.short_title or edition.title
    is_work = one.title == plain(edition.book.title) or (shares and one.kind == "chapter")
    verso = edition.authors if edition.authors and (shares or len(edition.book.chapters) == 1) else work
    width = int(page.measure * HEAD)
    return one_line(verso, width), one_line(work if is_work else one.title, width)


def one_line(title: str, width: int) -> str:
    """A title cut after a word, or within its only word, so that a running head of `width` characters holds it."""
    if len(title) <= width:
        return title
    head = title[: width - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:.–—-") + "…"
