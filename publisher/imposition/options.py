# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wished of a booklet: the same for `[booklet]` in book.toml and for `publisher booklet`."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Layout(StrEnum):
    """How many pages lie on a side of a sheet, and what becomes of the sheet.

    Two-up: two pages; the sheet is folded once (folio). Four-up: four pages, the upper two upside down; the sheet is
    folded twice (quarto), and its heads are cut open. Four-up-cut: four pages, all upright; the pile is cut across the
    middle, the lower half is laid below the upper one, and each half sheet is folded once.
    """

    TWO_UP = "two-up"
    FOUR_UP = "four-up"
    FOUR_UP_CUT = "four-up-cut"


class Edge(StrEnum):
    """The edge of the sheet over which the printer turns it."""

    SHORT = "short"
    LONG = "long"


class Binding(StrEnum):
    """The side of the first page that the spine is on: left for texts from left to right."""

    LEFT = "left"
    RIGHT = "right"


class Blanks(StrEnum):
    """Where the pages stand that fill the last sheet."""

    END = "end"
    BEFORE_LAST = "before-last"


class Reload(StrEnum):
    """How the pile of printed fronts must lie in the tray, so that a printer without duplex prints on its backs.

    Turned: the whole pile is turned over, which brings the first sheet to the top again. Unturned: it is laid in as it
    came out, the last sheet on top, so that the backs must be printed from the last to the first.
    """

    TURNED = "turned"
    UNTURNED = "unturned"


class Mark(StrEnum):
    FOLD = "fold"
    TRIM = "trim"
    STITCH = "stitch"


LARGEST_SIGNATURE = 32
LIGHTEST, HEAVIEST = 30, 400
# Millimetres by which pages may be moved away from the fold; towards it they would overlap.
WIDEST = 30


class BookletOptions(Struct, frozen=True, kw_only=True):
    """None leaves a choice to the pages: the sheet that fits them, the flip that keeps backs upright.

    `signature` is the largest number of pages in a signature; 0 puts all sheets into one. `weight` is that of the
    paper in g/m², `inside` the millimetres by which pages stand away from the fold.
    """

    sheet: str | None = None
    layout: Layout = Layout.TWO_UP
    signature: int | None = None
    flip: Edge | None = None
    binding: Binding | None = None
    blanks: Blanks = Blanks.END
    weight: int = 80
    cover_weight: int = 160
    inside: float = 0.0
    marks: tuple[Mark, ...] = ()
    separate_cover: bool = False
    duplex: bool = True
    reload: Reload = Reload.TURNED
