# SPDX-License-Identifier: AGPL-3.0-or-later
"""Covers: lettering that fits for short and long titles in several scripts, what is left off, spines, one's own."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
import segno
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageOps, ImageStat

from publisher.build.make import Job, Options, make, prepare
from publisher.edition import Edition, Output
from publisher.imposition import booklet as road
from publisher.imposition.options import Binding, BookletOptions
from publisher.imposition.stock import MM, thickness
from publisher.licences.identifiers import by_identifier
from publisher.licences.model import Licence, Status
from publisher.metadata.model import Contributor, Role
from publisher.metadata.settings import BookSettings, read
from publisher.papers import PAPERS
from publisher.pictures import Picture
from publisher.readers import Source
from publisher.writers import cover, epub, plate
from publisher.writers.cover_picture import HEIGHT, WIDTH
from publisher.writers.cover_text import LONGEST, check, licence_mark, shortened
from publisher.writers.lettering import LINE, Room, fit, length
from tests.editions import article

LINK = "https://example.org/works/petrograd.html"
FRAME = 0.068  # of the width, styles/cover/book.css


def titled(title: str, author: str = "V. I. Lenin", subtitle: str = "", language: str = "en") -> Edition:
    made = article()
    people = (Contributor(author, Role.AUTHOR),) if author else ()
    metadata = replace(made.metadata, title=title, subtitle=subtitle or None, contributors=people, source_url=LINK)
    return replace(made, metadata=metadata, language=language)


def drawn(edition: Edition) -> Image.Image:
    picture = cover.picture(edition)
    image = Image.open(io.BytesIO(picture.data))
    assert (picture.name, image.format, image.size) == ("cover.png", "PNG", (WIDTH, HEIGHT))
    return image.convert("L")


def lettering(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around what is drawn inside the frame, from its inner edge."""
    edge = int((FRAME + 0.04) * image.width)
    inside = image.crop((edge, edge, image.width - edge, image.height - edge))
    box = ImageOps.invert(inside).point([0] * 100 + [255] * 156).getbbox()
    assert box is not None
    return box[0], box[1], inside.width - box[2], inside.height - box[3]


def words(output: Output) -> str:
    return " ".join(pypdfium2.PdfDocument(output.data)[0].get_textpage().get_text_bounded().split())


@pytest.mark.parametrize(
    ("title", "author", "language"),
    [
        ("Was", "Walt Whitman", "en"),
        ("A title that goes on and on with a great many words " * 60, "A. Author", "en"),
        ("Большевики в Государственной думе", "А. Бадаев", "ru"),
        ("Donaudampfschifffahrtsgesellschaftskapitänswitwe", "E. G.", "de"),
        ("الدولة والثورة", "فلاديمير لينين", "ar"),
        ("x" * 3000, "W" * 400, "und"),
    ],
)
def test_lettering_stays_well_inside_the_frame(title: str, author: str, language: str) -> None:
    assert min(lettering(drawn(titled(title, author, "A subtitle " * 10, language)))) > 15


def test_words_of_a_cover_are_text_in_print() -> None:
    output = cover.write(titled("To the Petrograd City Conference", subtitle="A letter"))
    assert output.path == "book.cover.pdf"
    assert words(output).startswith("V. I. Lenin To the Petrograd City Conference A letter")
    with pikepdf.open(io.BytesIO(output.data)) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [420, 595]
        assert str(pdf.Root.Lang) == "en"
    assert "Donaudampfschiff" in re.sub(
        r"\W", "", words(cover.write(titled("Donaudampfschifffahrtskapitän", language="de")))
    )


def test_print_costs_little_toner() -> None:
    page = pypdfium2.PdfDocument(cover.write(titled("Capital")).data)[0]
    histogram = page.render(grayscale=True).to_pil().histogram()
    assert sum(histogram[:250]) / sum(histogram) < 0.06


