# SPDX-License-Identifier: AGPL-3.0-or-later
"""What WeasyPrint's boxes know, and its painting of them leaves out: what letters mean, and how wide they are made.

A font's map says which letter each shape stands for, wherever it stands. That holds for most scripts. In others a shape
may stand for several letters, or for a part of one, and in another order than they are written: in कि the shape of the
vowel i stands before that of the k. There each stretch of text says what it is (ISO 32000-1, 14.9.4), so that it is
copied, found and read aloud as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Scripts that join, stack or reorder letters: Devanagari to Tibetan, Myanmar, conjoining Hangul, Khmer to Vedic signs,
# Syloti Nagri to Meetei Mayek, Brahmi and others beyond the BMP. Not those that run from right to left: a reader turns
# such a stretch round, which is right for shapes as they stand on paper and wrong for letters in their own order.
INVOLVED = re.compile("[\u0900-\u109f\u1100-\u11ff\u1700-\u1cff\ua800-\ua8ff\ua930-\uabff\U00011000-\U00011fff]")


def prepare() -> None:
    """Makes WeasyPrint paint so from now on, in this process."""
    from weasyprint import pdf
    from weasyprint.pdf.stream import Stream

    if pdf.Stream is not Stream:
        return

    class PaintingStream(Stream):  # type: ignore[misc]
        """A page's content as it is painted."""

        _scaled = 1.0

        @contextmanager
        def marked(self, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401 (WeasyPrint has no types)
            text = getattr(box, "text", "")
            self._scaled = getattr(box, "scaled", 1.0)
            with super().marked(box, tag):
                if not INVOLVED.search(text):
                    yield
                    return
                self.stream.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
                yield
                self.end_marked_content()

        def set_text_matrix(
            self, a: float = 1, b: float = 0, c: float = 0, d: float = 1, e: float = 0, f: float = 0
        ) -> None:
            super().set_text_matrix(a * self._scaled, b, c, d, e, f)

    pdf.Stream = PaintingStream
