# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a work -> one plan of parts and chapters. What every page repeats is printed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from publisher.ledger import Fate
from publisher.readers import contents
from publisher.readers.contents import normal
from publisher.readers.headings import marker
from publisher.readers.hypertext.assembly import PartPlan, Plan, boxes_of
from publisher.readers.hypertext.flow import WINDOW
from publisher.readers.hypertext.front import people
from publisher.readers.hypertext.model import Box, Stretch, whole
from publisher.readers.hypertext.order import Heading, Place
from publisher.readers.hypertext.outline import Node
from publisher.readers.hypertext.page import Page
from publisher.readers.ranks import Rank

_AGAIN = "the work's or the part's title, printed once"


def letters(text: str) -> str:
    """A title's letters and digits, for comparing lines that may stand twice."""
    return "".join(c for c in text.lower() if c.isalnum())


def single(page: Page) -> Plan:
    """The plan of a work on one page: its headings of the first level are its chapters."""
    front = page.front
    front.enter_above()
    plan = Plan(list(front.title), list(front.subtitle), [], list(front.header))
    nodes = _without_heads(page.nodes)
    title = letters(" ".join(row.words for row in plan.title))
    if nodes and nodes[0].level and title and letters(nodes[0].words) == title and not nodes[0].number:
        for row in nodes[0].title:
            row.box.fate, row.box.reason = Fate.NAVIGATION, "the title once more, printed once"
        nodes[0].title = []
        first = nodes[0]
        if not first.boxes and not first.below and len(nodes) == 1:
            nodes = first.nodes
        else:
            first.level = 0
    plan.called = page.called
    if not plan.title and not plan.called:
        plan.title = _title_of(page, nodes)
    if len(nodes) == 1 and _heads_chapters(nodes[0]):
        first = nodes[0]
        plan.items.append(PartPlan(first.number, first.title, first.nodes, first.boxes, first.below))
    else:
        plan.items += [_part_or_chapter(node) for node in nodes]
    return plan


def _title_of(page: Page, nodes: list[Node]) -> list[Stretch]:
    """A page without a title block is called as its one heading, else as the browser's window says."""
    first = nodes[0] if nodes else None
    if first is not None and first.level and len(nodes) == 1 and not _is_part(first):
        title, first.number, first.title, first.level = [*first.number, *first.title], [], [], 0
        return title
    window = next((box for box in page.boxes if box.reason == WINDOW), None)
    if window is None:
        return [*first.number, *first.title] if first is not None else []
    window.fate, window.reason = Fate.TITLE, ""
    return [whole(window)]


def _without_heads(nodes: list[Node]) -> list[Node]:
    """A page's outline without the heading of a contents list that is empty, or is left out."""
    empty = [node for node in nodes if contents.is_head(node.words) and not node.holds_text and not node.nodes]
    _unprinted(empty)
    return [node for node in nodes if node not in empty]


def _heads_chapters(node: Node) -> bool:
    """The page's one heading of its level has no text of its own, and several headings below it."""
    mark = node.mark
    named = mark is not None and mark.rank is not Rank.PART
    return bool(node.level) and not named and len(node.nodes) > 1 and not any(box.words for box in node.boxes)


def _is_part(node: Node) -> bool:
    mark = node.mark
    return mark is not None and mark.rank is Rank.PART


def _part_or_chapter(node: Node) -> PartPlan | Node:
    """A heading of a part holds chapters; what stands above the first of them belongs to the part."""
    if _is_part(node) and node.nodes:
        return PartPlan(node.number, node.title, node.nodes, node.boxes, node.below)
    return node


def of_package(pages: Sequence[Page], title: str) -> Plan:
    """The plan of an unpacked EPUB, whose package says order and title; a page that shows the title gives its words."""
    plan = Works(None, pages, title).plan([Place(page) for page in pages])
    plan.called = title
    for page in pages:
        for box in page.boxes:
            if box.fate is Fate.NAVIGATION and not plan.title and letters(box.words) == letters(title) != "":
                box.fate, box.reason = Fate.TITLE, ""
                plan.title = [whole(box)]
    return plan


