# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pandoc reads: a text in its several forms, made by pandoc itself, and files that are damaged or too large."""

from __future__ import annotations

import io
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image as Pillow

from publisher.build.make import Job, Options, make
from publisher.checks import source as proof
from publisher.document import Figure, Image, Part, Text, plain
from publisher.errors import SourceError
from publisher.ledger import Fate
from publisher.metadata.model import Role
from publisher.pictures import images
from publisher.readers import READERS, Read, Source, pandoc_program
from tests import notation

TEXT = """
The Garden Wall
===============

:Author: Ada Brick
:Date: 1921

Part One: Stones
----------------

Chapter I
~~~~~~~~~

A *stone* [1]_ and `a link <https://example.org/>`_, H\\ :sub:`2`\\ O.

.. [1] Granite, that is.

| a line
|   and another
|
| the second stanza

===== =====
stone weight
===== =====
flint 3
===== =====

Chapter II
~~~~~~~~~~

At Night
^^^^^^^^

::

  two  spaces

3. three
4. four

wall
  of stone

.. image:: wall.png
   :alt: a wall

.. raw:: html

   <b>bold words</b><script>no words</script>

.. raw:: latex

   \\newpage
"""


def made(form: str, folder: Path | None = None) -> bytes:
    """The text in another form, with the pictures that lie in a folder."""
    spec = find_spec("pypandoc")
    assert spec is not None
    assert spec.origin is not None
    program = Path(spec.origin).parent / "files" / "pandoc"
    command = (program, "--standalone", "--from=rst", f"--to={form}", "--output=-")
    return subprocess.run(command, input=TEXT.encode(), check=True, capture_output=True, cwd=folder).stdout


def read(name: str, data: bytes | str, *pictures: str) -> Read:
    return READERS["pandoc"]([Source(name, data.encode() if isinstance(data, str) else data)], pictures=pictures)


def refused(name: str, data: bytes) -> tuple[str, str]:
    with pytest.raises(SourceError) as error:
        read(name, data)
    problem = error.value.problems[0]
    return problem.code, problem.message


def test_a_text() -> None:
    found = read("a.rst", TEXT)
    assert notation.document(found).splitlines() == [
        "title: The Garden Wall",
        "author: Ada Brick",
        "written: 1921",
        "part: Part One: Stones",
        "chapter: Chapter I",
        "  p: A _stone_{1} and <https://example.org/ a link>, H<subscript 2>O.",
        "  verse: a line / >and another // the second stanza",
        "  table with 1 of head: stone | weight / flint | 3",
        "  note 1 [1]: Granite, that is.",
        "chapter: Chapter II",
        "  section: At Night",
        "    listing:",
        "      | two  spaces",
        "    3. p: three",
        "    4. p: four",
        "    term: wall",
        "      p: of stone",
        "    p: a wall",
        "    p: bold words",
        "left out 0: markup of the source's own form",
    ]
    assert [problem.code for problem in found.problems] == ["P001"]
    assert list(proof.check(found)) == []


@pytest.mark.parametrize("form", ["docx", "epub", "org", "opml", "docbook", "latex"])
def test_other_forms(form: str) -> None:
    found = read({"latex": "a.tex"}.get(form, f"a.{form}"), made(form))
    assert plain(found.book.title) == "The Garden Wall"
    assert found.metadata.names(Role.AUTHOR) == ("Ada Brick",)
    part = found.book.contents[0]
    assert isinstance(part, Part)
    assert [plain(chapter.title) for chapter in part.chapters] == ["Chapter I", "Chapter II"]
    assert [len(chapter.notes) for chapter in part.chapters] == [1, 0]
    assert list(proof.check(found)) == []


