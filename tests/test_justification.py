# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where lines end, in widths of a type all of whose characters are one unit wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from publisher.writers.pdf.justification import (
    HYPHENS,
    LAST,
    LOOSEST,
    SCALED,
    TIGHTEST,
    End,
    Opening,
    Part,
    Piece,
    balanced,
    ends,
    ragged,
    scale,
    tracking,
)

EM = 4.0
WORDS = (
    "whoever weaves shall not freeze for the loom is old and the thread is thin and no one lights the fire in the"
    " weaving room of the mill where the wheel goes round and never rests and the water never sleeps at night"
)


def word(text: str) -> Piece:
    """A word, written with hyphens where it may be divided: "nev-er"."""
    plain = text.replace("-", "")
    parts = []
    length = 0
    for syllable in text.split("-")[:-1]:
        length += len(syllable)
        parts.append(Part(length, length, length + 1.0, float(len(plain) - length)))
    return Piece(float(len(plain)), 1.0, letters=len(plain), parts=lambda: parts)


def pieces(text: str) -> list[Piece]:
    found = [word(one) for one in text.split()]
    last = found[-1]
    return [*found[:-1], Piece(last.width, letters=last.letters, parts=last.parts)]


def lines(text: str, ending: Sequence[End] | None) -> list[str]:
    """The lines as they stand, with hyphens where words are divided."""
    assert ending is not None
    words = text.split()
    found = []
    piece = done = 0
    for end in ending:
        plain = [one.replace("-", "") for one in words]
        row = [plain[piece][done:], *plain[piece + 1 : end.piece + 1]]
        if end.length:
            row[-1] = (plain[piece][done : end.length] if piece == end.piece else plain[end.piece][: end.length]) + "-"
        found.append(" ".join(row))
        piece, done = (end.piece, end.length) if end.length else (end.piece + 1, 0)
    return found


def looseness(line: str, width: float) -> float:
    return (width - len(line)) / line.count(" ") / EM


def greedy(text: str, width: int) -> list[str]:
    rows = [""]
    for one in text.split():
        if rows[-1] and len(rows[-1]) + 1 + len(one) > width:
            rows.append("")
        rows[-1] = f"{rows[-1]} {one}".strip()
    return rows


def test_a_paragraph_as_a_whole_is_less_loose_than_line_by_line() -> None:
    width = 41
    best = lines(WORDS, ends(pieces(WORDS), width, width, EM))
    assert " ".join(best) == WORDS
    assert max(looseness(line, width) for line in best[:-1]) < max(
        looseness(line, width) for line in greedy(WORDS, width)[:-1]
    )


def test_the_first_line_may_be_shorter() -> None:
    best = lines(WORDS, ends(pieces(WORDS), 20, 40, EM))
    assert len(best[0]) <= 20 < len(best[1])


def test_words_are_divided_where_lines_would_be_loose_otherwise() -> None:
    text = "the incom-pre-hen-si-bil-i-ty of weav-ing is told at leng-th by the old weav-ers here"
    assert lines(text, ends(pieces(text), 19, 19, EM))[0] == "the incomprehensi-"


def test_no_more_than_two_lines_in_a_row_end_in_hyphens() -> None:
    text = " ".join(["in-com-pre-hen-si-bly"] * 12)
    rows = lines(text, ends(pieces(text), 23, 23, EM))
    hyphens = "".join("-" if row.endswith("-") else " " for row in rows)
    assert "-" in hyphens
    assert "-" * (HYPHENS + 1) not in hyphens


def test_the_last_line_has_five_letters() -> None:
    text = f"{WORDS} is"
    width = next(width for width in range(40, 90) if greedy(text, width)[-1] == "is")
    last = lines(text, ends(pieces(text), width, width, EM))[-1]
    assert sum(map(str.isalpha, last)) >= LAST


def test_a_line_does_not_end_where_it_is_forbidden() -> None:
    found = ends(pieces(WORDS), 41, 41, EM)
    assert found is not None
    other = ends(pieces(WORDS), 41, 41, EM, forbidden={found[1]})
    assert other is not None
    assert found[1] not in other


def test_a_paragraph_may_be_asked_to_take_more_lines_or_fewer() -> None:
    for width, more, count in ((40, 0, 6), (40, 1, 7), (43, 0, 6), (43, -1, 5)):
        found = ends(pieces(WORDS), width, width, EM, more=more)
        assert found is not None
        assert len(found) == count


