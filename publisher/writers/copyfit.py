# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the same with its lines nearer to one another, where that saves a sheet of its booklet.

The whole book is laid out with each leading at which a page holds more lines, as far as the theme allows (themes.py),
until the last sheet is saved.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from publisher.edition import Edition
from publisher.imposition.copyfit import saving
from publisher.themes import design, leadings
from publisher.writers import pdf
from publisher.writers.matter import Lay, Matter, Setting


def fit(edition: Edition, lay: Lay) -> Edition:
    """The edition that takes a sheet less, or as it is where none can be saved; `fit` says that it was tried."""
    edition = replace(edition, fit=True)
    wished = saving(pdf.length(edition, lay), edition.booklet.layout)
    if wished is None:
        return edition
    for leading in leadings(design(edition.theme, edition.paper)):
        fitted = replace(edition, leading=leading)
        if pdf.length(fitted, lay) <= wished.fewer_pages:
            return fitted
    return edition


def once(lay: Lay) -> Lay:
    """The same, but what was set before is not set again."""
    known: dict[Matter, Setting] = {}

    def lay_new(matter: Sequence[Matter]) -> Sequence[Setting]:
        new = [one for one in matter if one not in known]
        known.update(zip(new, lay(new) if new else (), strict=True))
        return [known[one] for one in matter]

    return lay_new
