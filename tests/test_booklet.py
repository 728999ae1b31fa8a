# SPDX-License-Identifier: AGPL-3.0-or-later
"""Booklets as files: what stands on their sheets is read back from the finished PDFs, and folded by hand."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from publisher.cli import main
from publisher.edition import Edition, Output
from publisher.errors import OutputError
from publisher.imposition import booklet as road, proof
from publisher.imposition.booklet import Booklet, impose
from publisher.imposition.geometry import EDGE
from publisher.imposition.options import Binding, BookletOptions, Edge, Layout, Mark, Reload
from publisher.imposition.order import order
from publisher.imposition.pages import opened
from publisher.imposition.stock import MM
from publisher.metadata.booklet import options
from publisher.metadata.settings import BookSettings, ShelfSettings, layered, read
from publisher.writers import booklet
from publisher.writers.calibration import write as calibrate
from tests.editions import article
from tests.sheets import numbered, saved

WIDTH, HEIGHT = 300, 400


def pdf(pages: int) -> Output:
    return Output("book.pdf", "pdf", saved(numbered(pages)), pages=pages)


def made(data: bytes, **wished: object) -> Booklet:
    return impose(data, replace(BookletOptions(), **wished), "x", "x.pdf")


def sides(data: bytes) -> list[tuple[int, int]]:
    """What stands on the left and right of each side of the paper, 0 for nothing."""
    document = pypdfium2.PdfDocument(data)
    return [(_number(page, 0), _number(page, page.get_width() / 2)) for page in document]


def _number(page: pypdfium2.PdfPage, left: float) -> int:
    half = page.get_width() / 2
    text = page.get_textpage().get_text_bounded(left=left, bottom=0, right=left + half, top=page.get_height())
    return int(text or 0)


def leaves(printed: list[tuple[int, int]]) -> Iterator[int]:
    """The pages in a reader's order: sheets laid in each other, turned over the short edge, folded in the middle."""
    fronts, backs = printed[::2], printed[1::2]
    for (_, recto), (verso, _) in zip(fronts, backs, strict=True):
        yield from (recto, verso)
    for (verso, _), (_, recto) in reversed(list(zip(fronts, backs, strict=True))):
        yield from (recto, verso)


@pytest.mark.parametrize("pages", range(1, 22))
def test_folded_sheets_read_in_order(pages: int) -> None:
    (output,) = booklet.write(article(), pdf(pages))
    assert output.sheets is not None
    assert output.blanks is not None
    assert list(leaves(sides(output.data))) == [*range(1, pages + 1), *[0] * output.blanks]
    assert (output.pages, 4 * output.sheets) == (2 * output.sheets, pages + output.blanks)
    assert output.blanks < 4


def test_what_there_is_to_know_is_said_to_people_and_scripts() -> None:
    (output,) = booklet.write(article(), pdf(5))
    assert (output.path, output.note) == ("book.booklet.pdf", "2 sheets, 3 blanks, flip on the short edge")
    assert output.advice[0] == "5 pages on 2 sheets of A4, two-up"
    assert any("book.booklet.pdf" in line for line in output.advice)
    assert output.details["signatures"] == (8,)
    assert json.loads(json.dumps(output.details))["copyfit"]["fewer_pages"] == 4


def test_fonts_are_shared_and_links_left_behind() -> None:
    (output,) = booklet.write(article(), pdf(12))
    with pikepdf.open(io.BytesIO(output.data)) as found:
        fonts = [item for item in found.objects if isinstance(item, Dictionary) and item.get("/Type") == "/Font"]
        assert len(fonts) == 1
        assert not any("/Annots" in page for page in found.pages)


def test_tells_the_printer_and_the_reader_what_it_is() -> None:
    for flip, name in ((None, "/DuplexFlipShortEdge"), (Edge.LONG, "/DuplexFlipLongEdge")):
        with pikepdf.open(io.BytesIO(made(pdf(4).data, flip=flip).parts[0].data)) as found:
            assert str(found.docinfo["/Title"]) == "A Title"
            assert str(found.Root.Lang) == "en"
            assert str(found.Root.ViewerPreferences.Duplex) == name
            assert str(found.Root.ViewerPreferences.PrintScaling) == "/None"