def test_letters_get_a_little_wider_or_narrower_where_spaces_alone_do_not_do() -> None:
    text = "weaver of mills and weavers"
    # "weaver of mills and" is 19 units long.
    for width in (18.7, 19.0, 24.0):
        found = ends(pieces(text), width, width, EM)
        assert lines(text, found) == ["weaver of mills and", "weavers"]
        gap = width - 19
        scaled = scale(gap, 3, EM, width)
        assert abs(scaled - 1) <= SCALED + 1e-9
        assert (scaled < 1, scaled > 1) == (gap < 0, gap / 3 / EM > LOOSEST)
        spread = (width / scaled - 19) / 3 / EM
        assert -3 * TIGHTEST - 1e-9 <= spread <= LOOSEST + 0.1


def test_an_opening_is_measured_in_its_own_type_and_set_apart() -> None:
    def opening(tracked: float) -> Opening:
        return Opening([replace(piece, width=1.5 * piece.width) for piece in pieces(WORDS)[:8]], tracked)

    best = lines(WORDS, ends(pieces(WORDS), 40, 40, EM, opening=opening(0.0)))
    assert " ".join(best) == WORDS
    assert 1.5 * len(best[0]) <= 40 * (1 + SCALED) + 4 < 1.5 * len(best[1])
    apart = tracking(9.0, 3, 20, EM, 0.2)
    assert apart == pytest.approx(0.2)
    assert tracking(1.0, 3, 20, EM, 0.2) == 0
    assert tracking(-1.0, 3, 20, EM, 0.2) == 0


def test_lines_that_are_not_justified_hold_what_they_can() -> None:
    assert lines(WORDS, ragged(pieces(WORDS), 40, 40)) == greedy(WORDS, 40)
    assert len(lines(WORDS, ragged(pieces(WORDS), 20, 40))[0]) <= 20
    assert ragged(pieces("a incomprehensibilities b"), 10, 10) is None


def test_a_dash_begins_no_line_that_is_not_justified() -> None:
    text = [Piece(9.0, 1.0), Piece(7.0, 0.0, rare=True), Piece(1.0, 1.0), Piece(4.0)]
    # "the loom- weavers" fits into 17, and the dash behind it does not.
    assert ragged(text, 17, 17) == [End(0), End(3)]
    assert ragged(text, 18, 18) == [End(2), End(3)]


def test_balanced_lines_are_as_few_and_of_like_lengths() -> None:
    text = "the importance of being earnest"
    assert lines(text, ragged(pieces(text), 24, 24)) == ["the importance of being", "earnest"]
    assert lines(text, balanced(pieces(text), 24, 24)) == ["the importance", "of being earnest"]
    assert balanced(pieces(text), 40, 40) == ragged(pieces(text), 40, 40)


@pytest.mark.parametrize("width", [-5, 0, 1, 2, 4, 6])
def test_lines_without_room_come_to_an_end(width: int) -> None:
    text = "in-com-pre-hen-si-bil-i-ties"
    for fill in (ragged, balanced):
        found = fill(pieces(text), width, width)
        assert found is None or "".join(lines(text, found)).replace("-", "") == text.replace("-", "")


def test_words_are_divided_in_lines_that_would_be_short_otherwise() -> None:
    text = "the incom-pre-hen-si-bil-i-ty of it"
    assert lines(text, ragged(pieces(text), 19, 19)) == ["the incomprehensi-", "bility of it"]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=60), st.integers(12, 60))
@settings(max_examples=200, deadline=None)
def test_lines_that_are_not_justified_lose_no_word(lengths: list[int], width: int) -> None:
    text = " ".join("m" * length for length in lengths)
    rows = lines(text, ragged(pieces(text), width, width))
    assert rows == greedy(text, width)


def test_a_word_wider_than_the_line_has_no_place() -> None:
    assert ends(pieces("a incomprehensibilities b"), 10, 10, EM) is None


@pytest.mark.parametrize("text", ["weave", "the loom"])
def test_what_fits_on_a_line_stays_there(text: str) -> None:
    assert ends(pieces(text), 30, 30, EM) == [End(text.count(" "))]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=60), st.integers(14, 60))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost_and_no_line_is_too_long(lengths: list[int], width: int) -> None:
    text = " ".join("m" * length for length in lengths)
    found = ends(pieces(text), width, width, EM)
    assert found is not None
    rows = lines(text, found)
    assert " ".join(rows) == text
    for row in rows:
        assert len(row) <= width * (1 + SCALED) + 3 * TIGHTEST * EM * row.count(" ") + 1e-9
