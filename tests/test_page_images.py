# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages look as they did when somebody last looked at them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from tests.page_images import DIFFERENT, KEPT, PAGES, PARTS, difference, draw, side_by_side


@pytest.mark.parametrize("name", PAGES)
def test_pages_look_as_they_did(name: str) -> None:
    other = []
    for file, made in draw(name).items():
        kept = Image.open(KEPT / file).convert("L")
        if (parts := difference(kept, made)) > PARTS:
            DIFFERENT.mkdir(exist_ok=True)
            (DIFFERENT / file).write_bytes(side_by_side(kept, made))
            other.append(f"{file}: {parts:.1f} of 1000 dots are others, {PARTS} may be; see {DIFFERENT / file}")
    assert not other, "\n".join([*other, "If the new pages are right: make pictures, and look at what git shows."])


def test_nothing_else_is_kept() -> None:
    numbers = {f"{name}-{number + 1}.png" for name, (_, pages) in PAGES.items() for number in pages}
    assert {file.name for file in KEPT.iterdir()} == numbers
    assert sum(file.stat().st_size for file in KEPT.iterdir()) < 200_000


def test_a_line_that_moves_is_seen() -> None:
    kept = Image.open(KEPT / "story-5.png").convert("L")
    assert difference(kept, kept) == 0
    assert difference(kept, ImageChops.offset(kept, 0, 1)) > PARTS
    assert difference(kept, kept.resize((100, 100))) == 1_000
    box = (40, 120, 90, 127)  # a few words of a line
    missing = kept.copy()
    missing.paste(255, box)
    assert difference(kept, missing) > PARTS
    assert side_by_side(kept, missing).startswith(b"\x89PNG")
