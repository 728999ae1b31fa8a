# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed book, read back: what stands on which page, where links lead, and that nothing leaks in."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from publisher.document import Book, Chapter, Emphasis, Figure, Image, Paragraph, Part, Section, Table, Text
from publisher.edition import Edition, Output
from publisher.metadata.model import Metadata
from publisher.papers import MM_PER_INCH, PAPERS, POINTS_PER_MM
from publisher.pictures import pictures
from publisher.themes import THEMES, design
from publisher.writers import pdf
from publisher.writers.pdf import composition, layout, leaves
from tests.editions import article, edition, everything, paragraph

ROOT = Path(__file__).parents[1]
SENTENCE = "Local functionaries are being vested with broader powers and should show more initiative than before. "
WRITE = """
import hashlib
from publisher.writers import pdf
from tests.editions import everything
print(hashlib.sha256(pdf.write(everything(), {}).data).hexdigest())
"""


@pytest.fixture(scope="module")
def book() -> Output:
    return pdf.write(everything(), {})


@pytest.fixture(scope="module")
def pamphlet() -> Output:
    return pdf.write(article(), {})


def texts(output: Output, paper: str = "", *, heads: bool = False) -> list[str]:
    """The words of each page on one line, hyphens at line ends undone; with or without what stands in the margins."""
    top, _, bottom, _ = (0, 0, 0, 0) if heads else (m * POINTS_PER_MM for m in design("book", paper or "A5").margins)
    pages = (
        page.get_textpage().get_text_bounded(bottom=bottom - 4, top=page.get_height() - top + 2)
        for page in pypdfium2.PdfDocument(output.data)
    )
    return [" ".join(re.sub("\ufffe|\u2010\\s+", "", text).split()) for text in pages]


def opened(output: Output) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(output.data))


def long_book(*blocks: Paragraph | Table, title: str = "A Long Story", paper: str = "A5") -> Edition:
    chapters = tuple(Chapter((Text(f"{title} {n}"),), blocks) for n in (1, 2))
    metadata = Metadata(title="The Story of Stories", short_title="Stories")
    return replace(edition(Book((Text("The Story of Stories"),), (), chapters), metadata), paper=paper)


# ---- What stands where


def test_pages_come_in_the_order_of_the_book(book: Output) -> None:
    pages = texts(book)
    for number, beginning in {1: "A. Author", 2: "Contents", 3: "Preface", 4: "Part One Beginnings Chapter I"}.items():
        assert pages[number - 1].startswith(beginning)
    assert book.pages == len(pages)


@pytest.mark.slow
def test_chapters_and_parts_of_a_book_open_pages_and_the_backs_of_parts_are_blank() -> None:
    chapter = Chapter((Text("Chapter"),), (paragraph(SENTENCE * 30),) * 26)
    book = Book((Text("Book"),), (), (Part((Text("Part"),), (chapter, chapter)),))
    pages = texts(pdf.write(edition(book, Metadata(title="Book")), {}))
    assert pages[1] == pages[5] == pages[7] == "", "the backs of half title, contents and part"
    found = [pages[number].split()[0] for number in (0, 2, 3, 4, 6, 8)]
    assert found == ["Book", "Book", "Licence", "Contents", "Part", "Chapter"]
    assert sum(text.startswith("Chapter") for text in pages) == 2


def test_short_chapters_run_on() -> None:
    chapters = tuple(Chapter((Text(f"Chapter {n}"),), (paragraph(SENTENCE * 5),)) for n in range(6))
    pages = texts(pdf.write(edition(Book((Text("Book"),), (), chapters), Metadata(title="Book")), {}))
    assert all(len(re.findall(r"Chapter \d", text)) > 1 for text in pages[2:4])


def test_the_sections_of_an_only_chapter_are_its_contents() -> None:
    sections = tuple(Section((Text(title),), (paragraph(SENTENCE),)) for title in ("First", "Second"))
    work = edition(Book((Text("Work"),), (), (Chapter((), (), sections),)), Metadata(title="Work"))
    contents = texts(pdf.write(work, {}))[1]
    assert re.findall(r"(\w+)[ .]+1", contents) == ["First", "Second", "credits"]


def test_contents_name_the_page_on_which_each_chapter_begins(book: Output) -> None:
    pages = texts(book)
    contents = next(text for text in pages if text.startswith("Contents"))
    listed = dict(re.findall(r"(Preface|II\. Figures|Appendix)[ .]+(\d+)", contents))
    assert len(listed) == 3
    for title, number in listed.items():
        assert title.split()[-1] in pages[2 + int(number) - 1], "title and contents are numbered apart"


def test_a_work_of_one_chapter_has_no_contents_and_notes_follow_the_text(pamphlet: Output) -> None:
    pages = texts(pamphlet)
    assert not any("Contents" in text for text in pages)
    text = next(text for text in pages if "Comrades" in text)
    assert "The conference was attended by" in text


def test_labels_of_notes_stand_in_the_file_where_they_are_read(book: Output) -> None:
    notes = next(text for text in texts(book) if "A note with two paragraphs" in text)
    places = [notes.index(words) for words in ("Chapter I.", "1 A note", "2* A note", "3 Nobody")]
    assert places == sorted(places)


