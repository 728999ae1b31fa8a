# SPDX-License-Identifier: AGPL-3.0-or-later
"""Works of many pages: each folder of cases/folders holds pages, and in `expected` what is read from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case_files import CASES, described, expected, pages, read
from tests.proof import lost

FOLDERS = sorted(folder for folder in (CASES / "folders").iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_case(folder: Path) -> None:
    found = described(read(*pages(folder)))
    assert found == expected(folder / "expected", found)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_word_is_lost(folder: Path) -> None:
    sources = pages(folder)
    result = read(*sources)
    assert lost(result, sources) == []
