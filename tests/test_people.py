# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import pytest

from publisher.metadata.model import Role
from publisher.metadata.names import sort_form
from publisher.metadata.people import after_author, author, credited, looks_like_author
from tests.header_cases import cases


@pytest.mark.parametrize(("given", "expected"), cases("people.txt"))
def test_people(given: str, expected: str) -> None:
    label, value = given.split(" | ", 1)
    role = Role(label)
    found = [c.name + (f" ({c.role})" if c.role is not role else "") for c in credited(value, (role,))]
    assert ("; " if ";" in expected else ", ").join(found) == expected


@pytest.mark.parametrize(("line", "expected"), cases("authors.txt"))
def test_author(line: str, expected: str) -> None:
    sure, names, behind = (part.strip() for part in expected.split("|"))
    assert looks_like_author(line) == float(sure)
    assert "; ".join(c.name for c in author(line)) == names
    assert after_author(line) == behind
    assert {c.role for c in author(line)} <= {Role.AUTHOR}


@pytest.mark.parametrize(("name", "expected"), cases("sort-forms.txt"))
def test_sort_form(name: str, expected: str) -> None:
    assert (sort_form(name) or "-") == expected
