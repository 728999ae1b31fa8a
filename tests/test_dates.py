# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import pytest

from publisher.metadata.dates import edtf, is_date_line
from publisher.metadata.sources import source_edition
from tests.header_cases import cases


@pytest.mark.parametrize(("stated", "expected"), cases("dates.txt"))
def test_date(stated: str, expected: str) -> None:
    assert (edtf(stated) or "-") == expected


@pytest.mark.parametrize(("line", "expected"), cases("date-lines.txt"))
def test_date_line(line: str, expected: str) -> None:
    assert is_date_line(line) is (expected == "yes")


@pytest.mark.parametrize(("stated", "expected"), cases("sources.txt"))
def test_source(stated: str, expected: str) -> None:
    source = source_edition(stated)
    assert f"{source.volume or '-'} | {source.pages or '-'}" == expected
    assert source.stated == stated
