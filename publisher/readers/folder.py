# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many pages -> one work: the index page's contents list gives their order and the parts.

Pages that match no entry follow in the natural order of their names, and are reported. What every page repeats (the
work's title, the part's, the heading of a chapter that goes on) is printed once; the ledger says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from publisher.errors import Location, Problem
from publisher.ledger import Fate
from publisher.readers.assembly import PartPlan, Plan
from publisher.readers.contents import normal
from publisher.readers.detection import strong_heading
from publisher.readers.headings import Heading, Rank, marker
from publisher.readers.lines import Chunk, Line
from publisher.readers.listing import Entry, alike, entries, first_headings, names, natural
from publisher.readers.notes import Body, is_head as is_notes_head
from publisher.readers.outline import Node
from publisher.readers.page import Page, Scope, join, page_references

_BACK_MATTER = re.compile(
    r"(?i)^(?:appendix|appendices|afterword|postscript|epilogue|bibliography|glossary|notes|index|anhang|nachwort|annexe|appendice)"
)


@dataclass(slots=True)
class Work:
    """A work of many pages: its plan, the scopes of its notes, the notes from pages of notes, and what was found."""

    plan: Plan
    scopes: list[Scope]
    shared: list[Body] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def title_lines(index: Page | None) -> frozenset[str]:
    """The lines of the work's own title block, reduced: what pages repeat of them is not their title."""
    if index is None:
        return frozenset()
    front = index.front
    lines = [*front.author, *front.title, *front.subtitle]
    groups: list[Sequence[Line]] = [
        *([line] for line in lines),
        front.title,
        front.subtitle,
        [*front.title, *front.subtitle],
    ]
    return frozenset(normal(join(group)) for group in groups) - {""}


def plan(index: Page | None, pages: Sequence[Page], *, ordered: bool) -> Work:
    """The work that an index page and the other pages make.

    Their order stays as given where there is no index page, or where it is `ordered` by somebody.
    """
    work = Work(Plan((), (), [], any(page.wrapped for page in pages)), [])
    known = title_lines(index)
    if index is None:
        work.plan.title = _common_title(pages)
        known = frozenset({normal(join(work.plan.title))})
    else:
        work.plan.title, work.plan.subtitle = tuple(index.front.title), tuple(index.front.subtitle)
        work.plan.header = tuple(index.front.field_lines)
        work.plan.items += [node for node in index.nodes if node.heading or node.chunks or node.nodes]
    if index is None or ordered:
        for page in pages:
            _append(work, _items(page, known, None, None), None, page)
    else:
        _follow(index, pages, known, work)
    for page in pages:
        page.leave_out(page.front.author, "the author's name, printed with the work's title")
    sequence = _sequence(work, pages)
    work.scopes = [scope for page in ([index] if index else []) + sequence for scope in page.scopes]
    _share_notes(work, sequence)
    return work


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


def _common_title(pages: Sequence[Page]) -> tuple[Line, ...]:
    """The title that most pages share; the first page's if they share none."""
    titled = [page for page in pages if page.front.title]
    found = [normal(page.title) for page in titled]
    best = max(found, key=found.count, default="")
    return next((tuple(page.front.title) for page, name in zip(titled, found, strict=True) if name == best), ())


def _follow(index: Page, pages: Sequence[Page], known: frozenset[str], work: Work) -> None:
    """Puts the pages in the order of the index page's contents list, under its parts."""
    page_names = names(pages, known)
    rest = list(pages)
    part: PartPlan | None = None
    unmatched: list[Entry] = []
    for entry in entries(index.contents, page_names):
        if part and _BACK_MATTER.match(entry.text):
            part = None
        for page in entry.pages:
            rest.remove(page)
            _append(work, _items(page, known, part, entry), part, page)
        if not entry.known:
            part = _heads_part(entry, part, unmatched, work)
    work.plan.items = [item for item in work.plan.items if not (isinstance(item, PartPlan) and not item.chapters)]
    work.problems += _unmatched(unmatched)
    for page in sorted(rest, key=lambda page: natural(page.file)):
        message = "the index page does not list this page; it follows the pages that are listed"
        work.problems.append(Problem("W003", message, Location(page.file), "list the order of the files in book.toml"))
        _append(work, _items(page, known, None, None), None, page)


