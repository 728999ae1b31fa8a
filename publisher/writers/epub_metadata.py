# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition's metadata -> the package document's (https://www.w3.org/TR/epub-33/#sec-pkg-metadata).

Accessibility metadata (https://www.w3.org/TR/epub-a11y-11/#sec-disc-package) says only what all our books are: text
in reading order with headings and a table of contents, and one picture, the cover, whose text says what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from ebooklib import epub

from publisher import __version__
from publisher.characters import printable
from publisher.edition import Edition
from publisher.metadata.model import MARC_RELATOR, Contributor, Role
from publisher.wording import direction

DC = "DC"
ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
)
SUMMARY = "A text with headings and a table of contents. Its only picture is the cover, which is described."
SUMMARY_NOTES = " Notes are linked with the places that call them."


def add_metadata(book: epub.EpubBook, edition: Edition) -> None:
    """Gives EbookLib's book all that its package document says about the work and the edition."""
    book.set_identifier(edition.identifier)
    book.set_language(edition.language)
    if direction(edition.language) == "rtl":
        book.set_direction("rtl")
    generator = {"name": "generator", "content": f"publisher {__version__}"}
    book.set_unique_metadata("OPF", "generator", "", generator)
    _add_titles(book, edition)
    _add_contributors(book, edition.metadata.contributors)
    for name, value in _elements(edition):
        book.add_metadata(DC, name, printable(value))
    for name, value in _properties(edition):
        _add_meta(book, name, value)
    if edition.licence.url:
        book.add_metadata(None, "link", None, {"rel": "dcterms:license", "href": edition.licence.url})
    # How EPUB 2 readers find the cover.
    book.add_metadata(None, "meta", None, {"name": "cover", "content": "cover-picture"})


def _add_titles(book: epub.EpubBook, edition: Edition) -> None:
    book.title = edition.title
    book.add_metadata(DC, "title", book.title, {"id": "main-title"})
    _add_meta(book, "title-type", "main", refines="main-title")
    if edition.subtitle:
        book.add_metadata(DC, "title", edition.subtitle, {"id": "subtitle"})
        _add_meta(book, "title-type", "subtitle", refines="subtitle")


def _add_contributors(book: epub.EpubBook, contributors: Iterable[Contributor]) -> None:
    """One element for each person, creator or contributor, with all that the person did as refinements."""
    people: dict[tuple[str, str], list[Contributor]] = {}
    for contributor in contributors:
        element = "creator" if contributor.role is Role.AUTHOR else "contributor"
        people.setdefault((element, contributor.name), []).append(contributor)
    for number, ((element, name), entries) in enumerate(people.items(), 1):
        id_ = f"person-{number}"
        book.add_metadata(DC, element, printable(name), {"id": id_})
        for entry in entries:
            role = {"refines": f"#{id_}", "property": "role", "scheme": "marc:relators"}
            book.add_metadata(None, "meta", MARC_RELATOR[entry.role], role)
        file_as = next((entry.file_as for entry in entries if entry.file_as), None)
        if file_as:
            _add_meta(book, "file-as", file_as, refines=id_)


def _add_meta(book: epub.EpubBook, name: str, value: str, refines: str = "") -> None:
    attributes = {"property": name} | ({"refines": f"#{refines}"} if refines else {})
    book.add_metadata(None, "meta", printable(value), attributes)


def _elements(edition: Edition) -> Iterator[tuple[str, str]]:
    """Dublin Core elements, as far as their values are known."""
    metadata = edition.metadata
    yield "date", metadata.edition_date or f"{datetime.fromtimestamp(edition.modified, UTC):%Y-%m-%d}"
    if metadata.source:
        yield "source", metadata.source.stated
    if metadata.source_url:
        yield "source", metadata.source_url
    if edition.licence.statement:
        yield "rights", edition.licence.statement
    if metadata.publisher:
        yield "publisher", metadata.publisher
    for subject in metadata.subjects:
        yield "subject", subject


def _properties(edition: Edition) -> Iterator[tuple[str, str]]:
    if edition.metadata.written and edition.metadata.written.edtf:
        yield "dcterms:created", edition.metadata.written.edtf
    for name, value in ACCESSIBILITY:
        yield f"schema:{name}", value
    noted = any(chapter.notes for chapter in edition.book.chapters)
    yield "schema:accessibilitySummary", SUMMARY + (SUMMARY_NOTES if noted else "")