class Works:
    """Puts pages together."""

    def __init__(self, index: Page | None, pages: Sequence[Page], title: str = "") -> None:
        self._index = index
        self._plan = Plan()
        self._known: set[str] = set()
        self._authors = _authors(index, pages)
        self._part: PartPlan | None = None
        self._opened: Heading | None = None
        if index is not None:
            index.front.enter_above()
            self._plan.title, self._plan.subtitle = list(index.front.title), list(index.front.subtitle)
            self._plan.header = list(index.front.header)
        elif not title:
            self._plan.title = _common_title(pages)
        self._known |= {letters(row.words) for row in (*self._plan.title, *self._plan.subtitle)}
        self._known.add(letters(" ".join(row.words for row in self._plan.title)))
        self._known = (self._known | {letters(title)}) - {""}

    def plan(self, places: Sequence[Place]) -> Plan:
        if self._index is not None and any(node.holds_text or node.level for node in self._index.nodes):
            self._plan.items += [node for node in self._index.nodes if node.holds_text]
            _unprinted(self._index.nodes)
        for place in places:
            self._add(place)
        return self._plan

    def _add(self, place: Place) -> None:
        if place.part is not self._opened:
            self._opened, self._part = place.part, None
            if place.part is not None:
                self._part = PartPlan(place.part.number, place.part.title)
                for row in (*place.part.number, *place.part.title):
                    row.box.claim(row.start, row.end, Fate.HEADING)
                self._plan.items.append(self._part)
                self._known |= _part_names(place.part)
        if (part := _part_page(place.page)) is not None:
            self._part = part
            self._plan.items.append(part)
            return
        if any(box.named("backmatter") for box in place.page.boxes[:4]):
            self._part = None
        for node in self._chapters(place.page):
            if self._part is not None:
                self._part.chapters.append(node)
            else:
                self._plan.items.append(node)

    def _chapters(self, page: Page) -> list[Node]:
        """A page is one chapter under its own title; without one, its headings of the first level are chapters."""
        own, below = self._own_title(page)
        nodes = page.nodes
        if own or below:
            head = _head(own)
            head.below += below
            return [self._under(head, nodes)]
        while nodes and nodes[0].level and letters(nodes[0].words) in self._known and not nodes[0].below:
            first = nodes[0]
            for row in (*first.number, *first.title):
                row.box.fate, row.box.reason = Fate.NAVIGATION, _AGAIN
            nodes = ([Node(0, boxes=first.boxes)] if first.boxes else []) + first.nodes + nodes[1:]
        nodes = _motto_below(nodes)
        if nodes and nodes[0].level and len(nodes) > 1 and all(n.level > nodes[0].level for n in nodes[1:]):
            return [self._under(nodes[0], nodes[1:])]
        return nodes

    def _under(self, head: Node, nodes: list[Node]) -> Node:
        """A page's text below its title."""
        if nodes and nodes[0].level == 0:
            head.boxes += nodes[0].boxes
            head.nodes += nodes[0].nodes
            nodes = nodes[1:]
        if nodes and nodes[0].level and not head.boxes and letters(nodes[0].words) == letters(head.words):
            again = nodes[0]
            for row in (*again.number, *again.title):
                row.box.fate, row.box.reason = Fate.NAVIGATION, "the page's title once more, printed once"
            head.below += again.below
            head.boxes += again.boxes
            nodes = again.nodes + nodes[1:]
        head.nodes += nodes
        return head

    def _own_title(self, page: Page) -> tuple[list[Stretch], list[Box]]:
        """The lines of a page's title block that are its own, and the boxes below its title: dates, a name."""
        own: list[Stretch] = []
        bylines: list[Box] = []
        for row in page.front.block:
            words = letters(row.words)
            author = any(row.box is a.box and row.start == a.start for a in page.front.author)
            part = marker(row.words)
            if author and _people(row) & self._authors:
                continue
            if words in self._known or words in self._authors:
                row.box.claim(row.start, row.end, Fate.NAVIGATION, _AGAIN)
            elif author:
                bylines.append(row.box)
            elif part is not None and part.rank is Rank.PART and row is not page.front.block[-1]:
                self._take_part(row, page)
            else:
                own.append(row)
        return self._divide(own, bylines)

    def _take_part(self, row: Stretch, page: Page) -> None:
        """A line of a page's title block that names a part opens it; the same line on the next page is left out."""
        lines = [r for r in page.front.block if r.box is row.box]
        self._part = PartPlan([], lines)
        row.box.fate = Fate.HEADING
        self._plan.items.append(self._part)
        self._known |= {letters(line.words) for line in lines}

    def _divide(self, own: list[Stretch], bylines: list[Box]) -> tuple[list[Stretch], list[Box]]:
        """Title and what stands below it: the first box, with the next one where the first is only a count."""
        if not own:
            return [], []
        first = own[0].box
        title = [row for row in own if row.box is first]
        mark = marker(title[0].words)
        rest = [row for row in own if row.box is not first]
        if mark is not None and mark.bare and mark.value is not None and len(title) == 1 and rest:
            title += [row for row in rest if row.box is rest[0].box]
            rest = [row for row in rest if row.box is not rest[0].box]
        for row in title:
            row.box.fate = Fate.HEADING
        below: list[Box] = []
        for box in dict.fromkeys(row.box for row in rest):
            box.fate = Fate.HEADING
            below.append(box)
        for box in bylines:
            box.claims = [claim for claim in box.claims if claim.fate is not Fate.AUTHOR]
            box.unsettle()
            box.fate = Fate.HEADING
            box.names |= {"byline"}
        return title, [*bylines, *below]


