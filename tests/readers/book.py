# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished EPUB as the rules look at it: its package, its pages in reading order, its links and notes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


@dataclass(frozen=True)
class Link:
    """A link inside the book: the element, the file it stands in and the file and id that it leads to."""

    element: etree._Element
    file: str
    target: str
    id: str


@dataclass(frozen=True)
class Book:
    """An EPUB's files by their paths."""

    files: dict[str, bytes]

    @classmethod
    def read(cls, data: bytes) -> Book:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    @cached_property
    def package_path(self) -> str:
        root = etree.fromstring(self.files["META-INF/container.xml"])
        return next(root.iter(f"{CONTAINER}rootfile")).get("full-path", "")

    @cached_property
    def package(self) -> etree._Element:
        return etree.fromstring(self.files[self.package_path])

    @cached_property
    def items(self) -> list[etree._Element]:
        return list(self.package.iter(f"{OPF}item"))

    def path(self, item: etree._Element) -> str:
        return normpath(join(dirname(self.package_path), unquote(item.get("href", ""))))

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """The pages by their paths, in the order of the spine."""
        by_id = {item.get("id"): self.path(item) for item in self.items}
        spine = (by_id[reference.get("idref")] for reference in self.package.iter(f"{OPF}itemref"))
        return {path: etree.fromstring(self.files[path]) for path in spine}

    @cached_property
    def navigation(self) -> tuple[str, etree._Element]:
        path = next(self.path(item) for item in self.items if "nav" in item.get("properties", "").split())
        return path, etree.fromstring(self.files[path])

    def nav(self, type_: str) -> etree._Element | None:
        return next((n for n in self.navigation[1].iter(f"{XHTML}nav") if n.get(TYPE) == type_), None)

    @cached_property
    def styles(self) -> str:
        sheets = [self.files[self.path(item)] for item in self.items if item.get("media-type") == "text/css"]
        return re.sub(r"/\*.*?\*/", "", b"\n".join(sheets).decode(), flags=re.DOTALL)

    def elements(self, name: str) -> Iterator[tuple[str, etree._Element]]:
        for path, page in self.pages.items():
            for element in page.iter(XHTML + name):
                yield path, element

    @cached_property
    def links(self) -> list[Link]:
        """The links between places of the book, without those of the navigation."""
        found = []
        for path, element in self.elements("a"):
            href = element.get("href", "")
            if href and not re.match(r"[a-z][a-z0-9+.-]*:", href) and path != self.navigation[0]:
                file, _, id_ = href.partition("#")
                found.append(Link(element, path, normpath(join(dirname(path), file)) if file else path, id_))
        return found

    @cached_property
    def calls(self) -> list[Link]:
        return [link for link in self.links if "noteref" in link.element.get(TYPE, "").split()]

    @cached_property
    def ids(self) -> dict[tuple[str, str], etree._Element]:
        return {
            (p, id_): element for p, page in self.pages.items() for element in page.iter() if (id_ := element.get("id"))
        }

    def target(self, link: Link) -> etree._Element | None:
        return self.ids.get((link.target, link.id))

    @cached_property
    def notes(self) -> list[tuple[str, etree._Element]]:
        return [(p, e) for p, page in self.pages.items() for e in page.iter() if "footnote" in types(e)]


def types(element: etree._Element) -> list[str]:
    return element.get(TYPE, "").split()


def text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
