# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of codes and the code agree: none is used that is not explained, none is explained that is not used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import publisher
from publisher.codes import CODES, Severity

PACKAGE = Path(publisher.__file__).parent
CODE = re.compile(r"[A-Z]\d{3}")


def used() -> dict[str, str]:
    """Each code that stands as a text of its own somewhere in the package, and the file."""
    files = (file for file in sorted(PACKAGE.rglob("*.py")) if file.name != "codes.py")
    return {
        node.value: file.name
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def test_every_code_that_is_used_is_in_the_table_and_the_other_way_round() -> None:
    assert used().keys() == CODES.keys()


@pytest.mark.parametrize("name", CODES)
def test_every_code_is_explained(name: str) -> None:
    code = CODES[name]
    assert CODE.fullmatch(name)
    assert code.severity in Severity
    assert len(code.title) <= 50
    assert not code.title.endswith(".")
    assert len(code.explanation) >= 40
    assert code.explanation.endswith(".")
    assert "  " not in code.explanation
    assert code.title.casefold() != code.explanation.casefold()


def test_titles_tell_codes_apart() -> None:
    assert len({code.title for code in CODES.values()}) == len(CODES)