def test_words_that_no_font_has_are_left_off_and_reported() -> None:
    sumerian = titled("𒈬𒀭", "𒌷", language="sux")
    (author, title) = check(sumerian, "x.txt")
    assert (author.code, title.code) == ("C001", "C001")
    assert title.message == "the cover is without its title: no font has 𒀭 (U+1202D), 𒈬 (U+1222C)"
    assert words(cover.write(sumerian)).endswith("GNU Free Documentation License")
    assert [*check(titled("Практика"), "x.txt")] == [*check(titled("实践论", language="zh"), "x.txt")] == []


def test_a_long_title_is_cut_behind_a_word_or_takes_its_short_form() -> None:
    long = titled("On the question of the mill and the weavers " * 70)
    (problem,) = check(long, "x.txt")
    assert (problem.code, problem.message) == ("C002", "the title has 3,080 characters; the cover shows the first 295")
    assert words(cover.write(long)).count("…") == 1
    short = replace(long, metadata=replace(long.metadata, short_title="On the Mill"))
    assert [*check(short, "x.txt")] == []
    assert "On the Mill" in words(cover.write(short))
    assert (shortened("a " * 10), len(shortened("x" * 400))) == ("a " * 9 + "a", LONGEST)


def test_an_author_keeps_one_ink() -> None:
    def ink(author: str, title: str) -> object:
        image = Image.open(io.BytesIO(cover.picture(titled(title, author)).data)).convert("RGB")
        return image.getpixel((WIDTH // 2, int(FRAME * WIDTH) + 8))

    assert ink("V. I. Lenin", "One") == ink("V. I. Lenin", "Two") != ink("Karl Marx", "One")


def test_each_theme_has_covers_and_others_have_those_of_the_book() -> None:
    book, pamphlet, large, other = (
        cover.write(replace(titled("Capital"), theme=theme)).data
        for theme in ("book", "pamphlet", "large-print", "somebody's own")
    )
    assert len({book, pamphlet, large}) == 3
    assert other == book
    assert min(lettering(drawn(replace(titled("A title of several words " * 9), theme="pamphlet")))) > 15


def test_the_same_words_give_the_same_bytes() -> None:
    edition = replace(titled("A"), cover_qr=True)
    assert cover.picture(edition) == cover.picture(edition)
    assert cover.write(edition).data == cover.write(edition).data
    pdf = Output("book.pdf", "pdf", b"", pages=200)
    assert cover.write_wrap(edition, pdf).data == cover.write_wrap(edition, pdf).data


@pytest.mark.parametrize(
    ("licence", "mark"),
    [
        (by_identifier("CC-BY-SA-4.0"), "CC BY-SA 4.0"),
        (by_identifier("CC0-1.0"), "CC0 1.0"),
        (Licence(status=Status.REFUSED, name="Fair use"), ""),
        (Licence(status=Status.NOT_STATED), ""),
    ],
)
def test_the_licence_has_its_mark_where_there_is_one(licence: Licence, mark: str) -> None:
    assert licence_mark(licence) == mark


def test_lines_are_as_large_as_their_room_allows() -> None:
    room = Room(width=100, height=40, largest=20, smallest=2)
    large, small = fit("Mill", room), fit("The mill and all the weavers of the town", room)
    assert large is not None
    assert small is not None
    assert (large.size, large.lines) == (20, ("Mill",))
    assert 2 < small.size < 20
    assert max(map(length, small.lines)) * small.size <= 100
    assert len(small.lines) * small.size * LINE <= 40
    assert fit("", room) is None
    assert fit("𓀀", room) is None


def test_letters_are_measured_in_the_font_that_has_them() -> None:
    assert length("ш") > 0
    assert length("سلام") > 0
    assert length("ab") == pytest.approx(length("a") + length("b"), abs=0.05)
    assert length("实践") == pytest.approx(2, abs=0.05)


# Around a book


def wrapped(edition: Edition, pages: int) -> Output:
    return cover.write_wrap(edition, Output("book.pdf", "pdf", b"", pages=pages))


def test_the_spine_is_as_wide_as_leaves_and_card() -> None:
    assert cover.spine(320, BookletOptions()) == pytest.approx(160 * thickness(80) + thickness(160))
    assert cover.spine(321, BookletOptions()) == pytest.approx(162 * thickness(80) + thickness(160))
    assert cover.spine(320, BookletOptions(weight=120)) > cover.spine(320, BookletOptions())
    assert cover.spine(60, BookletOptions()) == 0


def test_a_wrap_has_the_size_of_both_covers_and_the_spine() -> None:
    output = wrapped(titled("Capital", "Karl Marx"), 320)
    spine = cover.spine(320, BookletOptions())
    with pikepdf.open(io.BytesIO(output.data)) as pdf:
        left, bottom, right, top = map(float, pdf.pages[0].trimbox)
        assert (right - left) / MM == pytest.approx(2 * PAPERS["A5"].width + spine, abs=0.1)
        assert (top - bottom) / MM == pytest.approx(PAPERS["A5"].height, abs=0.1)
    assert output.note == f"spine {spine:.1f} mm"
    assert "Karl Marx — Capital" in words(output)


def sides(output: Output) -> tuple[bool, bool]:
    """Whether the title stands on the left and on the right half."""
    page = pypdfium2.PdfDocument(output.data)[0]
    middle, height = page.get_width() / 2, page.get_height()
    text = page.get_textpage()
    halves = ((0, middle), (middle, page.get_width()))
    left, right = (text.get_text_bounded(left=a, right=b, bottom=0, top=height) for a, b in halves)
    return "Capital" in left, "Capital" in right


def test_the_front_is_where_the_binding_wants_it() -> None:
    assert sides(wrapped(titled("Capital"), 40)) == (False, True)
    assert sides(wrapped(titled("Capital", language="he"), 40)) == (True, False)
    right = replace(titled("Capital"), booklet=BookletOptions(binding=Binding.RIGHT))
    assert sides(wrapped(right, 40)) == (True, False)


def test_a_cover_without_a_spine_fits_on_the_sheets_of_the_booklet() -> None:
    page = pypdfium2.PdfDocument(wrapped(titled("Capital"), 40).data)[0]
    assert page.get_size() == pytest.approx((2 * PAPERS["A5"].width * MM, PAPERS["A5"].height * MM), abs=0.2)


def test_a_narrow_spine_has_no_words() -> None:
    assert "—" not in words(wrapped(titled("Capital"), 60))


def test_a_code_leads_to_the_source() -> None:
    plain, coded = titled("Capital"), replace(titled("Capital"), cover_qr=True)
    assert len(cover.write(coded).data) > len(cover.write(plain).data)
    assert LINK in words(wrapped(coded, 40)).replace(" ", "")
    assert LINK not in words(wrapped(plain, 40)).replace(" ", "")
    assert cover.picture(coded) == cover.picture(plain)


@pytest.mark.parametrize("length", [1, 106, 107, 134])
def test_the_dots_of_a_code_are_large_enough_to_be_read(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    made: list[segno.QRCode] = []
    make = segno.make_qr

    def note(address: str, error: str) -> segno.QRCode:
        made.append(make(address, error=error))
        return made[-1]

    monkeypatch.setattr(segno, "make_qr", note)
    edition = replace(titled("Capital"), cover_qr=True)
    edition = replace(edition, metadata=replace(edition.metadata, source_url="x" * length))
    assert [*check(edition, "x.txt")] == []
    cover.write(edition)
    # styles/cover/base.css: a square of 20 mm, its margin included.
    assert 20 / made[0].symbol_size(border=4)[0] > 0.4


@pytest.mark.parametrize("link", [None, "https://example.org/" + "x" * 115])
def test_a_code_without_a_link_is_reported(link: str | None) -> None:
    edition = replace(titled("Capital"), cover_qr=True)
    edition = replace(edition, metadata=replace(edition.metadata, source_url=link))
    assert [problem.code for problem in check(edition, "x.txt")] == ["C003"]
    assert cover.write(edition).pages == 1


# A picture of one's own


def image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "#336699").save(out, kind)
    return out.getvalue()


def job(settings: str, pictures: tuple[Source, ...] = ()) -> Job:
    text = b"A. Author\n\nThe Mill\n\nWritten: 1911\nCopyleft: CC0\n\nThe weavers went home.\n"
    values = read(settings.encode(), "shelf/mill.toml", BookSettings)
    return Job(
        slug="mill",
        file="shelf/mill.txt",
        sources=(Source("shelf/mill.txt", text),),
        pictures=pictures,
        settings=values,
    )


@pytest.mark.parametrize(("kind", "name"), [("PNG", "cover.png"), ("JPEG", "cover.jpg")])
def test_a_picture_of_the_works_own_is_the_cover(kind: str, name: str) -> None:
    data = image(kind)
    edition = prepare(job('cover = "art/own.png"', (Source("shelf/art/own.png", data),)), Options()).edition
    assert cover.picture(edition) == Picture(name, f"image/{kind.lower()}", data)
    page = pypdfium2.PdfDocument(cover.write(edition).data)[0].render().to_pil().convert("RGB")
    assert page.getpixel((page.width // 2, page.height // 2)) == pytest.approx((0x33, 0x66, 0x99), abs=2)
    assert page.getpixel((page.width // 2, 5)) == (255, 255, 255)
    assert name.encode() in epub.write(edition, {}).data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no picture", 'cover: "own.png": this is no picture that a book can hold: the cover must be PNG or JPEG'),
        (image("PNG")[:100], 'cover: "own.png": this picture is damaged: the cover must be PNG or JPEG'),
        (image("GIF"), 'cover: "own.png": this is image/gif: the cover must be PNG or JPEG'),
    ],
    ids=["text", "damaged", "GIF"],
)
def test_a_cover_that_is_none_is_a_problem(data: bytes, message: str) -> None:
    built = make(job('cover = "own.png"', (Source("shelf/own.png", data),)), Options(formats=("epub",)))
    assert built.outputs == ()
    assert [(p.code, p.message) for p in built.problems if p.code == "P003"] == [("P003", message)]


def test_a_cover_that_is_not_there_is_a_problem_of_its_line() -> None:
    built = make(job('\ncover = "own.png"'), Options(formats=("epub",)))
    (problem,) = (p for p in built.problems if p.code == "P003")
    assert (problem.location.file, problem.location.line) == ("shelf/mill.toml", 2)


def test_what_a_writer_doubts_is_a_problem_of_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(road, "ONE_SIGNATURE", 1)
    wished = job('language = "en"')
    lenient, strict = (make(wished, Options(formats=("booklet",), strict=strict)) for strict in (False, True))
    assert "B011" in {problem.code for problem in lenient.problems}
    assert [output.path for output in lenient.outputs] == ["mill.booklet.pdf", "mill.fidelity.json"]
    assert strict.outputs == ()


def test_the_formats_are_built() -> None:
    built = make(job("[booklet]\nsignature = 4"), Options(formats=("cover", "wrap", "booklet")))
    assert [output.path for output in built.outputs if output.format != "fidelity"] == [
        "mill.booklet.pdf",
        "mill.cover.pdf",
        "mill.wrap.pdf",
    ]


@pytest.mark.parametrize(
    ("title", "subtitle", "simple"),
    [
        ("What Is To Be Done?", "Burning Questions of Our Movement", True),
        ("Государство и революция", "", True),
        ("رأس المال", "", False),
        ("Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 3, "", False),
    ],
)
def test_a_cover_that_is_drawn_letter_by_letter_is_the_one_that_is_laid_out(
    title: str, subtitle: str, monkeypatch: pytest.MonkeyPatch, *, simple: bool
) -> None:
    laid_out: list[str] = []
    set_plate = plate.set_plate

    def lay_out(markup: str) -> bytes:
        laid_out.append(markup)
        return set_plate(markup)

    monkeypatch.setattr(cover, "set_plate", lay_out)
    one = drawn(titled(title, subtitle=subtitle))
    assert bool(laid_out) is not simple
    monkeypatch.setattr(cover, "is_simple", lambda _: False)
    other = drawn(titled(title, subtitle=subtitle))
    # Blurred, since edges of letters are smoothed in another way: 3 of 256 shades, on the average of small squares.
    squares = [image.resize((100, 160), Image.Resampling.BOX) for image in (one, other)]
    assert max(value for value, count in enumerate(ImageChops.difference(*squares).histogram()) if count) < 40
    assert ImageStat.Stat(ImageChops.difference(*squares)).mean[0] < 3
