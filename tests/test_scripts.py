# SPDX-License-Identifier: AGPL-3.0-or-later
"""Books in many scripts: every letter has a shape, can be copied and is proved to be there."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from publisher.checks import files, painted
from publisher.checks.streams import shown_words
from publisher.credits import credits  # noqa: A004 (as in the module)
from publisher.document import Book, Chapter, Emphasis, Foreign, Paragraph, Text, plain, runs
from publisher.edition import Edition, Output
from publisher.metadata.model import Metadata
from publisher.wording import direction, undetermined
from publisher.writers import pdf
from tests.editions import edition, paragraph
from tests.one_piece import differences, one_piece
from tests.scripts import SAMPLES, sample

# One of each kind; the others take long together.
KINDS = ("ar", "zh-Hans", "hi")
# What the shapes of these stand for is told better in the book than WeasyPrint knows: they are compared as they look.
MENDED = frozenset({"ar", "fa", "he", "hy"})
# Levels of grey by which two pictures of a page may differ, where letters stand apart by a hundredth of a point.
FAINT = 60
LEFTWARD = frozenset(language for language in SAMPLES if direction(language) == "rtl")


def cases(languages: Iterable[str]) -> list[object]:
    """Languages to try; those that show nothing new are slow together."""
    return [language if language in KINDS else pytest.param(language, marks=pytest.mark.slow) for language in languages]


def one_paragraph(text: str, language: str) -> Edition:
    book = Book((Text("1"),), (), (Chapter((), (paragraph(text),)),))
    return replace(edition(book, Metadata(title="1")), language=language)


def fonts(output: Output) -> Iterator[pikepdf.Dictionary]:
    """The composite fonts of a PDF."""
    with pikepdf.open(io.BytesIO(output.data)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0":
                yield item


def families(output: Output) -> set[str]:
    return {str(font.DescendantFonts[0].FontDescriptor.FontFamily) for font in fonts(output)}


def folded(text: str) -> str:
    """Letters and figures alone."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


@pytest.mark.parametrize("language", cases(SAMPLES))
def test_every_letter_is_printed_and_proved(language: str) -> None:
    work = sample(language)
    output = pdf.write(work, {})
    assert files.pdf(work, shown_words(work.book, {}), output.data) == []
    assert families(output) == {"EB Garamond", *SAMPLES[language].families}
    for font in fonts(output):
        assert font.Encoding == "/Identity-H", "an encoding of its own is for glyphs that are missing"
        assert b"<>" not in font.ToUnicode.read_bytes()


@pytest.mark.parametrize("language", cases(sorted(SAMPLES.keys() - LEFTWARD)))
def test_text_copies_out_as_it_was_written(language: str) -> None:
    document = pypdfium2.PdfDocument(pdf.write(sample(language), {}).data)
    copied = folded("".join(page.get_textpage().get_text_range() for page in document))
    assert folded(SAMPLES[language].sentence) in copied


@pytest.mark.parametrize("language", cases(sorted(LEFTWARD)))
def test_letters_from_right_to_left_are_read_in_their_order(language: str) -> None:
    letters = "".join(painted.read(pdf.write(sample(language), {}).data, leftward=True))
    assert "".join(filter(str.isalpha, SAMPLES[language].sentence)) in letters


@pytest.mark.parametrize("language", cases(sorted(SAMPLES.keys() - MENDED)))
def test_parts_equal_one_piece(language: str) -> None:
    work = sample(language)
    assert differences(pdf.write(work, {}).data, one_piece(work)) == []


@pytest.mark.parametrize("language", cases(sorted(MENDED)))
def test_parts_look_like_one_piece(language: str) -> None:
    work = sample(language)
    book, piece = (pictures(data) for data in (pdf.write(work, {}).data, one_piece(work)))
    for number, (page, twin) in enumerate(zip(book, piece, strict=True), 1):
        assert ImageChops.difference(page, twin).point(lambda level: level > FAINT).getbbox() is None, f"page {number}"


def pictures(data: bytes) -> Iterator[Image.Image]:
    for page in pypdfium2.PdfDocument(data):
        yield page.render(scale=2).to_pil().convert("L")


