# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our EPUBs in a real reading engine (https://github.com/johnfactotum/foliate-js), in headless Chromium.

Pages are turned to the end, in light and in dark, on a telephone's screen, and with type four times as large; a note is
opened in its window and on its page, and left again. Screenshots lie in tests/browser/screenshots afterwards.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from publisher.edition import Edition
from publisher.writers import epub, pdf
from tests import chromium
from tests.chromium import Screen
from tests.editions import everything
from tests.specimens import specimens

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not chromium.READY, reason=chromium.REASON)]

DOGMA = "chapter-i-a-disastrous-dogma"
NOTE = f"note_{DOGMA}_a-note-with-two-paragraphs"
CALL = f"call_{DOGMA}_a-note-with-two-paragraphs_2"
SCREENS = {
    "telephone": Screen(300, 500, "light", 100),
    "telephone-dark": Screen(300, 500, "dark", 100),
    "large-type": Screen(800, 700, "light", 400),
    "tablet-dark": Screen(820, 1100, "dark", 100),
}


def written(work: Edition, folder: Path) -> Path:
    made = {"pdf": pdf.write(work, {})} if work.pages == "pdf" else {}
    file = folder / "book.epub"
    file.write_bytes(epub.write(work, made).data)
    return file


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(replace(everything(), pages="pdf"), tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module", params=SCREENS)
def seen(request: pytest.FixtureRequest, book: Path) -> dict[str, Any]:
    return chromium.read(book, f"everything-{request.param}", SCREENS[request.param], f"{DOGMA}.xhtml#{CALL}")


def check(seen: dict[str, Any]) -> None:
    """Nothing is wider than its column, every word can be told from its ground, nothing fails or is fetched."""
    for file, look in seen["looks"].items():
        assert (look["wide"], look["dim"]) == ([], []), file
    assert seen["errors"] == []


def test_every_page_is_reached_and_looks_right(seen: dict[str, Any]) -> None:
    linear = [section["id"] for section in seen["sections"] if section["linear"] != "no"]
    turned = [file for file, _ in groupby(place["file"] for place in seen["places"])]
    # The engine opens a book at the beginning of its text.
    assert turned == linear[linear.index("EPUB/part-one-beginnings.xhtml") :]
    check(seen)


def test_the_engine_says_which_page_of_the_pdf_it_is(seen: dict[str, Any]) -> None:
    labels = [place["label"] for place in seen["places"]]
    starts = pdf.write(replace(everything(), pages="pdf"), {}).starts
    first = next(index for index, start in enumerate(starts) if start.page == "part-one-beginnings")
    assert list(dict.fromkeys(labels)) == [start.label for start in starts[first:]]


def test_a_note_opens_in_a_window_with_all_its_words(seen: dict[str, Any]) -> None:
    assert seen["note"] == {
        "type": "footnote",
        "hidden": False,
        "text": "1 A note with two paragraphs. It calls the next2* ↑ ↑ ↑",
    }
    assert [call["name"] for call in seen["calls"]] == ["Note 1", "Note 1", "Note 1", "Note 2*"]


def test_a_note_is_followed_to_its_page_and_back(seen: dict[str, Any]) -> None:
    jumped, returned = seen["jumped"], seen["returned"]
    assert jumped["file"] == "EPUB/notes.xhtml"
    assert NOTE in jumped["shown"]
    assert returned["file"] == f"EPUB/{DOGMA}.xhtml"
    assert CALL in returned["shown"]
    assert returned["fraction"] == seen["before"]["fraction"]


@pytest.mark.parametrize("screen", ["telephone", "telephone-dark", "large-type"])
@pytest.mark.parametrize("name", specimens())
def test_every_kind_of_text_looks_right(name: str, screen: str, tmp_path: Path) -> None:
    check(chromium.read(written(specimens()[name], tmp_path), f"{name}-{screen}", SCREENS[screen]))


def test_what_is_too_wide_or_unreadable_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = "p { width: 1000px; color: gray; background: white } table { min-width: 90em }"
    monkeypatch.setattr(epub, "style", lambda _name: sheet)
    look = chromium.read(written(everything(), tmp_path), "broken", SCREENS["telephone-dark"])["looks"]
    page = look[f"EPUB/{DOGMA}.xhtml"]
    assert page["wide"]
    assert any(" on rgb(255, 255, 255)" in found for found in page["dim"])
