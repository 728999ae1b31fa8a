# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> an EPUB 3.3 (https://www.w3.org/TR/epub-33/), with what older readers need (NCX, the cover's meta).

EbookLib writes the package document, the NCX and the container. Pages, navigation and style sheet go in as bytes:
EbookLib's own page and navigation classes parse and rewrite their content, and drop attributes of the body.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from ebooklib import epub
from msgspec import Struct
from msgspec.structs import replace

from publisher.characters import printable
from publisher.edition import Edition, Output
from publisher.html import is_capitals
from publisher.pages import Heading, Page, pages
from publisher.resources import style
from publisher.templating import language_attributes, render
from publisher.wording import Wording, direction, wording
from publisher.writers.archive import normalise
from publisher.writers.cover import picture as cover_picture
from publisher.writers.epub_metadata import add_metadata

XHTML = "application/xhtml+xml"
# A reading system opens a book after these.
BEFORE_TEXT = frozenset({"preface", "foreword"})
# With compression left to archive.normalise, nothing is compressed twice.
OPTIONS = {"epub3_pages": False, "raise_exceptions": True, "compresslevel": 0}


class Entry(Struct, frozen=True):
    """A line of the table of contents and the lines below it."""

    title: str
    href: str
    capitals: bool
    below: tuple[Entry, ...]


class Landmark(Struct, frozen=True):
    """A place that readers offer to jump to; `type` is a word of the structure vocabulary."""

    type: str
    href: str
    title: str


def write(edition: Edition, _made: Mapping[str, Output]) -> Output:
    """The EPUB of an edition; it needs nothing that other writers made."""
    sheets = pages(edition, _href, {file: picture.name for file, picture in edition.pictures.items()})
    contents = _entries(sheets)
    # A list of one chapter, its notes and the credits helps a reading system, but readers need no page of it.
    listed = len(edition.book.chapters) > 1
    book = epub.EpubBook()
    add_metadata(book, edition)
    cover = cover_picture(edition)
    picture = epub.EpubCover("cover-picture", cover.name)
    picture.content = cover.data
    front = [_item("cover", _cover_page(edition, cover.name)), _item("title", _sheet(sheets[0]))]
    landmarks = _landmarks(sheets, wording(edition.language), listed=listed)
    nav = _item("nav", _navigation(edition, contents, landmarks), ["nav"])
    rest = [_item(sheet.name, _sheet(sheet)) for sheet in sheets[1:]]
    for item in (nav, epub.EpubNcx(), _style(edition.theme), picture, *_pictures(edition), *front, *rest):
        book.add_item(item)
    book.toc = [_toc(entry) for entry in contents]
    book.spine = [*front, *([nav] if listed else []), *rest]
    return Output(f"{edition.slug}.epub", "epub", _packed(book, edition.modified))


def _packed(book: epub.EpubBook, modified: int) -> bytes:
    out = io.BytesIO()
    epub.write_epub(out, book, OPTIONS | {"mtime": datetime.fromtimestamp(modified, UTC)})
    return normalise(out.getvalue(), modified)


def _href(page: str, id_: str) -> str:
    """Where an id stands: "notes.xhtml#note-1-1"; a page's own id is the page."""
    return f"{page}.xhtml" if id_ == page else f"{page}.xhtml#{id_}"


def _item(name: str, content: str, properties: Sequence[str] = ()) -> epub.EpubItem:
    item = epub.EpubItem(uid=name, file_name=f"{name}.xhtml", media_type=XHTML, content=content.encode())
    item.properties = list(properties)
    return item


def _style(theme: str) -> epub.EpubItem:
    return epub.EpubItem("style", "book.css", "text/css", style(f"epub/{theme}.css").encode())


def _pictures(edition: Edition) -> Iterator[epub.EpubItem]:
    for picture in edition.pictures.values():
        yield epub.EpubItem(PurePosixPath(picture.name).stem, picture.name, picture.media_type, picture.data)


def _sheet(sheet: Page) -> str:
    return _document("page", sheet.title, sheet.language, body=sheet.body)


def _cover_page(edition: Edition, picture: str) -> str:
    words = wording(edition.language)
    alternative = ". ".join(filter(None, (words.cover, edition.authors, edition.title)))
    return _document("cover", words.cover, edition.language, picture=picture, alternative=alternative)


def _navigation(edition: Edition, contents: Sequence[Entry], landmarks: Iterable[Landmark]) -> str:
    words = wording(edition.language)
    return _document(
        "nav",
        words.contents,
        edition.language,
        contents=contents,
        landmarks=list(landmarks),
        words=words,
        words_language=language_attributes(words.language, edition.language),
    )


def _document(template: str, title: str, language: str, **values: object) -> str:
    return render(
        f"epub/{template}.xhtml.jinja", title=title, language=language, direction=direction(language), **values
    )


def _entries(sheets: Iterable[Page]) -> list[Entry]:
    """The table of contents: pages with a heading, each below the part that it stands in."""
    entries: list[Entry] = []
    for sheet in sheets:
        if sheet.heading is not None:
            entries = [*_added(entries, _entry(sheet.name, sheet.heading), sheet.depth)]
    return entries


def _added(entries: Sequence[Entry], entry: Entry, depth: int) -> Sequence[Entry]:
    """The entries with one more, `depth` steps below the last of them."""
    if not depth or not entries:
        return (*entries, entry)
    *before, last = entries
    return (*before, replace(last, below=tuple(_added(last.below, entry, depth - 1))))


def _entry(page: str, heading: Heading) -> Entry:
    title, below = printable(heading.title), tuple(_entry(page, below) for below in heading.below)
    return Entry(title, _href(page, heading.id), is_capitals(title), below)


def _toc(entry: Entry) -> epub.Link | tuple[epub.Section, list[object]]:
    """An entry as EbookLib wants it for the NCX."""
    if entry.below:
        return epub.Section(entry.title, entry.href), [_toc(below) for below in entry.below]
    return epub.Link(entry.href, entry.title, "ncx-" + entry.href.replace(".xhtml", "").replace("#", "-"))


def _landmarks(sheets: Sequence[Page], words: Wording, *, listed: bool) -> Iterator[Landmark]:
    yield Landmark("cover", "cover.xhtml", words.cover)
    yield Landmark("titlepage", "title.xhtml", words.title_page)
    if listed:
        yield Landmark("toc", "nav.xhtml", words.contents)
    text = [sheet for sheet in sheets if sheet.kind in ("part", "chapter")]
    start = next((sheet for sheet in text if sheet.type not in BEFORE_TEXT), text[0])
    yield Landmark("bodymatter", f"{start.name}.xhtml", words.text)
    for sheet in sheets:
        if sheet.kind in ("notes", "credits"):
            yield Landmark(sheet.type, f"{sheet.name}.xhtml", sheet.title)