def _part_page(page: Page) -> PartPlan | None:
    """A page of an EPUB that holds the heading of a part and no more."""
    nodes = page.nodes
    if len(nodes) != 1 or not nodes[0].level or nodes[0].nodes or page.front.block:
        return None
    named = nodes[0].title[0].box.named("part", "volume", "division") if nodes[0].title else False
    return PartPlan(nodes[0].number, nodes[0].title, [], nodes[0].boxes, nodes[0].below) if named else None


def _motto_below(nodes: list[Node]) -> list[Node]:
    """A short text above the heading of a page, a motto, stands below it in the book."""
    if len(nodes) < 2 or nodes[0].level or sum(len(box.words) for box in nodes[0].boxes) > 600 or nodes[0].nodes:
        return nodes
    nodes[1].boxes[:0] = nodes[0].boxes
    return nodes[1:]


def _head(title: list[Stretch]) -> Node:
    mark = marker(title[0].words) if len(title) > 1 else None
    if mark is not None and mark.bare and mark.value is not None:
        return Node(1, title[:1], title[1:])
    return Node(1, [], title)


def _unprinted(nodes: Sequence[Node]) -> None:
    """Headings of an index page without a text below them head its list."""
    for node in nodes:
        if not node.holds_text:
            for box in boxes_of(node):
                if box.fate in (None, Fate.HEADING):
                    box.fate, box.reason = Fate.CONTENTS, "the book makes its own contents list"


def _part_names(part: Heading) -> set[str]:
    lines = [*part.number, *part.title]
    return {letters(row.words) for row in lines} | {letters(" ".join(row.words for row in lines))}


def _authors(index: Page | None, pages: Sequence[Page]) -> set[str]:
    """The names of the work's authors, as pages repeat them."""
    if index is not None and index.front.author:
        return {name for row in index.front.author for name in _people(row)}
    found = Counter(name for page in pages for row in page.front.author for name in _people(row))
    most = max(found.values(), default=0)
    return {name for name, count in found.items() if count == most > 1}


def _people(row: Stretch) -> set[str]:
    """The names in an author's line, for comparing, and the line itself."""
    return {letters(one.name) for one in people(row.words)} | {letters(row.words)}


def _common_title(pages: Sequence[Page]) -> list[Stretch]:
    """The title that several pages share; none where each page has its own."""
    found = Counter(normal(" ".join(row.words for row in page.front.title)) for page in pages if page.front.title)
    if not found or found.most_common(1)[0][1] < 2:
        return []
    best = found.most_common(1)[0][0]
    return next(list(p.front.title) for p in pages if normal(" ".join(r.words for r in p.front.title)) == best)