def test_same_bytes_from_same_pdf() -> None:
    first, again = (booklet.write(article(), pdf(7)) for _ in range(2))
    assert [output.data for output in first] == [output.data for output in again]


# Layouts as files: what PDFium finds on them


@pytest.mark.parametrize("layout", Layout)
def test_names_on_the_sheets_are_those_of_the_pages_that_are_drawn(layout: Layout) -> None:
    (part,) = made(pdf(24).data, layout=layout, flip=Edge.LONG).parts
    for side, page in zip(proof.sides(part.data), pypdfium2.PdfDocument(part.data), strict=True):
        text = page.get_textpage()
        for spot in side:
            near = text.get_text_bounded(left=spot.x - 15, bottom=spot.y - 15, right=spot.x + 15, top=spot.y + 15)
            assert int(near) == spot.page


def test_a_right_bound_booklet_is_the_mirror_of_a_left_bound_one() -> None:
    data = pdf(8).data
    left, right = (sides(made(data, binding=side).parts[0].data) for side in Binding)
    assert right == [pair[::-1] for pair in left]


def test_the_binding_follows_the_text_the_pdf_or_the_wish() -> None:
    arabic = replace(article(), language="ar")
    (output,) = booklet.write(arabic, pdf(4))
    assert sides(output.data)[0] == (1, 4)
    source = numbered(4)
    source.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)
    assert made(saved(source)).summary.binding is Binding.RIGHT
    assert made(saved(source), binding=Binding.LEFT).summary.binding is Binding.LEFT


def test_a_cover_and_fronts_and_backs_have_their_own_files() -> None:
    found = made(pdf(16).data, separate_cover=True, duplex=False, reload=Reload.UNTURNED)
    by_name = {part.name: sides(part.data) for part in found.parts}
    assert by_name == {
        "booklet-cover-fronts": [(16, 1)],
        "booklet-cover-backs": [(2, 15)],
        "booklet-fronts": [(14, 3), (12, 5), (10, 7)],
        "booklet-backs": [(8, 9), (6, 11), (4, 13)],
    }
    assert found.summary.files == tuple(f"x.{name}.pdf" for name in by_name)
    assert sum("Lay the pile into the tray" in step for step in found.summary.steps) == 2
    assert sum("160 g/m²" in step for step in found.summary.steps) == 1


@pytest.mark.parametrize(("number", "wished"), [(16, {"layout": Layout.FOUR_UP}), (100, {}), (4, {})])
def test_a_cover_that_cannot_be_apart_is_reported(number: int, wished: dict[str, object]) -> None:
    found = made(pdf(number).data, separate_cover=True, **wished)
    assert [problem.code for problem in found.problems] == ["B008"]
    assert [part.name for part in found.parts] == ["booklet"]


def test_a_long_book_has_signatures_and_a_thick_one_is_doubtful() -> None:
    long = made(pdf(200).data).summary
    assert (sum(long.signatures), max(long.signatures), long.blanks) == (200, 32, 0)
    assert [problem.code for problem in made(pdf(100).data, signature=0).problems] == ["B011"]


def test_marks_are_drawn_and_trim_marks_that_cannot_be_are_reported() -> None:
    with_marks = made(pdf(4).data, sheet="A3", marks=tuple(Mark))
    assert with_marks.problems == ()
    assert len(with_marks.parts[0].data) > len(made(pdf(4).data, sheet="A3").parts[0].data)
    a5 = saved(numbered(4, (148 * MM, 210 * MM)))
    assert [problem.code for problem in made(a5, marks=(Mark.TRIM,)).problems] == ["B010"]


