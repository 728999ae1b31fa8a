# SPDX-License-Identifier: AGPL-3.0-or-later
"""HTML and XHTML pages of an archive, one page or the pages of one work; also an EPUB's unpacked pages.

What becomes what is described by example in tests/cases/marxists_html.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from publisher.errors import Location, Problem, SourceError
from publisher.metadata.model import Metadata
from publisher.readers import Read, Source
from publisher.readers.hypertext import notes, order, outline, package, pagemarks, textual, work
from publisher.readers.hypertext.assembly import Plan, assemble
from publisher.readers.hypertext.description import metadata
from publisher.readers.hypertext.inlines import Inliner
from publisher.readers.hypertext.ledger_entries import entries
from publisher.readers.hypertext.links import Places
from publisher.readers.hypertext.model import Body
from publisher.readers.hypertext.order import Place
from publisher.readers.hypertext.package import Package
from publisher.readers.hypertext.page import Page, analyse, load
from publisher.readers.hypertext.pictures import Gallery


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:
    """Reads a work from its pages, with or without an index page; raises SourceError if nothing is there."""
    spine = next((package.read(source) for source in sources if source.file.lower().endswith(".opf")), None)
    pages = _load([source for source in sources if not source.file.lower().endswith(".opf")], spine)
    places = Places.of((page.file, page.boxes) for page in pages)
    index = next((page for page in pages if page.is_index), None) if len(pages) > 1 and spine is None else None
    for page in pages:
        is_index = page is index or (len(pages) == 1 and page.is_index)
        analyse(page, places, is_index=is_index, has_package=spine is not None)
    problems = [problem for page in pages for problem in page.problems]
    for page in pages:
        pagemarks.mark(page.boxes)
    bodies, found = _notes(pages, places)
    problems += found
    for page in pages:
        page.nodes = outline.outline(page.boxes)
    about = package.metadata(spine) if spine else None
    plan, found = _plan(index, pages, places, about, ordered=ordered)
    problems += found
    _refuse_empty(plan, bodies, pages)
    language = _language(index, pages, about)
    gallery = Gallery(frozenset(pictures))
    inliner = Inliner(gallery.image, language or "")
    book, found = assemble(plan, bodies, [box for page in pages for box in page.boxes], inliner, places)
    if about is None:
        about, said = metadata(index or pages[0], pages, book, language)
        problems += said
    problems += [*found, *gallery.problems]
    ledger = tuple(entry for page in pages for entry in entries(page.boxes))
    return Read(book, about, ledger, tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message))))


def _language(index: Page | None, pages: Sequence[Page], about: Metadata | None) -> str | None:
    if about is not None and about.language:
        return about.language
    return next((page.language for page in ([index] if index else []) + list(pages) if page.language), None)


def _refuse_empty(plan: Plan, bodies: Sequence[Body], pages: Sequence[Page]) -> None:
    """Raises SourceError if there is no text at all; a page that holds notes only has one chapter without a text."""
    if any(True for _ in plan.chapters):
        return
    if not bodies:
        message = "there is nothing but titles, headers and lists of other pages"
        hint = "Give the pages that the list names, too."
        raise SourceError([Problem("S009", message, Location(pages[0].file), hint)])
    plan.items.append(outline.Node(0))


def _load(sources: Sequence[Source], spine: Package | None) -> list[Page]:
    """The pages, in a package's order; the problems of every page that cannot be read are raised together."""
    pages: list[Page] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            pages.append(load(source))
        except SourceError as error:
            problems += error.problems
    if problems:
        raise SourceError(problems)
    if spine is None:
        return pages
    by_file = {page.file: page for page in pages}
    return [by_file[file] for file in package.order(spine, [page.file for page in pages])]


def _notes(pages: Sequence[Page], places: Places) -> tuple[list[Body], list[Problem]]:
    """All notes in the order of the pages, and the calls that have none."""
    boxes = [page.boxes for page in pages]
    linked = notes.linked(boxes, places)
    more, problems = textual.resolve(boxes, linked)
    order_of = {id(box): i for i, box in enumerate(box for page in boxes for box in page)}
    bodies = sorted([*linked, *more], key=lambda body: order_of[id(body.boxes[0])])
    return bodies, problems


def _plan(
    index: Page | None, pages: Sequence[Page], places: Places, about: Metadata | None, *, ordered: bool
) -> tuple[Plan, list[Problem]]:
    if about is not None:
        return work.of_package(pages, about.title), []
    if len(pages) == 1:
        return work.single(pages[0]), []
    others = [page for page in pages if page is not index]
    if index is None:
        return work.Works(None, others).plan([Place(page) for page in others]), []
    found = order.follow(index, others, places, ordered=ordered)
    return work.Works(index, others).plan(found.places), found.problems
