# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes of text -> an outline: headings by their level, with the boxes below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from publisher.ledger import Fate
from publisher.metadata.dates import is_date_line
from publisher.readers.blocks import is_synopsis
from publisher.readers.headings import is_capitals, is_title_case, marker
from publisher.readers.hypertext.front import reads_as_text
from publisher.readers.hypertext.model import Box, Stretch, all_look, rows, whole
from publisher.readers.lines import is_break, size
from publisher.readers.ranks import Marker, Rank

_PSEUDO = 7
_LONGEST = 250
_SUBTITLE = re.compile(r"[(（].{2,160}[)）]|——\S.{2,60}|(?i:by\s.{3,60})")
_CLOSES = re.compile(r"(?i)\W*(?:the\s+end|ende|finis?|fine|fin)\W*")
_HEADS = re.compile(
    r"(?:sub|section|chapter|chap|part)?-?(?:head(?:ing|er)?|title)s?\d?|chapter|sectionhead|ueberschrift"
)
_ENDS = ("li", "td", "th", "dd", "dt", "caption", "figcaption", "figure")


class Node(Struct):
    """A heading and what stands below it. `level` is 0 for text before the first heading.

    `number` is its count where that stands apart, `below` are dates and remarks under the title.
    """

    level: int
    number: list[Stretch] = field(default_factory=list)
    title: list[Stretch] = field(default_factory=list)
    below: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join(row.words for row in self.title)

    @property
    def mark(self) -> Marker | None:
        """How its first line begins, if as a strong heading."""
        first = [*self.number, *self.title]
        return marker(first[0].words) if first else None

    @property
    def holds_text(self) -> bool:
        return any(box.tag != "hr" for box in self.boxes) or any(node.holds_text for node in self.nodes)


def is_heading(box: Box) -> bool:
    """An element of headings that holds a heading: no ornament, no motto, no "The End", no cell of a table."""
    if not box.level or is_break(box.words) or len(box.words) > _LONGEST or box.inside(*_ENDS):
        return False
    return not (_CLOSES.fullmatch(box.words) or reads_as_text(box.words) or is_synopsis(box.words))


def outline(boxes: Sequence[Box]) -> list[Node]:
    """The outline of a page's text; the first node has no heading if text stands before the first one."""
    text = [box for box in boxes if box.fate is None]
    levels = _levels(text)
    top: list[Node] = []
    stack: list[Node] = []
    for i, box in enumerate(text):
        if not levels[i]:
            if not stack:
                if box.tag == "hr" and not top:
                    continue
                top.append(Node(0))
                stack.append(top[-1])
            stack[-1].boxes.append(box)
            continue
        box.fate = Fate.HEADING
        last = stack[-1] if stack else None
        if last is not None and _goes_on(last, box, levels[i]):
            continue
        if not top and is_date_line(box.words) and levels.count(levels[i]) == 1:
            top.append(Node(0, below=[box]))
            stack.append(top[-1])
            continue
        while stack and (stack[-1].level >= levels[i] or stack[-1].level == 0):
            stack.pop()
        node = _node(box, levels[i])
        (stack[-1].nodes if stack else top).append(node)
        stack.append(node)
    return top


def _levels(text: Sequence[Box]) -> list[int]:
    """The level of each box, 0 for text. Of one element, "Part One" stands above "Chapter I", "Section 1" below."""
    found = [_level(text, i) * 3 for i in range(len(text))]
    found = [_ranked(box, level) if level == _PSEUDO * 3 else level for box, level in zip(text, found, strict=True)]
    marks = [_named(whole(box).words) if level else None for box, level in zip(text, found, strict=True)]
    chapters = [
        level for level, mark in zip(found, marks, strict=True) if mark is not None and mark.rank is Rank.CHAPTER
    ]
    for i, mark in enumerate(marks):
        if mark is None:
            continue
        if mark.rank is Rank.PART:
            opens = not any(found[:i])
            found[i] = min([found[i], *chapters, *(level for level in found if level and opens)]) - 1
        elif mark.rank is Rank.SECTION and chapters and found[i] <= min(chapters):
            found[i] = min(chapters) + 1
    return found


