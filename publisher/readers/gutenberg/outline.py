# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headings in a row -> a tree of parts, chapters and sections.

Chapters are what the text itself calls so; else acts, sections, or the narrowest count whose stretches are long enough.
What is wider makes parts, what is narrower sections. A title without a count is as high as the space around it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from msgspec import Struct, field

from publisher.readers.gutenberg.headings import Heading
from publisher.readers.lines import Chunk

# What stands behind the last chapter and belongs to no part; a list of notes or an index has no kind of its own.
_PART_KINDS = frozenset({"appendix", "epilogue", "afterword", "conclusion", "chapter"})
_LONG = 1500  # characters below a bare count that make a chapter rather than a section
_CAST = 400  # characters that may stand between a part's title and its first chapter
_ALPHABET = 10  # letters alone that divide a dictionary
_BELOW = 3.0  # how much narrower a title is that stands close to the text


class Node(Struct):
    """A heading with the chunks right below it and the nodes inside it; the narrower, the higher is its `level`."""

    heading: Heading | None
    level: float
    chunks: list[Chunk] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


class Outline(Struct):
    """The chunks before the first heading, and the nodes; those at `chapter` are chapters, wider ones parts."""

    front: list[Chunk]
    nodes: list[Node]
    chapter: float


Item = Heading | Chunk


def outline(items: Sequence[Item]) -> Outline:
    """The tree of headings and chunks in reading order."""
    headings = [item for item in items if isinstance(item, Heading)]
    sizes = _sizes(items)
    chapter = _chapter_level(headings, sizes)
    levels = _levels(headings, sizes, chapter)
    root = Node(None, -1.0)
    stack = [root]
    count = 0
    for item in items:
        if isinstance(item, Chunk):
            stack[-1].chunks.append(item)
            continue
        node = Node(item, levels[count])
        count += 1
        while stack[-1].level >= node.level:
            stack.pop()
        stack[-1].nodes.append(node)
        stack.append(node)
    return Outline(root.chunks, root.nodes, chapter)


def _sizes(items: Sequence[Item]) -> list[int]:
    """How many characters of text stand below each heading, up to the next one."""
    sizes: list[int] = []
    for item in items:
        if isinstance(item, Heading):
            sizes.append(0)
        elif sizes:
            sizes[-1] += sum(len(line.text) for line in item.lines)
    return sizes


def _chapter_level(headings: Sequence[Heading], sizes: Sequence[int]) -> float:
    present = {h.family: h.level for h in headings if h.level is not None and h.family != "named"}
    if _many(headings, "chapter"):
        return 4
    if "act" in present:
        return 3
    inner = next((family for family in ("roman", "arabic") if family in present), None)
    outer = [
        level
        for family, level in present.items()
        if family in ("volume", "part", "book", "epoch", "article", "section", "chapter")
    ]
    if inner and _are_chapters(headings, sizes, inner):
        return float(present[inner] or 0)
    if outer:
        return float(max(outer))
    titles = [h for h in headings if h.family == "title" and h.gap >= 3]
    if sum(h.family == "letter alone" for h in headings) >= _ALPHABET:
        return float(present["letter alone"] or 0)
    if inner and not titles:
        return float(present[inner] or 0)
    return 4


def _many(headings: Sequence[Heading], family: str) -> bool:
    return any(h.family == family for h in headings)


def _are_chapters(headings: Sequence[Heading], sizes: Sequence[int], family: str) -> bool:
    """Bare counts are chapters where their stretches are long, and no titles above them start them anew."""
    lengths = _extents(headings, sizes, family)
    starts = [i for i, h in enumerate(headings) if h.family == family and h.value == 1]
    under_titles = sum(i > 0 and headings[i - 1].family == "title" and sizes[i - 1] == 0 for i in starts)
    if len(starts) >= 2 and under_titles * 2 > len(starts):
        return False
    return bool(lengths) and median(lengths) >= _LONG


