# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PDF -> pictures of all its pages, side by side as they face each other, so many on a sheet.

PDFium draws the pages (https://pypdfium2.readthedocs.io), Pillow puts them together. A frame marks pages with flaws.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.edition import Output

if TYPE_CHECKING:
    from PIL.Image import Image

FORMAT = "proof"
# Pages beside and below one another; the width of a page in pixels, at which lines can be counted; what is around it.
COLUMNS, ROWS = 8, 4
WIDTH = 300
GAP, LABEL = 24, 26
PAPER, GROUND, INK, FLAWED = (255, 255, 255), (205, 205, 205), (60, 60, 60), (200, 30, 30)
FRAME = 4
# Colours of a finished sheet.
COLOURS = 32


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where on which sheet a page is shown, in pixels."""

    sheet: int
    x: int
    y: int


def write(slug: str, data: bytes, flawed: Collection[int], *, leftward: bool = False) -> tuple[Output, ...]:
    """The sheets as PNG files; `flawed` are numbers of pages, from 1. Books from right to left are shown that way."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        height = max(round(WIDTH * page.get_height() / page.get_width()) for page in document)
        sheets: list[Image] = []
        for number, page in enumerate(document, 1):
            cell = _cell(number, height, leftward=leftward)
            if cell.sheet == len(sheets):
                sheets.append(_sheet(_rows(len(document), cell.sheet), height))
            shown = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
            _put(sheets[cell.sheet], shown, cell, number, flawed=number in flawed)
    finally:
        document.close()
    return tuple(_outputs(slug, sheets))


def _cell(number: int, height: int, *, leftward: bool) -> _Cell:
    """The first page is a right-hand one: the cell to its left stays empty."""
    sheet, place = divmod(number, COLUMNS * ROWS)
    row, column = divmod(place, COLUMNS)
    if leftward:
        column = COLUMNS - 1 - column
    # Facing pages touch.
    return _Cell(sheet, GAP + column * WIDTH + column // 2 * GAP, GAP + row * (height + LABEL + GAP))


def _rows(pages: int, sheet: int) -> int:
    """How many rows of a sheet are used."""
    return min(ROWS, -(-(pages + 1 - sheet * COLUMNS * ROWS) // COLUMNS))


def _sheet(rows: int, height: int) -> Image:
    from PIL import Image

    size = GAP + COLUMNS * WIDTH + COLUMNS // 2 * GAP, GAP + rows * (height + LABEL + GAP)
    return Image.new("RGB", size, GROUND)


def _put(sheet: Image, page: Image, cell: _Cell, number: int, *, flawed: bool) -> None:
    from PIL import ImageDraw, ImageFont

    sheet.paste(page, (cell.x, cell.y))
    draw = ImageDraw.Draw(sheet)
    box = cell.x, cell.y, cell.x + page.width - 1, cell.y + page.height - 1
    draw.rectangle(box, outline=FLAWED if flawed else INK, width=FRAME if flawed else 1)
    place = cell.x + page.width // 2, cell.y + page.height + LABEL // 2
    draw.text(place, str(number), fill=FLAWED if flawed else INK, anchor="mm", font=ImageFont.load_default(LABEL - 8))


def _outputs(slug: str, sheets: list[Image]) -> Iterator[Output]:
    from PIL.Image import Dither

    for number, sheet in enumerate(sheets, 1):
        data = io.BytesIO()
        sheet.quantize(COLOURS, dither=Dither.NONE).save(data, "PNG", optimize=True)
        name = f"{slug}.proof-{number}.png" if len(sheets) > 1 else f"{slug}.proof.png"
        yield Output(name, FORMAT, data.getvalue())