@pytest.mark.parametrize("language", cases(SAMPLES))
def test_the_credits_name_the_typefaces_that_are_embedded(language: str) -> None:
    work = sample(language)
    printed = " ".join(plain(run) for block in credits(work).sections[-1].blocks for run in runs(block))
    assert {family for family in families(pdf.write(work, {})) if family not in printed} == set()


def test_a_word_that_is_lost_among_two_directions_is_missed() -> None:
    text = "كلمة London كلمة أخرى Paris 1889."
    work, other = one_paragraph(text, "ar"), one_paragraph(text.replace("أخرى", "هنا"), "ar")
    assert files.pdf(work, shown_words(work.book, {}), pdf.write(work, {}).data) == []
    problems = files.pdf(work, shown_words(work.book, {}), pdf.write(other, {}).data)
    assert {problem.code for problem in problems} == {"F004"}


def test_words_in_another_order_are_missed() -> None:
    work, other = one_paragraph("خبز وملح London", "ar"), one_paragraph("ملح وخبز London", "ar")
    problems = files.pdf(work, shown_words(work.book, {}), pdf.write(other, {}).data)
    assert {problem.code for problem in problems} == {"F004"}


def test_hebrew_amid_english_is_proved() -> None:
    blocks = (
        Paragraph((Text("The word "), Foreign("he", (Text("לחם ומלח"),)), Text(" means bread and salt, (חטה) wheat."))),
    )
    work = edition(Book((Text("Words"),), (), (Chapter((), blocks),)), Metadata(title="Words"))
    output = pdf.write(work, {})
    assert files.pdf(work, shown_words(work.book, {}), output.data) == []
    assert families(output) == {"EB Garamond", "Frank Ruhl Libre"}


def test_a_chinese_emphasis_is_bold_and_an_english_one_italic() -> None:
    blocks = (
        Paragraph((Emphasis((Text("重要"),)), Text("一"))),
        Paragraph((Foreign("en", (Emphasis((Text("word"),)),)),)),
    )
    work = replace(edition(Book((Text("一"),), (), (Chapter((), blocks),)), Metadata(title="一")), language="zh")
    names = {str(font.BaseFont).partition("+")[2] for font in fonts(pdf.write(work, {}))}
    assert "Noto-Sans-CJK-SC-Bold" in names
    assert not any("CJK" in name and "Italic" in name for name in names)


def test_han_letters_take_the_shape_of_the_language() -> None:
    """骨 is drawn in another way in China and in Japan: the same character, two glyphs."""
    shapes = set()
    for language in ("zh-Hans", "ja"):
        for font in fonts(pdf.write(one_paragraph("骨", language), {})):
            shapes.update(re.findall(rb"<([0-9a-f]{4})> <9aa8>", font.ToUnicode.read_bytes()))
    assert len(shapes) == 2


def test_a_latin_u_is_a_u() -> None:
    """EB Garamond would draw it as a v where the language is Latin."""
    english, latin = (
        list(pictures(pdf.write(one_paragraph("uva fuerit", language), {}).data))[-1] for language in ("en", "la")
    )
    upper = (0, 0, english.width, english.height // 3)
    assert min(english.crop(upper).tobytes()) < FAINT
    assert ImageChops.difference(english.crop(upper), latin.crop(upper)).getbbox() is None


def test_a_text_of_an_unknown_language_runs_as_its_letters_do() -> None:
    assert undetermined(["Only ", "Latin"]) == undetermined([]) == "und"
    assert direction(undetermined(["שלום, Red"])) == direction(undetermined(["الخبز"])) == "rtl"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("he", {"Frank Ruhl Libre"}), ("he-IL", {"Frank Ruhl Libre"}), ("che", set()), ("ast", set()), ("sah", set())],
)
def test_a_language_is_known_by_the_whole_of_its_name(language: str, expected: set[str]) -> None:
    """Not by a part of it: Chechen, "che", is not Hebrew."""
    assert families(pdf.write(one_paragraph("“1917” – 1921.", language), {})) == {"EB Garamond", *expected}
