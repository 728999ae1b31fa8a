# SPDX-License-Identifier: AGPL-3.0-or-later
"""EPUBs: their files compared with expected ones, their container, their metadata.

Where the expected books in expected/ are to change, run with PUBLISHER_UPDATE_EXPECTED=1 and read the difference.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace

from publisher import __version__
from publisher.document import Book, Chapter, Part, Section, Text
from publisher.edition import Edition, Output
from publisher.metadata.model import Contributor, Metadata, Role
from publisher.writers import epub
from publisher.writers.archive import normalise
from tests.editions import article, edition, everything

EXPECTED = Path(__file__).with_name("expected")
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def entries(work: Edition, made: Mapping[str, Output] = MappingProxyType({})) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub.write(work, made).data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(work: Edition) -> ET.Element:
    return parsed(entries(work)["EPUB/content.opf"].decode())


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # noqa: S314 - made here


def properties(work: Edition, name: str) -> list[str | None]:
    return [meta.text for meta in package(work).iter(f"{OPF}meta") if meta.get("property") == name]


def texts(work: Edition) -> dict[str, str]:
    """The book's files as text, but for the enclosed licence, which has tests of its own, and the style sheet."""
    return {
        name: data.decode().replace(f"publisher {__version__}", "publisher VERSION")
        for name, data in entries(work).items()
        if not name.endswith((".png", ".css")) and "/licence-" not in name
    }


@pytest.mark.parametrize("make", [article, everything])
def test_books_are_as_expected(make: Callable[[], Edition]) -> None:
    folder, actual = EXPECTED / make.__name__, texts(make())
    if "PUBLISHER_UPDATE_EXPECTED" in os.environ:
        for name, text in actual.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    assert sorted(actual) == sorted(files)
    for name, file in files.items():
        assert actual[name] == file.read_text(encoding="utf-8"), name


def test_every_file_is_well_formed_and_has_its_language() -> None:
    for name, text in texts(everything()).items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            root = parsed(text)
            if name.endswith(".xhtml"):
                assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_the_container_is_the_same_everywhere() -> None:
    data = epub.write(article(), {}).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert {info.date_time for info in infos} == {(2001, 9, 9, 1, 46, 40)}
    assert {info.external_attr >> 16 for info in infos} == {0o100644}
    assert all(info.create_system == 3 and not info.extra for info in infos)
    assert data == epub.write(article(), {}).data


@pytest.mark.parametrize(
    ("modified", "expected"), [(0, (1980, 1, 1, 0, 0, 0)), (253402300799, (2107, 12, 31, 23, 59, 58))]
)
def test_times_that_a_zip_cannot_hold_are_clamped(modified: int, expected: tuple[int, ...]) -> None:
    old = io.BytesIO()
    with zipfile.ZipFile(old, "w") as archive:
        archive.writestr("mimetype", "x")
    with zipfile.ZipFile(io.BytesIO(normalise(old.getvalue(), modified=modified))) as new:
        assert new.getinfo("mimetype").date_time == expected


def test_contents_are_a_page_only_where_there_are_several_chapters() -> None:
    spines = [
        [ref.get("idref", "").removesuffix(".xhtml") for ref in package(work).iter(f"{OPF}itemref")]
        for work in (article(), everything())
    ]
    assert spines[0] == ["cover", "title", "text", "notes", "credits", "accessibility", "licence-gfdl-1-3"]
    assert spines[1][:4] == ["cover", "title", "nav", "preface"]


def test_one_chapter_with_a_part_needs_no_contents_page_but_is_in_the_navigation() -> None:
    book = Book((Text("B"),), (), (Part((Text("P"),), (Chapter((Text("C"),), ()),)),))
    nav = entries(edition(book, Metadata()))["EPUB/nav.xhtml"].decode()
    assert re.findall(r'<a href="([^"]+)">', nav) == [
        "part-p.xhtml",
        "chapter-c.xhtml",
        "credits.xhtml",
        "accessibility.xhtml",
    ]


def test_a_person_with_two_roles_is_named_once() -> None:
    people = (
        Contributor("A", Role.AUTHOR, "A, Sorted"),
        Contributor("B", Role.TRANSCRIBER),
        Contributor("B", Role.MARKUP),
    )
    work = replace(article(), metadata=Metadata(contributors=people))
    assert [element.text for element in package(work).iter(f"{DC}creator")] == ["A"]
    assert [element.text for element in package(work).iter(f"{DC}contributor")] == ["B"]
    assert properties(work, "role") == ["aut", "trc", "mrk"]
    assert properties(work, "file-as") == ["A, Sorted"]


def test_the_licence_is_stated_and_linked() -> None:
    root = package(article())
    assert [rights.text for rights in root.iter(f"{DC}rights")] == [article().licence.statement]
    links = [(link.get("rel"), link.get("href")) for link in root.iter(f"{OPF}link")]
    assert links == [("dcterms:license", "https://www.gnu.org/licenses/fdl-1.3.html")]


def test_what_is_not_stated_is_not_claimed() -> None:
    work = edition(Book((Text("B"),), (), (Chapter((), ()),)), Metadata(), language="und")
    names = {element.tag.removeprefix(DC) for element in package(work).iter() if element.tag.startswith(DC)}
    assert names == {"identifier", "language", "title", "date"}
    assert "Notes" not in str(properties(work, "schema:accessibilitySummary"))


def test_characters_that_xml_cannot_hold_break_no_file() -> None:
    bad = (Text("T\x01\ufffe"),)
    work = edition(Book(bad, bad, (Chapter(bad, (), (Section(bad, ()),)),)), Metadata(publisher="P\x02"))
    for name, text in texts(work).items():
        assert name == "mimetype" or parsed(text) is not None
    assert [title.text for title in package(work).iter(f"{DC}title")] == ["T\ufffd\ufffd", "T\ufffd\ufffd"]


def test_text_from_right_to_left_turns_the_pages_that_way() -> None:
    work = replace(everything(), language="ar")
    spine = package(work).find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert b'lang="ar" dir="rtl"' in entries(work)["EPUB/preface.xhtml"]


@pytest.mark.slow
def test_fonts_are_embedded_only_where_they_are_asked_for_and_only_as_far_as_they_are_needed() -> None:
    plain, own = entries(article()), entries(replace(article(), embed_fonts=True))
    assert not [name for name in plain if name.endswith(".ttf")]
    assert b"font-face" not in plain["EPUB/book.css"]
    faces = {name: data for name, data in own.items() if name.endswith(".ttf")}
    assert len(faces) == len(re.findall(rb"url\(font-\d\.ttf\)", own["EPUB/book.css"])) == 3
    assert max(map(len, faces.values())) < 100_000
    for data in faces.values():
        with TTFont(io.BytesIO(data)) as font:
            assert ord("C") in font.getBestCmap()
            assert ord("Ж") not in font.getBestCmap()
    assert own == entries(replace(article(), embed_fonts=True))