def test_an_enclosed_licence_takes_four_pages_and_the_article_two_sheets(pamphlet: Output) -> None:
    pages = texts(pamphlet)
    first = next(i for i, text in enumerate(pages) if "Version 1.3, 3 November 2008" in text)
    assert len(pages) - first == 4
    assert len(pages) <= 8


def test_running_heads_name_work_and_chapter_but_not_on_openings() -> None:
    output = pdf.write(long_book(*[paragraph(SENTENCE * 30)] * 3), {})
    opening = next(i for i, text in enumerate(texts(output)) if text.startswith("A Long Story 2"))
    pages = texts(output, heads=True)
    assert "Stories" not in pages[opening]
    assert pages[opening].count("A Long Story") == 1
    for number in (opening + 2, opening + 3):
        assert ("Stories" if number % 2 == 0 else "A Long Story 2") in pages[number - 1]
    assert texts(output)[1].startswith("Contents"), "on the back of a pamphlet's title page"


def test_a_running_head_is_one_line() -> None:
    assert leaves.one_line("Short", 10) == "Short"
    assert leaves.one_line("What Is to Be Done? Burning Questions", 22) == "What Is to Be Done?…"
    assert leaves.one_line("Donaudampfschifffahrtsgesellschaft", 12) == "Donaudampfs…"


# ---- Links, bookmarks, metadata


def links(document: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """The number of the page on which each internal link stands, and the name it leads to."""
    for number, page in enumerate(document.pages):
        for link in page.get("/Annots", ()):
            if "/Dest" in link:
                yield number, str(link.Dest)


def test_notes_are_linked_both_ways(pamphlet: Output) -> None:
    with opened(pamphlet) as document:
        targets = {name for _, name in links(document)}
        names = document.Root.Names.Dests.Names
        assert {"note_text_the-conference-was-attended-by", "call_text_the-conference-was-attended-by"} <= targets
        assert targets <= {str(name) for name in names[::2]}


def test_bookmarks_have_plain_titles(book: Output) -> None:
    with opened(book) as document, document.open_outline() as outline:
        part = next(item for item in outline.root if item.title.startswith("Part One"))
        assert [item.title for item in part.children] == ["Chapter I. A Disastrous Dogma", "II. Figures"]
        assert [item.title for item in part.children[0].children] == ["A section"]
        assert [item.title for item in part.children[0].children[0].children] == ["Deeper"]


def test_a_text_without_heading_is_bookmarked_by_its_title(pamphlet: Output) -> None:
    with opened(pamphlet) as document, document.open_outline() as outline:
        assert outline.root[0].title == "To the Petrograd City Conference of Non-Party Workers"


def test_metadata(book: Output) -> None:
    with opened(book) as document:
        info = {key: str(value) for key, value in document.docinfo.items()}
        assert info["/Title"] == "The Whole Book"
        assert info["/Author"] == "A. Author, B. Author"
        assert info["/Subject"] == "Tests & trials"
        assert info["/CreationDate"] == info["/ModDate"] == "D:20010909014640Z"
        assert str(document.Root.Lang) == "en"
        assert document.Root.MarkInfo.Marked
        packet = document.Root.Metadata.read_bytes()
        assert all(part in packet for part in (b"<pdfuaid:part>1<", b"<pdfaid:part>3<", b"<pdfaid:conformance>U<"))


# ---- Paper and type


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("theme", THEMES)
def test_papers_leave_margins_around_a_readable_block(theme: str, paper: str) -> None:
    page = design(theme, paper)
    top, outer, bottom, inner = page.margins
    assert min(page.margins) > 8
    assert inner + page.block_width + outer == pytest.approx(page.width)
    assert top + page.block_height + bottom == pytest.approx(page.height)
    if theme == "large-print":
        assert page.size >= 18
        assert page.leading >= 1.5 * page.size
        assert paper not in {"A4", "letter"} or min(page.margins) > MM_PER_INCH - 0.5
    else:
        assert 58 <= page.measure <= 68
        assert page.size >= 10


@pytest.mark.parametrize(("theme", "name"), [("book", "A5"), ("book", "A6"), ("book", "letter"), ("pamphlet", "A5")])
def test_lines_hold_as_many_characters_as_the_theme_promises(theme: str, name: str) -> None:
    output = pdf.write(replace(long_book(paragraph(SENTENCE * 40), paper=name), theme=theme), {})
    document = pypdfium2.PdfDocument(output.data)
    page = document[next(i for i, text in enumerate(texts(output, name)) if "Local functionaries" in text)]
    lines = page.get_textpage().get_text_bounded().splitlines()[3:-3]
    assert 58 <= mean(map(len, lines)) <= 68
    paper = PAPERS[name]
    assert page.get_size() == pytest.approx((paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM), abs=0.1)


def test_nothing_sticks_out_of_the_text_block() -> None:
    address = "https://www.example.org/" + "archive/" * 60
    table = Table(tuple(tuple((Text(f"Unbreakable{row}{column}"),) for column in range(12)) for row in range(3)))
    blocks = (paragraph("x" * 900), paragraph(address), Paragraph((Emphasis((Text(address),)),)), table)
    work = long_book(*blocks, title="Heading " * 375)
    output = pdf.write(replace(work, metadata=replace(work.metadata, title="W" * 400)), {})
    _, outer, _, inner = design("book", "A5").margins
    for number, page in enumerate(pypdfium2.PdfDocument(output.data), 1):
        text = page.get_textpage()
        visible = (i for i in range(text.count_chars()) if not text.get_text_range(i, 1).isspace())
        boxes = [text.get_charbox(i) for i in visible]
        left, right = (inner, outer) if number % 2 else (outer, inner)
        assert min((box[0] for box in boxes), default=left * POINTS_PER_MM) >= left * POINTS_PER_MM - 1
        assert max((box[2] for box in boxes), default=0) <= page.get_width() - right * POINTS_PER_MM + 1


def test_only_packaged_fonts_are_embedded() -> None:
    text = "Comrades, товарищи, σύντροφοι, ⁂"
    with opened(pdf.write(long_book(paragraph(text)), {})) as document:
        fonts = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        families = {str(item.FontFamily) for item in fonts if item.get("/Type") == "/FontDescriptor"}
    assert families == {"EB Garamond", "Noto Serif"}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("paper", ["A4", "A6"])
def test_no_picture_sticks_out_of_the_text_block(theme: str, paper: str) -> None:
    tall = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="9000"><rect width="900" height="9000"/></svg>'
    wide = b'<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="90"><rect width="9000" height="90"/></svg>'
    shown = tuple(Figure(Image(file, "A bar"), (paragraph(SENTENCE),)) for file in ("tall.svg", "wide.svg"))
    inline = Paragraph((Text("Here: "), Image("tall.svg", "A bar")))
    book = Book((Text("Work"),), (), (Chapter((Text("Chapter"),), (*shown, inline)),))
    found, _ = pictures(book, {"tall.svg": tall, "wide.svg": wide})
    work = replace(edition(book, Metadata(title="Work")), pictures=found, theme=theme, paper=paper)
    page = design(theme, paper)
    top, outer, bottom, inner = (margin * POINTS_PER_MM for margin in page.margins)
    for sheet in pypdfium2.PdfDocument(pdf.write(work, {}).data):
        for item in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=5):
            left, low, right, high = item.get_bounds()
            assert left >= min(inner, outer) - 1
            assert right <= page.width * POINTS_PER_MM - min(inner, outer) + 1
            assert bottom - 1 <= low <= high <= page.height * POINTS_PER_MM - top + 1


