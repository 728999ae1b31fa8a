# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of an e-book -> an EPUB 3.3 (https://www.w3.org/TR/epub-33/), the same bytes on every machine.

The only module that knows EbookLib, which writes the package document, the NCX for older readers and the container.
Pages, navigation and style sheet go in as bytes: EbookLib's own page and navigation classes parse and rewrite their
content, and drop attributes of the body.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from ebooklib import epub
from msgspec import Struct

from publisher import __version__
from publisher.writers.archive import normalise

XHTML = "application/xhtml+xml"
_DOCUMENT = "EPUB/content.opf"
# With compression left to archive.normalise, nothing is compressed twice.
_OPTIONS = {"epub3_pages": False, "raise_exceptions": True, "compresslevel": 0}


class Resource(Struct, frozen=True):
    """A file of the book; `properties` are those of the manifest (https://www.w3.org/TR/epub-33/#app-item-properties-vocab)."""

    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()


class Meta(Struct, frozen=True):
    """An element of the metadata: "dc:title", "meta" or "link", with its attributes."""

    element: str
    value: str
    attributes: Mapping[str, str] = {}


class Entry(Struct, frozen=True):
    """A line of the table of contents and the lines below it."""

    title: str
    href: str
    capitals: bool
    below: tuple[Entry, ...]


class Package(Struct, frozen=True, kw_only=True):
    """A whole e-book. `spine` names the pages in reading order, `contents` are the NCX's; `modified` is in seconds.

    Pages `aside` are not turned to, only linked to.
    """

    identifier: str
    title: str
    language: str
    leftward: bool
    modified: int
    metadata: tuple[Meta, ...]
    resources: tuple[Resource, ...]
    spine: tuple[str, ...]
    contents: tuple[Entry, ...]
    aside: tuple[str, ...] = ()


def pack(package: Package) -> bytes:
    """The EPUB's bytes."""
    book = epub.EpubBook()
    book.set_identifier(package.identifier)
    book.set_language(package.language)
    book.title = package.title
    if package.leftward:
        book.set_direction("rtl")
    book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": f"publisher {__version__}"})
    for meta in package.metadata:
        namespace, _, name = meta.element.rpartition(":")
        book.add_metadata(namespace.upper() or None, name, meta.value or None, dict(meta.attributes))
    items = {resource.name: _item(resource) for resource in package.resources}
    for item in (*items.values(), epub.EpubNcx()):
        book.add_item(item)
    book.toc = [_line(entry) for entry in package.contents]
    book.spine = [(items[name], "no" if name in package.aside else "yes") for name in package.spine]
    out = io.BytesIO()
    epub.write_epub(out, book, _OPTIONS | {"mtime": datetime.fromtimestamp(package.modified, UTC)})
    return normalise(out.getvalue(), package.modified, {_DOCUMENT: partial(_spoken, language=package.language)})


def _spoken(document: bytes, *, language: str) -> bytes:
    """The package document with the language of its metadata, which EbookLib has no place for."""
    return document.replace(b"<package ", f'<package xml:lang="{language}" '.encode(), 1)


def _item(resource: Resource) -> epub.EpubItem:
    """A file under its name, which as an id can clash with none in the metadata, for those have no point."""
    item = epub.EpubItem(resource.name, resource.name, resource.media_type, resource.data)
    item.properties = list(resource.properties)
    return item


def _line(entry: Entry) -> epub.Link | tuple[epub.Section, list[object]]:
    """An entry as EbookLib wants it for the NCX."""
    if entry.below:
        return epub.Section(entry.title, entry.href), [_line(below) for below in entry.below]
    return epub.Link(entry.href, entry.title, "ncx-" + entry.href.replace(".xhtml", "").replace("#", "-"))
