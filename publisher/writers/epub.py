# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> an EPUB 3.3 (https://www.w3.org/TR/epub-33/), with what older readers need (NCX, the cover's meta).

The pages are made, marked with the pages of the PDF where the edition has them, and divided where they are too long for
old readers. Then the finished files are looked at: what the book claims about its accessibility, in its metadata and on
a page of its own, is what was found there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from markupsafe import Markup
from msgspec import Struct

from publisher.accessibility.audit import audit
from publisher.accessibility.model import Accessibility
from publisher.accessibility.statement import statement
from publisher.edition import Edition, Output
from publisher.pages import Heading, Page, pages
from publisher.pictures import Picture
from publisher.resources import style
from publisher.templating import language_attributes, render
from publisher.wording import direction, wording
from publisher.writers import epub_fonts, navigation
from publisher.writers.cover import picture as cover_picture
from publisher.writers.epub_metadata import metadata
from publisher.writers.package import XHTML, Entry, Package, Resource, pack
from publisher.writers.page_breaks import Mark, marked, marks
from publisher.writers.splitting import File, split

COVER, NAVIGATION, STYLE = "cover.xhtml", "nav.xhtml", "book.css"
# The page on the book's accessibility stands behind this one.
BEFORE_ACCESSIBILITY = "credits"


def write(edition: Edition, made: Mapping[str, Output]) -> Output:
    """The EPUB of an edition; where it has the PDF's pages, the PDF must have been made."""
    starts = made["pdf"].starts if edition.pages == "pdf" else ()
    book = _Book(edition, cover_picture(edition), split(marked(_sheets(edition), starts)))
    found = book.audited()
    return Output(f"{edition.slug}.epub", "epub", book.packed(found), accessibility=found)


def _sheets(edition: Edition) -> list[Page]:
    """All pages; that on the accessibility stands for one that can be written when the others are there."""
    addresses = {file: picture.name for file, picture in edition.pictures.items()}
    sheets: list[Page] = []
    for page in pages(edition, _href, addresses, ebook=True):
        sheets.append(page)
        if page.name == BEFORE_ACCESSIBILITY:
            sheets.append(_accessibility(edition, Accessibility()))
    return sheets


def _accessibility(edition: Edition, found: Accessibility) -> Page:
    said = statement(found, edition.language, edition.pages)
    around = language_attributes(said.language, edition.language)
    body = render("accessibility.xhtml.jinja", statement=said, language=around)
    heading = Heading(said.title, "accessibility")
    return Page("accessibility", "credits", "", said.title, body, said.language, heading)


def _href(page: str, id_: str) -> str:
    """Where an id stands: "notes.xhtml#note_the-mill_ibid"; a page's own id is the page."""
    return f"{page}.xhtml" if id_ == page else f"{page}.xhtml#{id_}"


class _Book(Struct, frozen=True, dict=True):
    """An e-book on its way: its cover and the files of its text, and what is made from them."""

    edition: Edition
    cover: Picture
    files: tuple[File, ...]

    @property
    def is_listed(self) -> bool:
        """Whether the contents are a page to read: a list of one chapter and its notes helps reading systems only."""
        return len(self.edition.book.chapters) > 1

    @property
    def sheets(self) -> list[Page]:
        return [file.page for file in self.files if file.name == file.page.name]

    @cached_property
    def contents(self) -> tuple[Entry, ...]:
        return navigation.contents(self.sheets, self._place)

    @cached_property
    def marks(self) -> list[Mark]:
        if self.edition.pages == "none":
            return []
        return [mark for file in self.files for mark in marks(f"{file.name}.xhtml", file.body)]

    @cached_property
    def documents(self) -> dict[str, str]:
        """The pages in reading order, by their files."""
        title, *rest = self.files
        found = {COVER: self._cover_page(), f"{title.name}.xhtml": self._page(title)}
        if self.is_listed:
            found[NAVIGATION] = self.navigation
        return found | {f"{file.name}.xhtml": self._page(file) for file in rest}

    @cached_property
    def navigation(self) -> str:
        edition, words = self.edition, wording(self.edition.language)
        return self._document(
            "nav",
            words.contents,
            contents=self.contents,
            landmarks=list(navigation.landmarks(self.sheets, words, listed=self.is_listed)),
            pages=self.marks,
            words=words,
            words_language=language_attributes(words.language, edition.language),
        )

    def audited(self) -> Accessibility:
        """What can be said of the accessibility of the files as they are."""
        shown = [(picture.media_type, picture.data) for picture in self._pictures()]
        return audit(self.documents, (NAVIGATION, self.navigation), self._style(), shown)

    def packed(self, found: Accessibility) -> bytes:
        """The EPUB, with the claims that follow from what was found."""
        edition = self.edition
        said = _accessibility(edition, found)
        told = {f"{said.name}.xhtml": self._page(File(said.name, said.body, said))}
        documents = {NAVIGATION: self.navigation} | self.documents | told
        return pack(
            Package(
                identifier=edition.identifier,
                title=edition.title,
                language=edition.language,
                leftward=direction(edition.language) == "rtl",
                modified=edition.modified,
                metadata=tuple(metadata(edition, found, cover=self.cover.name)),
                resources=(
                    *(
                        Resource(name, XHTML, text.encode(), ("nav",) if name == NAVIGATION else ())
                        for name, text in documents.items()
                    ),
                    Resource(STYLE, "text/css", self._style().encode()),
                    *(epub_fonts.resources(documents.values()) if edition.embed_fonts else ()),
                    Resource(self.cover.name, self.cover.media_type, self.cover.data, ("cover-image",)),
                    *(Resource(p.name, p.media_type, p.data) for p in edition.pictures.values()),
                ),
                spine=tuple(self.documents),
                contents=self.contents,
                # Readers that show the picture by itself would show it twice.
                aside=(COVER,),
            )
        )

    def _place(self, page: str, id_: str) -> str:
        """Where an id of a page stands: not always in the first of its files."""
        holders = (f.name for f in self.files if f.page.name == page and f' id="{id_}"' in f.body)
        return _href(page, id_) if id_ == page else f"{next(holders, page)}.xhtml#{id_}"

    def _pictures(self) -> Sequence[Picture]:
        return (self.cover, *self.edition.pictures.values())

    def _style(self) -> str:
        sheet = style(f"epub/{self.edition.theme}.css")
        return f"{sheet}\n{epub_fonts.rules()}" if self.edition.embed_fonts else sheet

    def _page(self, file: File) -> str:
        return self._document("page", file.page.title, file.page.language, body=Markup(file.body))

    def _cover_page(self) -> str:
        words = wording(self.edition.language)
        alternative = ". ".join(filter(None, (words.cover, self.edition.authors, self.edition.title)))
        return self._document("cover", words.cover, picture=self.cover.name, alternative=alternative)

    def _document(self, template: str, title: str, language: str = "", **values: object) -> str:
        language = language or self.edition.language
        return render(
            f"epub/{template}.xhtml.jinja", title=title, language=language, direction=direction(language), **values
        )
