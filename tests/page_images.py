# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages as pictures, compared with pictures that are kept: `make pictures` makes these anew.

The fonts are pinned, and so the same lines stand at the same places everywhere. What may differ are shades at the edges
of letters, from one version of PDFium to the next.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageChops

from publisher.document import Book, Chapter, Text
from publisher.metadata.model import Metadata
from publisher.writers import pdf
from tests.editions import article, edition, everything, paragraph

if TYPE_CHECKING:
    from publisher.edition import Edition

KEPT = Path(__file__).parent / "expected" / "pages"
# Where differences are left to be looked at; a folder that git does not know.
DIFFERENT = Path(__file__).parent / "different"
# Dots per point: 36 dpi, at which lines can be told apart and words cannot be read.
SCALE = 0.5
# A dot is another one where its shade differs by more than a quarter; a page is another one where of a thousand dots
# more are others. A line that is one word shorter is some three in a thousand.
SHADE, PARTS = 64, 1.0

SENTENCE = "Local functionaries are being vested with broader powers and should show more initiative than before. "


def story() -> Edition:
    chapters = tuple(
        Chapter((Text(f"A Long Story {number}"),), tuple(paragraph(SENTENCE * (3 + n % 4)) for n in range(14)))
        for number in (1, 2)
    )
    return edition(Book((Text("The Story of Stories"),), (), chapters), Metadata(title="The Story of Stories"))


# The pages that are compared, from 0, of some editions.
PAGES = {"article": (article, (0, 1)), "everything": (everything, (0, 7, 9)), "story": (story, (3, 4, 5))}


def draw(name: str) -> dict[str, Image.Image]:
    """The pictures of an edition's pages by the names of their files."""
    make, numbers = PAGES[name]
    document = pypdfium2.PdfDocument(pdf.write(make(), {}).data)
    try:
        return {f"{name}-{n + 1}.png": document[n].render(scale=SCALE).to_pil().convert("L") for n in numbers}
    finally:
        document.close()


def difference(one: Image.Image, other: Image.Image) -> float:
    """How many of a thousand dots are others; all, where the sizes differ."""
    if one.size != other.size:
        return 1_000.0
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[SHADE:]) * 1_000 / (one.width * one.height)


def side_by_side(kept: Image.Image, made: Image.Image) -> bytes:
    """What is kept, what was made, and where they differ, as a PNG."""
    wide = max(kept.width, made.width)
    sheet = Image.new("RGB", (3 * wide, max(kept.height, made.height)), "white")
    other = made.resize(kept.size)
    # What only the kept page has is red, what only the new one has is cyan.
    for place, picture in enumerate((kept, made, Image.merge("RGB", (other, kept, kept)))):
        sheet.paste(picture.convert("RGB"), (place * wide, 0))
    data = io.BytesIO()
    sheet.save(data, "PNG")
    return data.getvalue()


def main() -> None:
    """Keeps the pages as they are now."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for file in KEPT.glob("*.png"):
        file.unlink()
    for name in PAGES:
        for file_name, picture in draw(name).items():
            picture.quantize(16).save(KEPT / file_name, optimize=True)


if __name__ == "__main__":
    main()
