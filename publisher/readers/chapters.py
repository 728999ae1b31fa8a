# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page of a work of many pages -> its parts and chapters.

What every page repeats (the work's title, the part's) is not printed again; the ledger says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from publisher.ledger import Fate
from publisher.readers.contents import normal
from publisher.readers.detection import strong_heading
from publisher.readers.headings import Heading
from publisher.readers.lines import PROSE, Chunk, Line
from publisher.readers.listing import Entry, alike
from publisher.readers.outline import Node
from publisher.readers.page import Page, join
from publisher.readers.plan import PartPlan
from publisher.readers.ranks import Rank


def head_text(page: Page) -> None:
    """A title block that is a strong heading ("Chapter I" / "The Old Mill") heads the page's text; it is no title."""
    lines = [*page.front.title, *page.front.subtitle]
    heading = strong_heading(lines) if lines else None
    if heading is None:
        return
    page.front.title, page.front.subtitle = [], []
    page.refile(lines, Fate.HEADING)
    below = page.nodes
    inner = [node for node in below if node.heading and node.heading.rank > heading.rank]
    first = Node(heading)
    if below and below[0].heading is None:
        first.chunks, below = below[0].chunks, below[1:]
    if len(inner) == len(below):
        first.nodes, below = below, []
    page.nodes = [first, *below]


def items(page: Page, known: frozenset[str], part: PartPlan | None, entry: Entry | None) -> list[PartPlan | Node]:
    """A page's parts and chapters. A page with one heading above the others is one chapter, whatever its form."""
    nodes = _without_known(page, known, part)
    own = _own_title(page, known, part)
    if own and nodes and (again := nodes[0].heading) and not again.number and _repeats(again, page, own):
        page.leave_out(again.title, "the page's title once more, printed once")
        nodes = ([Node(None, nodes[0].chunks)] if nodes[0].chunks else []) + nodes[0].nodes + nodes[1:]
    if not nodes:
        return [Node(_titled(page, own))] if own else []  # a page of notes has nothing of its own
    if nodes[0].heading and nodes[0].heading.rank is Rank.PART:
        return _page_part(nodes, own)
    chapters = [node for node in nodes if node.heading and node.heading.rank is Rank.CHAPTER]
    if not chapters and nodes[0].heading and (not own or _is_listed(nodes[0].heading, entry)):
        chapters = nodes[:1]
    if chapters and not (len(chapters) == 1 and _has_prose_before(nodes, chapters[0])):
        return _below_first(nodes, chapters, own)
    heading = _titled(page, own) if own else Heading(Rank.CHAPTER, None, (), entry.lines, ()) if entry else None
    if nodes[0].heading is None:
        return [Node(heading, nodes[0].chunks, nodes[1:])]
    return [Node(heading, [], nodes)]


def _repeats(heading: Heading, page: Page, own: Sequence[Line]) -> bool:
    return not heading.subtitle and letters(heading.title) == letters(_titled(page, own).title)


def _titled(page: Page, own: Sequence[Line]) -> Heading:
    """The heading that a page's own title lines make: title, and below it subtitle and another author's name."""
    title = tuple(line for line in own if line in page.front.title)
    below = tuple(line for line in own if line not in title)
    return Heading(Rank.CHAPTER, None, (), title or below, below if title else ())


def _has_prose_before(nodes: Sequence[Node], chapter: Node) -> bool:
    """Paragraphs stand above a heading, so that it heads a section of the page, not the page."""
    above = nodes[: next(i for i, node in enumerate(nodes) if node is chapter)]
    return any(len(chunk.text) > PROSE for node in above for chunk in node.chunks)


def _without_known(page: Page, known: frozenset[str], part: PartPlan | None) -> list[Node]:
    """The page's nodes without opening headings that repeat the work's title or the part's."""
    if part and part.title:
        known |= {letters(part.title), *(letters([line]) for line in part.title)}
    nodes = list(page.nodes)
    while nodes and (heading := nodes[0].heading) and heading.rank <= Rank.CHAPTER:
        title = tuple(line for line in heading.title if letters([line]) not in known)
        if title == heading.title and letters(title) not in known:
            break
        page.leave_out(
            [line for line in heading.title if line not in title], "the work's or the part's title, printed once"
        )
        if not title:
            page.leave_out(heading.number, "the part's count, printed once")
            nodes = ([Node(None, nodes[0].chunks)] if nodes[0].chunks else []) + nodes[0].nodes + nodes[1:]
            continue
        number = heading.number if heading.rank is Rank.CHAPTER else ()
        page.leave_out([line for line in heading.number if line not in number], "the part's count, printed once")
        nodes[0] = Node(
            replace(heading, rank=Rank.CHAPTER, number=number, title=title), nodes[0].chunks, nodes[0].nodes
        )
        break
    return nodes


def _is_listed(heading: Heading, entry: Entry | None) -> bool:
    """The page's first heading is what the contents list calls the page."""
    if entry is None:
        return False
    texts = (heading.title, [*heading.number, *heading.title], [*heading.title, *heading.subtitle])
    return any(normal(join(lines)) == normal(entry.text) for lines in texts)


def _below_first(nodes: list[Node], chapters: list[Node], own: list[Line]) -> list[PartPlan | Node]:
    """One chapter takes all that its page holds; several stay as they are, with what stands before the first."""
    opening = [Chunk((line,), 1) for line in own]
    if len(chapters) > 1:
        return [*([Node(None, opening)] if opening else []), *nodes]
    first = chapters[0]
    at = next(i for i, node in enumerate(nodes) if node is first)
    before = [chunk for node in nodes[:at] for chunk in node.chunks]
    lead = [node for node in nodes[:at] if node.heading]
    return [Node(first.heading, before + opening + first.chunks, lead + first.nodes + nodes[at + 1 :])]


def _page_part(nodes: list[Node], own: list[Line]) -> list[PartPlan | Node]:
    """A page that opens with a part's heading: its chapters stand inside; text right below makes the part a chapter."""
    first, others = nodes[0], nodes[1:]
    if first.heading is None or first.chunks or not first.nodes or own:
        opening = [Chunk((line,), 1) for line in own]
        return [Node(first.heading, opening + first.chunks, first.nodes), *others]
    return [PartPlan(first.heading.number, first.heading.title + first.heading.subtitle, first.nodes), *others]


def _own_title(page: Page, known: frozenset[str], part: PartPlan | None) -> list[Line]:
    """The page's title lines without those that repeat the work's title or the part's."""
    part_title = normal(join(part.title)) if part else ""
    lines = [*page.front.title, *page.front.subtitle]
    own = lines
    if any(alike(normal(page.title), name) for name in known):
        own = own[len(page.front.title) :]
    if part_title and alike(normal(join(own)), part_title):
        own = []
    own = [x for x in own if normal(x.text) not in known and not (part_title and normal(x.text) in part_title)]
    page.leave_out([line for line in lines if line not in own], "the work's or the part's title, printed once")
    return own


def letters(lines: Sequence[Line]) -> str:
    """A title's letters and digits, for comparing lines that may stand twice."""
    return "".join(c for c in join(lines).lower() if c.isalnum())