# ---- Nothing leaks in


def test_text_that_looks_like_markup_stays_text(book: Output) -> None:
    assert any("What & why: <em>not</em> markup ]]>" in text for text in texts(book))


def test_no_file_or_address_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">SECRET</text></svg>')
    addresses = (picture.as_uri(), str(picture), "http://127.0.0.1:9/x.png", "data:image/svg+xml,<svg/>")
    images = "".join(f'<img src="{address}" alt="x">' for address in addresses)
    style = f'<link rel="stylesheet" href="{picture.as_uri()}"><style>@import "{picture.as_uri()}";</style>'
    html = f"<html lang=en><title>x</title>{style}<p>Text{images}</p>"
    monkeypatch.setattr(composition, "document", lambda *_, **__: html)

    output = pdf.write(article(), {})

    assert set(texts(output)) - {""} == {"Textx" + "x" * (len(addresses) - 1)}
    assert sum("not a picture of this edition" in record.getMessage() for record in caplog.records) >= 4


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "language", ["en", *(pytest.param(other, marks=pytest.mark.slow) for other in ("ar", "zh", "de"))]
)
def test_weasyprint_has_nothing_to_complain_about(
    theme: str, language: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING, "weasyprint")
    # Style sheets are read once for each theme and paper.
    monkeypatch.setattr(layout, "_theme", layout._theme.__wrapped__)  # noqa: SLF001

    pdf.write(replace(everything(), theme=theme, language=language), {})

    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.slow
def test_same_bytes_whatever_surrounds_the_build(book: Output, tmp_path: Path) -> None:
    from hashlib import sha256

    surroundings = {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "XDG_CACHE_HOME": str(tmp_path),
        "SOURCE_DATE_EPOCH": "1",
    }
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}

    run = subprocess.run(
        [sys.executable, "-c", WRITE], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == sha256(book.data).hexdigest()


def test_same_bytes_after_another_book(book: Output) -> None:
    pdf.write(long_book(paragraph(SENTENCE)), {})

    assert pdf.write(everything(), {}).data == book.data


def test_the_section_titles_of_a_chapter_are_kept_with_text() -> None:
    sections = tuple(Section((Text(f"Section {n}."),), (paragraph(SENTENCE * 3),)) for n in range(40))
    chapter = Chapter((Text("Chapter"),), (), sections)
    work = edition(Book((Text("Work"),), (), (chapter, chapter)), Metadata(title="Work"))
    for text in texts(pdf.write(work, {})):
        assert not re.search(r"Section \d+\. \d+$", text), "a heading stands at the foot of a page"
