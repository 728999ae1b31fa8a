# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import pytest

from publisher.metadata.fields import credit, split
from publisher.metadata.labels import canonical, keys
from publisher.metadata.vocabulary import LABELS, Key
from tests.header_cases import cases


@pytest.mark.parametrize(("label", "key"), cases("labels.txt"))
def test_label(label: str, key: str) -> None:
    assert (canonical(label) or "-") == key


@pytest.mark.parametrize(("line", "key"), cases("credits.txt"))
def test_credit(line: str, key: str) -> None:
    assert (credit(line) or "-") == key


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Written: 1921", ("Written", "1921")),
        ("Source:Lenin’s Works", ("Source", "Lenin’s Works")),
        ("Transcription\\HTML Markup:Robert Cymbala", ("Transcription\\HTML Markup", "Robert Cymbala")),
        ("Transcribed : by Ted", ("Transcribed", "by Ted")),
        ("Domaine public : 1921", ("Domaine public", "1921")),
        ("Note: 15:30: the meeting", ("Note", "15:30: the meeting")),
        ("Proofread:", ("Proofread", "")),
        ("Written in 1921", None),
        ("Chamberlain: It would be", None),
        ("http://www.example.org: a page", None),
        ("escrito: la razón es que todas", None),
        (": nothing", None),
    ],
)
def test_split(line: str, expected: tuple[str, str] | None) -> None:
    assert split(line) == expected


def test_every_entry_of_the_vocabulary_is_read() -> None:
    assert {entry: canonical(entry) for entry in LABELS} == {entry: str(key) for entry, key in LABELS.items()}


def test_joined_keys_are_parted() -> None:
    assert keys("transcribed+markup") == (Key.TRANSCRIBED, Key.MARKUP)
    assert keys(None) == ()
