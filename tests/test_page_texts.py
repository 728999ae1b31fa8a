# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a PDF that were read before are not read again, and what differs in them is never overlooked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from publisher.checks import page_texts
from publisher.checks.page_texts import Margins
from publisher.document import Book, Chapter, Figure, Image, Text
from publisher.edition import Edition
from publisher.metadata.model import Metadata
from publisher.pictures import pictures
from publisher.writers import pdf
from tests.editions import edition, paragraph

MARGINS = Margins(40, 50)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="12" font-size="9">{}</text></svg>'


def book(*texts: str) -> Edition:
    chapters = tuple(
        Chapter((Text(f"Chapter {n}"),), tuple(paragraph(text) for _ in range(40))) for n, text in enumerate(texts)
    )
    return edition(Book((Text("Book"),), (), chapters), Metadata(title="Book"))


def drawn(words: str) -> Edition:
    chapter = Chapter((Text("Chapter"),), (Figure(Image("x.svg", "words in a drawing")),))
    work = edition(Book((Text("Book"),), (), (chapter,)), Metadata(title="Book"))
    shown, _ = pictures(work.book, {"x.svg": DRAWING.format(words).encode()})
    return replace(work, pictures=shown)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages are read by each call."""
    counts: list[int] = []
    read = page_texts.read_pages

    def count(data: bytes, margins: Margins, numbers: list[int]) -> Iterator[str]:
        counts.append(len(numbers))
        return read(data, margins, numbers)

    monkeypatch.setattr(page_texts, "read_pages", count)
    return counts


def test_only_pages_that_changed_are_read_again(reads: list[int]) -> None:
    seen: dict[bytes, str] = {}
    long = "A sentence of a chapter that goes on for a page or two. " * 4
    one, two = (pdf.write(book(long, text), {}).data for text in (long, long.replace("goes", "went")))
    first = page_texts.read(one, MARGINS, seen)
    assert page_texts.read(one, MARGINS, seen) == first
    second = page_texts.read(two, MARGINS, seen)
    assert second == page_texts.read(two, MARGINS, {}) != first
    assert reads[:2] == [len(first), 0]
    assert 0 < reads[2] < len(second)


def test_what_is_seen_is_what_the_last_pdf_has() -> None:
    seen = {b"of another book": "words"}
    data = pdf.write(book("A word."), {}).data
    texts = page_texts.read(data, MARGINS, seen)
    assert sorted(set(texts)) == sorted(set(seen.values()))
    assert len(texts) == len(pypdfium2.PdfDocument(data))


def test_margins_fonts_and_drawings_count(reads: list[int]) -> None:
    seen: dict[bytes, str] = {}
    page_texts.read(pdf.write(drawn("one word"), {}).data, MARGINS, seen)
    (drawing,) = (
        text for text in page_texts.read(pdf.write(drawn("own dorw"), {}).data, MARGINS, seen) if "dorw" in text
    )
    assert "own dorw" in drawing
    assert reads[1] > 0
    page_texts.read(pdf.write(drawn("own dorw"), {}).data, Margins(0, 0), seen)
    assert reads[2] == reads[0]