def _heads_part(entry: Entry, part: PartPlan | None, unmatched: list[Entry], work: Work) -> PartPlan | None:
    """An entry without a page opens a part, goes on with its title, or is reported. Returns the part that is open."""
    mark = marker(entry.lines[0].text)
    if mark and mark.rank is Rank.PART:
        opened = PartPlan(entry.lines[:1], entry.lines[1:]) if mark.bare else PartPlan((), entry.lines)
        work.plan.items.append(opened)
        return opened
    if part and not part.chapters and not mark:
        part.title += entry.lines
    else:
        unmatched.append(entry)
    return part


def _unmatched(found: Sequence[Entry]) -> Iterator[Problem]:
    if found:
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        message = f'contents entry "{found[0].text}"{others}: no such page'
        hint = "pages may be missing from the folder, or their titles differ from the entries"
        yield Problem("W004", message, found[0].lines[0].at(), hint)


def _append(work: Work, items: Iterable[PartPlan | Node], part: PartPlan | None, page: Page) -> None:
    """Adds a page's items to the work. A part or chapter that the page before has begun goes on."""
    for item in items:
        last = work.plan.items[-1] if work.plan.items else None
        if isinstance(item, PartPlan):
            if isinstance(last, PartPlan) and _same(_part_lines(last), _part_lines(item)):
                page.leave_out(_part_lines(item), "the part's heading once more, printed once")
                _add_chapters(last.chapters, item.chapters, page)
            else:
                work.plan.items.append(item)
        elif part is not None:
            _add_chapters(part.chapters, [item], page)
        elif last is None or isinstance(last, PartPlan) or not _goes_on(last, item, page):
            work.plan.items.append(item)


def _add_chapters(chapters: list[Node], more: Iterable[Node], page: Page) -> None:
    for node in more:
        if not (chapters and _goes_on(chapters[-1], node, page)):
            chapters.append(node)


def _goes_on(chapter: Node, node: Node, page: Page) -> bool:
    """Joins a node to the chapter before it if both have the same heading: a chapter divided over several pages."""
    if chapter.heading is None or node.heading is None or not _same(_lines(chapter.heading), _lines(node.heading)):
        return False
    page.leave_out(_lines(node.heading), "the chapter's heading once more, printed once")
    last = chapter
    while last.nodes:
        last = last.nodes[-1]
    last.chunks += node.chunks
    chapter.nodes += node.nodes
    return True


def _lines(heading: Heading) -> list[Line]:
    return [*heading.number, *heading.title]


def _part_lines(part: PartPlan) -> list[Line]:
    return [*part.number, *part.title]


def _same(a: Sequence[Line], b: Sequence[Line]) -> bool:
    return bool(a) and _letters(a) == _letters(b)


def _letters(lines: Sequence[Line]) -> str:
    return "".join(c for c in join(lines).lower() if c.isalnum())


def _items(page: Page, known: frozenset[str], part: PartPlan | None, entry: Entry | None) -> list[PartPlan | Node]:
    """A page's parts and chapters. A page with one heading above the others is one chapter, whatever its form."""
    nodes = _without_known(page, known, part)
    own = _own_title(page, known, part)
    if nodes and nodes[0].heading and nodes[0].heading.rank is Rank.PART:
        return _page_part(nodes, own)
    chapters = [node for node in nodes if node.heading and node.heading.rank is Rank.CHAPTER]
    if not chapters and nodes and nodes[0].heading and (not own or _is_listed(nodes[0].heading, entry)):
        chapters = nodes[:1]
    if chapters:
        return _below_first(nodes, chapters, own)
    lines = own or (list(entry.lines) if entry else [])
    heading = Heading(Rank.CHAPTER, None, (), tuple(lines), ()) if lines else None
    if nodes and nodes[0].heading is None:
        return [Node(heading, nodes[0].chunks, nodes[1:])]
    return [Node(heading, [], nodes)] if nodes else []


def _without_known(page: Page, known: frozenset[str], part: PartPlan | None) -> list[Node]:
    """The page's nodes without opening headings that repeat the work's title or the part's."""
    if part and part.title:
        known |= {_letters(part.title), *(_letters([line]) for line in part.title)}
    nodes = list(page.nodes)
    while nodes and (heading := nodes[0].heading) and heading.rank <= Rank.CHAPTER:
        title = tuple(line for line in heading.title if _letters([line]) not in known)
        if title == heading.title and _letters(title) not in known:
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
    return [PartPlan(first.heading.number, first.heading.title, first.nodes), *others]


