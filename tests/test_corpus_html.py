# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real pages of HTML and unpacked EPUBs: no word of them is lost, and the reader agrees with the one of plain text.

The corpus has pages as archives have them, and the same pages as a browser shows them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publisher.errors import SourceError
from publisher.readers import READERS, Read, Source
from tests.proof import lost

ROOT = os.environ.get("PUBLISHER_CORPUS")
PAGES = sorted((Path(ROOT) / "mia-html").rglob("*.htm*")) if ROOT else []
PLAIN = Path(ROOT or ".") / "mia-plain"
FOLDERS = sorted({page.parent for page in PAGES if page.stem == "index"})
PACKAGES = sorted((Path(ROOT) / "standardebooks").rglob("*.opf")) if ROOT else []

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not ROOT, reason="PUBLISHER_CORPUS names no folder of texts")]


def read(sources: list[Source], reader: str = "marxists_html") -> Read | None:
    """What is read; None for a page that lists others and holds no text."""
    try:
        return READERS[reader](sources)
    except SourceError as error:
        assert {problem.code for problem in error.problems} == {"S009"}  # noqa: PT017 (others are raised)
        return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "/".join(page.parts[-3:]))
def test_no_word_of_a_page_is_lost(page: Path) -> None:
    sources = [Source(page.name, page.read_bytes())]
    result = read(sources)
    assert result is None or lost(result, sources, "marxists_html") == []


@pytest.mark.parametrize(
    "folder", [*FOLDERS, *(package.parent for package in PACKAGES)], ids=lambda folder: "-".join(folder.parts[-3:])
)
def test_no_word_of_a_work_is_lost(folder: Path) -> None:
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".htm", ".html", ".xhtml", ".opf"))
    sources = [Source(file.relative_to(folder).as_posix(), file.read_bytes()) for file in files]
    result = read(sources)
    assert result is not None
    assert lost(result, sources, "marxists_html") == []
    assert len(files) == 1 or len(result.book.chapters) > 1


def test_both_readers_find_the_same_notes_nearly_everywhere() -> None:
    """Links tell more than plain text does: where the two differ, it is seldom, and the page has the more."""
    same = more = fewer = 0
    for page in PAGES:
        plain = next(iter(PLAIN.glob(f"{page.relative_to(Path(ROOT or '.') / 'mia-html').with_suffix('')}.txt")), None)
        html = read([Source(page.name, page.read_bytes())])
        if plain is None or html is None:
            continue
        text = READERS["marxists_text"]([Source("page.txt", plain.read_bytes())])
        counts = [sum(len(chapter.notes) for chapter in one.book.chapters) for one in (html, text)]
        same, more, fewer = (
            same + (counts[0] == counts[1]),
            more + (counts[0] > counts[1]),
            fewer + (counts[0] < counts[1]),
        )
    assert same > 9 * (more + fewer)
