# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real texts of Project Gutenberg: no word is lost, and two of them are compared with professional editions.

The editions are those of Standard Ebooks, made from the same texts: the same chapters in the same order, the same notes
behind the same words. Their spelling is modern, so that words are compared by how much of them is the same.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from time import process_time

import pytest

from publisher.document import Book, Chapter, Inlines, NoteCall, Section, Text, leaves, nested, plain, runs
from publisher.readers import READERS, Read, Source
from tests.corpus import ROOT
from tests.proof import lost

TEXTS = Path(ROOT) / "gutenberg-txt" if ROOT else Path("nowhere")
EDITIONS = Path(ROOT) / "standardebooks" if ROOT else Path("nowhere")
FILES = sorted(file.name for file in TEXTS.glob("*.txt"))
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FILES, reason="PUBLISHER_CORPUS has no gutenberg-txt")]


def source(beginning: str) -> Source:
    name = next(file for file in FILES if file.startswith(beginning))
    return Source(name, (TEXTS / name).read_bytes())


@cache
def read(beginning: str) -> Read:
    return READERS["gutenberg"]([source(beginning)])


@pytest.mark.parametrize("name", FILES)
def test_no_word_is_lost(name: str) -> None:
    assert lost(read(name), [source(name)], "gutenberg") == []


@pytest.mark.parametrize("name", FILES)
def test_the_archive_is_named_only_by_authors(name: str) -> None:
    result = read(name)
    printed = " ".join(entry.text for entry in result.ledger if entry.printed)
    said = " ".join([f.value for f in result.metadata.fields] + [s.text for s in result.metadata.statements])
    assert "project gutenberg" not in f"{printed} {said}".lower()


@pytest.mark.parametrize(
    ("name", "chapters", "notes"),
    [
        ("11380", 7, 96),
        ("18269_Pascal-s-Pens-es__18269-0", 17, 384),
        ("18269_Pascal-s-Pens-es__18269-8", 17, 384),
        ("2600", 366, 135),
        ("2701", 138, 22),
        ("30506", 12, 81),
        ("31193", 10, 10),
        ("38982", 13, 10),
    ],
)
def test_chapters_and_notes(name: str, chapters: int, notes: int) -> None:
    result = read(name)
    assert len(result.book.chapters) == chapters
    assert sum(len(chapter.notes) for chapter in result.book.chapters) == notes
    assert all(note.called for chapter in result.book.chapters for note in chapter.notes)
    assert [p for p in result.problems if p.code.startswith("N")] == []


def test_the_same_text_in_two_encodings_is_one_book() -> None:
    def text(book: Book) -> str:
        return " ".join(word for chapter in book.chapters for word in words(chapter))

    first, second = (text(read(f"18269_Pascal-s-Pens-es__18269-{n}").book) for n in (0, 8))
    assert SequenceMatcher(None, first[:200_000], second[:200_000], autojunk=False).quick_ratio() > 0.99


def test_a_long_novel_takes_little_time() -> None:
    novel = source("2600")
    began = process_time()
    READERS["gutenberg"]([novel])
    assert process_time() - began < 4


# ---- the same words


def words(chapter: Chapter) -> list[str]:
    """The words of a chapter's text, as they are compared."""
    found = [plain(chapter.title), *_texts(chapter.blocks)]
    for section in nested(chapter.sections):
        found += [plain(section.title), *_texts(section.blocks)]
    return compared(" ".join(found))


def _texts(blocks: Sequence[object]) -> Iterator[str]:
    for block in blocks:
        yield from (plain(run) for run in runs(block))  # type: ignore[arg-type]  # blocks of the document


def compared(text: str) -> list[str]:
    """Words without marks and joints: "bloodthirsty--white" and "bloodthirsty—white" are the same two."""
    plain_text = re.sub("[\u2060\u00ad\u200a’'‘]", "", text)
    return re.findall(r"[^\W_]+", plain_text.casefold())


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def edition(work: str, page: str) -> ET.Element:
    folder = next(folder for folder in EDITIONS.iterdir() if work in folder.name)
    body = ET.fromstring((folder / "src/epub/text" / f"{page}.xhtml").read_bytes()).find(f"{XHTML}body")  # noqa: S314 (ours)
    assert body is not None
    return body


def shown(element: ET.Element) -> str:
    """The text of a page of an edition; calls stand as {n}."""
    if element.get(EPUB_TYPE) == "noteref":
        return f"{{{element.text}}}"
    inner = (element.text or "") + "".join(shown(child) + (child.tail or "") for child in element)
    return f" {inner} " if element.tag.removeprefix(XHTML) in ("p", "h2", "h3", "h4", "td", "li", "header") else inner


def edition_words(work: str, page: str) -> list[str]:
    return compared(re.sub(r"\{\d+\}", "", shown(edition(work, page))))


@pytest.mark.parametrize(
    ("name", "first", "pages"),
    [
        ("31193", 1, ("preface", "introduction", "chapter-1", "chapter-2", "chapter-3", "chapter-4")),
        ("61_The-Communist-Manifesto__61", 0, ("introduction", "chapter-1", "chapter-2", "chapter-3", "chapter-4")),
        ("61_The-Communist-Manifesto__old", 0, ("chapter-1", "chapter-2", "chapter-3", "chapter-4")),
    ],
)
def test_the_manifesto_has_the_chapters_of_the_edition(name: str, first: int, pages: tuple[str, ...]) -> None:
    chapters = read(name).book.chapters[first : first + len(pages)]
    for chapter, page in zip(chapters, pages, strict=True):
        assert likeness(words(chapter), edition_words("manifesto", page)) > 0.9, page


@pytest.mark.parametrize(("chapter", "page"), [(0, "dramatis-personae"), (2, "act-1"), (3, "act-2"), (4, "act-3")])
def test_the_play_has_the_acts_of_the_edition(chapter: int, page: str) -> None:
    assert likeness(words(read("844").book.chapters[chapter]), edition_words("earnest", page)) > 0.85


def test_the_notes_of_the_manifesto_stand_behind_the_same_words() -> None:
    pages = ("preface", "introduction", "chapter-1", "chapter-2", "chapter-3", "chapter-4")
    wanted = [
        (compared(before)[-2:], compared(shown(body))[:8])
        for page in pages
        for before, number in re.findall(r"([^{}]*)\{(\d+)\}", shown(edition("manifesto", page)))
        for body in edition("manifesto", "endnotes").iter(f"{XHTML}li")
        if body.get("id") == f"note-{number}"
    ]
    found = [call for chapter in read("31193").book.chapters for call in calls(chapter)]
    assert len(found) == len(wanted) == 10
    for (before, note), (edition_before, edition_note) in zip(found, wanted, strict=True):
        assert before == edition_before
        assert likeness(note, edition_note) > 0.8


def calls(chapter: Chapter) -> Iterator[tuple[list[str], list[str]]]:
    """Each call of a chapter: the two words before it, and how its note begins."""
    for run in _runs(chapter):
        before = ""
        for leaf in leaves(run):
            if isinstance(leaf, Text):
                before += leaf.text
            if isinstance(leaf, NoteCall):
                note = " ".join(_texts(chapter.notes[leaf.note].blocks))
                yield compared(before)[-2:], compared(note)[:8]


def _runs(chapter: Chapter) -> Iterator[Inlines]:
    yield chapter.title
    headed: tuple[Chapter | Section, ...] = (chapter, *nested(chapter.sections))
    for part in headed:
        for block in part.blocks:
            yield from runs(block)
