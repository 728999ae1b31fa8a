# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PDF's bytes and what is wished -> the files of a booklet, proved by folding, and how to print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.errors import Location, OutputError, Problem
from publisher.imposition import geometry, marks, proof
from publisher.imposition.drawing import draw
from publisher.imposition.geometry import Geometry, Leaf
from publisher.imposition.options import Binding, BookletOptions, Layout, Mark, Reload
from publisher.imposition.order import ONE_SIGNATURE, Order, least, order
from publisher.imposition.pages import Inks, Pages, opened
from publisher.imposition.summary import Summary, summary


class Part(Struct, frozen=True):
    """A file to print: what its name has behind "booklet", its bytes, its sides."""

    name: str
    data: bytes
    sides: int


class Booklet(Struct, frozen=True):
    parts: tuple[Part, ...]
    summary: Summary
    problems: tuple[Problem, ...]


class Imposition(Struct, frozen=True):
    """Everything that is decided before anything is drawn."""

    source: Pages
    options: BookletOptions
    binding: Binding
    order: Order
    geometry: Geometry
    leaves: tuple[Leaf, ...]


def impose(
    data: bytes, options: BookletOptions, stem: str, file: str, password: str = "", look: Inks | None = None
) -> Booklet:
    """The booklet of a PDF, its files named after `stem`; raises OutputError, also where the fold proof fails.

    `look` says where the pages' ink is, if not by drawing them all.
    """
    with opened(data, file, password, look) as source:
        decided, doubts = _decide(source, options, file)
        parts = tuple(_parts(decided))
    if wrong := _prove(decided, parts, file):
        raise OutputError(wrong)
    names = tuple(f"{stem}.{part.name}.pdf" for part in parts)
    made = summary(decided.order, decided.geometry, decided.options, decided.binding, names)
    return Booklet(parts, made, (*source.problems, *doubts))


def _decide(source: Pages, options: BookletOptions, file: str) -> tuple[Imposition, tuple[Problem, ...]]:
    """The order and the places of all pages, and what could not be as it was wished."""
    binding = options.binding or source.binding
    made = order(len(source.pages), options, binding)
    doubts = [*geometry.odd_pages(source.pages, file), *_thick(made, file), *_thin(options, file)]
    if options.separate_cover and (refusal := _inseparable(made, options, file)):
        options = replace(options, separate_cover=False)
        doubts.append(refusal)
    found = geometry.geometry(source.pages, made, options, file)
    leaves = geometry.placed(found, source.pages, made)
    if Mark.TRIM in options.marks and not marks.room_to_trim(found, leaves[0].front):
        message = f"the pages are as large as the sheet ({found.name}): there is no room for trim marks"
        doubts.append(Problem("B010", message, Location(file), "Take a larger sheet."))
    return Imposition(source, options, binding, made, found, leaves), tuple(doubts)


def _inseparable(made: Order, options: BookletOptions, file: str) -> Problem | None:
    """Why no sheet goes around all others."""
    if options.layout is not Layout.TWO_UP:
        reason = "several pages of it share a sheet with others"
    elif len(made.signatures) > 1:
        reason = "a book of several signatures has no sheet around all others"
    elif len(made.sheets) == 1:
        reason = "there is only one sheet"
    else:
        return None
    return Problem("B008", f"the cover is not apart: {reason}", Location(file), "Build the format `wrap` for a cover.")


def _thick(made: Order, file: str) -> Iterator[Problem]:
    if len(made.signatures) == 1 and len(made.pages) > ONE_SIGNATURE:
        message = f"{len(made.pages)} pages in one signature are too thick to fold well"
        hint = "Leave `signature` out, or give the pages of each: 16, 32."
        yield Problem("B011", message, Location(file), hint)


def _thin(options: BookletOptions, file: str) -> Iterator[Problem]:
    fewest = least(options.layout)
    if options.signature and options.signature < fewest:
        message = f"a sheet in {options.layout} has {fewest} pages, so no signature has {options.signature}"
        yield Problem("B013", message, Location(file), f"Each has {fewest}. Take two-up or four-up-cut for fewer.")


def _parts(decided: Imposition) -> Iterator[Part]:
    """Cover and inside, each as one file or as fronts and backs."""
    groups = {"booklet": decided.leaves}
    if decided.options.separate_cover:
        groups = {"booklet-cover": decided.leaves[:1], "booklet": decided.leaves[1:]}
    for name, leaves in groups.items():
        printed = [*_printed(decided, leaves)]
        if decided.options.duplex:
            yield _part(decided, name, [side for sheet in printed for side in sheet])
            continue
        backs = [back for _, back in printed]
        if decided.options.reload is Reload.UNTURNED:
            backs.reverse()
        yield _part(decided, f"{name}-fronts", [front for front, _ in printed])
        yield _part(decided, f"{name}-backs", backs)


Drawn = tuple[geometry.Side, str]
"""A side and the operators of its marks."""


def _printed(decided: Imposition, leaves: Sequence[Leaf]) -> Iterator[tuple[Drawn, Drawn]]:
    """Front and back of each sheet, with their marks."""
    found, wished, sewn = decided.geometry, decided.options.marks, len(decided.order.signatures) > 1
    for leaf in leaves:
        yield (
            (leaf.front, marks.operators(found, leaf.front, wished, front=True, sewn=sewn)),
            (leaf.back, marks.operators(found, leaf.back, wished, front=False, sewn=sewn)),
        )


def _part(decided: Imposition, name: str, sides: Sequence[Drawn]) -> Part:
    data = draw(decided.source, decided.geometry, sides, duplex=decided.options.duplex)
    return Part(name, data, len(sides))


def _prove(decided: Imposition, parts: Sequence[Part], file: str) -> tuple[Problem, ...]:
    """Folds what the files hold."""
    handling = proof.Handling(
        width=decided.geometry.width,
        height=decided.geometry.height,
        layout=decided.options.layout,
        flip=decided.geometry.flip,
        binding=decided.binding,
        signatures=decided.order.signatures,
    )
    sides = [proof.sides(part.data) for part in parts]
    if decided.options.duplex:
        printed = [pair for part in sides for pair in zip(part[::2], part[1::2], strict=True)]
    else:
        halves = zip(sides[::2], sides[1::2], strict=True)
        printed = [pair for front, back in halves for pair in proof.paired(front, back, decided.options.reload)]
    return proof.check(printed, handling, len(decided.source.pages), decided.options.blanks, file)
