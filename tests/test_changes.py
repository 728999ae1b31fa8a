# SPDX-License-Identifier: AGPL-3.0-or-later
"""The check of what was changed finds every change that is not listed, and every listed one that was not made."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from publisher.checks.changes import check
from publisher.document import Book
from publisher.ledger import Change
from publisher.metadata.settings import BookSettings, Settings
from tests.test_emendations import settings
from tests.test_typography import LANGUAGES, books
from tests.typographic_cases import book, transform

LINES = ['"It\'s late," she said[1] -- "in 1914-1918."', "The quesitons of the day."]
TEXT = book(LINES)


@given(books(), LANGUAGES)
def test_what_is_listed_is_right(text: Book, language: str) -> None:
    result = transform(text, language, Settings(BookSettings()))
    assert check(text, result.text, result.changes) == []


def found(after: Book, changes: tuple[Change, ...]) -> list[str]:
    return [problem.message for problem in check(TEXT, after, changes)]


@pytest.mark.parametrize(
    "line",
    [
        "“It’s late,” she said[1]—“in 1914–1918” now.",
        "“It’s late,” she said[1]—“in 1914–1919.”",
        "“It’s late,” she said—“in 1914–1918.”",
        "“Its late,” she said[1]—“in 1914–1918.”",
    ],
)
def test_an_unlisted_change_is_found(line: str) -> None:
    result = transform(TEXT, "en", Settings(BookSettings()))
    assert found(result.text, result.changes) == []
    tampered = book([line, LINES[1]])
    (message,) = found(tampered, result.changes)
    assert (
        message == 'the run that begins "“It’s late,” she said—“in 1914–1918.”" was changed where no change is listed'
    )


def test_a_listed_change_that_was_not_made_is_found() -> None:
    result = transform(TEXT, "en", Settings(BookSettings()))
    assert found(TEXT, result.changes) == [
        'the run that begins "“It’s late,” she said—“in 1914–1918.”" was changed where no change is listed'
    ]


def test_a_rule_of_typography_changes_no_letter() -> None:
    entries = settings("quesitons -> questions")
    result = transform(TEXT, "en", entries)
    assert check(TEXT, result.text, result.changes) == []
    disguised = tuple(replace(change, rule="quotes") for change in result.changes)
    assert found(result.text, disguised) == ['the change of "quesitons" is not as it says']


def test_a_change_must_find_its_words() -> None:
    result = transform(TEXT, "en", settings("quesitons -> questions"))
    moved = tuple(replace(change, at=change.at + 1) for change in result.changes)
    assert found(result.text, moved)[0] == 'the change of "quesitons" is not as it says'