@pytest.mark.parametrize("form", ["docx", "odt", "epub"])
def test_pictures_inside_a_file_are_shown(form: str, tmp_path: Path) -> None:
    Pillow.new("RGB", (8, 6), (200, 30, 30)).save(tmp_path / "wall.png")
    name, data = f"a.{form}", made(form, tmp_path)
    found = read(name, data)
    (image,) = images(found.book)
    assert image.file in {picture.file for picture in found.pictures}
    assert image.file.startswith(f"{name}/")
    built = make(Job(slug="a", file=name, sources=(Source(name, data),)), Options(formats=("epub",)))
    with zipfile.ZipFile(io.BytesIO(built.outputs[0].data)) as archive:
        assert any(entry.startswith("EPUB/picture-") for entry in archive.namelist())


@pytest.mark.parametrize("form", ["odt", "fb2", "mediawiki", "textile", "typst", "rtf"])
def test_forms_that_keep_less(form: str) -> None:
    found = read({"mediawiki": "a.wiki", "typst": "a.typ"}.get(form, f"a.{form}"), made(form))
    words = " ".join(entry.text for entry in found.ledger if entry.fate is Fate.BODY)
    assert "stone" in words
    assert list(proof.check(found)) == []


def test_pictures() -> None:
    found = read("a.rst", TEXT, "wall.png")
    section = found.book.chapters[1].sections[0]
    assert Figure(Image("wall.png", "a wall")) in section.blocks
    assert found.problems == ()
    assert list(proof.check(found)) == []


def test_the_title_of_metadata_is_not_printed_twice() -> None:
    found = read("a.org", "#+TITLE: A Wall\n\n* A Wall\n\n** One\n\nText.\n\n** Two\n\nMore.\n")
    assert found.book.title == (Text("A Wall"),)
    assert [plain(chapter.title) for chapter in found.book.chapters] == ["One", "Two"]
    assert list(proof.check(found)) == []


def test_further_files_are_parts() -> None:
    texts = ("First\n=====\n\nOne\n---\n\nx\n", "Second\n======\n\nTwo\n---\n\ny\n")
    found = READERS["pandoc"]([Source(f"{n}.rst", text.encode()) for n, text in enumerate(texts)])
    assert [type(item).__name__ for item in found.book.contents] == ["Chapter", "Part"]
    assert list(proof.check(found)) == []


def archive(**members: bytes) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made_of:
        for name, data in members.items():
            made_of.writestr(name, data)
    return result.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"", "S002"),
        ("a.docx", b"PK\x03\x04damage", "R091"),
        ("a.docx", b"no archive at all", "R091"),
        ("a.docx", archive(word=b"x"), "R091"),
        ("a.docx", archive(word=b" " * 210_000_000), "R091"),
        ("a.ipynb", b"{", "R091"),
        ("a.nothing", b"text", "R091"),
        ("a.rst", "\n\n".join(f"{'  ' * n}* x" for n in range(120)).encode(), "R005"),
    ],
    ids=["empty", "damaged", "text", "strange", "bomb", "cut", "unknown", "deep"],
)
def test_a_bad_file_has_a_problem(name: str, data: bytes, code: str) -> None:
    found, message = refused(name, data)
    assert found == code
    assert "\n" not in message


def test_a_whole_docx_with_its_end_cut_off() -> None:
    assert refused("a.docx", made("docx")[:3000])[0] == "R091"


def test_what_stands_elsewhere_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    found = read("a.rst", f"Text.\n\n.. include:: {secret}\n")
    assert "secret" not in "".join(entry.text for entry in found.ledger)
    assert [problem.code for problem in found.problems] == ["R092"]


def test_a_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_program, "LONGEST", 0.001)
    assert refused("a.rst", TEXT.encode()) == ("R091", "pandoc had not read it after 0.001 seconds")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_program, "find_spec", lambda _: None)
    with pytest.raises(SourceError) as error:
        read("a.rst", TEXT)
    problem = error.value.problems[0]
    assert problem.code == "R090"
    assert problem.hint == "Install it: pip install 'publisher[pandoc]'"
