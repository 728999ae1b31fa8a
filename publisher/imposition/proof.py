# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finished sheets -> the order in which their pages are read: the sheets are printed, cut, folded and bound as told.

What is proved is the PDF as it was written: where its content streams draw each page, and which way up. The printer
turns each sheet over the edge that the booklet is meant for; then paper is handled as the summary tells people to: cut,
fold behind, lay inside. Nothing here knows how the order was computed.

A panel is a part of a sheet that is never folded, with a face towards the viewer and one away from him. All places are
seen by him, through the paper, from the front. Folding the left half behind the right one mirrors its places, exchanges
its faces, and turns the order of what lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import assert_never

import pikepdf
from msgspec import Struct
from msgspec.structs import replace

from publisher.errors import Location, Problem
from publisher.imposition.drawing import middle
from publisher.imposition.options import Binding, Blanks, Edge, Layout, Reload


class Print(Struct, frozen=True):
    """A page on paper: its number, the place of its middle, the direction in which its head is."""

    page: int
    x: float
    y: float
    up: tuple[int, int]


Prints = tuple[Print, ...]
"""All that is on one side of a sheet."""


class Panel(Struct, frozen=True):
    """A part of a sheet and what is printed on it; `x` and `y` are its own middle."""

    x: float
    y: float
    front: Prints
    back: Prints


class Handling(Struct, frozen=True, kw_only=True):
    """How sheets are printed and bound; sizes in points, `signatures` in bifolia, `scale` is the printer's own."""

    width: float
    height: float
    layout: Layout
    flip: Edge
    binding: Binding
    signatures: tuple[int, ...]
    scale: float = 1.0


class Misprint(Exception):  # noqa: N818 (the field's word)
    """The sheets cannot be bound: what is wrong with them."""


def sides(data: bytes) -> list[Prints]:
    """Where each side of a PDF draws its pages; names tell their numbers (/P12)."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [tuple(_prints(page)) for page in pdf.pages]


def _prints(page: pikepdf.Page) -> Iterator[Print]:
    matrix = pikepdf.Matrix()
    for step in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operands = list(step.operands)
        match str(step.operator):
            case "q":
                matrix = pikepdf.Matrix()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands))
            case "Do":
                name = str(operands[0])
                x, y = matrix.transform(middle(page.Resources.XObject[name]))
                size = max(abs(matrix.c), abs(matrix.d))
                yield Print(int(name.removeprefix("/P")), x, y, (round(matrix.c / size), round(matrix.d / size)))


def paired(fronts: Sequence[Prints], backs: Sequence[Prints], reload: Reload) -> list[tuple[Prints, Prints]]:
    """The sides of each sheet, from files that were printed one after the other.

    The last sheet that came out lies on top. When the pile is turned over, that is the first one again, and the
    first to be taken in.
    """
    taken = backs if reload is Reload.TURNED else backs[::-1]
    return list(zip(fronts, taken, strict=True))


def read(sheets: Iterable[tuple[Prints, Prints]], handling: Handling) -> list[int]:
    """The pages of the bound booklet from its first to its last, 0 for blank ones; raises Misprint."""
    printed = [_printed(front, back, handling) for front, back in sheets]
    leaves = chain.from_iterable(_bound(gathering, handling) for gathering in _gathered(printed, handling))
    return [*chain.from_iterable(_turned_over(leaf, handling) for leaf in leaves)]


def _printed(front: Prints, back: Prints, handling: Handling) -> list[Panel]:
    """A sheet as its panels, printed on both sides."""
    behind = [_through(item, handling) for item in _scaled(back, handling)]
    ahead = _scaled(front, handling)
    rows = 1 if handling.layout is Layout.TWO_UP else 2
    middles = [
        (handling.width * (2 * column + 1) / 4, handling.height * (2 * row + 1) / (2 * rows))
        for row in range(rows)
        for column in range(2)
    ]
    half = handling.width / 4, handling.height / (2 * rows)
    panels = [Panel(x, y, _on(ahead, x, y, half), _on(behind, x, y, half)) for x, y in middles]
    if sum(len(panel.front) + len(panel.back) for panel in panels) != len(front) + len(back):
        raise Misprint("a page lies outside of the sheet or on a fold")
    return panels


def _scaled(prints: Prints, handling: Handling) -> Prints:
    """What a printer makes of a side that reduces it around the sheet's middle."""
    x, y, scale = handling.width / 2, handling.height / 2, handling.scale
    return tuple(replace(p, x=x + (p.x - x) * scale, y=y + (p.y - y) * scale) for p in prints)


def _through(item: Print, handling: Handling) -> Print:
    """Something on the back, seen through the paper from the front, when the printer has turned the sheet over."""
    over_side = (handling.width >= handling.height) == (handling.flip is Edge.SHORT)
    if over_side:
        return replace(item, x=handling.width - item.x, up=(-item.up[0], item.up[1]))
    return replace(item, y=handling.height - item.y, up=(item.up[0], -item.up[1]))


