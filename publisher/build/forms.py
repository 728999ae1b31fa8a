# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of a work in a folder -> those of an earlier build that the same outputs were, in another form.

A booklet is one file, or fronts and backs, with or without its cover; a proof has as many sheets as its pages need.
What an earlier choice left would be printed by mistake: `x.booklet-backs.pdf` beside a new `x.booklet.pdf`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count, product, takewhile
from pathlib import Path

_BOOKLET = re.compile(r"(.+\.booklet)(?:-cover)?(?:-fronts|-backs)?\.pdf", re.DOTALL)
_PROOF = re.compile(r"(.+\.proof)(?:-[0-9]+)?\.png", re.DOTALL)


def superseded(names: Collection[str], folder: Path) -> Iterator[Path]:
    """The files that are there under the names of other forms of these."""
    for name in sorted({form for written in names for form in _forms(written, folder)}):
        place = folder / name
        if name not in names and place.is_file() and not place.is_symlink():
            yield place


def _forms(name: str, folder: Path) -> Iterator[str]:
    """All names that an output may have: those of booklets are few, those of proofs are counted without a gap."""
    if found := _BOOKLET.fullmatch(name):
        yield from (
            f"{found[1]}{cover}{side}.pdf" for cover, side in product(("", "-cover"), ("", "-fronts", "-backs"))
        )
    if found := _PROOF.fullmatch(name):
        yield f"{found[1]}.png"
        sheets = (f"{found[1]}-{number}.png" for number in count(1))
        yield from takewhile(lambda sheet: (folder / sheet).is_file(), sheets)