def _extents(headings: Sequence[Heading], sizes: Sequence[int], family: str) -> list[int]:
    """The characters from each heading of a family to the next that is not narrower."""
    lengths: list[int] = []
    level = None
    for heading, size in zip(headings, sizes, strict=True):
        if heading.family == family:
            level = heading.level
            lengths.append(size)
        elif lengths and level is not None and (heading.level is None or heading.level > level):
            lengths[-1] += size
    return lengths


def _levels(headings: Sequence[Heading], sizes: Sequence[int], chapter: float) -> list[float]:
    """The level of each heading among the others."""
    gap = _usual_gap(headings, chapter)
    counted = [i for i, h in enumerate(headings) if h.level == chapter and h.value is not None]
    inside = range(counted[0], counted[-1]) if len(counted) > 1 else range(0)
    levels = [_level(heading, chapter, gap, inside=i in inside) for i, heading in enumerate(headings)]
    if not counted:
        # Nothing else says what the chapters are, so that the list of contents does.
        levels = [chapter if h.listed and h.level is None else level for h, level in zip(headings, levels, strict=True)]
    widest = min((level for level in levels if level < chapter), default=None)
    last_part = max((i for i, level in enumerate(levels) if level < chapter), default=-1)
    last_count = max((i for i, h in enumerate(headings) if h.level == chapter and h.value is not None), default=-1)
    ones = Counter(h.family for h in headings if h.value == 1)
    for i, heading in enumerate(headings):
        below = _opens_part(headings, sizes, levels, i, chapter)
        if below and ones[headings[below].family] > 1:
            above = levels[i - 1] if i and levels[i - 1] < chapter and sizes[i - 1] <= _CAST else None
            levels[i] = (chapter - 0.5 if widest is None else widest) if above is None else (above + chapter) / 2
        elif heading.family == "named" and levels[i] == chapter and i > last_part >= 0 and i > last_count:
            levels[i] = widest if widest is not None and heading.kind in _PART_KINDS else chapter
    return levels


def _usual_gap(headings: Sequence[Heading], chapter: float) -> float:
    """The space above chapters: of those with a count, or of the titles that stand most apart."""
    counted = [h.gap for h in headings if h.level == chapter and h.family != "named"]
    if counted:
        return median(counted)
    gaps = Counter(min(h.gap, 4) for h in headings if h.family == "title")
    if gaps[4] * 2 > gaps[3]:
        return 4
    return 3 if gaps[3] else max(gaps, default=4)


def _level(heading: Heading, chapter: float, gap: float, *, inside: bool) -> float:
    """`inside` says that counted chapters stand before and after: what has no count there is a part of one of them."""
    if heading.family == "named":
        return chapter if heading.gap >= gap - 1 or heading.listed else chapter + _BELOW
    if heading.level is not None:
        raised = heading.listed and heading.gap >= gap and heading.level > chapter and heading.title
        return chapter if raised else float(heading.level)
    if heading.listed and heading.gap >= gap - 1:
        return chapter
    if (heading.gap >= gap or heading.gap >= 4) and (not inside or heading.gap >= gap + 2):
        return chapter
    return chapter + _BELOW + 0.5 * (heading.gap < 2)


def _opens_part(
    headings: Sequence[Heading], sizes: Sequence[int], levels: Sequence[float], i: int, chapter: float
) -> int:
    """The chapter that counts from one again below a title right above it, 0 where there is none.

    "FIRST EPILOGUE", then "CHAPTER I"; below a play's title its cast may stand before "ACT I".
    """
    heading = headings[i]
    if levels[i] < chapter or heading.family not in ("named", "title") or sizes[i] > _CAST or heading.gap < 2:
        return 0
    reach = 3 if heading.family == "title" else 1
    for k in range(i + 1, min(i + 1 + reach, len(headings))):
        if headings[k].level == chapter and headings[k].value is not None:
            return k if headings[k].value == 1 and (k == i + 1 or levels[i] == chapter) else 0
        if sizes[k] > 4 * _CAST:
            return 0
    return 0
