# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book to be: its title lines, and the nodes of outlines that become its parts and chapters."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from publisher.readers.lines import Line
from publisher.readers.outline import Node


class PartPlan(Struct):
    """A part to be: the lines of its count and title, and the nodes that become its chapters."""

    number: tuple[Line, ...]
    title: tuple[Line, ...]
    chapters: list[Node] = field(default_factory=list)


class Plan(Struct):
    """Parts and chapters in order; `header` are the lines of the header block, `wrapped` says how lines were broken."""

    title: tuple[Line, ...]
    subtitle: tuple[Line, ...]
    items: list[PartPlan | Node]
    wrapped: bool
    header: tuple[Line, ...] = ()

    @property
    def chapters(self) -> Iterator[Node]:
        """The nodes of all chapters, in order."""
        for item in self.items:
            yield from item.chapters if isinstance(item, PartPlan) else (item,)


def lines_of(node: Node) -> Iterator[Line]:
    """All lines of a node, its heading's first."""
    if node.heading:
        yield from (*node.heading.number, *node.heading.title, *node.heading.subtitle)
    for chunk in node.chunks:
        yield from chunk.lines
    for inner in node.nodes:
        yield from lines_of(inner)
