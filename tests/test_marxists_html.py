# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of HTML: each file of cases/marxists_html holds a page, what is read from it, and the problems.

A folder there is a work of several files, with what is read in its expected.txt.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.document import Epigraph, Heading, Link, Text, leaves, plain, runs
from publisher.errors import SourceError
from publisher.readers import READERS, Read, Source
from tests.case_files import CASES, SEPARATOR, described, expected, files, markup
from tests.proof import lost

FOLDER = CASES / "marxists_html"
FILES = sorted(FOLDER.glob("*.test"))
WORKS = sorted(folder for folder in FOLDER.iterdir() if folder.is_dir())
PICTURES = frozenset({"mill.png", "drop.png"})


def read(*sources: Source) -> Read:
    return READERS["marxists_html"](sources, pictures=PICTURES)


def page(body: str, head: str = "") -> Source:
    return Source("page.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())


def told(result: Read) -> set[str]:
    return {problem.code for problem in result.problems}


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    found = described(read(markup(case)), text.rstrip("\n"))
    assert found == expected(case, found)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_no_word_is_lost(case: Path) -> None:
    sources = [markup(case)]
    assert lost(read(*sources), sources, "marxists_html") == []


@pytest.mark.parametrize("folder", WORKS, ids=lambda folder: folder.name)
def test_work(folder: Path) -> None:
    sources = files(folder)
    result = read(*sources)
    found = described(result)
    assert found == expected(folder / "expected.txt", found)
    assert lost(result, sources, "marxists_html") == []


@pytest.mark.parametrize(
    ("declared", "text", "encoding", "codes"),
    [
        ("utf-8", "Mühle", "utf-8", set()),
        ("iso-8859-1", "Mühle – alt", "windows-1252", set()),
        ("iso-8859-1", "Mühle", "utf-8", {"R002"}),
        ("utf-8", "Mühle", "windows-1252", {"R002"}),
        ("utf-16", "Muehle", "ascii", set()),
        ("windows-1251", "séances", "windows-1252", {"R002"}),
        ("no-such-thing", "Mühle", "utf-8", {"R002"}),
    ],
)
def test_bytes_decide_about_the_encoding(declared: str, text: str, encoding: str, codes: set[str]) -> None:
    head = f'<meta http-equiv="content-type" content="text/html; charset={declared}">'
    source = Source("page.html", f"<html><head>{head}</head><body><h1>T</h1><p>{text}</p>".encode(encoding))
    result = read(source)
    assert told(result) == codes
    assert text in "".join(entry.text for entry in result.ledger)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//example.org/", "http://[x"]
)
def test_links_lead_to_the_web_only(url: str) -> None:
    result = read(page(f"<h1>T</h1><p>A <a href='{url}'>word</a> and <a href='http://example.org/'>more</a>.</p>"))
    found = [inline for block in result.book.chapters[0].blocks for run in runs(block) for inline in run]
    assert [inline.url for inline in found if isinstance(inline, Link)] == ["http://example.org/"]
    assert "word" in "".join(entry.text for entry in result.ledger)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + "word",
        "<b>word " * 10_000,
        "<blockquote><p>word " * 2_000,
        "<ul><li>word" * 2_000,
        "<table><tr><td>word" * 1_000,
        "<dl><dt>word<dd>" * 2_000,
        "</div></p></b></li></td>word" * 5_000,
        "<a name=x href=#x>word" * 5_000,
        "<p>word</p><!-- <p>" + "no" * 5_000,
        "<p title='" + "word " * 20_000,
        "<table><tr><td colspan=99999 rowspan=99999>word<td>word</table>",
        "<p>word<" * 10_000,
        "&#0;&#x110000;&nope;&#xfffe;word" * 1_000,
    ],
    ids=lambda body: body[:20],
)
def test_odd_markup_gives_a_book(body: str) -> None:
    source = page(f"<h1>T</h1><p>The first paragraph.</p>{body}")
    result = read(source)
    assert lost(result, [source], "marxists_html") == []
    assert any(leaves(run) for chapter in result.book.chapters for block in chapter.blocks for run in runs(block))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "S002"),
        (b"<html><body></body></html>", "S009"),
        (b"<html><frameset><frame src='a.htm'></frameset></html>", "S009"),
        (b"<html><body><p>a\0b</p></body></html>", "S004"),
        (b"<html><head><title>T</title></head><body><h1>T</h1></body></html>", "S009"),
    ],
)
def test_what_holds_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(Source("page.html", data))
    assert {problem.code for problem in caught.value.problems} == {code}


