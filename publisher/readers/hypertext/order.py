# SPDX-License-Identifier: AGPL-3.0-or-later
"""An index page's links -> the order of a work's pages, and the parts that headings between the links open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from publisher.errors import Location, Problem
from publisher.readers import contents
from publisher.readers.headings import marker
from publisher.readers.hypertext.links import Places, leaves_book, split
from publisher.readers.hypertext.model import Box, Stretch, rows
from publisher.readers.hypertext.page import Page
from publisher.readers.listing import natural
from publisher.readers.ranks import Rank

_BACK_MATTER = re.compile(
    r"(?i)^(?:appendix|appendices|afterword|postscript|epilogue|bibliography|glossary|notes|index|anhang|nachwort|annexe|appendice)"
)


class Place(Struct):
    """A page in its place, under the part that is open there."""

    page: Page
    part: Heading | None = None
    entry: str = ""


class Heading(Struct, eq=False):
    """The heading of a part in a contents list: its count and its title."""

    number: list[Stretch]
    title: list[Stretch]


class Order(Struct):
    places: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def follow(index: Page, pages: Sequence[Page], places: Places, *, ordered: bool) -> Order:
    """The pages in the order of an index page's links; those that it does not name follow."""
    by_file = {page.file: page for page in pages}
    order = Order()
    placed: set[str] = set()
    missing: list[tuple[Box, str, str]] = []
    part: Heading | None = None
    for row in _rows(index):
        goals = list(_goals(row, index.file, places, missing))
        opened = None if goals else _part(row)
        if opened is not None:
            part = opened
        elif not goals and part is not None and _BACK_MATTER.match(row.words):
            part = None
        for file, words in goals:
            if file in by_file and file not in placed:
                placed.add(file)
                if part and _BACK_MATTER.match(words):
                    part = None
                order.places.append(Place(by_file[file], part, words))
    if ordered:
        known = {place.page.file: place for place in order.places}
        order.places = [known.get(page.file, Place(page)) for page in pages]
        return order
    order.problems += _missing(missing)
    for page in sorted((p for p in pages if p.file not in placed), key=lambda p: natural(p.file)):
        order.places.append(Place(page))
        if page.nodes:
            message = "the index page does not link to this page; it follows the pages that are linked"
            hint = "List the files in their order in the settings."
            order.problems.append(Problem("W003", message, Location(page.file), hint))
    return order


def _rows(index: Page) -> Iterator[Stretch]:
    listed = {id(box) for box in index.listed}
    for box in index.boxes:
        if id(box) in listed:
            yield from rows(box)


def _goals(row: Stretch, file: str, places: Places, missing: list[tuple[Box, str, str]]) -> Iterator[tuple[str, str]]:
    """The pages that a line of the list names, each with the link's words."""
    seen: set[int] = set()
    for piece in row.box.pieces(row.start, row.end):
        anchor = piece.style.anchor
        if anchor is None or not anchor.href or id(anchor) in seen:
            continue
        seen.add(id(anchor))
        goal = places.file(file, anchor.href)
        words = anchor.text or row.words
        if goal is not None and goal != file:
            yield goal, words
        elif goal is None and not leaves_book(anchor.href) and "../" not in split(anchor.href)[0]:
            missing.append((row.box, words, split(anchor.href)[0]))


def _part(row: Stretch) -> Heading | None:
    """A line that opens a part: by its words, or as a heading with entries below it."""
    if contents.is_head(row.words):
        return None
    mark = marker(row.words)
    if mark is None or mark.rank is not Rank.PART:
        return None
    lines = rows(row.box)
    at = next(i for i, line in enumerate(lines) if line == row)
    below = lines[at + 1 :] if mark.bare else []
    title = [line for line in below if not _has_link(line)] if row.box.level else []
    return Heading([row], title) if mark.bare else Heading([], [row])


def _has_link(row: Stretch) -> bool:
    return any(piece.style.anchor is not None for piece in row.box.pieces(row.start, row.end))


def _missing(found: Sequence[tuple[Box, str, str]]) -> Iterator[Problem]:
    """The entries that lead to pages of the folder which are not there."""
    first: dict[str, tuple[Box, str]] = {}
    for box, words, path in found:
        first.setdefault(path, (box, words))
    if first:
        path, (box, words) = next(iter(first.items()))
        others = f" and {len(first) - 1} more" if len(first) > 1 else ""
        message = f'contents entry "{words}" ({path}){others}: no such page'
        yield Problem("W004", message, box.at(0), "Pages may be missing from the folder.")