def _on(prints: Iterable[Print], x: float, y: float, half: tuple[float, float]) -> Prints:
    """What lies on the part of a sheet around a middle."""
    return tuple(p for p in prints if abs(p.x - x) < half[0] and abs(p.y - y) < half[1])


def _gathered(printed: list[list[Panel]], handling: Handling) -> Iterator[list[Panel]]:
    """The piles that are folded along the spine, each panel by panel from front to back."""
    match handling.layout:
        case Layout.TWO_UP:
            pile = printed
        case Layout.FOUR_UP:
            pile = [_folded_down(sheet, handling) for sheet in printed]
        case Layout.FOUR_UP_CUT:
            pile = _cut(printed, handling)
        case _:
            assert_never(handling.layout)
    bifolia = 2 if handling.layout is Layout.FOUR_UP else 1
    start = 0
    for count in handling.signatures:
        end = start + count // bifolia
        yield [*chain.from_iterable(pile[start:end])]
        start = end
    if any(panel.front or panel.back for sheet in pile[start:] for panel in sheet):
        raise Misprint("a printed sheet is left over")


def _folded_down(sheet: list[Panel], handling: Handling) -> list[Panel]:
    """A sheet whose upper half was folded behind its lower one."""
    lower = [panel for panel in sheet if panel.y < handling.height / 2]
    upper = [panel for panel in sheet if panel.y > handling.height / 2]
    return [*lower, *(_folded(panel, across=None, along=handling.height) for panel in reversed(upper))]


def _cut(printed: list[list[Panel]], handling: Handling) -> list[list[Panel]]:
    """A pile cut across the middle, its lower half laid below the upper one."""
    upper = [[panel for panel in sheet if panel.y > handling.height / 2] for sheet in printed]
    lower = [[panel for panel in sheet if panel.y < handling.height / 2] for sheet in printed]
    return [*upper, *lower]


def _bound(pile: list[Panel], handling: Handling) -> list[Panel]:
    """The leaves of a signature from its first to its last: the half on the spine's side is folded behind the other."""
    middle_of_sheet, on_left = handling.width / 2, handling.binding is Binding.LEFT
    stays = [panel for panel in pile if (panel.x > middle_of_sheet) is on_left]
    goes = [panel for panel in pile if (panel.x > middle_of_sheet) is not on_left]
    return [*stays, *(_folded(panel, across=handling.width, along=None) for panel in reversed(goes))]


def _folded(panel: Panel, *, across: float | None, along: float | None) -> Panel:
    """A panel that was folded over the middle of a width or of a height: it is mirrored, and shows its other face."""
    front, back = (tuple(_mirrored(p, across=across, along=along) for p in face) for face in (panel.back, panel.front))
    x = panel.x if across is None else across - panel.x
    y = panel.y if along is None else along - panel.y
    return Panel(x, y, front, back)


def _mirrored(item: Print, *, across: float | None, along: float | None) -> Print:
    if across is not None:
        item = replace(item, x=across - item.x, up=(-item.up[0], item.up[1]))
    if along is not None:
        item = replace(item, y=along - item.y, up=(item.up[0], -item.up[1]))
    return item


def _turned_over(leaf: Panel, handling: Handling) -> Iterator[int]:
    """What a reader sees of a leaf: its front, and when he has turned it, its back."""
    recto = _seen(leaf.front)
    verso = _seen(tuple(_mirrored(p, across=handling.width, along=None) for p in leaf.back))
    yield from (recto, verso)


def _seen(face: Prints) -> int:
    """The number of the one page on a face, 0 for none: its head is above or, with a wide page, on the left."""
    if not face:
        return 0
    if len(face) > 1:
        raise Misprint(f"pages {face[0].page} and {face[1].page} lie on one another")
    if face[0].up not in ((0, 1), (-1, 0)):
        raise Misprint(f"page {face[0].page} stands on its head")
    return face[0].page


def check(
    sheets: Sequence[tuple[Prints, Prints]], handling: Handling, number: int, blanks: Blanks, file: str
) -> tuple[Problem, ...]:
    """A problem where the sheets, printed and bound as told, do not give pages 1 to `number` in order."""
    try:
        found = read(sheets, handling)
    except Misprint as error:
        return (_problem(str(error), file),)
    wanted = list(range(1, number + 1))
    place = number - 1 if blanks is Blanks.BEFORE_LAST else number
    wanted[place:place] = [0] * (len(found) - number)
    if found == wanted:
        return ()
    where, page = next((n, page) for n, (page, right) in enumerate(zip(found, wanted, strict=True), 1) if page != right)
    return (_problem(f"page {page or 'that is blank'} comes at place {where}", file),)


def _problem(message: str, file: str) -> Problem:
    return Problem(
        "B009", f"the folded sheets would not read in order: {message}", Location(file), "Please report this."
    )
