# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markup as a tree, before it is known what is title, text or note: elements with HTML's names, and leaves of text.

"**a** b" is p(strong("a"), " b"), and so is "<p><b>a</b> b</p>". A leaf knows which characters of the source it stands
for, so that the ledger can say what became of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct, field


class Leaf(Struct):
    """Characters of the text; `start` to `end` is where they stand in the source ("&amp;" for "&")."""

    text: str
    start: int
    end: int


class Element(Struct):
    """A mark and what it encloses; `start` to `end` is the mark itself, `closed` that its end was marked, too."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    start: int = 0
    end: int = 0
    closed: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.attributes.get("class", "").split())


Node: TypeAlias = Element | Leaf

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def leaves(nodes: Iterable[Node]) -> Iterator[Leaf]:
    """All leaves of nodes, in the order of the source."""
    for node in nodes:
        if isinstance(node, Leaf):
            yield node
        else:
            yield from leaves(node.children)


def elements(nodes: Iterable[Node]) -> Iterator[Element]:
    """All elements of nodes, each before those inside it."""
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from elements(node.children)


_UNSPOKEN = frozenset({"call", "note", "img", "comment"})


def words(nodes: Iterable[Node]) -> str:
    """The text of nodes on one line, without notes, their calls, and what describes pictures."""
    return " ".join("".join(_words(nodes, _UNSPOKEN)).split())


def all_words(nodes: Iterable[Node]) -> str:
    """All characters of nodes on one line."""
    return " ".join("".join(_words(nodes, frozenset())).split())


def _words(nodes: Iterable[Node], without: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Leaf):
            yield node.text
        elif node.name == "br":
            yield " "
        elif node.name not in without:
            yield from _words(node.children, without)


def is_blank(nodes: Iterable[Node]) -> bool:
    """Whether nodes hold neither text nor pictures."""
    return not any(leaf.text.strip() for leaf in leaves(nodes)) and not any(
        element.name in {"img", "hr", "note"} for element in elements(nodes)
    )


def lines(nodes: Iterable[Node]) -> list[list[Node]]:
    """The nodes of a paragraph, line by line, where the source ends lines by hand; a break amid emphasis ends none."""
    result: list[list[Node]] = [[]]
    for node in nodes:
        if isinstance(node, Element) and node.name == "br":
            result.append([])
        else:
            result[-1].append(node)
    return [line for line in result if not is_blank(line)]
