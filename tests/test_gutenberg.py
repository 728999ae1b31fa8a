# SPDX-License-Identifier: AGPL-3.0-or-later
"""Project Gutenberg's plain texts: each file of cases/gutenberg holds a text, what is read from it, the problems."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from publisher.document import plain
from publisher.errors import SourceError
from publisher.ledger import Fate
from publisher.licences.statements import recognise
from publisher.readers import READERS, Read, Source
from publisher.readers.gutenberg.languages import tags
from publisher.readers.gutenberg.marks import mark
from publisher.readers.gutenberg.numerals import value
from tests.case_files import CASES, SEPARATOR, described, expected, source
from tests.proof import lost

FILES = sorted((CASES / "gutenberg").glob("*.test"))
START = "Title: The Mill\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE MILL ***\n\n\n"


def read(*sources: Source) -> Read:
    return READERS["gutenberg"](sources)


def read_text(text: str) -> Read:
    return read(Source("mill.txt", text.encode()))


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    found = described(read(source(case)), text.rstrip("\n"))
    assert found == expected(case, found)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_no_word_is_lost(case: Path) -> None:
    sources = [source(case)]
    assert lost(read(*sources), sources, "gutenberg") == []


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_line_ends_and_byte_order_marks_change_nothing(case: Path) -> None:
    plain_source = source(case)
    other = Source(plain_source.file, b"\xef\xbb\xbf" + plain_source.data.replace(b"\n", b"\r\n"))
    assert read(other).book == read(plain_source).book


def test_every_character_of_a_line_is_in_the_ledger() -> None:
    case = source(CASES / "gutenberg" / "emphasis.test")
    by_line: dict[int, str] = {}
    for entry in read(case).ledger:
        by_line[entry.line] = by_line.get(entry.line, "") + entry.text
    lines = {n: line.strip() for n, line in enumerate(case.data.decode().splitlines(), 1) if line.strip()}
    assert by_line == lines


def test_the_archive_is_named_nowhere_in_a_book_of_the_public_domain() -> None:
    for case in FILES:
        result = read(source(case))
        if "copyrighted" in case.stem:
            continue
        printed = " ".join(entry.text for entry in result.ledger if entry.printed)
        said = [field.value for field in result.metadata.fields] + [s.text for s in result.metadata.statements]
        assert "gutenberg" not in " ".join((printed, *said)).lower(), case.stem


@pytest.mark.parametrize(
    ("case", "spdx"),
    [
        ("header-of-today", "LicenseRef-public-domain"),
        ("header-of-the-nineties", "LicenseRef-public-domain"),
        ("header-copyrighted-with-a-licence-of-its-own", "CC-BY-SA-3.0"),
        ("header-copyrighted-without-more", None),
        ("header-missing", None),
    ],
)
def test_licence(case: str, spdx: str | None) -> None:
    licence, _ = recognise(read(source(CASES / "gutenberg" / f"{case}.test")).metadata.statements)
    assert licence.spdx == spdx
    if spdx == "LicenseRef-public-domain":
        assert "United States" in licence.reasons[0]


def test_a_free_licence_in_the_text_goes_before_the_archive_s_word() -> None:
    text = START + "You may copy this book under the terms of the GNU Free Documentation License, version 1.2.\n"
    tail = "\n\n*** END OF THIS PROJECT GUTENBERG EBOOK ***\n\nNo means that no one owns a United States copyright.\n"
    licence, problems = recognise(read_text(text + tail).metadata.statements)
    assert licence.spdx == "GFDL-1.2-only"
    assert [problem.code for problem in problems] == ["L004"]


def test_declared_character_set() -> None:
    text = f"Character set encoding: ISO-8859-2\n{START}Łódź żyje nad rzeką, której nikt nie zna po imieniu.\n"
    result = read(Source("mill.txt", text.encode("iso-8859-2")))
    assert "Łódź żyje" in "".join(entry.text for entry in result.ledger)
    assert result.problems == ()


def test_declared_character_set_is_wrong() -> None:
    text = f"Character set encoding: ISO-8859-1\n{START}Größe und Güte der Mühle sind bekannt.\n"
    result = read(Source("mill.txt", text.encode("utf-8")))
    assert "Größe" in "".join(entry.text for entry in result.ledger)
    assert [problem.code for problem in result.problems] == ["R002"]


def test_volumes_are_parts() -> None:
    first = Source("1.txt", START.encode() + b"The first volume has one paragraph, and it is this one, no more.\n")
    second = Source(
        "2.txt", START.replace("Mill", "Weir").encode() + b"The second volume has one, too, and it is this.\n"
    )
    book = read(first, second).book
    assert [plain(item.title) for item in book.contents] == ["The Mill", "The Weir"]
    assert lost(read(first, second), [first, second], "gutenberg") == []


def test_a_header_without_a_text_is_an_error() -> None:
    with pytest.raises(SourceError) as error:
        read_text(START)
    assert [problem.code for problem in error.value.problems] == ["S009"]


@pytest.mark.parametrize(
    ("text", "family", "count"),
    [
        ("CHAPTER XIV.", "chapter", 14),
        ("Chapter the Twenty-first", "chapter", 21),
        ("Zweites Kapitel.", "chapter", 2),
        ("CHAPITRE PREMIER", "chapter", 1),
        ("Capítulo primero. De la rueda", "chapter", 1),
        ("ATTO TERZO", "act", 3),
        ("VOL. II.", "volume", 2),
        ("Inferno: Canto IV", "chapter", 4),
        ("XII. THE WEIR", "roman", 12),
        ("C", "letter alone", 3),
        ("PREFACE TO THE SECOND EDITION", "named", None),
    ],
)
def test_marks(text: str, family: str, count: int | None) -> None:
    found = mark(text)
    assert found is not None
    assert (found.family, found.value) == (family, count)


@pytest.mark.parametrize(
    "text",
    [
        "Part of the mill",
        "I have said it",
        "Chapter two of the book says so",
        "G.J.",
        "Introductions are dull work",
        "A STORY OF WATER",
        "I AM THE WHEEL",
    ],
)
def test_no_marks(text: str) -> None:
    assert mark(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("IIII", 4), ("XC", 90), ("forty-second", 42), ("zwölftes", 12), ("dernier", None), ("douzième", 12), ("2nd", 2)],
)
def test_numerals(text: str, number: int | None) -> None:
    assert value(text) == number


def test_languages() -> None:
    assert tags("English") == ("en",)
    assert tags("French and Middle English") == ("fr", "enm")
    assert tags("Klingon") == ()


HARD = {
    "notes below their paragraphs": "".join(f"Words that call.[{i}]\n\n[{i}] A note.\n\n" for i in range(1, 8000)),
    "notes at the end": "".join(f"Words.[{i}]\n\n" for i in range(1, 8000))
    + "FOOTNOTES:\n\n"
    + "".join(f"[{i}] A note.\n\n" for i in range(1, 8000)),
    "brackets in one line": "".join(f"words [Footnote {i}: A note.] " for i in range(1, 8000)),
    "brackets never closed": "".join(f"[Footnote {i}: A note.\n\n" for i in range(1, 8000)),
    "nested brackets": "[Footnote: " * 20000,
    "underscores": "_a " * 100000,
    "stars": "*a " * 100000,
    "one line": "word " * 500000,
    "one word": "x" * 2000000,
    "spaces": "a" + " " * 1000000 + "b",
    "lists of contents": "CONTENTS\n\n\n" * 8000,
    "names of texts": "**The Project Gutenberg Etext of X**\n\ntext\n\n" * 5000,
}


NO_TEXT = {"lists of contents"}


@pytest.mark.slow
@pytest.mark.parametrize("name", HARD)
def test_time_grows_with_the_text_alone(name: str) -> None:
    began = process_time()
    if name in NO_TEXT:
        with pytest.raises(SourceError):
            read_text(START + HARD[name])
    else:
        assert any(entry.fate in (Fate.BODY, Fate.NOTE) for entry in read_text(START + HARD[name]).ledger)
    assert process_time() - began < 8
