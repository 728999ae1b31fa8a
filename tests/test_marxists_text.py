# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts of one page: each file of cases/marxists_text holds a text, what is read from it, and the problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case_files import CASES, SEPARATOR, described, expected, read, source
from tests.proof import lost

FILES = sorted((CASES / "marxists_text").glob("*.test"))


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    found = described(read(source(case)), text.rstrip("\n"))
    assert found == expected(case, found)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_no_word_is_lost(case: Path) -> None:
    sources = [source(case)]
    result = read(*sources)
    assert lost(result, sources) == []
