# SPDX-License-Identifier: AGPL-3.0-or-later
"""The handbook is a book that publisher builds, and what it says of publisher is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import msgspec
import pytest

from publisher import works
from publisher.build.formats import WRITERS
from publisher.build.make import Job, Options, make, prepare
from publisher.build.run import job as job_of
from publisher.cli import _parser
from publisher.codes import CODES
from publisher.document import Definitions, Figure, List, Listing, Table
from publisher.imposition.options import Binding, Blanks, BookletOptions, Edge, Layout, Mark
from publisher.imposition.stock import MM, SHEETS
from publisher.metadata.booklet import Booklet
from publisher.metadata.model import Role
from publisher.metadata.settings import BookSettings, Typography, read
from publisher.papers import MM_PER_INCH, PAPERS
from publisher.readers import READERS, Source
from tests.sheets import laid, page

FOLDER = Path(__file__).parent.parent / "content" / "handbook"
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md")))


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


_IN_LISTINGS = re.findall(r"^(publisher .+)$", "".join(blocks("sh")), re.MULTILINE)
COMMANDS = list(dict.fromkeys([*_IN_LISTINGS, *re.findall(r"`(publisher [^`\n]+)`", TEXT)]))


def code() -> set[str]:
    """The words that stand in type of one width."""
    return {word for found in re.findall(r"`([^`\n]+)`", TEXT) for word in found.split()}


@pytest.fixture(scope="module")
def job() -> Job:
    (work,) = works.find([FOLDER])
    return job_of(work)


def test_it_is_built_into_an_epub_without_problems(job: Job) -> None:
    built = make(job, Options(formats=("epub",), strict=True))
    assert built.problems == ()
    assert [output.format for output in built.outputs] == ["epub", "fidelity"]
    assert re.fullmatch(r"all \d,\d{3} words in EPUB", built.proof)


@pytest.mark.slow
def test_it_is_built_into_a_pdf_and_a_booklet_without_problems(job: Job) -> None:
    built = make(job, Options(formats=("pdf", "booklet"), release=True, strict=True))
    assert built.problems == ()
    assert [output.format for output in built.outputs] == ["pdf", "booklet", "fidelity"]


def test_it_has_all_that_a_book_has(job: Job) -> None:
    book = prepare(job, Options()).edition.book
    found = [block for chapter in book.chapters for section in chapter.sections for block in section.blocks]
    assert len(book.chapters) == len(list(FOLDER.glob("*.md")))
    assert all(chapter.title and chapter.sections and chapter.notes for chapter in book.chapters)
    assert all(any(isinstance(block, kind) for block in found) for kind in (Table, Figure, Listing, List, Definitions))


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_is_one(line: str) -> None:
    words = [word for word in shlex.split(line.partition(" > ")[0]) if "=" not in word]
    _parser().parse_args(words[1:])


def test_each_command_of_the_program_is_shown() -> None:
    commands = {"build", "booklet", "proof", "check", "inspect", "new", "explain"}
    assert {line.split()[1] for line in COMMANDS} == commands


@pytest.mark.parametrize("settings", blocks("toml"))
def test_each_example_of_settings_is_valid(settings: str) -> None:
    read(settings.encode(), "book.toml", BookSettings)


def test_the_example_of_a_text_is_read_as_it_says() -> None:
    text = next(block for block in blocks("text") if block.startswith("Ada Weaver"))
    built = make(
        Job(slug="mill", file="mill.txt", sources=(Source("mill.txt", text.encode()),)), Options(formats=("epub",))
    )
    assert built.problems == ()
    assert f"mill: {built.proof} and PDF" in TEXT


def test_the_example_of_front_matter_is_read_as_it_says() -> None:
    text = next(block for block in blocks("text") if block.startswith("---"))
    edition = prepare(Job(slug="gate", file="gate.md", sources=(Source("gate.md", text.encode()),)), Options()).edition
    assert (edition.title, edition.language, edition.licence.spdx) == ("The Gate", "en", "CC-BY-SA-4.0")
    assert [person.name for person in edition.metadata.contributors] == ["Ada Weaver", "B. Carder"]


@pytest.mark.parametrize(
    "names",
    [
        {field.encode_name for field in msgspec.structs.fields(BookSettings)},
        {field.encode_name for field in msgspec.structs.fields(Typography)},
        {field.encode_name for field in msgspec.structs.fields(Booklet)},
        {*SHEETS, *Layout, *Edge, *Binding, *Blanks, *Mark},
        set(READERS),
        set(PAPERS),
        set(WRITERS) - {"epub", "pdf", "booklet"},
        {role.value for role in Role if " " not in role},
    ],
    ids=["settings", "rules", "booklet", "choices", "readers", "papers", "formats", "roles"],
)
def test_nothing_is_left_unnamed(names: set[str]) -> None:
    assert names - code() == set()


def test_the_codes_and_their_letters_are_those_of_the_program() -> None:
    assert set(re.findall(r"\b[A-Z]\d{3}\b", TEXT)) <= set(CODES)
    letters = re.findall(r"^\| ([A-Z]) \|", TEXT, re.MULTILINE)
    assert sorted(letters) == sorted({code[0] for code in CODES})


def test_the_table_of_papers_has_their_sizes() -> None:
    for name, width, height, unit in re.findall(r"^\| `(\S+)` \| ([\d.]+) × ([\d.]+) (mm|in) \|", TEXT, re.MULTILINE):
        factor = MM_PER_INCH if unit == "in" else 1
        assert (PAPERS[name].width, PAPERS[name].height) == (float(width) * factor, float(height) * factor)


def test_the_table_of_papers_has_the_sheets_of_their_booklets() -> None:
    rows = re.findall(r"^\| `(\S+)` \| [^|]+ \| (\w+)(?:, at (\d+) %)?[^|]*\|$", TEXT, re.MULTILINE)
    sheets = {name: (sheet, int(scale or 100)) for name, sheet, scale in rows if name in PAPERS}
    assert sheets.keys() == PAPERS.keys()
    for name, found in sheets.items():
        _, geometry = laid(4, BookletOptions(), [page((PAPERS[name].width * MM, PAPERS[name].height * MM))] * 4)
        assert (geometry.name, round(geometry.scale * 100)) == found
