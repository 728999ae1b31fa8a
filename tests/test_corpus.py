# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real texts: each line has its entry in the ledger, and no word of titles, text and notes is lost or moved."""

from __future__ import annotations

import pytest

from publisher.errors import Problem
from publisher.readers import Source
from tests.case_files import read
from tests.corpus import PLAIN, SETS, sources
from tests.proof import lost

pytestmark = [pytest.mark.slow, pytest.mark.skipif(PLAIN is None, reason="PUBLISHER_CORPUS names no folder of texts")]


@pytest.mark.parametrize("name", SETS)
def test_no_word_is_lost(name: str) -> None:
    pages = sources(name)
    result = read(*pages)
    assert lost(result, pages) == []


@pytest.mark.parametrize("name", SETS)
def test_problems_point_at_what_they_name(name: str) -> None:
    """Every problem has a place in one of the files; a note's mark and a quoted word stand there."""
    pages = sources(name)
    lines = {
        (page.file, n): line for page in pages for n, line in enumerate(page.data.decode("utf-8-sig").splitlines(), 1)
    }
    for problem in read(*pages).problems:
        assert problem.location.file in {page.file for page in pages}
        if problem.location.column:
            rest = lines[problem.location.file, problem.location.line][problem.location.column - 1 :]
            assert rest.strip(), f"{problem} points behind the end of its line"
            assert _names(problem, rest), f"{problem}: {rest[:40]!r} stands there"


def _names(problem: Problem, rest: str) -> bool:
    match problem.code:
        case "N001" | "N002" | "N004":
            return rest.lstrip().startswith(problem.message.split()[1])
        case "T002":
            return rest.startswith('"')
        case "T003":
            return rest.startswith("-")
        case _:
            return True


def test_reading_twice_gives_the_same() -> None:
    for name in SETS[:5]:
        assert read(*sources(name)) == read(*sources(name))


def test_the_order_of_the_files_does_not_matter_where_there_is_an_index() -> None:
    for name in SETS:
        pages: list[Source] = sources(name)
        if any(page.file.endswith("index.txt") for page in pages) and len(pages) > 1:
            assert read(*reversed(pages)).book == read(*pages).book
