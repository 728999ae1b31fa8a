# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many pages -> one work: the index page's contents list gives their order and the parts.

An entry of the list and a page belong together when their titles do; a count ("Chapter IV") decides where a title is
spelt differently. Pages that match no entry follow in the natural order of their names, and are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from publisher.errors import Location, Problem
from publisher.readers.assembly import PartPlan, Plan
from publisher.readers.contents import normal
from publisher.readers.headings import Heading, Rank, marker
from publisher.readers.lines import Chunk, Line
from publisher.readers.notes import Body
from publisher.readers.notes import is_head as is_notes_head
from publisher.readers.outline import Node
from publisher.readers.page import Page, Scope, join, page_references

_ALIKE = 0.86
_BACK_MATTER = re.compile(
    r"(?i)^(?:appendix|appendices|afterword|postscript|epilogue|bibliography|glossary|notes|index|anhang|nachwort|annexe|appendice)"
)


@dataclass(slots=True)
class _Entry:
    """An entry of the contents list: its lines, and the page that it names."""

    lines: tuple[Line, ...]
    page: Page | None = None

    @property
    def text(self) -> str:
        return join(self.lines)


@dataclass(slots=True)
class Work:
    """A work of many pages: its plan, the scopes of its notes, the notes from pages of notes, what was found on the way."""

    plan: Plan
    scopes: list[Scope]
    shared: list[Body] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def natural(name: str) -> tuple[object, ...]:
    """Sorts "ch2" before "ch10"."""
    return tuple((1, int(part)) if part.isdigit() else (0, part.lower()) for part in re.split(r"(\d+)", name))


def plan(index: Page | None, pages: Sequence[Page]) -> Work:
    """The work that an index page and the other pages make; without an index their order stays as given."""
    work = Work(Plan((), (), [], any(page.wrapped for page in pages)), [])
    if index is None:
        work.plan.title, work.plan.subtitle = _common_title(pages)
        title = join(work.plan.title)
        work.plan.items = [item for page in pages for item in _items(page, title, None, work)]
    else:
        work.plan.title, work.plan.subtitle = tuple(index.front.title), tuple(index.front.subtitle)
        _follow(index, pages, work)
    ordered = _ordered(work, pages)
    work.scopes = [scope for page in ([index] if index else []) + ordered for scope in page.scopes]
    _share_notes(work, ordered)
    return work


