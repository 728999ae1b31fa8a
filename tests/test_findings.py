# SPDX-License-Identifier: AGPL-3.0-or-later
"""Damage that is reported, at its line and column, and printed as it is; and what is no damage."""

from __future__ import annotations

import pytest

from publisher.readers import Source
from tests.case_files import read
from tests.notation import document

FRONT = "Mary Weaver\n\nThe Winter of the Looms\n\n"


def found(text: str) -> list[str]:
    """The findings in a line of text, which stands in the middle of others in English."""
    before = "The weavers of the valley met on a Sunday in the old mill, and all that they said was heard.\n\n"
    result = read(Source("x.txt", f"{FRONT}{before}{text}\n\n{before}".encode()))
    assert text in document(result), "printed as it is"
    return [f"{p.location.column} {p.code}" for p in result.problems if p.location.line == 7]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ThÃ¨ses of the meeting were printed in the paper.", ["7 T001"]),
        ("The weaverâ€™s daughter kept the paper in the house.", ["11 T001"]),
        ("He wrote Ã¼ber das Tal, and it was read by the weavers.", ["10 T001"]),
        ("The SÃO PAULO train and the name of André are all right.", []),
        ("Âme and Ångström are words that stand in no danger.", []),
    ],
)
def test_mojibake(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('They sang the Weavers" song at the gate of the mill.', ["22 T002"]),
        ('She said: “It is late" and went out of the room.', ["22 T002"]),
        ('It was "late" and "cold" when they went home from there.', []),
        ('The board was 6" wide and the room was as cold as before.', []),
        ('"A quotation that goes on in the next paragraph of the text.', []),
        ("‘It’s late,’ said the weavers’ wives, and it was so.", []),
        ('He called it ("a beginning") and she called it "an end".', []),
        ("„Spät ist es“, said the German smith, and »cold« as well.", []),
    ],
)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There was a need-in fact a constant need-of oil in the lamp.", ["17 T003", "41 T003"]),
        ("The built-in lamp, the passers-by and the what-not were there.", []),
        ("Twenty-one well-to-do mothers-in-law of so-called masters met.", []),
        ("The non-Party workers re-elected the vice-president at once.", []),
    ],
)
def test_hyphens(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_hyphens_are_looked_for_in_english_only() -> None:
    text = "Die Weber der Stadt-in der Mühle und in den Häusern am Tor-sind mit der Arbeit nicht zufrieden.\n"
    result = read(Source("x.txt", f"Maria Weber\n\nDer Winter\n\n{text}\n{text}".encode()))
    assert [problem.code for problem in result.problems] == []


def test_the_header_may_hold_any_quotation_mark() -> None:
    text = f'{FRONT}Source: The Mill Papers" Volume 2\n\nThe weavers of the valley met on a Sunday.\n'
    assert [p.code for p in read(Source("x.txt", text.encode())).problems] == []


def test_what_is_left_out_is_not_looked_at() -> None:
    text = f'{FRONT}The weavers of the valley met on a Sunday in the old mill.\n\nBack to the "Weaver Archive\n'
    assert [p.code for p in read(Source("x.txt", text.encode())).problems] == []


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\ufffe", "\ufeff"])
def test_characters_that_no_book_can_hold(character: str) -> None:
    text = f"{FRONT}The weavers met on a Sun{character}day in the old mill.\n"
    result = read(Source("x.txt", text.encode()))
    assert "on a Sunday in" in document(result)
    assert [str(problem) for problem in result.problems] == [
        f"x.txt:5:25: warning T005: control character U+{ord(character):04X} left out"
    ]
