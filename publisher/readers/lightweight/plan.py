# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book to be: which nodes of which sheets become its title, parts, chapters and sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct, field

from publisher.document import ChapterKind
from publisher.readers.lightweight.elements import HEADINGS, Element, Node
from publisher.readers.lightweight.sheet import Sheet


class Stretch(Struct, frozen=True):
    """Nodes of one sheet."""

    sheet: Sheet
    nodes: Sequence[Node]


class SectionPlan(Struct, frozen=True):
    title: Sequence[Node]
    nodes: Sequence[Node]
    sections: Sequence[SectionPlan] = ()


class ChapterPlan(Struct, frozen=True):
    """A chapter; its title may stand in another file, such as a list of contents."""

    sheet: Sheet
    title: Stretch | None
    nodes: Sequence[Node]
    sections: Sequence[SectionPlan] = ()
    subtitle: Sequence[Node] = ()
    kind: ChapterKind = "chapter"


class PartPlan(Struct, frozen=True):
    title: Stretch
    nodes: Stretch | None
    contents: Sequence[ItemPlan]


ItemPlan: TypeAlias = PartPlan | ChapterPlan


class Plan(Struct, frozen=True):
    """A whole book; `titles` are lines of its title, one below the other."""

    titles: Sequence[Stretch]
    subtitles: Sequence[Stretch]
    items: Sequence[ItemPlan]


def chapters(items: Sequence[ItemPlan]) -> Iterator[ChapterPlan]:
    """All chapters in reading order."""
    for item in items:
        if isinstance(item, PartPlan):
            yield from chapters(item.contents)
        else:
            yield item


class _Open(Struct):
    level: int
    title: Sequence[Node]
    nodes: list[Node] = field(default_factory=list)
    sections: list[_Open] = field(default_factory=list)


def outline(nodes: Sequence[Node]) -> tuple[list[Node], list[SectionPlan]]:
    """Nodes before the first heading, and the sections that headings open, those of lower levels inside others."""
    root = _Open(0, ())
    stack = [root]
    for node in nodes:
        level = HEADINGS.get(node.name) if isinstance(node, Element) else None
        if level is None or not isinstance(node, Element):
            stack[-1].nodes.append(node)
            continue
        while stack[-1].level >= level:
            stack.pop()
        section = _Open(level, node.children)
        stack[-1].sections.append(section)
        stack.append(section)
    return root.nodes, [_closed(section) for section in root.sections]


def _closed(section: _Open) -> SectionPlan:
    return SectionPlan(section.title, section.nodes, tuple(map(_closed, section.sections)))
