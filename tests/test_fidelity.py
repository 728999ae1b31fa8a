# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every word of the text and its notes stands in EPUB and PDF, in order; EPUBCheck finds nothing in any EPUB.

tests/test_corpus.py shows that the book holds the words of its sources; here they are looked for in what is written.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import assert_never
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from publisher.build.make import Job, Options, prepare
from publisher.document import (
    Block,
    Code,
    Image,
    Inlines,
    Leaf,
    LineBreak,
    Note,
    NoteCall,
    PageMark,
    Section,
    Text,
    leaves,
    nested,
)
from publisher.edition import Edition
from publisher.papers import PAPERS, POINTS_PER_MM
from publisher.works import slug
from publisher.writers import epub, pdf
from tests.corpus import PLAIN, SETS, sources
from tests.test_epubcheck import findings
from tests.word_check import printed

pytestmark = [pytest.mark.slow, pytest.mark.skipif(PLAIN is None, reason="PUBLISHER_CORPUS names no folder of texts")]

XHTML = "{http://www.w3.org/1999/xhtml}"
LINES = {f"{XHTML}{name}" for name in "p br td li h1 h2 h3 h4 h5 h6 span blockquote section".split()}
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


# ---- What should be there


def words(inlines: Inlines, notes: tuple[Note, ...]) -> str:
    """The characters of inlines with the labels of the notes that they call."""
    return "".join(_characters(leaf, notes) for leaf in leaves(inlines))


def _characters(leaf: Leaf, notes: tuple[Note, ...]) -> str:
    match leaf:
        case Text(text):
            return text
        case Code() | Image() | PageMark():
            return ""
        case LineBreak():
            return " "
        case NoteCall(note):
            return notes[note].label
        case _:
            assert_never(leaf)


def blocks(several: Iterable[Block], notes: tuple[Note, ...]) -> Iterator[str]:
    return (words(run, notes) for block in several for run in printed(block))


def sections(several: Iterable[Section], notes: tuple[Note, ...]) -> Iterator[str]:
    for section in nested(several):
        yield words(section.title, notes)
        yield from blocks(section.blocks, notes)


def chapters(work: Edition) -> Iterator[list[str]]:
    """The words of each chapter."""
    for chapter in work.book.chapters:
        title = (chapter.number, words(chapter.title, chapter.notes))
        text = (*title, *blocks(chapter.blocks, chapter.notes), *sections(chapter.sections, chapter.notes))
        yield " ".join(text).split()


def notes(work: Edition) -> Iterator[list[str]]:
    """The words of each note, its label first."""
    for chapter in work.book.chapters:
        for note in chapter.notes:
            yield " ".join((note.label, *blocks(note.blocks, chapter.notes))).split()


# ---- EPUB


def pages(data: bytes, prefix: str) -> list[ET.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = (name for name in archive.namelist() if re.fullmatch(rf"EPUB/{prefix}(-\d+)?\.xhtml", name))
        return [ET.fromstring(archive.read(name)) for name in sorted(names, key=_number)]  # noqa: S314 (made here)


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)


def shown(element: ET.Element) -> str:
    """The text of an element as it is read: elements that stand on lines of their own are parted by a space."""
    inner = (element.text or "") + "".join(shown(child) + (child.tail or "") for child in element)
    if element.get("class") in ("backlink", "uncalled"):
        return ""
    return f" {inner} " if element.tag in LINES else inner


@pytest.mark.parametrize("name", SETS)
def test_words_in_the_epub(name: str) -> None:
    work = edition(name)
    data = epub.write(work, {}).data
    bodies = [page.find(f"{XHTML}body") for page in pages(data, "chapter")]
    assert [shown(body).split() for body in bodies if body is not None] == list(chapters(work))
    items = [item for page in pages(data, "notes") for item in page.iter(f"{XHTML}li")]
    assert [shown(item).split() for item in items] == list(notes(work))


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_epubcheck_finds_nothing_in_any_of_them(tmp_path: Path) -> None:
    def check(name: str) -> list[str]:
        work = edition(name)
        file = tmp_path / f"{work.slug}.epub"
        file.write_bytes(epub.write(work, {}).data)
        return [f"{name}: {finding}" for finding in findings(file)]

    with ThreadPoolExecutor(2) as pool:
        assert [finding for found in pool.map(check, SETS) for finding in found] == []


# ---- PDF


def letters(text: str) -> str:
    """What stays of a text when lines are broken, words divided, ligatures set: characters but spaces and hyphens."""
    return re.sub("[\\s\u00ad\u2010\ufffe\x02-]", "", unicodedata.normalize("NFKC", text)).casefold()


def by_pdfium(data: bytes) -> str:
    """The text of all pages without running heads and folios, which stand in the margins."""
    top, _, bottom, _ = (margin * POINTS_PER_MM for margin in PAPERS["A5"].margins)
    found = []
    for page in pypdfium2.PdfDocument(data):
        height = page.get_height()
        found.append(page.get_textpage().get_text_bounded(bottom=bottom - 4, top=height - top + 2))
    return letters("".join(found))


def by_poppler(data: bytes, folder: Path) -> str:
    """The same from pdftotext, which takes points from the top."""
    file = folder / "book.pdf"
    file.write_bytes(data)
    top, _, bottom, _ = (margin * POINTS_PER_MM for margin in PAPERS["A5"].margins)
    height = PAPERS["A5"].height * POINTS_PER_MM - top - bottom
    box = ["-x", "0", "-y", f"{top - 2:.0f}", "-W", "1000", "-H", f"{height + 6:.0f}"]
    command = ["pdftotext", "-raw", "-r", "72", *box, str(file), "-"]
    return letters(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode())


def missing(text: str, work: Edition) -> Iterator[str]:
    """Chapters, then paragraphs of notes, that do not stand in the text after what is before them.

    A note's label is set in the margin, so that it may come before or after the paragraph that it stands beside.
    """
    at = 0
    paragraphs = [run.split() for c in work.book.chapters for note in c.notes for run in blocks(note.blocks, c.notes)]
    for stretch in (*chapters(work), *paragraphs):
        wanted = letters("".join(stretch))
        place = text.find(wanted, at)
        if place < 0:
            yield _difference(text, wanted, at)
        else:
            at = place + len(wanted)


def _difference(text: str, wanted: str, at: int) -> str:
    """Where the longest beginning of what is wanted ends, and what stands there instead."""
    length = next((n for n in range(len(wanted), 0, -1) if text.find(wanted[:n], at) >= 0), 0)
    place = text.find(wanted[:length], at) + length
    before, here = wanted[max(0, length - 30) : length], wanted[length : length + 30]
    return f"after {before!r}: {here!r}, but {text[place : place + 30]!r}"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="the second opinion is Poppler's")
@pytest.mark.parametrize("name", PRINTED)
def test_words_in_the_pdf(name: str, tmp_path: Path) -> None:
    work = edition(name)
    data = pdf.write(work, {}).data
    assert list(missing(by_pdfium(data), work)) == []
    assert list(missing(by_poppler(data, tmp_path), work)) == []
