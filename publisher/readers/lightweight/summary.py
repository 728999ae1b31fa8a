# SPDX-License-Identifier: AGPL-3.0-or-later
"""SUMMARY.md -> the order of a book's files (https://rust-lang.github.io/mdBook/format/summary.html).

Links in paragraphs are chapters before and after the counted ones, lists are counted chapters with those below them,
headings are titles of parts. An entry without an address is a chapter to be written, or a name for those below it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct, field

from publisher.errors import Problem
from publisher.readers.lightweight.elements import HEADINGS, Element, Node, elements, is_blank, leaves, words
from publisher.readers.lightweight.sheet import Sheet

_SPLIT = re.compile(r"[#?]")


class Item(Struct):
    """An entry: its words, the file that it names, the entries below it; `part` for the title of a part."""

    nodes: Sequence[Node]
    file: str | None
    items: list[Item] = field(default_factory=list)
    part: bool = False
    missing: bool = False

    @property
    def title(self) -> str:
        return words(self.nodes)


class Summary(Struct):
    """The entries in their order, those of a part below its title."""

    sheet: Sheet
    nodes: Sequence[Node]
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def summary(sheet: Sheet, nodes: Sequence[Node], files: Collection[str]) -> Summary:
    """The entries of a list of contents; of several for one file the first counts."""
    return _Listing(Summary(sheet, nodes), files).read()


class _Listing:
    def __init__(self, summary: Summary, files: Collection[str]) -> None:
        self._summary = summary
        self._files = frozenset(files)
        self._seen: set[str] = set()

    def read(self) -> Summary:
        nodes = self._summary.nodes
        part: list[Item] = self._summary.items
        first = next((node for node in nodes if not is_blank([node])), None)
        for node in nodes:
            # A heading above all is the list's own, "Summary".
            if not isinstance(node, Element) or (node is first and node.name in HEADINGS):
                continue
            if node.name in HEADINGS:
                item = Item(node.children, None, part=True)
                self._summary.items.append(item)
                part = item.items
            elif node.name in {"ul", "ol"}:
                part += self._list(node)
            elif node.name == "hr":
                part = self._summary.items
            else:
                part += self._links(node)
        return self._summary

    def _links(self, node: Element) -> Iterator[Item]:
        for link in elements([node]):
            if link.name == "a":
                yield from self._item(link.children, link)

    def _list(self, element: Element) -> Iterator[Item]:
        for item in element.children:
            if not isinstance(item, Element):
                continue
            inner = [child for child in item.children if isinstance(child, Element) and child.name in {"ul", "ol"}]
            own = [child for child in item.children if child not in inner]
            link = next((found for found in elements(own) if found.name == "a"), None)
            found = list(self._item(link.children if link else own, link))
            below = [entry for nested in inner for entry in self._list(nested)]
            if found:
                found[0].items += below
                yield found[0]
            else:
                yield from below

    def _item(self, nodes: Sequence[Node], link: Element | None) -> Iterator[Item]:
        address = unquote(_SPLIT.split(link.attributes.get("href", ""))[0]) if link else ""
        if not address:
            yield Item(nodes, None)
            return
        file = self._file(address)
        if file is None:
            place = self._summary.sheet.at(_start(nodes))
            self._summary.problems.append(Problem("R051", f'there is no text "{address}" in the work', place))
            yield Item(nodes, None, missing=True)
        elif file not in self._seen:
            self._seen.add(file)
            yield Item(nodes, file)

    def _file(self, address: str) -> str | None:
        """The work's text that an address names; a folder stands for its README."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._summary.sheet.file), address))
        names = (path, f"{path}.md", f"{path}/README.md", f"{path}/index.md")
        return next((name for name in names if name in self._files), None)


def _start(nodes: Sequence[Node]) -> int:
    return next((leaf.start for leaf in leaves(nodes)), 0)


def listed(items: Sequence[Item]) -> Iterator[str]:
    """The files of entries and of those below them, in reading order."""
    for item in items:
        if item.file:
            yield item.file
        yield from listed(item.items)


def unwritten(item: Item) -> bool:
    """An entry for a chapter that is not there, with none below it."""
    return item.file is None and not item.items and not item.part and not item.missing