def _own_title(page: Page, known: frozenset[str], part: PartPlan | None) -> list[Line]:
    """The page's title lines without those that repeat the work's title or the part's."""
    part_title = normal(join(part.title)) if part else ""
    beside_name = {line.number for line in page.front.author}
    lines = [line for line in (*page.front.title, *page.front.subtitle) if line.number not in beside_name]
    own = lines
    if any(alike(normal(page.title), name) for name in known):
        own = own[len(page.front.title) :]
    if part_title and alike(normal(join(own)), part_title):
        own = []
    own = [x for x in own if normal(x.text) not in known and not (part_title and normal(x.text) in part_title)]
    page.leave_out([line for line in lines if line not in own], "the work's or the part's title, printed once")
    return own


def _sequence(work: Work, pages: Sequence[Page]) -> list[Page]:
    """The pages in the order of the plan; those that hold no text of their own, such as pages of notes, last."""
    order: dict[str, int] = {}
    for item in work.plan.items:
        for node in item.chapters if isinstance(item, PartPlan) else (item,):
            for file in _files(node):
                order.setdefault(file, len(order))
    return sorted(pages, key=lambda page: (order.get(page.file, len(order)), natural(page.file)))


def _files(node: Node) -> Iterator[str]:
    if node.heading:
        yield from (line.file for line in _lines(node.heading))
    yield from (chunk.first.file for chunk in node.chunks)
    for inner in node.nodes:
        yield from _files(inner)


def _share_notes(work: Work, pages: Sequence[Page]) -> None:
    """Notes on a page of their own are for the calls of all pages that find no note on theirs."""
    for page in filter(_is_notes_page, pages):
        bodies = [body for scope in page.scopes for body in scope.bodies]
        if bodies:
            work.scopes = [replace(s, bodies=()) if s in page.scopes else s for s in work.scopes]
            work.shared += bodies
        elif groups := page_references(page):
            _take_references(work, page, groups, pages)


def _is_notes_page(page: Page) -> bool:
    headings = [join(heading.title) for heading in first_headings(page)]
    titles = [page.title, *(line.text for line in page.front.subtitle), *headings]
    text = sum(len(chunk.text) for chunk in page.text)
    noted = sum(len(chunk.text) for scope in page.scopes for body in scope.bodies for chunk in body.chunks)
    return any(is_notes_head(title) for title in titles) or noted > 4 * text


def _take_references(work: Work, page: Page, groups: list[list[Chunk]], pages: Sequence[Page]) -> None:
    """Notes that name only the print edition's pages ("Page 10 ...") meet the open lettered calls in order.

    There must be as many of the one as of the other.
    """
    pattern = re.compile(r"\[([A-Z])\]")
    calls = [
        match[1]
        for other in pages
        if other is not page
        for chunk in other.text
        for line in chunk.lines
        for match in pattern.finditer(line.text)
    ]
    if len(calls) != len(groups) or calls != [chr(ord("A") + i) for i in range(len(calls))]:
        return
    bodies = [Body(label, "bracket", group, 0) for label, group in zip(calls, groups, strict=True)]
    moved = {(line.file, line.number) for group in groups for chunk in group for line in chunk.lines}
    _remove(work.plan.items, moved)
    page.refile([line for group in groups for chunk in group for line in chunk.lines], Fate.NOTE)
    work.scopes = [replace(s, lines=tuple(x for x in s.lines if (x.file, x.number) not in moved)) for s in work.scopes]
    work.shared += bodies
    message = (
        f"the notes here have no labels; they were given to the calls [{calls[0]}] to [{calls[-1]}] in their order"
    )
    work.problems.append(Problem("N005", message, groups[0][0].first.at(), "compare the notes with the original"))


def _remove(items: Iterable[PartPlan | Node], moved: set[tuple[str, int]]) -> None:
    for item in items:
        for node in item.chapters if isinstance(item, PartPlan) else [item]:
            node.chunks = [c for c in node.chunks if (c.first.file, c.first.number) not in moved]
            _remove(node.nodes, moved)
