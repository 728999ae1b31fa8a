# SPDX-License-Identifier: AGPL-3.0-or-later
"""`publisher proof`: each kind of flaw is found where it is, and pictures of all pages are written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image

from publisher.checks import layout
from publisher.cli import main
from publisher.codes import CODES
from publisher.edition import Flaw
from publisher.ledger import Entry, Fate
from publisher.themes import design
from publisher.writers import contact_sheet
from publisher.writers.matter import Matter, SetPage, Setting
from publisher.writers.pdf.flaws import flaws
from publisher.writers.pdf.layout import lay
from publisher.writers.pdf.measurement import lacks
from publisher.writers.pdf.numbering import Place
from tests.test_linebreaks import TEXT, codes, measures, render

LONG = "<p>" + TEXT
FILLED = "".join(f"<p style='text-indent:0'>line {n}</p>" for n in range(1, 18))
PARAGRAPH = "<p style='text-indent:0'>first line<br>second line</p>"


@pytest.mark.parametrize(
    ("code", "body", "style"),
    [
        ("D001", f"{FILLED}{PARAGRAPH}", "p { widows: 1; orphans: 1 }"),
        ("D002", f"{FILLED}{PARAGRAPH}", "p { widows: 1; orphans: 1 }"),
        (
            "D003",
            "<p style='text-indent:0'>the loom of incomprehensibilitiesofmisunderstandings",
            "p { hyphens: none }",
        ),
        ("D004", f"<p style='white-space:nowrap'>{TEXT}", ""),
        ("D005", "<p>" + "incomprehensibilities misunderstandings administrations " * 8, ""),
        ("D007", "".join(f"<p>{TEXT[:length]} it." for length in range(160, 260, 4)), ""),
        ("D008", f"{FILLED}<h2 style='font:inherit;margin:0'>A heading</h2><p>Text", "h2 { break-after: auto }"),
        ("D009", FILLED + "<p>line 18</p><p>alone", ""),
        ("D012", "<table><tr>" + "<td>1234567" * 9, "td { overflow-wrap: anywhere }"),
    ],
)
def test_each_flaw_is_found(code: str, body: str, style: str) -> None:
    assert code in codes(render(body, style, ours=False))


def test_good_pages_have_none() -> None:
    assert codes(render(LONG * 6)) == []


def test_a_flaw_says_which_line_it_is_and_what_stands_there() -> None:
    (page,) = measures(render(f"<p>first</p><p style='white-space:nowrap'>{TEXT}", ours=False))
    (flaw,) = (flaw for flaw in page.flaws if flaw.code == "D004")
    assert flaw.line == 2
    assert flaw.words.endswith("half-brother.")
    assert len(flaw.words) <= 61


def test_a_hyphen_across_pages_is_found() -> None:
    found = [codes(render("<p>" + "x " * 12 * n + LONG * 6, ours=False)) for n in range(6)]
    assert any("D006" in some for some in found)


def test_characters_without_a_glyph_are_found() -> None:
    (page,) = render("<p>first</p><p>the \N{HEBREW LETTER SHIN} of a text")
    (flaw,) = lacks(page, frozenset("\N{HEBREW LETTER SHIN}"))
    assert (flaw.code, flaw.line, flaw.detail) == ("D011", 2, "U+05E9")
    assert not list(lacks(page, frozenset("\N{HEBREW LETTER ALEF}")))


def _setting(*depths: float) -> Setting:
    return Setting(b"", tuple(SetPage("", 0.0, depth, "the foot") for depth in depths), ())


def test_pages_are_compared_with_those_that_they_face() -> None:
    first = _setting(30, 35, 32, 34, 35, 10)  # pages 1 to 6: 2 faces 3, 4 faces 5
    assert flaws([first], [Place(1, blank=False, folio=1)]) == (Flaw("D010", 3, 32, "the foot", "35 and 32"),)
    assert flaws([first], [Place(2, blank=False, folio=2)]) == (
        Flaw("D010", 2, 30, "the foot", "30 and 35"),
        Flaw("D010", 4, 32, "the foot", "32 and 34"),
    )


def test_the_page_with_which_a_chapter_ends_may_end_anywhere() -> None:
    pages = _setting(35, 35, 20, 35, 10).pages
    begun = Setting(b"", (*pages[:3], replace(pages[3], begins=True), pages[4]), ())
    assert [flaw.page for flaw in flaws([Setting(b"", pages, ())], [Place(1, blank=False, folio=1)])] == [3]
    assert flaws([begun], [Place(1, blank=False, folio=1)]) == ()


def test_where_the_pages_of_the_markup_begin_is_seen() -> None:
    one, long = "<div><p>line</p></div>", f"<div>{LONG * 9}</div>"
    found = measures(render(f"{one}{long}<div style='break-before:page'><p>next</p></div>"))
    assert [measure.begins for measure in found] == [False] * (len(found) - 1) + [True]
    assert len(found) > 3


def test_a_page_that_would_end_early_is_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    full = design("book", "A5").lines
    kept = "<p style='break-inside: avoid; text-align: center'>1<br>2<br>3<br>4<br>5<br>6</p>"

    def early(html: str) -> int:
        return sum(full - page.depth >= 1.95 for page in lay(Matter("part", html, "book", "A5")).pages[:-1])

    long = f"<p>{TEXT} {TEXT}</p>"
    texts = [f"<html lang=en><body><div>{'<p>x</p>' * shift}{long * 2}{kept}{long * 2}" for shift in range(7, 12)]
    mended = list(map(early, texts))
    monkeypatch.setattr("publisher.writers.pdf.layout.TRIALS", 0)
    assert sum(mended) < sum(map(early, texts))


def test_a_nearly_empty_last_page_gets_more_lines_or_none() -> None:
    style = "@page { size: 280px 400px; margin: 20px } html { font-size: 20px } body { margin: 0 }"
    for length in range(200, 1_200, 120):
        body = f"<html lang=en><body>{LONG[: length % 300 + 60] * (1 + length // 100)}"
        setting = lay(Matter("part", body, "book", "A5", style))
        if len(setting.pages) > 1:
            assert not any(flaw.code == "D009" for flaw in setting.pages[-1].flaws) or setting.pages[-1].depth < 3


def test_a_flaw_is_traced_to_the_line_of_its_source() -> None:
    ledger = (
        Entry("mill.txt", 1, "The Mill", Fate.TITLE),
        Entry("mill.txt", 3, 'Whoever weaves "shall not', Fate.BODY),
        Entry("mill.txt", 4, "freeze,", Fate.BODY),
        Entry("mill.txt", 9, "shall not freeze, home", Fate.NAVIGATION),
    )
    found = layout.problems(
        [Flaw("D003", 4, 2, "weaves “shall not fre\N{HYPHEN}", "0.52"), Flaw("D010", 4, 30, "", "30 and 33")],
        ledger,
        "mill.pdf",
    )
    assert [str(problem) for problem in found] == [
        (
            "mill.txt:3: note D003: page 4, line 2: word spaces are 0.52 em wider than in the typeface:"
            ' "weaves “shall not fre\N{HYPHEN}"'
        ),
        "mill.pdf: note D010: page 4, line 30: the facing pages are 30 and 33 lines deep",
    ]


def test_all_codes_of_layout_can_be_told() -> None:
    kinds = [code for code in CODES if code.startswith("D")]
    problems = layout.problems([Flaw(code, 1, 1, "", "1") for code in kinds], (), "x.pdf")
    assert [problem.code for problem in problems] == kinds


def _pdf(pages: int) -> bytes:
    data = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(420, 595))
        made.save(data, static_id=True)
    return data.getvalue()


@pytest.mark.parametrize(("pages", "names"), [(5, ["x.proof.png"]), (40, ["x.proof-1.png", "x.proof-2.png"])])
def test_many_pages_take_several_sheets(pages: int, names: list[str]) -> None:
    sheets = contact_sheet.write("x", _pdf(pages), ())
    assert [sheet.path for sheet in sheets] == names
    assert all(Image.open(io.BytesIO(sheet.data)).width < 2_600 for sheet in sheets)


def test_pages_with_flaws_are_framed_and_the_first_stands_at_the_right() -> None:
    (sheet,) = contact_sheet.write("x", _pdf(3), {1})
    picture = Image.open(io.BytesIO(sheet.data)).convert("RGB")
    width, gap = contact_sheet.WIDTH, contact_sheet.GAP
    left, right = (picture.getpixel((gap + n * width + 1, gap + 40)) for n in (0, 1))
    assert left == pytest.approx(contact_sheet.GROUND, abs=4)
    assert right == pytest.approx(contact_sheet.FLAWED, abs=12)


def test_books_from_right_to_left_have_their_first_page_at_the_left_of_the_last_column() -> None:
    (sheet,) = contact_sheet.write("x", _pdf(3), {1}, leftward=True)
    picture = Image.open(io.BytesIO(sheet.data)).convert("RGB")
    red = [x for x in range(picture.width) if picture.getpixel((x, 64))[0] > 180 > picture.getpixel((x, 64))[1]]  # type: ignore[index]
    assert min(red) > picture.width // 2


def test_the_command_writes_sheets_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "mill.txt"
    text.write_text(f"Ada Weaver\n\nThe Mill\n\nWritten: 1921\n\n{TEXT}\n\n{TEXT}\n", encoding="utf-8")
    assert main(["proof", str(text), "-o", str(tmp_path / "out"), "--json"]) == 0
    shown = capsys.readouterr()
    (work,) = json.loads(shown.out)["works"]
    assert work["slug"] == "mill"
    assert work["sheets"] == [(tmp_path / "out" / "mill.proof.png").as_posix()]
    assert Path(work["sheets"][0]).read_bytes().startswith(b"\x89PNG")
    assert work["problems"] == []
    assert f"mill: {len(work['flaws'])} flaw" in shown.err


def test_what_cannot_be_written_is_not_said_to_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, taken = tmp_path / "mill.txt", tmp_path / "taken"
    text.write_text(f"Ada Weaver\n\nThe Mill\n\n{TEXT}\n", encoding="utf-8")
    taken.touch()
    assert main(["proof", str(text), "-o", str(taken), "--json"]) == 1
    shown = capsys.readouterr()
    assert f"{taken}: error O001" in shown.err
    assert " flaws on " in shown.err
    assert " sheet" not in shown.err
    (work,) = json.loads(shown.out)["works"]
    assert (work["sheets"], [problem["code"] for problem in work["problems"]]) == ([], ["O001"])


def test_what_cannot_be_laid_out_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", str(tmp_path / "absent.txt"), "-o", str(tmp_path), "--json"]) == 1
    shown = capsys.readouterr()
    assert "S001" in shown.err
    assert json.loads(shown.out)["works"][0]["problems"][0]["code"] == "S001"
