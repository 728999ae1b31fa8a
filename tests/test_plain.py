# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain-text editions that somebody has changed by hand: problems with their places, and no word lost."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from publisher.errors import SourceError
from publisher.ledger import Fate
from publisher.readers import READERS, Read, Source, sniffing
from publisher.readers.plaintext.form import END, FIRST_LINE, LABELS
from publisher.writers import text
from tests.case_files import CASES, SEPARATOR, described, expected
from tests.editions import everything
from tests.proof import lost

FILES = sorted((CASES / "plain").glob("*.test"))
HEAD = f"{FIRST_LINE}\n\nTitle: The Mill\nLanguage: en\n\n========\nThe Mill\n========\n\n"
FOOT = f"\n\n---\n{END}\n---\n"
LINES = (
    *("", "", "Words.", "Other words[1].", "Chapter I", "II", "A Title", "====", "----", "~~~", "....", "- - -"),
    *("''''", "== ==", "Notes", "Variants", END, "[End of part]", "[Preface]", "[1] A note.", "[2]"),
    *("    Words.", "  Words.", "  • Words.", "  1. Words.", "  3. Words.", "\t\twords"),
    *(f"[{label}]" for label in LABELS),
    *("[Table: Words]", "    a | b", "    --+--", "    | words", "[Picture: a (b.png)]"),
    *("Author: Words", "Words: words", "From the header of the transcription:", "About chapter 2: Words"),
    *(" " * column + "words" for column in (1, 3, 5, 7, 9, 11, 13, 20, 33, 40)),
    *("_words", "words_", "{de: words", "words}", "{_words_}", "`words", "|14|", "\\", "words \\", "//", "words //"),
)
quick = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def read(data: str) -> Read:
    return READERS["plain"]([Source("x.txt", data.encode())])


def checked(data: str) -> Read | None:
    """What is read of a text, if anything is; no word is lost."""
    try:
        found = read(data)
    except SourceError:
        return None
    assert lost(found, [Source("x.txt", data.encode())], "plain") == []
    return found


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    data, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    found = read(f"{data}\n")
    told = described(found, data)
    assert told == expected(case, told)
    assert lost(found, [Source("x.txt", f"{data}\n".encode())], "plain") == []


@quick
@given(st.lists(st.sampled_from(LINES), max_size=30).map("\n".join))
def test_any_lines_are_read_without_losing_a_word(lines: str) -> None:
    checked(f"{HEAD}{lines}{FOOT}")
    checked(f"{FIRST_LINE}\n{lines}")


@quick
@given(st.data())
def test_an_edition_that_lost_some_lines_is_read(data: st.DataObject) -> None:
    lines = text.write(everything(), {}).data.decode().split("\n")
    out = data.draw(st.sets(st.integers(1, 200), max_size=5))
    checked("\n".join(line for number, line in enumerate(lines) if number not in out))


@quick
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    with suppress(SourceError):
        READERS["plain"]([Source("x.txt", FIRST_LINE.encode() + b"\n" + data)])


def test_the_form_is_known_by_its_first_line() -> None:
    assert sniffing.kind(Source("x.txt", HEAD.encode())) == "plain"
    assert sniffing.kind(Source("x.txt", b"\xef\xbb\xbf" + HEAD.encode())) == "plain"
    assert sniffing.kind(Source("x.txt", b"Mary Weaver\n\nThe Mill\n")) == "marxists_text"


def test_words_right_behind_a_link_belong_to_its_last_word() -> None:
    found = checked(f"{HEAD}Two {{gate <gate.htm>}}s.{FOOT}")
    assert found
    assert "".join(entry.text for entry in found.ledger if entry.fate is Fate.BODY) == "Two gates."


def test_an_edition_is_no_chapter_of_another_work() -> None:
    with pytest.raises(SourceError) as caught:
        READERS["plain"]([Source("a.txt", HEAD.encode()), Source("b.txt", HEAD.encode())])
    assert [problem.code for problem in caught.value.problems] == ["R106"]


def test_a_text_without_text_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read(HEAD + FOOT)
    assert [problem.code for problem in caught.value.problems] == ["S009"]


def test_a_file_that_was_cut_off_is_reported() -> None:
    assert [problem.code for problem in read(f"{HEAD}Words.\n").problems] == ["R105"]


def test_another_file_is_reported() -> None:
    found = checked(f"Title: The Mill\n\n===\nThe Mill\n===\n\nWords.{FOOT}")
    assert found
    assert [problem.code for problem in found.problems] == ["R100"]


@pytest.mark.parametrize(
    "lines",
    [
        "".join(f"{' ' * 4 * depth}words\n\n" for depth in range(200)),
        "".join(f"{' ' * 4 * depth}ANN.\n" for depth in range(200)),
        "".join(f"{' ' * 4 * depth}[Epigraph]\n" for depth in range(200)) + " " * 800 + "words",
    ],
)
def test_blocks_inside_one_another_without_end_are_reported(lines: str) -> None:
    found = checked(f"{HEAD}{lines}{FOOT}")
    assert found
    assert {problem.code for problem in found.problems} == {"R005"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "filling",
    [
        "words ",
        "_a ",
        "_a_",
        "{_a ",
        "{de: ",
        "{",
        "{}",
        "[",
        "[1",
        "[Picture: ",
        "a (",
        "|a",
        "\\",
        "`a\\",
        "<a",
        " //",
        "* ",
    ],
)
def test_a_very_long_line_is_read_in_linear_time(filling: str) -> None:
    """Ten times the line takes ten times the time, not a hundred times."""

    def seconds(length: int) -> float:
        start = perf_counter()
        checked(f"{HEAD}{filling * (length // len(filling))}{FOOT}")
        return perf_counter() - start

    assert seconds(200_000) < 30 * seconds(20_000) + 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        "Words[1].\n\n-----\nNotes\n-----\n\n" + "".join(f"[{number}] A note.\n\n" for number in range(20_000)),
        "Words[1].\n\n-----\nNotes\n-----\n\n" + "[1] A note.\n\n" * 20_000,
        "Words.\n" * 20_000,
        "[Table]\n" + "    a | b\n" * 20_000,
        "  1. Words.\n" * 20_000,
        "===\nA\n===\n\n" * 20_000 + "A\n===\n",
        "=\n" * 20_000,
    ],
)
def test_very_many_lines_are_read_in_linear_time(lines: str) -> None:
    start = perf_counter()
    read(f"{HEAD}{lines}{FOOT}")
    assert perf_counter() - start < 20