def _common_title(pages: Sequence[Page]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The title that most pages share; the first page's if they share none."""
    titled = [page for page in pages if page.front.title]
    names = [normal(page.title) for page in titled]
    best = max(names, key=names.count, default="")
    page = next((page for page, name in zip(titled, names, strict=True) if name == best), None)
    return (tuple(page.front.title), ()) if page else ((), ())


def _follow(index: Page, pages: Sequence[Page], work: Work) -> None:
    """Puts the pages in the order of the index page's contents list, under its parts."""
    title = join(work.plan.title)
    rest = list(pages)
    part: PartPlan | None = None
    own = [node for node in index.nodes if node.heading or node.chunks or node.nodes]
    work.plan.items += own
    unmatched: list[_Entry] = []
    inner = {name for page in pages for name in _heading_names(page.nodes)}
    for entry in _entries(index, pages):
        mark = marker(entry.text)
        if entry.page is not None and entry.page in rest:
            rest.remove(entry.page)
            items = _items(entry.page, title, part, work, entry)
            if part is None or _BACK_MATTER.match(entry.text) or any(isinstance(item, PartPlan) for item in items):
                part = None
                work.plan.items += items
            else:
                part.chapters += [item for item in items if isinstance(item, Node)]
        elif entry.page is None and mark and mark.rank is Rank.PART:
            part = _part(entry)
            work.plan.items.append(part)
        elif entry.page is None and part and not part.chapters and not mark:
            part.title += entry.lines
        elif entry.page is None and not any(_alike(normal(entry.text), name) for name in inner):
            unmatched.append(entry)
    work.plan.items = [item for item in work.plan.items if not (isinstance(item, PartPlan) and not item.chapters)]
    work.problems += _unmatched(unmatched)
    for page in sorted(rest, key=lambda page: natural(page.file)):
        message = "the index page does not list this page; it follows the pages that are listed"
        work.problems.append(Problem("W003", message, Location(page.file), "list the order of the files in book.toml"))
        work.plan.items += _items(page, title, None, work)


def _unmatched(entries: Sequence[_Entry]) -> list[Problem]:
    if not entries:
        return []
    first = entries[0]
    others = f" and {len(entries) - 1} more entries" if len(entries) > 1 else ""
    message = (
        f'contents entry "{first.text}"{others} matches no page'
        if not others
        else (f'contents entry "{first.text}"{others} match no page')
    )
    hint = "pages may be missing from the folder, or their titles differ from the entries"
    return [Problem("W004", message, first.lines[0].at(), hint)]


def _heading_names(nodes: Sequence[Node]) -> Iterator[str]:
    """The titles of all headings inside a page, with and without their subtitles."""
    for node in nodes:
        if node.heading:
            title, subtitle = node.heading.title, node.heading.subtitle
            yield from (normal(join(title)), normal(join([*title, *subtitle])))
        yield from _heading_names(node.nodes)


def _part(entry: _Entry) -> PartPlan:
    mark = marker(entry.lines[0].text)
    if mark and mark.bare:
        return PartPlan(entry.lines[:1], entry.lines[1:])
    return PartPlan((), entry.lines)


def _entries(index: Page, pages: Sequence[Page]) -> list[_Entry]:
    """The entries of the contents list, each with its page. An entry may run over several lines of a chunk."""
    names = _unique_names(pages)
    entries: list[_Entry] = []
    for chunk in _listed(index):
        lines = list(chunk)
        while lines:
            entry = _longest_entry(lines, names)
            names = [(page, titles) for page, titles in names if page is not entry.page]
            entries.append(entry)
            del lines[: len(entry.lines)]
    return entries


def _longest_entry(lines: Sequence[Line], names: Sequence[tuple[Page, set[str]]]) -> _Entry:
    """The entry that opens the lines: as many of them as together name a page, else the first alone."""
    for count in range(len(lines), 0, -1):
        entry = _Entry(tuple(lines[:count]))
        if page := _match(entry, names, exact=True):
            return _Entry(entry.lines, page)
    first = _Entry(tuple(lines[:1]))
    return _Entry(first.lines, _match(first, names, exact=False))


def _unique_names(pages: Sequence[Page]) -> list[tuple[Page, set[str]]]:
    """Each page with the titles that no other page has: not the work's title or the part's, which all of them repeat."""
    named = [(page, _names(page)) for page in pages]
    count: dict[str, int] = {}
    for _, titles in named:
        for title in titles:
            count[title] = count.get(title, 0) + 1
    return [(page, {title for title in titles if count[title] == 1}) for page, titles in named]


def _listed(index: Page) -> Iterable[list[Line]]:
    """The lines of the contents list by chunk."""
    if index.contents is None:
        return
    group: list[Line] = []
    for line in index.contents.entries:
        if group and line.number > group[-1].number + 1:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _match(entry: _Entry, names: Sequence[tuple[Page, set[str]]], *, exact: bool) -> Page | None:
    """The page that an entry names."""
    wanted = normal(entry.text)
    mark = marker(entry.text)
    best: tuple[float, Page] | None = None
    for page, titles in names:
        if wanted and wanted in titles:
            return page
        if exact:
            continue
        score = max((SequenceMatcher(None, wanted, title).ratio() for title in titles if wanted), default=0.0)
        if mark and mark.value is not None and mark.word and _counts(page, mark.rank, mark.value, mark.word):
            score = 1.0
        if score >= _ALIKE and (best is None or score > best[0]):
            best = (score, page)
    return best[1] if best else None


def _names(page: Page) -> set[str]:
    """The titles that a page may be listed under: its title, subtitle, first heading, and these together."""
    texts = [page.title, join(page.front.subtitle), join([*page.front.title, *page.front.subtitle])]
    for heading in _first_headings(page):
        texts += [
            join(heading.title),
            join([*heading.number, *heading.title]),
            join([*heading.title, *heading.subtitle]),
            join([*heading.number, *heading.title, *heading.subtitle]),
        ]
    texts.append(join([x for h in _first_headings(page) for x in (*h.number, *h.title, *h.subtitle)]))
    return {normal(text) for text in texts} - {""}


def _first_headings(page: Page) -> list[Heading]:
    """The headings that open a page's text, before its first paragraph."""
    found: list[Heading] = []
    nodes = page.nodes
    while nodes and nodes[0].heading:
        found.append(nodes[0].heading)
        if nodes[0].chunks:
            break
        nodes = nodes[0].nodes
    return found


def _counts(page: Page, rank: Rank, value: int, word: str) -> bool:
    return any(h.rank is rank and h.value == value and h.word == word for h in _first_headings(page))


def _items(
    page: Page, title: str, part: PartPlan | None, work: Work, entry: _Entry | None = None
) -> list[PartPlan | Node]:
    """A page's chapters. What the page repeats of the work's and the part's title is not printed again."""
    nodes = list(page.nodes)
    own = _own_title(page, title, part)
    strong = [node for node in nodes if node.heading and node.heading.rank <= Rank.CHAPTER]
    if nodes and nodes[0].heading and nodes[0].heading.rank is Rank.PART and len(strong) == 1:
        return _page_part(nodes)
    if not strong and nodes and nodes[0].heading and (not own or _is_listed(nodes, entry)):
        strong = nodes[:1]
    if strong:
        return _below_first(nodes, strong[0], own)
    lines = own or (list(entry.lines) if entry else [])
    heading = Heading(Rank.CHAPTER, None, (), tuple(lines), ()) if lines else None
    if nodes and nodes[0].heading is None:
        return [Node(heading, nodes[0].chunks, nodes[1:])]
    return [Node(heading, [], nodes)] if nodes else []


def _is_listed(nodes: Sequence[Node], entry: _Entry | None) -> bool:
    """The page's first heading is what the contents list calls the page."""
    if not nodes or not nodes[0].heading or entry is None:
        return False
    heading = nodes[0].heading
    wanted = normal(entry.text)
    texts = (join(heading.title), join([*heading.number, *heading.title]), join([*heading.title, *heading.subtitle]))
    return any(normal(text) == wanted for text in texts) or len(nodes) == 1


def _below_first(nodes: list[Node], first: Node, own: list[Line]) -> list[PartPlan | Node]:
    """A page with one chapter heading is one chapter: other headings of the page stand below it."""
    at = next(i for i, node in enumerate(nodes) if node is first)
    later_chapters = [
        n for n in nodes[at + 1 :] if n.heading and first.heading and n.heading.rank is first.heading.rank
    ]
    if later_chapters and first.heading and first.heading.rank <= Rank.CHAPTER:
        lead = [Node(None, [Chunk((line,), 1) for line in own])] if own else []
        return [*lead, *nodes]
    before = [chunk for node in nodes[:at] for chunk in node.chunks]
    lead = [node for node in nodes[:at] if node.heading]
    opening = [Chunk((line,), 1) for line in own]
    merged = Node(first.heading, before + opening + first.chunks, lead + first.nodes + nodes[at + 1 :])
    return [merged]


def _page_part(nodes: list[Node]) -> list[PartPlan | Node]:
    """A page that is a part with chapters inside; text right below the part's heading stays with it as a chapter."""
    first, others = nodes[0], nodes[1:]
    if first.chunks or not first.nodes or first.heading is None:
        return [Node(first.heading, first.chunks, first.nodes + others)]
    result = PartPlan(first.heading.number, first.heading.title, first.nodes + others)
    return [result]


def _own_title(page: Page, title: str, part: PartPlan | None) -> list[Line]:
    """The page's title lines without those that repeat the work's title or the part's; the ledger says which."""
    part_title = normal(join(part.title)) if part else ""
    known = {normal(title), part_title}
    lines = [*page.front.title, *page.front.subtitle]
    own = lines
    if normal(page.title) in known or _alike(normal(page.title), normal(title)):
        own = own[len(page.front.title) :]
    if part and _alike(normal(join(own)), part_title):
        own = []
    own = [
        line for line in own if normal(line.text) not in known and not (part_title and normal(line.text) in part_title)
    ]
    page.leave_out([line for line in lines if line not in own], "the work's or the part's title, printed once")
    return own


def _alike(a: str, b: str) -> bool:
    return bool(a) and bool(b) and (a == b or SequenceMatcher(None, a, b).ratio() >= _ALIKE)


def _ordered(work: Work, pages: Sequence[Page]) -> list[Page]:
    """The pages in the order of the plan; those that hold no text of their own, such as pages of notes, last."""
    order: dict[str, int] = {}
    for item in work.plan.items:
        for node in item.chapters if isinstance(item, PartPlan) else (item,):
            order.setdefault(_file_of(node), len(order))
    return sorted(pages, key=lambda page: (order.get(page.file, len(order)), natural(page.file)))


def _file_of(node: Node) -> str:
    if node.heading:
        lines = [*node.heading.number, *node.heading.title]
        if lines:
            return lines[0].file
    if node.chunks:
        return node.chunks[0].first.file
    return _file_of(node.nodes[0]) if node.nodes else ""


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
    headings = [join(heading.title) for heading in _first_headings(page)]
    names = [page.title, *(line.text for line in page.front.subtitle), *headings]
    text = sum(len(chunk.text) for chunk in page.text)
    noted = sum(len(chunk.text) for scope in page.scopes for body in scope.bodies for chunk in body.chunks)
    return any(is_notes_head(name) for name in names) or noted > 4 * text


def _take_references(work: Work, page: Page, groups: list[list[Chunk]], pages: Sequence[Page]) -> None:
    """Notes that name only the print edition's pages ("Page 10 ..."): they meet the open lettered calls in order,
    if there are as many of the one as of the other."""
    pattern = re.compile(r"\[([A-Z])\]")
    calls = [
        match[1]
        for p in pages
        if p is not page
        for chunk in p.text
        for line in chunk.lines
        for match in pattern.finditer(line.text)
    ]
    if len(calls) != len(groups) or calls != [chr(ord("A") + i) for i in range(len(calls))]:
        return
    bodies = tuple(Body(label, "bracket", group, 0, 0) for label, group in zip(calls, groups, strict=True))
    moved = {(line.file, line.number) for group in groups for chunk in group for line in chunk.lines}
    _remove(work.plan.items, moved)
    work.scopes = [replace(s, lines=tuple(x for x in s.lines if (x.file, x.number) not in moved)) for s in work.scopes]
    work.shared += bodies
    where = groups[0][0].first.at()
    message = (
        f"the notes here have no labels; they were given to the calls [{calls[0]}] to [{calls[-1]}] in their order"
    )
    work.problems.append(Problem("N005", message, where, "compare the notes with the original"))


def _remove(items: Iterable[PartPlan | Node], moved: set[tuple[str, int]]) -> None:
    for item in items:
        for node in item.chapters if isinstance(item, PartPlan) else [item]:
            node.chunks = [c for c in node.chunks if (c.first.file, c.first.number) not in moved]
            _remove(node.nodes, moved)
