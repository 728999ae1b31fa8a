# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headings and chunks in order -> an outline: headings with the chunks below them, nested by rank."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.readers.detection import Context, Item, items
from publisher.readers.headings import Heading
from publisher.readers.lines import Chunk
from publisher.readers.ranks import Rank

# Ranks whose counts may be widened to stand above another count that starts again under each of them.
_MOVABLE = (Rank.ARABIC, Rank.UPPER, Rank.LOWER, Rank.CAPITALS, Rank.TITLE)


class Node(Struct):
    """A heading (None for text before the first one), the chunks right below it, and the nodes inside it."""

    heading: Heading | None
    chunks: list[Chunk] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


def outline(chunks: Sequence[Chunk], context: Context) -> list[Node]:
    """The outline of a text; the first node has no heading if text stands before the first heading."""
    found = _special_ranks(items(chunks, context))
    return _nest(found, _levels([item for item in found if isinstance(item, Heading)]))


def _special_ranks(found: list[Item]) -> list[Item]:
    """Puts "Conclusion" and the like level with the text's other main headings, whatever their rank is.

    In a text that is one chapter they stand inside it: "Introduction" below "Chapter VIII".
    """
    others = [h.rank for h in found if isinstance(h, Heading) and not _is_special(h) and h.rank is not Rank.PART]
    if not others or others.count(Rank.CHAPTER) > 1:
        return found
    first, level = -1, min(others)
    if level is Rank.CHAPTER:
        first = next(
            i for i, item in enumerate(found) if isinstance(item, Heading) and item.rank is level and item.value
        )
        level = min((rank for rank in others if rank > Rank.CHAPTER), default=Rank.TITLE)
    return [
        replace(item, rank=level) if i > first and isinstance(item, Heading) and _is_special(item) else item
        for i, item in enumerate(found)
    ]


def _is_special(heading: Heading) -> bool:
    return heading.rank is Rank.CHAPTER and heading.value is None


def _levels(headings: Sequence[Heading]) -> dict[Rank, int]:
    """The depth of each rank of heading that occurs.

    Ranks nest in their own order, except that counts which start again under each heading of another rank stand
    below it.
    """
    order = [rank for rank in Rank if any(h.rank is rank for h in headings)]
    for rank in _MOVABLE:
        if rank in order and (below := _restarting(headings, rank, order)):
            order.remove(rank)
            order.insert(order.index(below), rank)
    return {rank: depth for depth, rank in enumerate(order)}


def _restarting(headings: Sequence[Heading], above: Rank, order: Sequence[Rank]) -> Rank | None:
    """The widest rank of count that starts again at 1 under each heading of the rank `above`."""
    for rank in order:
        if not Rank.ROMAN <= rank <= Rank.LOWER or rank >= above:
            continue
        starts = [i for i, h in enumerate(headings) if h.rank is rank and h.value == 1]
        spans = zip([0, *starts], starts, strict=False)
        if len(starts) >= 2 and all(any(h.rank is above for h in headings[begin:end]) for begin, end in spans):
            return rank
    return None


def _nest(found: Sequence[Item], levels: dict[Rank, int]) -> list[Node]:
    top: list[Node] = []
    stack: list[tuple[int, Node]] = []
    for item in found:
        if isinstance(item, Chunk):
            if not stack:
                top.append(Node(None))
                stack.append((-1, top[-1]))
            stack[-1][1].chunks.append(item)
            continue
        depth = levels[item.rank]
        while stack and (stack[-1][0] >= depth or stack[-1][0] == -1):
            stack.pop()
        node = Node(item)
        (stack[-1][1].nodes if stack else top).append(node)
        stack.append((depth, node))
    return top