@pytest.mark.parametrize("layout", Layout)
def test_nothing_is_printed_at_the_edge_of_the_sheet(layout: Layout) -> None:
    source = numbered(8, (148 * MM, 210 * MM))
    for page in source.pages:  # a frame on the very edge of the page
        page.contents_add(f"2 w 1 1 {148 * MM - 2:.2f} {210 * MM - 2:.2f} re S".encode())
    found = made(saved(source), layout=layout, marks=tuple(Mark))
    for page in pypdfium2.PdfDocument(found.parts[0].data):
        picture = page.render(scale=2, grayscale=True).to_pil()
        edge = int(EDGE * MM * 2) - 1
        inner = picture.crop((edge, edge, picture.width - edge, picture.height - edge))
        picture.paste(255, (edge, edge, picture.width - edge, picture.height - edge))
        assert picture.getextrema() == (255, 255)
        assert inner.getextrema()[0] < 128


# PDFs from elsewhere


def test_boxes_with_offsets_turned_pages_and_units_are_as_a_viewer_shows_them() -> None:
    source = numbered(4, (148 * MM, 210 * MM))
    source.pages[1].obj.MediaBox = Array([-50, -50, 148 * MM + 70, 210 * MM + 60])
    source.pages[1].obj.TrimBox = Array([0, 0, 148 * MM, 210 * MM])
    source.pages[2].obj.MediaBox = Array([0, 0, 210 * MM, 148 * MM])
    source.pages[2].Contents = source.make_stream(
        f"BT /F 12 Tf 0 1 -1 0 {105 * MM:.2f} {70 * MM:.2f} Tm (3) Tj ET".encode()
    )
    source.pages[2].obj.Rotate = 270
    source.pages[3].obj.MediaBox = Array([0, 0, 74 * MM, 105 * MM])
    source.pages[3].obj.UserUnit = 2
    source.pages[3].Contents = source.make_stream(f"BT /F 6 Tf {37 * MM:.2f} {52 * MM:.2f} Td (4) Tj ET".encode())
    found = made(saved(source))
    assert found.problems == ()
    assert sides(found.parts[0].data) == [(4, 1), (2, 3)]
    with opened(saved(source), "x.pdf") as pages:
        assert {(round(page.width), round(page.height)) for page in pages.pages} == {(420, 595)}


@pytest.mark.parametrize(
    ("box", "problems"),
    [
        ((-100, -100, 800, 800), []),
        ((5000, 5000, 6000, 6000), ["page 2 (and 1 more): its /CropBox lies outside of it; all of it is shown"]),
    ],
)
def test_no_box_reaches_beyond_the_page(box: tuple[int, ...], problems: list[str]) -> None:
    source = numbered(4)
    for page in source.pages[1:3]:
        page.obj.CropBox = Array(box)
    found = made(saved(source))
    assert [problem.message for problem in found.problems] == problems
    assert (found.summary.scale, sorted(leaves(sides(found.parts[0].data)))) == (1, [1, 2, 3, 4])


def test_a_turn_that_no_page_can_have_is_none_and_reported() -> None:
    source = numbered(4)
    source.pages[0].obj.Rotate = -90
    source.pages[2].obj.Rotate = 45
    problem, size = made(saved(source)).problems
    assert (size.code, size.message) == ("B007", "1 of 4 pages are of another size than most: 1")
    assert (problem.code, problem.message[:20]) == ("B012", "page 3: /Rotate 45 i")


def test_no_signature_is_smaller_than_its_sheet() -> None:
    (problem,) = made(pdf(17).data, layout=Layout.FOUR_UP, signature=4).problems
    assert (problem.code, problem.message) == ("B013", "a sheet in four-up has 8 pages, so no signature has 4")
    assert made(pdf(17).data, layout=Layout.FOUR_UP_CUT, signature=4).problems == ()


def test_what_would_save_a_sheet_counts_the_same_blanks() -> None:
    first, *_ = booklet.outputs(made(pdf(17).data, layout=Layout.FOUR_UP_CUT), "x")
    assert (first.blanks, first.advice[-1][:29]) == (3, "17 pages = 3 sheets, 3 blanks")


