# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the themes promise, read from the pages that they make."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from publisher.document import Book, Chapter, Emphasis, Paragraph, Part, Quote, Text
from publisher.edition import Edition, Output
from publisher.families import families
from publisher.metadata.model import Contributor, Metadata, Role
from publisher.papers import PAPERS, POINTS_PER_MM
from publisher.themes import THEMES, design
from publisher.writers import pdf
from publisher.writers.pdf.numbering import roman
from tests.editions import article, edition, everything
from tests.test_pdf_parts import chapter, tale, words

ROMAN = re.compile(r"[ivxlc]+")
# The least size of type, in points; marks of notes and their like are raised letters.
LEAST = {"book": 8, "pamphlet": 8, "large-print": 14}


def made(work: Edition, theme: str, paper: str = "A5") -> Output:
    return pdf.write(replace(work, theme=theme, paper=paper), {})


@cache
def long_tale(theme: str) -> Output:
    """Two prefaces of a page, three chapters of over twenty: what no theme takes for a slim work."""
    fronts = (replace(chapter(1, pages=1), kind="preface"), replace(chapter(2, pages=1), kind="acknowledgments"))
    book = Book((Text("A Tale"),), (), (*fronts, *(chapter(n, pages=24, notes=1) for n in range(3, 6))))
    metadata = Metadata(
        title="A Tale of Words", short_title="A Tale", contributors=(Contributor("A. Writer", Role.AUTHOR),)
    )
    return made(edition(book, metadata), theme)


def pages(output: Output) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(output.data)]


def labels(output: Output) -> list[str]:
    with pikepdf.open(io.BytesIO(output.data)) as document:
        return [page.label for page in document.pages]


def folios(output: Output) -> Iterator[tuple[str, str]]:
    """The label of each page and the number that stands at its foot."""
    document = pypdfium2.PdfDocument(output.data)
    bottom = design("book", "A5").margins[2] * POINTS_PER_MM
    for label, page in zip(labels(output), document, strict=True):
        yield label, page.get_textpage().get_text_bounded(top=bottom - 4).strip()


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90, 1999)] == ["i", "iv", "ix", "xiv", "xl", "xc", "mcmxcix"]


@pytest.mark.slow
def test_a_book_numbers_what_stands_before_its_text_apart_and_says_so_in_its_labels() -> None:
    output = long_tale("book")
    found = labels(output)
    before = next(index for index, label in enumerate(found) if label == "1")
    assert found == [*(roman(n + 1) for n in range(before)), *(str(n + 1) for n in range(len(found) - before))]
    assert before % 2 == 0, "the text begins on a recto"
    assert all(printed in ("", label) for label, printed in folios(output))
    assert sum(bool(printed) for _, printed in folios(output)) > len(found) / 2


def test_the_contents_name_pages_as_they_are_numbered() -> None:
    output = long_tale("book")
    texts, found = pages(output), labels(output)
    contents = next(text for text in texts if "\nContents" in text)
    listed = re.findall(r"Chapter of Chapter (\d+)[ .]+(\w+)", contents)
    assert [bool(ROMAN.fullmatch(number)) for _, number in listed] == [True, True, False, False, False]
    for name, number in listed:
        assert f"The Chapter of Chapter {name}" in texts[found.index(number)]


def test_the_order_of_a_book() -> None:
    texts = [text.split() for text in pages(long_tale("book"))]
    assert texts[0] == ["A", "Tale"]
    assert texts[1] == []
    assert texts[2][:2] == ["A.", "Writer"]
    assert "Licence" in texts[3], "the imprint"
    assert texts[4][:2] == ["v", "Contents"], "PDFium gives the number first"


@pytest.mark.slow
def test_a_pamphlet_leaves_no_page_blank_and_begins_with_title_and_contents() -> None:
    texts = pages(long_tale("pamphlet"))
    assert all(text.strip() for text in texts)
    assert texts[0].index("A Tale") < texts[0].index("Contents") < texts[0].index("Licence and credits stand")
    assert set(labels(long_tale("pamphlet"))) == {str(n + 1) for n in range(len(texts))}


@pytest.mark.slow
def test_a_pamphlet_takes_a_fifth_less_paper() -> None:
    book, pamphlet = (made(tale(), theme).pages or 0 for theme in ("book", "pamphlet"))
    assert pamphlet < 0.85 * book


def test_the_text_of_a_pamphlet_without_contents_follows_its_title() -> None:
    first = pages(made(article(), "pamphlet"))[0]
    assert first.index("Non-Party") < first.index("Comrades, I very much regret")


