# SPDX-License-Identifier: AGPL-3.0-or-later
"""Covers: lettering that fits for short and long titles, scripts that the fonts lack, one ground for an author."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from publisher.writers.cover import HEIGHT, MARGIN, WIDTH, draw

INSIDE = (MARGIN + 30, MARGIN + 30, WIDTH - MARGIN - 30, HEIGHT - MARGIN - 30)


def picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image


def lettering(data: bytes) -> tuple[int, int, int, int] | None:
    """The box around what is drawn inside the frame; the ground's index in the palette is 0."""
    return picture(data).crop(INSIDE).getbbox()


@pytest.mark.parametrize(
    ("author", "title"),
    [
        ("V. I. Lenin", "Capital"),
        ("A. Author", "A title that goes on and on with a great many words " * 8),
        ("А. Бадаев", "Большевики в Государственной думе"),
        ("E. G.", "Donaudampfschifffahrtsgesellschaftskapitänswitwe"),
    ],
)
def test_lettering_stays_well_inside_the_frame(author: str, title: str) -> None:
    box = lettering(draw(author, title, "A subtitle " * 10))
    assert box is not None
    left, top, right, bottom = box
    width, height = INSIDE[2] - INSIDE[0], INSIDE[3] - INSIDE[1]
    assert min(left, top, width - right, height - bottom) > 40


def test_a_script_that_no_font_has_is_left_off_instead_of_drawn_as_boxes() -> None:
    assert draw("", "𓀀𓁐", "") == draw("", "", "")
    assert draw("", "实践论", "") != draw("", "", "")
    assert draw("", "Практика", "") != draw("", "", "")


def test_an_author_keeps_one_ground() -> None:
    grounds = [picture(draw("V. I. Lenin", title, "")).convert("RGB").getpixel((0, 0)) for title in ("One", "Two")]
    assert grounds[0] == grounds[1]


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw("A", "B", "C") == draw("A", "B", "C")
