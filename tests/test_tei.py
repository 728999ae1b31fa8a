# SPDX-License-Identifier: AGPL-3.0-or-later
"""TEI: each file of cases/tei holds a text, what is read from it, and the problems; and damaged or harmful files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from publisher.checks import source
from publisher.document import Figure, Image, NoteCall, Part, Verse, calls
from publisher.errors import SourceError
from publisher.readers import READERS, Read, Source
from tests.case_files import CASES, SEPARATOR, described, expected, marked_up
from tests.proof import lost

FILES = sorted((CASES / "tei").glob("*.test"))
HEAD = "<TEI><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader><text><body>\n"
END = "</body></text></TEI>"


def read(*sources: Source, pictures: tuple[str, ...] = ()) -> Read:
    return READERS["tei"](sources, pictures=pictures)


def body(markup: str, **more: tuple[str, ...]) -> Read:
    return read(Source("a.xml", f"{HEAD}{markup}{END}".encode()), **more)


def refused(data: str | bytes) -> str:
    """The first problem of a file that cannot be read: its place and code."""
    with pytest.raises(SourceError) as error:
        read(Source("a.xml", data if isinstance(data, bytes) else data.encode()))
    problem = error.value.problems[0]
    return f"{problem.location.line}:{problem.location.column} {problem.code}"


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    found = described(read(marked_up(case, ".xml")), text.rstrip("\n"))
    assert found == expected(case, found)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_no_word_is_lost(case: Path) -> None:
    file = marked_up(case, ".xml")
    assert lost(read(file), [file], "tei") == []


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_no_word_is_lost_on_one_line(case: Path) -> None:
    """Without line breaks between them, elements are told apart by the reader alone."""
    file = marked_up(case, ".xml")
    joined = Source(file.file, file.data.replace(b">\n<", b"><").replace(b"\n", b" "))
    assert lost(read(joined), [joined], "tei") == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("", "1:1 R004"),
        (f"{HEAD}<p>one\n<hi>two</p>{END}", "3:10 R004"),
        (f"{HEAD}<p>cut", "2:7 R004"),
        (f"{HEAD}<p>&mdash;</p>{END}", "2:4 R004"),
        (f"{HEAD}{'<hi>' * 10_000}x{'</hi>' * 10_000}{END}", "2:389 R005"),
        (f"<!DOCTYPE TEI [<!ENTITY x 'y'>]>\n{HEAD}<p>&x;</p>{END}", "3:4 R006"),
        (f"<!DOCTYPE TEI [<!ENTITY x SYSTEM '/etc/hostname'>]>\n{HEAD}<p>&x;</p>{END}", "3:4 R006"),
        (f"<!DOCTYPE TEI SYSTEM 'a.dtd'>\n{HEAD}<p>&nobody;</p>{END}", "3:4 R006"),
        (f"{HEAD}<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='b.xml'/>{END}", "2:1 R006"),
        ("<book><title>x</title></book>", "1:1 R070"),
        (f"{HEAD}{END}", "0:0 S009"),
        (b"\x89PNG\r\n\x1a\n\x00", "0:0 S004"),
    ],
)
def test_a_bad_file_has_a_problem_with_its_place(data: str | bytes, problem: str) -> None:
    assert refused(data) == problem


def test_entities_that_grow_are_not_expanded() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 20}'>" for n in range(1, 12))
    declared = f"<!DOCTYPE TEI [<!ENTITY l0 'ha'>{laughs}]>\n"
    assert refused(f"{declared}{HEAD}<p>&l11;</p>{END}") == "3:4 R006"
    assert refused(f"{declared}{HEAD}<p n='&l11;'>x</p>{END}").endswith("R006")
    # Who only declares them does no harm.
    assert body("<p>x</p>").book == read(Source("a.xml", f"{declared}{HEAD}<p>x</p>{END}".encode())).book


@pytest.mark.parametrize("declared", ["", "<?xml version='1.0' encoding='utf-8'?>"])
def test_bytes_that_contradict_the_declaration(declared: str) -> None:
    found = read(Source("a.xml", f"{declared}{HEAD}<p>déjà</p>{END}".encode("latin-1")))
    assert [problem.code for problem in found.problems] == ["R002"]
    assert "déjà" in "".join(entry.text for entry in found.ledger)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16"])
def test_declared_encodings(encoding: str) -> None:
    data = f"<?xml version='1.0' encoding='{encoding}'?>{HEAD}<p>déjà</p>{END}".encode(encoding)
    found = read(Source("a.xml", data))
    assert found.problems == ()
    assert "déjà" in "".join(entry.text for entry in found.ledger)


def test_places_in_the_ledger() -> None:
    found = body("<p>one\n<hi>two</hi> three</p>")
    assert [(e.line, e.column, e.text.strip()) for e in found.ledger[1:]] == [(2, 4, "one"), (3, 5, "two three")]


def test_a_note_stands_where_its_lemma_does() -> None:
    """Notes between lines of verse belong to the line before, unless the word they explain is in the next."""
    found = body(
        "<lg><l>The sea</l><note>Whale: a beast.</note><l>a whale came</l><note>Came: arrived.</note><l>on</l></lg>"
    )
    verse = found.book.chapters[0].blocks[0]
    assert isinstance(verse, Verse)
    assert [calls(line.inlines) for line in verse.stanzas[0]] == [(), (NoteCall(0), NoteCall(1)), ()]


def test_pictures() -> None:
    markup = "<p>x</p><figure><graphic url='a%20b.png'/><head>The mill</head><figDesc>A wheel.</figDesc></figure>"
    assert [p.code for p in body(markup).problems] == ["P001"]
    found = body(markup, pictures=("a b.png",))
    figure = found.book.chapters[0].blocks[1]
    assert isinstance(figure, Figure)
    assert figure.image == Image("a b.png", "A wheel.")
    assert found.problems == ()


def test_several_files_are_parts() -> None:
    second = f"{HEAD.replace('>T<', '>U<')}<p>two</p>{END}"
    found = read(Source("a.xml", f"{HEAD}<p>one</p>{END}".encode()), Source("b.xml", second.encode()))
    assert [type(item).__name__ for item in found.book.contents] == ["Chapter", "Part"]
    part = found.book.contents[1]
    assert isinstance(part, Part)
    assert part.chapters[0].file == "b.xml"


MANY_SEGMENTS = "<p>" + '<seg xml:id="a">x</seg> ' * 10_000 + "</p>" + '<note target="#a">n</note>' * 500


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{'word<note>n</note> ' * 20_000}</p>",
        f"<lg><l>x</l>{'<note>n</note>' * 20_000}<l>y</l></lg>",
        f"<p>x</p>{'<note>n</note>' * 20_000}",
        f"<p>{'wor-<lb/>d ' * 30_000}</p>",
        f"<lg>{'<l>a line</l>' * 30_000}</lg>",
        f"<p>{'a &amp; b ' * 200_000}</p>",
        MANY_SEGMENTS,
        "<table>" + "<row><cell rows='99999999' cols='99999999'>x</cell></row>" * 500 + "</table>",
        f"<list>{'<item>x</item>' * 20_000}</list>",
        f"{'<div><head>h</head>' * 90}<p>x</p>{'</div>' * 90}",
        f"<p>{'word ' * 1_000_000}</p>",
    ],
    ids=lambda markup: markup[:30],
)
def test_much_of_anything_is_read_in_time(markup: str) -> None:
    start = time.perf_counter()
    found = body(markup)
    assert time.perf_counter() - start < 20
    assert list(source.check(found)) == []
