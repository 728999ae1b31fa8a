# SPDX-License-Identifier: AGPL-3.0-or-later
"""The package document of an EPUB (https://www.w3.org/TR/epub-33/#sec-package-doc) -> order, metadata, rights.

It is read with the tokens of a page, so that no entity of it is expanded and no other file opened.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct, field

from publisher.errors import Location
from publisher.metadata.dates import edtf
from publisher.metadata.model import (
    MARC_RELATOR,
    Contributor,
    Date,
    Field,
    Metadata,
    Role,
    SourceEdition,
    Statement,
)
from publisher.metadata.vocabulary import Key
from publisher.readers import Source
from publisher.readers.hypertext.encoding import decode
from publisher.readers.hypertext.tokens import Kind, tokens

_ROLES: dict[str, Role] = {relator: role for role, relator in MARC_RELATOR.items()}
_WEB = re.compile(r"https?://\S+")


class Element(Struct):
    """An element of the package's head: its name without a prefix, attributes and words."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""


class Package(Struct):
    """What a package document says: the files of the spine in order, and the elements of its metadata."""

    file: str
    spine: list[str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)

    def named(self, name: str) -> Iterator[Element]:
        return (element for element in self.elements if element.name == name and element.text)

    def refined(self, element: Element, wanted: str) -> list[str]:
        """What other elements say of one, such as its role."""
        mark = f"#{element.attributes.get('id', '')}"
        found = [
            e.text
            for e in self.elements
            if e.attributes.get("refines") == mark and e.attributes.get("property") == wanted
        ]
        own = element.attributes.get(f"opf:{wanted}")
        return ([own] if own else []) + found


def read(source: Source) -> Package:
    """A package document's spine and metadata."""
    text, _ = decode(source)
    package = Package(source.file)
    items: dict[str, str] = {}
    inside = False
    last: Element | None = None
    for token in tokens(text):
        name = token.text.rpartition(":")[2]
        if token.kind in (Kind.TEXT, Kind.RAW):
            if last is not None:
                last.text = f"{last.text}{token.text}"
            continue
        if name == "metadata":
            inside = token.kind is Kind.START
        last = None
        if token.kind is Kind.END:
            continue
        if inside and name != "metadata":
            last = Element(name, token.attributes, token.line)
            package.elements.append(last)
        elif name == "item":
            items[token.attributes.get("id", "")] = token.attributes.get("href", "")
        elif name == "itemref" and (path := items.get(token.attributes.get("idref", ""))):
            folder = posixpath.dirname(source.file)
            package.spine.append(posixpath.normpath(posixpath.join(folder, unquote(path))))
    for element in package.elements:
        element.text = " ".join(element.text.split())
    return package


def metadata(package: Package) -> Metadata:
    """The metadata that a package states; all its elements with words are kept as fields."""
    titles = [(element, package.refined(element, "title-type")) for element in package.named("title")]
    main = next((e.text for e, kinds in titles if not kinds or "main" in kinds), titles[0][0].text if titles else "")
    subtitle = next((e.text for e, kinds in titles if "subtitle" in kinds), None)
    short = next((e.text for e, kinds in titles if "short" in kinds), main)
    sources = [element.text for element in package.named("source")]
    return Metadata(
        title=main,
        short_title=short or None,
        subtitle=subtitle,
        language=next((element.text for element in package.named("language")), None),
        contributors=tuple(dict.fromkeys(_contributors(package))),
        published=_date(package),
        source=SourceEdition("; ".join(sources)) if sources else None,
        source_url=next((text for text in sources if _WEB.fullmatch(text)), None),
        statements=tuple(
            Statement(element.text, "Rights", Location(package.file, element.line))
            for element in package.named("rights")
        ),
        fields=tuple(_fields(package)),
        subjects=tuple(dict.fromkeys(element.text for element in package.named("subject"))),
    )


def _contributors(package: Package) -> Iterator[Contributor]:
    for element in package.elements:
        if element.name not in ("creator", "contributor") or not element.text:
            continue
        found = [_ROLES[role] for role in package.refined(element, "role") if role in _ROLES]
        if element.name == "creator" and Role.AUTHOR not in found:
            found.insert(0, Role.AUTHOR)
        file_as = next(iter(package.refined(element, "file-as")), None)
        yield from (Contributor(element.text, role, file_as) for role in found)


def _date(package: Package) -> Date | None:
    """The date of the electronic edition is no date of the work: only one that is called so counts."""
    for element in package.named("date"):
        if element.attributes.get("opf:event") in ("original-publication", "publication"):
            return Date(element.text, edtf(element.text))
    return None


def _fields(package: Package) -> Iterator[Field]:
    keys = {"rights": Key.LICENCE, "source": Key.SOURCE}
    labels = {"rights": "Rights", "source": "Source", "publisher": "Publisher"}
    for element in package.elements:
        if element.name in labels and element.text:
            key = keys.get(element.name)
            yield Field(labels[element.name], element.text, Location(package.file, element.line), key)


def order(package: Package, files: Sequence[str]) -> list[str]:
    """The files in the order of the spine; those that it does not name follow in their own."""
    placed = [file for file in dict.fromkeys(package.spine) if file in set(files)]
    return placed + [file for file in files if file not in set(placed)]