def test_pages_of_several_sizes_are_reported_and_all_there() -> None:
    source = numbered(3, (148 * MM, 210 * MM))
    source.pages[2].obj.MediaBox = Array([0, 0, 210 * MM, 148 * MM])
    source.pages[2].Contents = source.make_stream(b"BT /F 12 Tf 200 200 Td (wide) Tj ET")
    found = made(saved(source))
    assert [problem.code for problem in found.problems] == ["B007"]
    assert "wide" in pypdfium2.PdfDocument(found.parts[0].data)[1].get_textpage().get_text_bounded()


def test_what_remarks_and_forms_show_is_printed() -> None:
    source = numbered(4)
    form = source.make_stream(
        b"BT /F 12 Tf 2 2 Td (stamped) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 80, 20]),
        Resources=source.pages[0].Resources,
    )
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([10, 10, 90, 30]), AP=Dictionary(N=form), Contents="x"
    )
    source.pages[0].Annots = source.make_indirect(Array([source.make_indirect(stamp)]))
    first = pypdfium2.PdfDocument(made(saved(source)).parts[0].data)[0]
    assert "stamped" in first.get_textpage().get_text_bounded()


def test_layers_stay_hidden() -> None:
    source = numbered(4)
    layer = source.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    source.pages[0].Resources.Properties = Dictionary(L=layer)
    source.pages[0].contents_add(b"/OC /L BDC 0 0 300 400 re f EMC")
    source.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([])))
    picture = pypdfium2.PdfDocument(made(saved(source)).parts[0].data)[0].render(grayscale=True).to_pil()
    assert picture.histogram()[0] < 100


def codes(data: bytes, password: str = "") -> list[str]:
    try:
        return [problem.code for problem in impose(data, BookletOptions(), "x", "x.pdf", password).problems]
    except OutputError as error:
        return [problem.code for problem in error.problems]


def locked(user: str) -> bytes:
    return saved(numbered(4), pikepdf.Encryption(user=user, owner="other"))


def empty() -> bytes:
    return saved(pikepdf.new())


def of_size(*box: float) -> bytes:
    source = numbered(4)
    source.pages[2].obj.MediaBox = Array(box)
    return saved(source)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["B001"]),
        (b"Not a PDF", ["B001"]),
        (b"%PDF-1.7\nnothing", ["B001"]),
        (saved(numbered(4))[:-300], ["B004"]),
        (locked("secret"), ["B002"]),
        (locked(""), []),
        (empty(), ["B003"]),
        (of_size(0, 0, 0, 400), ["B005"]),
        (of_size(0, 0, 1e9, 400), ["B005"]),
    ],
)
def test_what_is_wrong_with_a_pdf_is_a_problem_with_a_code(data: bytes, expected: list[str]) -> None:
    assert codes(data) == expected


def test_a_password_opens_an_encrypted_pdf() -> None:
    data = locked("secret")
    assert codes(data, "secret") == []
    assert codes(data, "wrong") == ["B002"]


def test_a_page_that_cannot_be_read_is_named() -> None:
    source = numbered(4)
    source.pages[2].Contents = pikepdf.Stream(source, b"no flate", Filter=Name.FlateDecode)
    with pytest.raises(OutputError) as caught:
        made(saved(source))
    (problem,) = caught.value.problems
    assert problem.code == "B001"
    assert problem.message.startswith("page 3 cannot be read")


def test_a_booklet_that_would_not_read_in_order_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    straight = order(8, BookletOptions(), Binding.LEFT)
    wrong = replace(straight, sheets=straight.sheets[::-1])
    monkeypatch.setattr(road, "order", lambda *_: wrong)
    with pytest.raises(OutputError) as caught:
        made(pdf(8).data)
    assert [problem.code for problem in caught.value.problems] == ["B009"]


# The table [booklet]


