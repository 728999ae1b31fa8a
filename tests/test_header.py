# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole headers: each file of cases/header/whole holds a header, a full stop, and what is read out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.errors import Location
from publisher.metadata.fields import credit, split
from publisher.metadata.header import interpret
from publisher.metadata.labels import canonical
from publisher.metadata.model import Field
from tests.header_cases import FOLDER

FILES = sorted((FOLDER / "whole").glob("*.txt"))


def _fields(header: str) -> list[Field]:
    fields = []
    for number, line in enumerate(header.splitlines(), 1):
        key = credit(line)
        label, value = split(line) or (("", line) if key else line.split(": ", 1))
        fields.append(Field(label, value, Location("x.txt", number), canonical(label) if label else key))
    return fields


def _report(fields: list[Field]) -> Iterator[str]:
    metadata, problems = interpret(fields)
    assert metadata.fields == tuple(fields), "every line of the header is kept"
    for name, date in (("written", metadata.written), ("published", metadata.published)):
        if date:
            yield f"{name} {date.stated} = {date.edtf}"
    if metadata.source:
        yield f"source volume {metadata.source.volume} pages {metadata.source.pages}"
    yield from (f"contributor {c.role} {c.name}" for c in metadata.contributors)
    yield from (f"statement {s.label}: {s.text}" for s in metadata.statements)
    yield from (str(problem).removeprefix("x.txt:") for problem in problems)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_header(file: Path) -> None:
    header, expected = file.read_text(encoding="utf-8").split("\n.\n")
    assert "\n".join(_report(_fields(header))) == expected.strip()


def test_a_header_without_lines() -> None:
    metadata, problems = interpret(())
    assert not metadata.contributors
    assert not metadata.fields
    assert problems == ()
