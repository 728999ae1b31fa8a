# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes of transcriptions: what encoding they are in, and what is said of those that are in none."""

from __future__ import annotations

import codecs

import pytest

from publisher.document import plain
from publisher.errors import SourceError
from publisher.readers import Read, Source
from publisher.readers.decoding import decode
from tests.case_files import read
from tests.notation import document

ENGLISH = "The weavers’ café stood at the gate – nobody paid more than £2 there, said the “old” smith.\n"
GERMAN = "Über die Webstühle fällt der Schnee, und größer wird die Not; ängstlich schließen sie die Türen.\n"
RUSSIAN = "Ёлки стояли у ворот. Ткачи собрались на старой мельнице, потому что в городе не было комнаты.\n"
TEXT = "Mary Weaver\n\nThe Winter of the Looms\n\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "windows-1252"),
        (GERMAN, "utf-8"),
        (GERMAN, "iso-8859-1"),
        (GERMAN, "windows-1252"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "windows-1251"),
        ("plain ASCII\n", "ascii"),
    ],
)
def test_encodings_are_told_from_the_bytes(text: str, encoding: str) -> None:
    assert decode("x.txt", text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_utf_16_and_utf_32_are_told_by_their_marks(mark: bytes, encoding: str) -> None:
    assert decode("x.txt", mark + ENGLISH.encode(encoding)) == ENGLISH


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "x.txt: error S002: the file is empty"),
        (b" \r\n\t\n", "x.txt: error S002: the file is empty"),
        (b"%PDF-1.7\n", "x.txt: error S004: the file is binary data, not a text"),
        (b"PK\x03\x04rest", "x.txt: error S004: the file is binary data, not a text"),
        (b"words\x00words", "x.txt: error S004: the file is binary data, not a text"),
        (
            "Größe und Höhe\nder Ort".encode() + b"\xff",
            "x.txt:2:8: error S003: byte 0xFF at offset 25 is not valid UTF-8",
        ),
        (
            codecs.BOM_UTF8 + b"a\ngr\xfcn",
            "x.txt:2:3: error S003: byte 0xFC at offset 7 is not valid UTF-8",
        ),
        (b"a caf\xe9 \x81\n", "x.txt:1:8: error S003: byte 0x81 at offset 7 is not valid WINDOWS-1252"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, expected: str) -> None:
    with pytest.raises(SourceError) as raised:
        decode("x.txt", data)
    assert str(raised.value) == expected


def test_every_unreadable_page_of_a_work_is_named() -> None:
    with pytest.raises(SourceError) as raised:
        read(Source("a.txt", b""), Source("b.txt", TEXT.encode()), Source("c.txt", b"\x89PNG"))
    assert [str(problem.location) for problem in raised.value.problems] == ["a.txt", "c.txt"]


def both(text: str, other: bytes) -> tuple[Read, Read]:
    return read(Source("x.txt", text.encode())), read(Source("x.txt", other))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_make_no_difference(end: str) -> None:
    text = f'{TEXT}Written: 3 May, 1907\n\n{ENGLISH}\n{ENGLISH}[1]\n\n[1] A note with a stray " mark-in fact two.\n'
    one, other = both(text, text.replace("\n", end).encode())
    assert one == other


def test_a_byte_order_mark_belongs_to_no_word() -> None:
    one, other = both(f"{TEXT}{ENGLISH}", f"{TEXT}{ENGLISH}".encode("utf-8-sig"))
    assert one == other


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_other_line_separators_end_lines(separator: str) -> None:
    text = f"{TEXT}{ENGLISH}\n{GERMAN}"
    one, other = both(text, text.replace("\n", separator).encode())
    assert document(one) == document(other)


@pytest.mark.parametrize("indent", ["\t", "    ", "\u00a0\u00a0", "\u3000", "\u2003 \u00a0"])
def test_indents_are_no_part_of_a_paragraph_but_count_as_columns(indent: str) -> None:
    result = read(Source("x.txt", f"{TEXT}{indent}{ENGLISH}\n{indent}The lamp-in fact the candle-went out.\n".encode()))
    assert document(result) == document(
        read(Source("x.txt", f"{TEXT}{ENGLISH}\nThe lamp-in fact the candle-went out.\n".encode()))
    )
    assert [p.location.column for p in result.problems if p.code == "T003"] == [len(indent) + 9]


def test_no_break_spaces_inside_a_line_stay() -> None:
    result = read(Source("x.txt", f"{TEXT}On page\u00a012 the weavers of the valley are named.\n".encode()))
    assert "On page\u00a012 the" in document(result)


def test_columns_count_characters_not_bytes() -> None:
    result = read(Source("x.txt", f"{TEXT}Ünïcödé “𝒙” the lamp-in fact the candle.\n".encode()))
    assert [str(problem.location) for problem in result.problems if problem.code == "T003"] == ["x.txt:5:21"]


def test_a_title_is_known_in_every_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "windows-1252"):
        result = read(Source("x.txt", f"Maria Weber\n\nDas Größte\n\n{GERMAN}".encode(encoding)))
        assert plain(result.book.title) == "Das Größte"
