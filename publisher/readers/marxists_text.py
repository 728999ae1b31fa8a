# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain transcriptions as archives show them, copied from a browser or typed: one page, or the pages of one work.

The form is described by example in tests/cases/marxists_text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePath

from msgspec.structs import replace

from publisher.document import Book, plain
from publisher.errors import Location, Problem, SourceError
from publisher.metadata import header
from publisher.metadata.model import Contributor, Field, Metadata, Role
from publisher.readers import Read, Source, chapters, findings, folder, listing
from publisher.readers.assembly import assemble
from publisher.readers.contents import normal
from publisher.readers.front import person
from publisher.readers.headings import Heading
from publisher.readers.outline import Node
from publisher.readers.page import Page, analyse, join
from publisher.readers.plan import PartPlan, Plan
from publisher.readers.ranks import Rank

_SHORT_TITLE = 60


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:  # noqa: ARG001 (plain text has none)
    """Reads a work from its pages, with or without an index page (index.*); raises SourceError if nothing is there."""
    index, others = _analyse(sources)
    pages = [index, *others] if index else others
    problems: list[Problem] = []
    if len(pages) == 1:
        plan, scopes, shared = _single(pages[0]), pages[0].scopes, []
    else:
        work = folder.plan(index, others, ordered=ordered)
        plan, scopes, shared = work.plan, work.scopes, work.shared
        problems += work.problems
    if not plan.items and (shared or any(scope.bodies for scope in scopes)):
        plan.items.append(Node(None))
    if not plan.items:
        raise SourceError([Problem("S009", "the file holds no text below its header", Location(pages[0].file))])
    assembled = assemble(plan, scopes, shared)
    metadata, found = _metadata(index or pages[0], pages, assembled.book)
    problems += [*assembled.problems, *found]
    for page in pages:
        problems += [*page.problems, *findings.find(page)]
    ledger = tuple(entry for page in pages for entry in page.marked(assembled.marks))
    return Read(assembled.book, metadata, ledger, tuple(sorted(problems, key=lambda p: (p.location, p.code))))


def _analyse(sources: Sequence[Source]) -> tuple[Page | None, list[Page]]:
    """(index page, other pages); the problems of every page that cannot be read are raised together."""
    pages: list[Page] = []
    problems: list[Problem] = []
    index = next((s for s in sources if PurePath(s.file).stem.lower() == "index"), None) if len(sources) > 1 else None
    for source in sources:
        if source is not index:
            try:
                pages.append(analyse(source))
            except SourceError as error:
                problems += error.problems
    if problems:
        raise SourceError(problems)
    if len(sources) > 1:
        for page in pages:
            chapters.head_text(page)
    return (_index_page(index, pages) if index else None), pages


def _index_page(source: Source, pages: Sequence[Page]) -> Page:
    """The index page, whose contents list is found by the titles of the pages."""
    known = folder.title_lines(analyse(source))
    return analyse(source, lambda chunks: listing.find(chunks, listing.names(pages, known)))


def _single(page: Page) -> Plan:
    """The plan of a work on one page: its parts and chapters are its headings of the first rank.

    A title that stands once more above the text is not printed twice.
    """
    items: list[PartPlan | Node] = []
    subtitle = tuple(page.front.subtitle)
    for i, node in enumerate(page.nodes):
        if i == 0 and node.heading and _repeats_title(node.heading, page):
            subtitle += node.heading.subtitle
            page.leave_out(node.heading.title, "the title once more, printed once")
            if not node.chunks and len(page.nodes) == 1:
                items += node.nodes
                continue
            items.append(Node(None, node.chunks, node.nodes))
        elif node.heading and node.heading.rank is Rank.PART and node.nodes and not node.chunks:
            # A part has no subtitle of its own: a date below its title goes on with the title.
            items.append(PartPlan(node.heading.number, node.heading.title + node.heading.subtitle, node.nodes))
        else:
            items.append(node)
    title = tuple(page.front.title)
    if not title and items and isinstance(items[0], Node) and (heading := items[0].heading):
        title = (*heading.number, *heading.title)
    header = tuple(page.front.field_lines)
    return Plan(title, subtitle, _joined(items), page.wrapped, header)


def _repeats_title(heading: Heading, page: Page) -> bool:
    return not heading.number and normal(join(heading.title)) == normal(page.title) != ""


def _joined(items: list[PartPlan | Node]) -> list[PartPlan | Node]:
    """Text before and after a title that was printed twice is one chapter."""
    result: list[PartPlan | Node] = []
    for item in items:
        last = result[-1] if result else None
        if isinstance(item, Node) and item.heading is None and isinstance(last, Node) and last.heading is None:
            result[-1] = Node(None, last.chunks + item.chunks, last.nodes + item.nodes)
        else:
            result.append(item)
    return result


def _metadata(main: Page, pages: Sequence[Page], book: Book) -> tuple[Metadata, list[Problem]]:
    """The work's metadata: the main page's header, then fields that only other pages have."""
    fields = _fields(main, pages)
    known, problems = header.interpret(fields)
    authors = _authors(main, pages)
    named = {(c.name, c.role) for c in authors}
    contributors = (*authors, *(c for c in known.contributors if (c.name, c.role) not in named))
    title = plain(book.title)
    trail = next((page.trail for page in (main, *pages) if page.trail), ())
    metadata = replace(
        known,
        title=title,
        short_title=_short_title(title, max((page.trail for page in pages), key=len, default=())),
        subtitle=plain(book.subtitle) or None,
        language=main.language or next((page.language for page in pages if page.language), None),
        contributors=contributors,
        archive=trail,
    )
    return metadata, list(problems)


def _fields(main: Page, pages: Sequence[Page]) -> tuple[Field, ...]:
    fields = list(main.front.fields)
    seen = {(f.label, f.value) for f in fields}
    for page in pages:
        for f in page.front.fields:
            if page is not main and (f.label, f.value) not in seen:
                seen.add((f.label, f.value))
                fields.append(f)
    return tuple(fields)


def _authors(main: Page, pages: Sequence[Page]) -> tuple[Contributor, ...]:
    """The people of the first page's author lines; one that no rule for names reads is a name by its place, whole."""
    for page in (main, *pages):
        found: list[Contributor] = []
        for line in page.front.author:
            names = re.split(r"\s+(?:&|and|und|et|y|e|и)\s+", line.text)
            found += person(line.text) or tuple(Contributor(name, Role.AUTHOR) for name in names)
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _short_title(title: str, trail: tuple[str, ...]) -> str | None:
    """A title for running heads: the archive's own short form, else the title up to a point or colon, else cut."""
    if len(title) <= _SHORT_TITLE:
        return title or None
    if len(trail) >= 4 and len(trail[-1]) <= _SHORT_TITLE:
        return trail[-1]
    head = re.split(r"[:.;–—(]\s", title)[0].strip()
    if 8 <= len(head) <= _SHORT_TITLE:
        return head
    words = title[:_SHORT_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{words} …"
