# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table [booklet] of a settings file -> how a booklet is made; `publisher booklet` has the same options."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from publisher.imposition.options import (
    HEAVIEST,
    LARGEST_SIGNATURE,
    LIGHTEST,
    WIDEST,
    Binding,
    Blanks,
    BookletOptions,
    Edge,
    Layout,
    Mark,
    Reload,
)

Words = Annotated[str, Meta(pattern=r"\S", extra={"expected": "text"})]
Weight = Annotated[int, Meta(ge=LIGHTEST, le=HEAVIEST, extra={"expected": f"grams from {LIGHTEST} to {HEAVIEST}"})]
Signature = Annotated[
    int,
    Meta(
        ge=0,
        le=LARGEST_SIGNATURE,
        multiple_of=4,
        extra={"expected": f"a multiple of 4 up to {LARGEST_SIGNATURE}, or 0 for one signature"},
    ),
]
Space = Annotated[float, Meta(ge=0, le=WIDEST, extra={"expected": f"millimetres from 0 to {WIDEST}"})]
Switch = Annotated[bool, Meta(extra={"expected": "true or false"})]


class Booklet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the booklet is printed, folded and bound."""

    sheet: Annotated[
        Words | None, Meta(description='The sheets in the printer: "A4", "letter". Pages are reduced to fit them.')
    ] = None
    layout: Annotated[
        Layout | None,
        Meta(description="Pages on a side of a sheet; four-up sheets are folded twice, or cut and folded once."),
    ] = None
    signature: Annotated[
        Signature | None, Meta(description="The most pages of a signature, from 4 to 32; 0 makes one of all sheets.")
    ] = None
    flip: Annotated[Edge | None, Meta(description="The edge over which the printer turns sheets.")] = None
    binding: Annotated[Binding | None, Meta(description="The side of the spine.")] = None
    blanks: Annotated[Blanks | None, Meta(description="Where blank pages stand that fill the last sheet.")] = None
    weight: Annotated[Weight | None, Meta(description="Weight of the paper in g/m².")] = None
    cover_weight: Annotated[Weight | None, Meta(description="Weight of the cover's card in g/m².")] = None
    inside: Annotated[Space | None, Meta(description="More space at the fold, in millimetres.")] = None
    marks: Annotated[tuple[Mark, ...] | None, Meta(description="Marks to print.")] = None
    separate_cover: Annotated[Switch | None, Meta(description="The outermost sheet in a file of its own.")] = None
    duplex: Annotated[
        Switch | None, Meta(description="false: fronts and backs in two files, for printers that print on one side.")
    ] = None
    reload: Annotated[
        Reload | None, Meta(description="How the pile of fronts goes back into a printer without duplex.")
    ] = None
    fit: Annotated[
        Switch | None, Meta(description="true: lines nearer to one another where that saves a sheet, within limits.")
    ] = None


def over(inner: Booklet, outer: Booklet) -> Booklet:
    """Key by key what the inner table says, else the outer one."""
    return Booklet(**{**_given(outer), **_given(inner)})


def options(table: Booklet) -> BookletOptions:
    """The choices of a table, and what holds where it says nothing."""
    return BookletOptions(**{name: value for name, value in _given(table).items() if name != "fit"})


def _given(table: Booklet) -> dict[str, Any]:
    return {name: value for name in table.__struct_fields__ if (value := getattr(table, name)) is not None}
