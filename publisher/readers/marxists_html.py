# SPDX-License-Identifier: AGPL-3.0-or-later
"""HTML and XHTML pages of an archive, one page or the pages of one work; also an EPUB's unpacked pages.

What becomes what is described by example in tests/cases/marxists_html.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Fate
from publisher.readers import Read, Source
from publisher.readers.hypertext import notes, order, outline, pagemarks, textual, work
from publisher.readers.hypertext.assembly import Plan, assemble
from publisher.readers.hypertext.description import metadata
from publisher.readers.hypertext.inlines import Inliner
from publisher.readers.hypertext.ledger_entries import entries
from publisher.readers.hypertext.links import Places
from publisher.readers.hypertext.order import Place
from publisher.readers.hypertext.page import Page, analyse, load
from publisher.readers.hypertext.pictures import Gallery


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:
    """Reads a work from its pages, with or without an index page; raises SourceError if nothing is there."""
    pages = _load(sources)
    places = Places.of((page.file, page.boxes) for page in pages)
    index = next((page for page in pages if page.is_index), None) if len(pages) > 1 else None
    for page in pages:
        analyse(page, places, is_index=page is index)
    problems = [problem for page in pages for problem in page.problems]
    bodies, found = _notes(pages, places)
    problems += found
    for page in pages:
        pagemarks.mark(page.boxes)
        page.nodes = outline.outline(page.boxes)
    plan, found = _plan(index, pages, places, ordered=ordered)
    problems += found
    if not any(True for _ in plan.chapters):
        if not bodies:
            raise SourceError([Problem("S009", "nothing but titles, headers and lists of other pages", Location(pages[0].file))])
        plan.items.append(outline.Node(0))
    language = next((page.language for page in ([index] if index else []) + pages if page.language), None)
    gallery = Gallery(frozenset(pictures))
    inliner = Inliner(gallery.image, language or "")
    boxes = [box for page in pages for box in page.boxes]
    book, found = assemble(plan, bodies, boxes, inliner, language or "")
    about, said = metadata(index or pages[0], pages, book, language)
    problems += [*found, *said, *gallery.problems]
    ledger = tuple(entry for page in pages for entry in entries(page.boxes))
    return Read(book, about, ledger, tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message))))


def _load(sources: Sequence[Source]) -> list[Page]:
    """The pages; the problems of every page that cannot be read are raised together."""
    pages: list[Page] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            pages.append(load(source))
        except SourceError as error:
            problems += error.problems
    if problems:
        raise SourceError(problems)
    return pages


def _notes(pages: Sequence[Page], places: Places) -> tuple[list[notes.Body], list[Problem]]:
    """All notes in the order of the pages, and the calls that have none."""
    boxes = [page.boxes for page in pages]
    linked = notes.linked(boxes, places)
    more, problems = textual.resolve(boxes, linked)
    order_of = {id(box): i for i, box in enumerate(box for page in boxes for box in page)}
    bodies = sorted([*linked, *more], key=lambda body: order_of[id(body.boxes[0])])
    return bodies, problems


def _plan(
    index: Page | None, pages: Sequence[Page], places: Places, *, ordered: bool
) -> tuple[Plan, list[Problem]]:
    if len(pages) == 1:
        return work.single(pages[0]), []
    others = [page for page in pages if page is not index]
    if index is None:
        return work.Works(None, others).plan([Place(page) for page in others]), []
    found = order.follow(index, others, places, ordered=ordered)
    return work.Works(index, others).plan(found.places), found.problems


__all__ = ["Fate", "read"]