def test_many_notes_keep_their_order() -> None:
    count = 2_000
    calls = "".join(f"<p>word<a name=f{i} href=#n{i}>[{i}]</a></p>" for i in range(1, count + 1))
    bodies = "".join(f"<p><a name=n{i} href=#f{i}>{i}.</a> body {i}</p>" for i in range(1, count + 1))
    result = read(page(f"<h1>T</h1>{calls}<hr>{bodies}"))
    notes = result.book.chapters[0].notes
    assert [note.label for note in notes] == [str(i) for i in range(1, count + 1)]
    assert all(note.called for note in notes)
    assert result.problems == ()


def test_a_note_that_the_header_calls_belongs_to_the_first_chapter() -> None:
    chapters = "".join(
        f'<h3>Chapter {n}</h3>\n<p>The text goes on.<a href="#n{n + 1}" name="f{n + 1}">[{n + 1}]</a></p>\n'
        for n in (1, 2)
    )
    notes = "".join(f'<p><a href="#f{n}" name="n{n}">[{n}]</a> What note {n} says.</p>\n' for n in (1, 2, 3))
    header = '<p class="information">Source: The Miller, 1890.<a href="#n1" name="f1">[1]</a></p>\n'
    source = page(f'<h1>The Mill</h1>\n<p class="title">A. Author</p>\n{header}{chapters}<h4>Notes</h4>\n{notes}')
    book = read(source).book
    assert [[note.label for note in chapter.notes] for chapter in book.chapters] == [["1", "2"], ["3"]]
    assert book.header_calls == (0,)
    assert lost(read(source), [source], "marxists_html") == []


def test_a_link_back_to_an_anchor_that_is_misplaced_makes_no_note_of_the_text() -> None:
    text = '<p>The loom is old.<a href="#8">[8]</a></p>\n<a name="8b"> </a>\n<p>Here the text goes on.</p>\n'
    source = page(f'<h1>The Mill</h1>\n{text}<h4>Notes</h4>\n<p><a name="8" href="#8b">8.</a> The Miller, p. 9.</p>')
    result = read(source)
    (chapter,) = result.book.chapters
    assert [note.label for note in chapter.notes] == ["8"]
    assert len(chapter.blocks) == 2
    assert lost(result, [source], "marxists_html") == []


def test_a_count_before_a_dash_heads_a_chapter_and_a_name_behind_one_signs_a_motto() -> None:
    text = "<p>" + "The mill grinds slowly, and the weavers wait for bread. " * 3 + "</p>"
    long = "THE DECLINE OF THE MILLS AND THE CRISIS OF THE WEAVING COUNTIES OF THE NORTH"
    motto = "<h4>Let us be idle in everything but love and drink. – Lessing</h4>"
    book = read(page(f"<h1>Looms</h1>{motto}{text}<h4>I.—WOOL</h4>{text}<h4>II.—{long}</h4>{text}")).book
    first, *others = book.chapters
    assert isinstance(first.blocks[0], Epigraph)
    assert [plain(chapter.title) for chapter in others] == ["I.—WOOL", f"II.—{long}"]


def test_a_bold_line_in_the_middle_heads_its_table() -> None:
    table = "<table><tr><td>1913</td><td>42</td></tr><tr><td>1914</td><td>43</td></tr></table>"
    label = "<center><strong>Exports in millions</strong></center>"
    (chapter,) = read(page(f"<h1>Looms</h1><p>{'The mill grinds slowly. ' * 9}</p>{label}{table}")).book.chapters
    assert [type(block).__name__ for block in chapter.blocks] == ["Paragraph", "Heading", "Table"]
    heading = chapter.blocks[1]
    assert isinstance(heading, Heading)
    assert heading.inlines == (Text("Exports in millions"),)