def test_a_table_has_the_options_and_a_shelf_its_defaults() -> None:
    own = read(b'[booklet]\nlayout = "four-up-cut"\nmarks = ["fold", "trim"]', "book.toml", BookSettings).values
    shelf = read(b'[booklet]\nsheet = "letter"\nlayout = "four-up"', "defaults.toml", ShelfSettings).values
    merged = layered(ShelfSettings(booklet=own.booklet), shelf).booklet
    assert options(merged) == BookletOptions(sheet="letter", layout=Layout.FOUR_UP_CUT, marks=(Mark.FOLD, Mark.TRIM))
    assert options(BookSettings().booklet) == BookletOptions()


def test_an_edition_is_made_as_its_table_says() -> None:
    wished: Edition = replace(article(), booklet=BookletOptions(duplex=False, signature=4))
    outputs = booklet.write(wished, pdf(16))
    assert [output.path for output in outputs] == ["book.booklet-fronts.pdf", "book.booklet-backs.pdf"]
    assert outputs[0].details["signatures"] == (4, 4, 4, 4)
    assert {output.format for output in outputs} == {"booklet"}


# The calibration sheet, and the command


def test_the_calibration_sheet_has_two_sides_that_say_what_to_do() -> None:
    output = calibrate("A4")
    front, back = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(output.data))
    assert "like a page of a book" in " ".join(front.split())
    assert "--flip short" in back
    assert "--flip long" in back
    assert calibrate("A4").data == output.data
    assert pypdfium2.PdfDocument(calibrate("letter").data)[0].get_size() == pytest.approx((792, 612), abs=0.1)


def test_the_command_writes_files_and_says_how_to_print_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zine.pdf").write_bytes(pdf(8).data)
    asked = ["--layout", "four-up", "--flip", "long", "--marks", "fold,stitch", "--json", "--calibration"]
    assert main(["booklet", str(tmp_path / "zine.pdf"), "-o", str(tmp_path), *asked]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert [Path(output["path"]).name for output in found["outputs"]] == ["zine.booklet.pdf", "calibration.pdf"]
    assert (found["outputs"][0]["details"]["layout"], found["problems"]) == ("four-up", [])
    assert "1. Print zine.booklet.pdf" in printed.err
    assert (tmp_path / "zine.booklet.pdf").read_bytes().startswith(b"%PDF")


def test_what_an_earlier_choice_left_behind_is_removed(tmp_path: Path) -> None:
    (tmp_path / "zine.pdf").write_bytes(pdf(8).data)
    kept = ["zine.booklet-backs.pdf.txt", "zine.booklet-notes.pdf", "zines.booklet-backs.pdf"]
    for name in kept:
        (tmp_path / name).touch()
    for asked in (["--separate-cover", "--no-duplex"], ["--separate-cover"], ["--no-duplex"], []):
        assert main(["booklet", str(tmp_path / "zine.pdf"), "-o", str(tmp_path), *asked]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*kept, "zine.booklet.pdf", "zine.pdf"])


def test_the_command_reports_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(saved(numbered(8))[:-300])
    assert main(["booklet", str(broken), "-o", str(tmp_path), "--strict"]) == 1
    assert main(["booklet", str(tmp_path / "absent.pdf"), "-o", str(tmp_path), "--json"]) == 1
    printed = capsys.readouterr()
    assert f"{broken}: error B004: the PDF is damaged (file is damaged);" in printed.err
    assert [problem["code"] for problem in json.loads(printed.out)["problems"]] == ["S001"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.pdf"]


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["x.pdf", "--signature", "6"],
        ["x.pdf", "--signature", "40"],
        ["x.pdf", "--weight", "5"],
        ["x.pdf", "--inside", "far"],
        ["x.pdf", "--inside", "-1"],
        ["x.pdf", "--marks", "crosses"],
        ["x.pdf", "--sheet", "A99"],
    ],
)
def test_wrong_usage(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["booklet", *wrong])
    assert caught.value.code == 2
