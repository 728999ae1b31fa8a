# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many pages -> one work: the index page's contents list gives their order and the parts.

Pages that match no entry follow in the natural order of their names, and are reported. What every page repeats (the
work's title, the part's, the heading of a chapter that goes on) is printed once; the ledger says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from publisher.errors import Location, Problem
from publisher.ledger import Fate
from publisher.readers.chapters import items, letters
from publisher.readers.contents import normal
from publisher.readers.front import person
from publisher.readers.headings import Heading, marker
from publisher.readers.lines import Line
from publisher.readers.listing import Entry, entries, names, natural
from publisher.readers.outline import Node
from publisher.readers.page import Page, join
from publisher.readers.plan import PartPlan, Plan
from publisher.readers.ranks import Rank
from publisher.readers.shared_notes import Work, is_notes_page, share_notes

_CONTINUED = re.compile(
    r"(?i)^\W*(?:continued|cont(?:inuation|['’]?d)?|fortsetzung|suite|continuazione|continuación)\b"
)
_BACK_MATTER = re.compile(
    r"(?i)^(?:appendix|appendices|afterword|postscript|epilogue|bibliography|glossary|notes|index|anhang|nachwort|annexe|appendice)"
)


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
    _separate_authors(index, pages)
    if index is None:
        work.plan.title = _common_title(pages)
        known = frozenset({normal(join(work.plan.title))})
    else:
        work.plan.title, work.plan.subtitle = tuple(index.front.title), tuple(index.front.subtitle)
        work.plan.header = tuple(index.front.field_lines)
        work.plan.items += [node for node in index.nodes if node.heading or node.chunks or node.nodes]
    if index is None or ordered:
        for page in pages:
            _append(work, items(page, known, None, None), None, page)
    else:
        _follow(index, pages, known, work)
    sequence = _sequence(work, pages)
    work.scopes = [scope for page in ([index] if index else []) + sequence for scope in page.scopes]
    share_notes(work, sequence)
    return work


def _separate_authors(index: Page | None, pages: Sequence[Page]) -> None:
    """Leaves out the names of the work's authors; another name above a page stays below that page's title."""
    found = [_names(line) for page in pages for line in page.front.author]
    own = {name for line in (index.front.author if index else ()) for name in _names(line)}
    if not own and found:
        own = set(Counter(found).most_common(1)[0][0])
    surnames = {name.split()[-1] for name in own}
    for page in pages:
        for line in list(page.front.author):
            if any(name in own or name.split()[-1] in surnames for name in _names(line)):
                page.leave_out([line], "the author's name, printed with the work's title")
            else:
                page.front.author.remove(line)
                page.front.subtitle.insert(0, line)
                page.refile([line], Fate.TITLE)


def _names(line: Line) -> tuple[str, ...]:
    return tuple(one.name.lower() for one in person(line.text)) or (line.text.lower(),)


def _common_title(pages: Sequence[Page]) -> tuple[Line, ...]:
    """The title that several pages share; none where each page has its own."""
    titled = [page for page in pages if page.front.title]
    found = Counter(normal(page.title) for page in titled)
    best, count = found.most_common(1)[0] if found else ("", 0)
    if count < 2 and len(pages) > 1:
        return ()
    return next((tuple(page.front.title) for page in titled if normal(page.title) == best), ())


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
            _append(work, items(page, known, part, entry), part, page)
            part = _opened(work, part)
        if not entry.known:
            part = _heads_part(entry, part, unmatched, work)
    work.plan.items = [item for item in work.plan.items if not (isinstance(item, PartPlan) and not item.chapters)]
    work.problems += _unmatched(unmatched)
    for page in sorted(rest, key=lambda page: natural(page.file)):
        if not is_notes_page(page):
            message = "the index page does not list this page; it follows the pages that are listed"
            hint = "List the files in their order in the settings."
            work.problems.append(Problem("W003", message, Location(page.file), hint))
        _append(work, items(page, known, None, None), None, page)


def _opened(work: Work, part: PartPlan | None) -> PartPlan | None:
    """The part that is open below a page: one that it has opened with a chapter goes on, one with several is whole."""
    last = work.plan.items[-1] if work.plan.items else None
    if last is part or not isinstance(last, PartPlan):
        return part
    return last if len(last.chapters) == 1 else None


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
        hint = "Pages may be missing from the folder, or their titles differ from the entries."
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
    if not all(_CONTINUED.match(line.text) for line in node.heading.subtitle):
        return False
    lines = [*_lines(node.heading), *node.heading.subtitle]
    page.leave_out(lines, "the chapter's heading once more, printed once")
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
    return bool(a) and letters(a) == letters(b)


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