def _ranked(box: Box, level: int) -> int:
    """Paragraphs that read as headings nest by their counts: "I", "1", "a)"."""
    mark = marker(whole(box).words)
    return level + min(max(mark.rank - Rank.ROMAN, 0), 2) if mark is not None else level + 1


def _level(text: Sequence[Box], i: int) -> int:
    if is_heading(text[i]):
        return text[i].level
    if text[i].inside("hgroup"):
        return 6
    return _PSEUDO if _reads_as_heading(text, i) else 0


def _named(words: str) -> Marker | None:
    """The marker of a heading that says what it counts: "Chapter IV", not "IV"."""
    mark = marker(words)
    return mark if mark is not None and mark.word and mark.value is not None else None


def _node(box: Box, level: int) -> Node:
    """A heading; a count on its first line is its number: "Chapter I" above "The Old Mill"."""
    lines = rows(box)
    mark = marker(lines[0].words) if len(lines) > 1 else None
    if mark is not None and mark.bare and mark.value is not None:
        return Node(level, lines[:1], lines[1:])
    return Node(level, [], lines)


def _goes_on(node: Node, box: Box, level: int) -> bool:
    """Right below a heading stands the title that belongs to its count, or a date or remark."""
    if not node.level or any(inner.tag != "hr" for inner in node.boxes) or node.nodes:
        return False
    group = box.inside("hgroup")
    first = [*node.number, *node.title][0].box if node.number or node.title else None
    if group is not None and first is not None and first.inside("hgroup") is group:
        if node.number or not _is_ordinal(node, first):
            node.below.append(box)
        else:
            node.number, node.title = node.title, rows(box)
        return True
    mark = node.mark
    counted = mark is not None and mark.bare and not node.number and len(node.title) == 1
    beside = level >= node.level or (mark is not None and mark.value is None and node.level - level <= 3)
    if counted and beside and not _is_strong(box.words) and not node.below and not _is_remark(box.words):
        node.number, node.title = node.title, rows(box)
        node.boxes.clear()
        return True
    if level >= node.level and _is_remark(box.words):
        node.below.append(box)
        node.boxes.clear()
        return True
    return False


def _is_ordinal(node: Node, first: Box) -> bool:
    """The heading is no more than a count."""
    mark = node.mark
    return "z3998:ordinal" in first.names or (mark is not None and mark.bare)


def _is_strong(words: str) -> bool:
    mark = marker(words)
    return mark is not None and bool(mark.word) and mark.rank <= Rank.SECTION


def _is_remark(words: str) -> bool:
    return is_date_line(words) or bool(_SUBTITLE.fullmatch(words))


def _reads_as_heading(text: Sequence[Box], i: int) -> bool:
    """A paragraph that is set as a heading: all bold and centred, or of a class that says so, above a paragraph."""
    box = text[i]
    if box.tag not in ("p", "") or box.inside(*_ENDS, "blockquote") or not 2 <= len(box.words) <= 120:
        return False
    if i + 1 >= len(text) or is_break(box.words) or box.pictures:
        return False
    after = next((other for other in text[i + 1 : i + 3] if other.tag != "hr"), None)
    if after is None or after.align == "right" or (size(after.words) < 60 and not is_heading(after)):
        return False
    if any(_HEADS.fullmatch(name) for name in box.names):
        return True
    if box.words.endswith((".", ",", ":", ";", "!”", ".”", "。", "，", "：", "；", "،", "؛")) and not marker(box.words):
        return False
    strong = all_look(box, "strong")
    centred = box.align == "center"
    shaped = is_capitals(box.words) or is_title_case(box.words) or marker(box.words) is not None
    return (strong and (centred or shaped)) or (centred and (shaped or all_look(box, "emphasis")))
