# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every word of the corpus and its notes stands in EPUB and PDF, in order; EPUBCheck finds nothing in any EPUB."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page
import pytest
from msgspec.structs import replace

from publisher.build.make import Job, Options, prepare
from publisher.checks import files
from publisher.checks.streams import shown, shown_words, stretches
from publisher.document import note_runs
from publisher.edition import Edition, NotePlace
from publisher.papers import PAPERS, POINTS_PER_MM
from publisher.works import slug
from publisher.writers import epub, pdf
from tests.corpus import PLAIN, SETS, sources
from tests.test_epubcheck import findings

pytestmark = [pytest.mark.slow, pytest.mark.skipif(PLAIN is None, reason="PUBLISHER_CORPUS names no folder of texts")]

# Two languages beside English, tables, formulas, verse, long notes, footnotes with stars, works of many pages.
PRINTED = [
    name
    for name in SETS
    if re.search(
        r"badayev/1929/duma/$|lazy/$|lazy/ch03|olgin/freiheit/$|84_03_24|apr/10|me04_459|nrhz301b|1929/07/11|ch32|varga|bebel",
        name,
    )
]


def edition(name: str) -> Edition:
    job = Job(slug=slug(tuple(name.removesuffix(".txt").split("/"))), file=name, sources=tuple(sources(name)))
    return prepare(job, Options()).edition


@pytest.mark.parametrize("name", SETS)
def test_words_in_the_epub(name: str) -> None:
    work = edition(name)
    assert files.epub(work, shown_words(work.book, {}), epub.write(work, {}).data) == []


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_epubcheck_finds_nothing_in_any_of_them(tmp_path: Path) -> None:
    def check(name: str) -> list[str]:
        work = edition(name)
        file = tmp_path / f"{work.slug}.epub"
        file.write_bytes(epub.write(work, {}).data)
        return [f"{name}: {finding}" for finding in findings(file)]

    with ThreadPoolExecutor(2) as pool:
        assert [finding for found in pool.map(check, SETS) for finding in found] == []


def letters(text: str) -> str:
    """What stays of a text when lines are broken, words divided, ligatures set: characters but spaces and hyphens."""
    return re.sub("[\\s\u00ad\u2010\ufffe\x02-]", "", unicodedata.normalize("NFKC", text))


def by_poppler(data: bytes, folder: Path) -> str:
    """The text of all pages as pdftotext reads it, without running heads and folios, which stand in the margins."""
    file = folder / "book.pdf"
    file.write_bytes(data)
    top, _, bottom, _ = (margin * POINTS_PER_MM for margin in PAPERS["A5"].margins)
    height = PAPERS["A5"].height * POINTS_PER_MM - top - bottom
    box = ["-x", "0", "-y", f"{top - 2:.0f}", "-W", "1000", "-H", f"{height + 6:.0f}"]
    command = ["pdftotext", "-raw", "-r", "72", *box, str(file), "-"]
    return letters(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode())


def wanted(work: Edition) -> Iterator[str]:
    """The words of each chapter, then the paragraphs of all notes."""
    for stretch in list(stretches(work.book))[1:]:
        yield "".join(shown(run, stretch.notes, ()) for run in stretch.runs)
    for chapter in work.book.chapters:
        yield from (shown(run, chapter.notes, ()) for note in chapter.notes for run in note_runs(note, marks=True))


@pytest.mark.parametrize("place", ["chapter", "page"])
@pytest.mark.parametrize("name", PRINTED)
def test_notes_in_other_places(name: str, place: NotePlace, tmp_path: Path) -> None:
    """No word is lost, and both standards are kept, wherever the notes stand."""
    work = replace(edition(name), notes=place)
    output = pdf.write(work, {})
    assert files.pdf(work, shown_words(work.book, {}), output.data) == []
    file = tmp_path / "book.pdf"
    file.write_bytes(output.data)
    for profile in ("ua1", "3u"):
        assert [str(failure) for failure in page.validate_pdf(file, profile=profile).failures] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="the second opinion is Poppler's")
@pytest.mark.parametrize("name", PRINTED)
def test_words_in_the_pdf(name: str, tmp_path: Path) -> None:
    """The program reads its PDF with PDFium; Poppler must find the same."""
    work = edition(name)
    data = pdf.write(work, {}).data
    assert files.pdf(work, shown_words(work.book, {}), data) == []
    text, at = by_poppler(data, tmp_path), 0
    for stretch in map(letters, wanted(work)):
        place = text.find(stretch, at)
        assert place >= 0, f"{stretch[:60]!r}… does not stand after {text[max(0, at - 30) : at]!r}"
        at = place + len(stretch)