@pytest.mark.parametrize("theme", THEMES)
def test_no_type_is_smaller_than_promised(theme: str) -> None:
    sizes = set()
    for page in pypdfium2.PdfDocument(made(article(), theme, THEMES[theme].paper).data):
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            matrix = item.get_matrix()
            size = pypdfium2.raw.ctypes.c_float()
            pypdfium2.raw.FPDFTextObj_GetFontSize(item, size)
            sizes.add(round(size.value * abs(matrix.d), 2))
    raised = 0.68 * design(theme, THEMES[theme].paper).size * 0.82
    assert min(sizes) >= min(LEAST[theme], raised) - 0.1


def test_large_print_divides_no_word_and_slants_none() -> None:
    work = edition(
        Book((Text("B"),), (), (Chapter((Text("C"),), (Paragraph((Text(words(1, 400)), Emphasis((Text("so"),)))),)),)),
        Metadata(title="B"),
    )
    output = made(work, "large-print", "A6")
    assert not any("\u2010" in text or "\ufffe" in text for text in pages(output))
    with pikepdf.open(io.BytesIO(output.data)) as document:
        names = {
            str(item.FontName)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
    assert {name.partition("+")[2] for name in names} == {"Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold"}


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_lines_of_facing_pages_stand_side_by_side(theme: str) -> None:
    quote = Quote((Paragraph((Text(words(5, 40)),)),))
    blocks = tuple(block for n in range(30) for block in (Paragraph((Text(words(n, 90)),)), quote))
    sections = Book((Text("B"),), (), (Chapter((Text("C"),), blocks), Chapter((Text("D"),), blocks)))
    page = design(theme, "A5")
    output = made(edition(sections, Metadata(title="B")), theme)
    top = (page.height - page.margins[0]) * POINTS_PER_MM
    seen = set()
    for sheet in list(pypdfium2.PdfDocument(output.data))[6:-2]:
        text = sheet.get_textpage()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1) in "nrh":
                seen.add(round((top - text.get_charbox(index)[1]) % page.leading, 1))
    # The foot of a letter is a little above or below its line, the same in each size.
    assert max(seen) - min(seen) < 0.15 * page.leading


@pytest.mark.slow
def test_rectos_are_on_the_left_where_a_book_is_read_from_right_to_left() -> None:
    for language, side in (("en", "right"), ("ar", "left")):
        output = made(tale(language), "book")
        with pikepdf.open(io.BytesIO(output.data)) as document:
            assert document.Root.ViewerPreferences.Direction == ("/L2R" if side == "right" else "/R2L")
        found = labels(output)
        page = pypdfium2.PdfDocument(output.data)[found.index("1") + 2]
        text = page.get_textpage()
        left = min(text.get_charbox(index)[0] for index in range(text.count_chars()))
        _, outer, _, inner = design("book", "A5").margins
        assert left == pytest.approx((inner if side == "right" else outer) * POINTS_PER_MM, abs=2)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("paper", PAPERS)
def test_each_theme_has_type_for_each_paper(theme: str, paper: str) -> None:
    page = design(theme, paper)
    assert page.theme.limits.least <= page.leading / page.size <= page.theme.limits.most
    assert page.lines * page.leading == pytest.approx(page.block_height * POINTS_PER_MM)


def test_all_faces_of_all_themes_are_packaged() -> None:
    assert {face for theme in THEMES.values() for face in theme.faces} <= {family.name for family in families()}


def test_the_imprint_says_what_is_known() -> None:
    imprint = pages(made(article(), "book"))[1]
    assert "Written: 14 April, 1921" in imprint
    assert "Licence: GNU Free Documentation License" in imprint
    assert "Published" not in imprint
    known = replace(everything(), identifier="urn:isbn:9783161484100")
    assert "ISBN 9783161484100" in pages(made(known, "book"))[1]


def test_a_part_of_a_pamphlet_opens_no_page() -> None:
    parts = tuple(Part((Text(f"Part {n}"),), (chapter(n, pages=1),)) for n in range(3))
    texts = pages(made(edition(Book((Text("B"),), (), parts), Metadata(title="B")), "pamphlet"))
    assert not any(re.fullmatch(r"\s*(\d+\s+)?Part \d\s*", text) for text in texts)


def test_a_short_chapter_of_a_pamphlet_shares_its_page() -> None:
    persons, scenes = (Chapter((Text(name),), (Paragraph((Text("Few words."),)),)) for name in ("Persons", "Scenes"))
    acts = tuple(chapter(n, pages=17) for n in range(2))
    book = Book((Text("B"),), (), (persons, scenes, *acts))
    _, first, second, *_ = pages(made(edition(book, Metadata(title="B")), "pamphlet"))
    assert re.search(r"Persons.*Scenes", first, re.DOTALL)
    assert "Persons" not in second, "two chapters have no head in common but the work's"
