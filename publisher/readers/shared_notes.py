# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes on a page of their own: they are for the calls of all pages that find no note on theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.lines import Chunk
from publisher.readers.listing import first_headings
from publisher.readers.notes import Body, is_head as is_notes_head
from publisher.readers.outline import Node
from publisher.readers.page import Page, join
from publisher.readers.plan import PartPlan, Plan
from publisher.readers.scopes import Scope


class Work(Struct):
    """A work of many pages: its plan, the scopes of its notes, the notes from pages of notes, and what was found."""

    plan: Plan
    scopes: list[Scope]
    shared: list[Body] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def share_notes(work: Work, pages: Sequence[Page]) -> None:
    """Notes on a page of their own are for the calls of all pages that find no note on theirs."""
    for page in filter(is_notes_page, pages):
        bodies = [body for scope in page.scopes for body in scope.bodies]
        if bodies:
            work.scopes = [replace(s, bodies=()) if s in page.scopes else s for s in work.scopes]
            work.shared += bodies
        elif groups := _page_references(page):
            _take_references(work, page, groups, pages)


def is_notes_page(page: Page) -> bool:
    headings = [join(heading.title) for heading in first_headings(page)]
    titles = [page.title, *(line.text for line in page.front.subtitle), *headings]
    text = sum(len(chunk.text) for chunk in page.text)
    noted = sum(len(chunk.text) for scope in page.scopes for body in scope.bodies for chunk in body.chunks)
    return any(is_notes_head(title) for title in titles) or noted > 4 * text


def _page_references(page: Page) -> list[list[Chunk]]:
    """On a page of notes without labels: the stretches that begin "Page 10 ...", "Pages 12–13." in rising order."""
    groups: list[list[Chunk]] = []
    last = 0
    for chunk in page.text:
        match = re.match(r"(?i)pages?\s+(\d+)", chunk.text)
        if match and int(match[1]) >= last:
            last = int(match[1])
            groups.append([])
        if groups:
            groups[-1].append(chunk)
    return groups


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
    work.problems.append(Problem("N005", message, groups[0][0].first.at(), "Compare the notes with the original."))


def _remove(items: Iterable[PartPlan | Node], moved: set[tuple[str, int]]) -> None:
    for item in items:
        for node in item.chapters if isinstance(item, PartPlan) else [item]:
            node.chunks = [c for c in node.chunks if (c.first.file, c.first.number) not in moved]
            _remove(node.nodes, moved)
