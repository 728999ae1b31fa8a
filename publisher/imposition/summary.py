# SPDX-License-Identifier: AGPL-3.0-or-later
"""A booklet -> what its printer must know: sheets, blanks, creep, and how to print, fold and bind, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from publisher.imposition.geometry import Geometry
from publisher.imposition.options import Binding, BookletOptions, Edge, Layout, Reload
from publisher.imposition.order import LEAF, Order
from publisher.imposition.stock import MM, thickness

# Below this, scale is said in percent.
_FULL = 0.995
# A stapler for offices takes this much; from this many sheets on, a fold is sharper if each is folded by itself.
MANY_SHEETS = 5


class Summary(Struct, frozen=True, kw_only=True):
    """What is printed on how much paper. Lengths in millimetres; `scale` is that of the pages on the sheet.

    `creep` is how far the innermost leaf is moved to the fold, `thickness` that of the pressed booklet.
    """

    pages: int
    sheets: int
    blanks: int
    signatures: tuple[int, ...]
    layout: Layout
    sheet: str
    width: float
    height: float
    scale: float
    flip: Edge
    binding: Binding
    creep: float
    thickness: float
    files: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def line(self) -> str:
        """The shortest form: "2 sheets, no blanks, flip on the short edge"."""
        blanks = counted(self.blanks, "blank") if self.blanks else "no blanks"
        parts = [counted(self.sheets, "sheet"), blanks, f"flip on the {self.flip} edge"]
        if len(self.signatures) > 1:
            parts.insert(1, counted(len(self.signatures), "signature"))
        return ", ".join(parts)

    def lines(self) -> Iterator[str]:
        """All of it, for people."""
        size = "" if self.scale > _FULL else f" at {self.scale:.0%}"
        yield f"{counted(self.pages, 'page')}{size} on {counted(self.sheets, 'sheet')} of {self.sheet}, {self.layout}"
        blanks = counted(self.blanks, "blank page") if self.blanks else "no blank pages"
        yield f"{_gatherings(self.signatures)}; {blanks}; bound on the {self.binding}"
        yield f"creep {self.creep:.2f} mm, {self.thickness:.1f} mm thick"
        yield from (f"{number}. {step}" for number, step in enumerate(self.steps, 1))


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _gatherings(signatures: Sequence[int]) -> str:
    if len(signatures) == 1:
        return "one signature"
    sizes = sorted(set(signatures), reverse=True)
    return f"{len(signatures)} signatures of {' or '.join(map(str, sizes))} pages"


def summary(made: Order, found: Geometry, options: BookletOptions, binding: Binding, files: tuple[str, ...]) -> Summary:
    """What there is to know. `files` are those to print, in their order."""
    leaves = 2 * sum(made.signatures)
    return Summary(
        pages=len(made.pages) - made.blanks,
        sheets=len(made.sheets),
        blanks=made.blanks,
        signatures=tuple(LEAF * count for count in made.signatures),
        layout=options.layout,
        sheet=found.name,
        width=round(found.width / MM, 1),
        height=round(found.height / MM, 1),
        scale=round(found.scale, 4),
        flip=found.flip,
        binding=binding,
        creep=round(max(found.creep) / MM, 3),
        thickness=round(leaves * thickness(options.weight), 1),
        files=files,
        steps=tuple(_steps(made, found, options, binding, files)),
    )


def _steps(
    made: Order, found: Geometry, options: BookletOptions, binding: Binding, files: tuple[str, ...]
) -> Iterator[str]:
    yield from _printing(found, options, files)
    yield "Print and fold one sheet first: its pages must follow one another, all of them upright."
    yield from _cutting(made, found, options)
    yield from _folding(made, options, binding)


def _printing(found: Geometry, options: BookletOptions, files: tuple[str, ...]) -> Iterator[str]:
    scale = f'at 100 % ("actual size") on {found.name}'
    if options.duplex:
        for name in files:
            stock = f" on card of {options.cover_weight} g/m²" if "cover" in name else ""
            yield f"Print {name} {scale}{stock}, on both sides, flipped on the {found.flip} edge."
        return
    fronts = [name for name in files if "front" in name]
    for front in fronts:
        back = front.replace("front", "back")
        stock = f", on card of {options.cover_weight} g/m²" if "cover" in front else ""
        yield f"Print {front} {scale}{stock}, on one side."
        yield f"{_reloading(found, options)} Print {back} in the same way."


def _reloading(found: Geometry, options: BookletOptions) -> str:
    """How the pile goes back into the tray. The order of the backs is made for one way."""
    if options.reload is Reload.UNTURNED:
        return "Lay the pile into the tray as it came out, its order and direction unchanged."
    return f"Take the pile as it came out, turn all of it over its {found.flip} edge, and lay it into the tray."


def _cutting(made: Order, found: Geometry, options: BookletOptions) -> Iterator[str]:
    if options.layout is not Layout.FOUR_UP_CUT:
        return
    edge = Edge.SHORT if found.width <= found.height else Edge.LONG
    yield f"Cut the pile across the middle, along the {edge} edge, and lay the lower half below the upper one."
    if sum(made.signatures) % 2:
        yield "The lower half of the last sheet is empty: take it away."


def _folding(made: Order, options: BookletOptions, binding: Binding) -> Iterator[str]:
    many = len(made.signatures) > 1
    leaves = "half sheets" if options.layout is Layout.FOUR_UP_CUT else "sheets"
    if options.layout is Layout.FOUR_UP:
        yield "Fold each sheet by itself: the upper half behind the lower one."
    if many:
        per_sheet = 2 if options.layout is Layout.FOUR_UP else 1
        counts = [(count // per_sheet, len([*run])) for count, run in groupby(made.signatures)]
        said = ", then ".join(f"{times} of {count} {leaves}" for count, times in counts)
        yield f"Count off the signatures, from the first sheet on: {said}."
    inner = (
        "in the middle" if max(made.signatures) < MANY_SHEETS else "in the middle, each by itself before all together"
    )
    pile = f"the {leaves} of a signature" if many else f"the {leaves}"
    yield f"Lay {pile} inside one another as they come, the first outermost, and fold them {inner}."
    yield _binding(binding, many=many)
    if options.layout is Layout.FOUR_UP:
        yield "Cut the folds at the head open, or trim them off."


def _binding(binding: Binding, *, many: bool) -> str:
    if many:
        return f"Lay the signatures on one another in their order, the folds on the {binding}, and sew them."
    return f"Put two staples into the fold from outside; it is on the {binding} of the first page."
