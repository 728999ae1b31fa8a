# SPDX-License-Identifier: AGPL-3.0-or-later
"""The name of a sheet -> a page for each of its sides, which show how a printer turns it.

Upright in print, the back of a landscape sheet has its head where the front has it if the sheet was turned over its
short edge, and its foot if it was turned over the long one.
"""

from __future__ import annotations

from publisher import __version__
from publisher.edition import Output
from publisher.imposition.geometry import EDGE
from publisher.imposition.stock import SHEETS
from publisher.templating import render
from publisher.writers.plate import set_plate

FORMAT = "calibration"


def write(sheet: str) -> Output:
    """The two pages on a sheet of this name, landscape."""
    height, width = SHEETS[sheet]
    markup = render(
        "calibration.html.jinja",
        name=sheet,
        width=width,
        height=height,
        edge=int(EDGE),
        generator=f"publisher {__version__}",
    )
    advice = f"Print calibration.pdf on both sides of one sheet of {sheet}, at 100 %, and read it."
    return Output("calibration.pdf", FORMAT, set_plate(markup), pages=2, advice=(advice,))
