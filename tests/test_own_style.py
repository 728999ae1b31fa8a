# SPDX-License-Identifier: AGPL-3.0-or-later
"""A work's own style sheet: what it may say, and what is found wrong before anything is laid out."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.build.make import Job, Options, make
from publisher.cli import main
from publisher.edition import Style
from publisher.readers import Source
from publisher.writers import pdf
from publisher.writers.pdf import own_style, trial
from tests.editions import DRAWING, everything
from tests.one_piece import differences, one_piece

GOOD = """\
/* What a work may say of its looks. */
h2 + p, .quote p:first-child, .page h1, .speech + .speech, li:nth-child(2), .chapter-page:has(.verse) p { color: #300 }
p { text-indent: 2em; font-family: "Amiri", serif }
.title-page section::after { content: ""; display: block }
.chapter-page li::before { content: url("drawing.svg") }
@counter-style stars { system: cyclic; symbols: "*" }
@page :left { @bottom-right { content: string(verso) } }
@page { color: #030 }
"""
TEXT = "A. Author\n\nA Title\n\nA sentence of some words, and then some more of them.\n"


def problems(rules: str | bytes, **files: bytes) -> list[str]:
    data = rules.encode() if isinstance(rules, str) else rules
    _, found = own_style.read(Source("x/mine.css", data), {f"x/{name}": data for name, data in files.items()})
    return [str(problem).removeprefix("x/mine.css:") for problem in found]


def read(rules: str) -> Style:
    style, found = own_style.read(Source("x/mine.css", rules.encode()), {"x/drawing.svg": DRAWING})
    assert found == []
    return style


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("p { colr: red }", "1:5: error G001: Ignored `colr: red` unknown property"),
        ("\n p { color: blu }", "2:6: error G001: Ignored `color: blu` invalid value"),
        ("p { color red; }", '1:14: error G001: this is neither "property: value" nor a rule'),
        ("p { color: red", "1:3: error G001: this { is never closed"),
        ("p { }\n/* { */ h1 {\n  color: red;\n  b { top: 0 }\n", "2:12: error G001: this { is never closed"),
        ("p { }\nh1 { p { } h2 { top: 0", "2:15: error G001: this { is never closed"),
        ("p::foo { color: red }", "1:1: error G001: this is no selector: Expected a supported pseudo-element, got foo"),
        ("p { }\n}\n", "2:2: error G001"),
        (b"p { content: '\xff' }", "1: error G001: the file is not UTF-8"),
        ("@page { @middle { content: none } }", "1:9: error G001"),
        ("a::after { content: target-counter(attr(href), page) }", "1:21: error G002: target-counter() reaches"),
        ("p::after { content: counter(page) }", "1:21: error G002: counter() reaches"),
        ("h1 { counter-increment: chapter }", "1:6: error G002: counter-increment reaches"),
        ("h1 { string-set: verso content(text) }", "1:6: error G002: string-set reaches"),
        ("h1 { position: running(head) }", "1:16: error G002: running() reaches"),
        ("h1 { position: fixed }", "1:6: error G002: position reaches"),
        ("h1 { break-before: recto }", "1:6: error G002: break-before reaches"),
        (".page + .page { color: red }", "1:1: error G002: the selector looks"),
        (":first-child { color: red }", "1:1: error G002: the selector looks"),
        ("div:nth-child(2) h1 { color: red }", "1:1: error G002: the selector looks"),
        ("body:has(table) p { color: red }", "1:1: error G002: the selector looks"),
        (".part-page:has(+ .runs-on) { color: red }", "1:1: error G002: the selector looks"),
        ("p:not(* + *) { color: red }", None),
        (":not(.page ~ .page) { color: red }", "1:1: error G002: the selector looks"),
        ("@page :first { color: red }", "1:1: error G002: @page :first depends"),
        ("@page :nth(2) { color: red }", "1:1: error G002: @page :nth depends"),
        ("@page { @top-left { content: counter(pages) } }", "1:30: error G002: counter() reaches"),
        ("@page { @top-left { content: string(chapter) } }", "1:30: error G002: string() reaches"),
        ('@import "other.css";', "1:1: error G003: @import loads another file"),
        (
            "p::before { content: url(https://example.org/x.png) }",
            '1:22: error G003: "https://example.org/x.png" is no',
        ),
        ('p::before { content: url("../../etc/x.png") }', '1:22: error G003: "../../etc/x.png" is no picture'),
        ("p { background: url(x.png) }", "1:5: error G004: background cannot show a picture"),
        ("p { background: linear-gradient(red, blue) }", "1:5: error G004: background cannot show a picture"),
        ("p { page: bare }", "1:5: error G004: the types of pages"),
        ("@font-face { font-family: x; src: url(x.ttf) }", "1:1: error G004: @font-face has no place"),
        ("@media print { p { color: red } }", "1:1: error G004: @media has no place"),
        ("@page { size: A4 }", "1:9: error G004: size is not for @page"),
        ("h2 { & + p { color: red } }", "1:6: error G004: a rule stands inside a rule"),
        ("p { font-family: Helvetica }", '1:5: error G004: there is no typeface "Helvetica"'),
        ('p { font: 12pt "Comic Sans" }', '1:5: error G004: there is no typeface "Comic Sans"'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(rules: str | bytes, expected: str | None) -> None:
    found = problems(rules)
    assert found[0].startswith(expected) if expected else not found


def test_all_problems_are_collected_in_their_order() -> None:
    found = problems("p { colr: red }\nh1 { break-before: left }\n@import 'x';\n")
    assert [line.split(":")[0] for line in found] == ["1", "2", "3"]


def test_a_picture_that_is_none_is_refused() -> None:
    assert problems('p::before { content: url("x.png") }', **{"x.png": b"no"})[0].startswith(
        '1:22: error G003: "x.png"'
    )


@pytest.mark.slow
def test_a_style_sheet_that_is_right_changes_text_and_heads_in_parts_as_in_one_piece() -> None:
    work = replace(everything(), style=read(GOOD))
    output = pdf.write(work, {})
    assert differences(one_piece(work), output.data) == []
    assert output.data != pdf.write(everything(), {}).data


def test_no_book_is_written_with_a_wrong_style_sheet() -> None:
    job = Job(
        slug="x", file="x.txt", sources=(Source("x.txt", TEXT.encode()),), style=Source("mine.css", b"p { colr: red }")
    )
    built = make(job, Options(formats=("pdf",)))
    assert built.outputs == ()
    assert any(problem.code == "G001" for problem in built.problems)


def test_the_settings_name_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text(TEXT)
    (tmp_path / "x.toml").write_text('language = "en"\nstyle = "mine.css"\n')
    command = ["build", str(tmp_path / "x.txt"), "-o", str(tmp_path / "out"), "-t", "pdf"]

    assert main(command) == 1
    assert 'x.toml:2: error M008: style: "mine.css" is no file in the folder of the work' in capsys.readouterr().err
    (tmp_path / "mine.css").write_text("p { color: blu }")
    assert main(command) == 1
    assert "mine.css:1:5: error G001: Ignored `color: blu` invalid value" in capsys.readouterr().err
    assert not list(tmp_path.glob("out/*"))
    (tmp_path / "mine.css").write_text("p { color: blue }")
    assert main(command) == 0
    assert (tmp_path / "out" / "x.pdf").is_file()


@pytest.mark.parametrize(
    "rules",
    [
        "p::first-letter { float: left; font-size: 300% }",
        "p { font-size: 0 }",
        "em { display: none }",
        "h1 { text-transform: uppercase }",
        'p::before { content: "Added " }',
        "p { visibility: hidden }",
        "p { margin-left: -300mm }",
        "blockquote { float: left; width: 30mm }",
        "p { color: white }",
        "em { color: rgba(0, 0, 0, 0.01) }",
        "p { background: black }",
        "* { font: 2pt serif !important }",
        "p { word-spacing: -5mm }",
        "p { opacity: 0 }",
    ],
)
def test_a_rule_that_spoils_words_is_named(rules: str) -> None:
    assert [problem[:15] for problem in problems(f"h2 {{ color: #300 }}\n{rules}")] == ["2:1: error G005"]


def test_rules_are_tried_behind_those_that_show_pictures() -> None:
    rules = "li::before { content: url(drawing.svg) }\nem { display: none }"
    assert [problem[:15] for problem in problems(rules, **{"drawing.svg": DRAWING})] == ["2:1: error G005"]


def test_a_layout_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "LONGEST", 0.5)
    (said,) = problems("p { width: 0 }")
    assert said.startswith("1:1: error G005: the layout does not end")


@pytest.mark.parametrize(
    "rules",
    [
        "p { color: #a00 }",
        "p { background: black; color: white }",
        "p { opacity: 0.8 }",
        "li { list-style-type: square }",
    ],
)
def test_looks_may_differ(rules: str) -> None:
    read(rules)


def test_what_is_too_much_is_not_read() -> None:
    assert "G001" in problems("p { margin-left: calc(" + "(" * 3000 + "1px" + ")" * 3000 + ") }")[0]
    assert "G004" in problems("p { color: red }" * 20_000)[0]
    for moving in ("overflow: hidden", "transform: rotate(90deg)", "position: absolute", "clip-path: circle(1px)"):
        assert "G004" in problems(f"p {{ {moving} }}")[0]
    assert problems("p { position: static; overflow: visible }") == []


def test_a_style_sheet_is_named_where_the_book_cannot_be_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "check", lambda *_: ())
    for rules in ("em { display: none }", "p { font-size: 0 }"):
        style = Source("mine.css", rules.encode())
        source = Source("mill.md", f"# The Mill\n\n{TEXT}\n\nSome *stressed* words.\n".encode())
        built = make(Job(slug="mill", file="mill.md", sources=(source,), style=style), Options(formats=("pdf",)))
        assert not built.outputs
        said = " ".join(map(str, built.problems))
        assert "mine.css: error G005" in said
        # The cause is likely, not certain: what went wrong is told, too.
        assert "F004" in said or "X001" in said
