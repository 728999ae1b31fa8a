# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a PDF that were read before are not read again, and what differs in them is never overlooked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.build import readback
from publisher.build.artifacts import Artifacts
from publisher.build.crew import Crew, processes
from publisher.build.store import Store
from publisher.build.toolchain import Toolchain
from publisher.checks import page_texts
from publisher.checks.page_texts import Margins
from publisher.document import Book, Chapter, Figure, Image, Text
from publisher.edition import Edition
from publisher.imposition import pages
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


class Reader:
    """Reads a PDF with what is kept, and counts the pages that had to be read."""

    def __init__(self, folder: Path) -> None:
        self.counts: list[int] = []
        self._read = readback.remembered(self._count, Artifacts(Store(folder), Toolchain("a digest", ())), "x.txt")

    def _count(self, data: bytes, margins: Margins, numbers: Sequence[int]) -> list[str]:
        self.counts.append(len(numbers))
        return page_texts.read_pages(data, margins, numbers)

    def __call__(self, data: bytes, margins: Margins = MARGINS) -> list[str]:
        return self._read(data, margins)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(Toolchain, "holds", lambda _: True)
    return Reader(tmp_path)


def test_only_pages_that_changed_are_read_again(reader: Reader) -> None:
    long = "A sentence of a chapter that goes on for a page or two. " * 4
    one, two = (pdf.write(book(long, text), {}).data for text in (long, long.replace("goes", "went")))
    first = reader(one)
    assert reader(one) == first == page_texts.read(one, MARGINS)
    second = reader(two)
    assert second == page_texts.read(two, MARGINS) != first
    assert reader.counts[0] == len(first)
    assert 0 < reader.counts[1] < len(second)


def test_a_reading_that_is_damaged_is_done_again(reader: Reader, tmp_path: Path) -> None:
    data = pdf.write(book("A word."), {}).data
    texts = reader(data)
    for entry in tmp_path.rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-3])
    assert reader(data) == texts
    assert reader.counts == [len(texts), len(texts)]


def test_margins_and_drawings_count(reader: Reader) -> None:
    reader(pdf.write(drawn("one word"), {}).data)
    (drawing,) = (text for text in reader(pdf.write(drawn("own dorw"), {}).data) if "dorw" in text)
    assert "own dorw" in drawing
    reader(pdf.write(drawn("own dorw"), {}).data, Margins(0, 0))
    assert reader.counts[2] == reader.counts[0]


def test_pages_are_read_in_their_order_by_many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readback, "FEW", 1)
    data = pdf.write(book("A word.", "Another."), {}).data
    with Crew(processes, 2) as crew:
        texts = readback.shared(crew)(data, MARGINS, range(5))
    assert texts == page_texts.read(data, MARGINS)[:5]


def test_where_ink_is_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Toolchain, "holds", lambda _: True)
    looked: list[int] = []
    inks = pages.inks

    def look(data: bytes, numbers: Sequence[int] | None = None) -> list[pages.Box | None]:
        looked.append(len(numbers or ()))
        return inks(data, numbers)

    monkeypatch.setattr(pages, "inks", look)
    data = pdf.write(book("A word."), {}).data
    recalled = readback.remembered_inks(Artifacts(Store(tmp_path), Toolchain("a digest", ())), "x.txt")
    assert recalled(data) == recalled(data) == inks(data)
    assert looked == [len(inks(data))]
