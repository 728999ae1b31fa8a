# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes of text -> an outline: headings by their level, with the boxes below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.ledger import Fate
from publisher.metadata.dates import is_date_line
from publisher.readers.headings import Marker, Rank, is_capitals, is_title_case, marker
from publisher.readers.hypertext.model import Box, Stretch, rows
from publisher.readers.lines import is_break

_PSEUDO = 7
_LONGEST = 250
_SUBTITLE = re.compile(r"\(.{2,160}\)|(?i:by\s.{3,60})")
_HEADS = re.compile(r"(?:sub|section|chapter|chap|part)?-?(?:head(?:ing|er)?|title)s?\d?|chapter|sectionhead|ueberschrift")
_ENDS = ("li", "td", "th", "dd", "dt", "caption", "figcaption", "figure")


@dataclass(slots=True)
class Node:
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
    """An element of headings that is none of an ornament's, a quotation's or a table's."""
    return bool(box.level) and not is_break(box.words) and len(box.words) <= _LONGEST and not box.inside(*_ENDS)


def outline(boxes: Sequence[Box]) -> list[Node]:
    """The outline of a page's text; the first node has no heading if text stands before the first one."""
    text = [box for box in boxes if box.fate is None]
    top: list[Node] = []
    stack: list[Node] = []
    for i, box in enumerate(text):
        level = box.level if is_heading(box) else _PSEUDO if _reads_as_heading(text, i) else 0
        if not level:
            if not stack:
                if box.tag == "hr" and not top:
                    continue
                top.append(Node(0))
                stack.append(top[-1])
            stack[-1].boxes.append(box)
            continue
        box.fate = Fate.HEADING
        last = stack[-1] if stack else None
        if last is not None and _goes_on(last, box, level):
            continue
        while stack and (stack[-1].level >= level or stack[-1].level == 0):
            stack.pop()
        node = _node(box, level)
        (stack[-1].nodes if stack else top).append(node)
        stack.append(node)
    return top


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
    mark = node.mark
    counted = mark is not None and mark.bare and mark.value is not None and not node.number and len(node.title) == 1
    if counted and level >= node.level and not _is_strong(box.words) and not node.below:
        node.number, node.title = node.title, rows(box)
        node.boxes.clear()
        return True
    if level >= node.level and _is_remark(box.words):
        node.below.append(box)
        node.boxes.clear()
        return True
    return False


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
    if after is None or after.align == "right" or (len(after.words) < 60 and not is_heading(after)):
        return False
    if any(_HEADS.fullmatch(name) for name in box.names):
        return True
    if box.words.endswith((".", ",", ":", ";", "!”", ".”")) and not marker(box.words):
        return False
    strong = _all_look(box, "strong")
    centred = box.align == "center"
    shaped = is_capitals(box.words) or is_title_case(box.words) or marker(box.words) is not None
    return (strong and (centred or shaped)) or (centred and (shaped or _all_look(box, "emphasis")))


def _all_look(box: Box, look: str) -> bool:
    looks = [piece.style.looks for piece in box.pieces() if box.text[piece.start : piece.end].strip(" .")]
    return bool(looks) and all(look in one for one in looks)
