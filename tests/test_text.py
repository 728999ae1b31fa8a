# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plain-text edition: what is written is read back node by node, whatever the text looks like."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from publisher.document import (
    Book,
    Chapter,
    Inlines,
    Paragraph,
    Part,
    Table,
    Text,
    Verse,
    VerseLine,
    plain as plain_words,
)
from publisher.edition import Edition
from publisher.errors import Location
from publisher.licences.model import Licence, Status
from publisher.licences.statements import recognise
from publisher.licences.texts import text as licence_text
from publisher.metadata.dates import edtf
from publisher.metadata.model import Contributor, Date, Field, Metadata, Piece, Role, Statement
from publisher.metadata.sources import source_edition
from publisher.readers import READERS, Read, Source
from publisher.readers.plain import is_plain
from publisher.readers.plaintext.form import FIRST_LINE, WIDTH, names
from publisher.readers.plaintext.inlines import parse
from publisher.writers import text
from publisher.writers.plaintext.blocks import Writer
from publisher.writers.plaintext.inlines import Names, marked
from publisher.writers.plaintext.lines import wrap
from publisher.writers.plaintext.normal import inlines, normal
from tests import documents
from tests.editions import article, edition, everything
from tests.proof import lost

ROOT = Path(__file__).parent.parent


def examples(number: int) -> settings:
    return settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


def written(work: Edition) -> str:
    return text.write(work, {}).data.decode()


def source(data: str) -> Source:
    return Source("book.txt", data.encode())


def read(data: str) -> Read:
    return READERS["plain"]([source(data)])


def of(*blocks: Paragraph | Verse, title: str = "Title") -> Edition:
    book = Book((Text(title),), (), (Chapter((), blocks, file="book.txt"),))
    return edition(book, Metadata(title=title))


def again(work: Edition, found: Read) -> Edition:
    """The same edition of what was read."""
    return replace(work, book=found.book, metadata=found.metadata)


def in_one_file(book: Book) -> Book:
    """The book as if all of it came from the text file, in the text's normal form."""
    return replace(normal(book), contents=tuple(map(_in_one_file, normal(book).contents)))


def _in_one_file(item: Part | Chapter) -> Part | Chapter:
    if isinstance(item, Chapter):
        return replace(item, file="book.txt")
    return replace(item, file="", contents=tuple(map(_in_one_file, item.contents)))


def holds(work: Edition) -> None:
    """What is written is read back, no word is lost on the way, and what is read is written byte by byte the same."""
    data = written(work)
    found = read(data)
    assert found.book == in_one_file(work.book)
    assert unicodedata.is_normalized("NFC", data)
    assert data.isprintable() or "\r" not in data
    assert lost(found, [source(data)], "plain") == []
    assert written(again(work, found)) == data


# ---- Everything


@examples(300)
@given(documents.runs())
def test_any_run_is_read_back_as_it_was(run: Inlines) -> None:
    named = Names(["1", "*", "*:2"])
    wanted = inlines(run)
    line = marked(wanted, named)
    assert line
    assert "\n" not in line
    assert line == line.strip(" ")
    assert parse(line, named.indexes).inlines == wanted


@examples(60)
@given(documents.blocks())
def test_any_blocks_are_read_back_as_they_were(blocks: documents.Blocks) -> None:
    chapter = Chapter((), (*blocks, Paragraph((Text("The last."),))), notes=documents.THREE_NOTES, file="book.txt")
    holds(edition(Book((Text("Title"),), (), (chapter,)), Metadata(title="Title")))


@examples(25)
@given(documents.books())
def test_any_book_is_read_back_as_it_was(book: Book) -> None:
    holds(edition(book, Metadata(title="Title")))


@pytest.mark.slow
@examples(400)
@given(documents.books())
def test_any_of_very_many_books(book: Book) -> None:
    holds(edition(book, Metadata(title="Title")))


@pytest.mark.parametrize("work", [article(), everything()], ids=["article", "everything"])
def test_editions(work: Edition) -> None:
    holds(work)


def test_the_text_of_content_is_read_back() -> None:
    file = ROOT / "content" / "petrograd.txt"
    first = READERS["marxists_text"]([Source("book.txt", file.read_bytes())])
    work = edition(first.book, first.metadata)
    found = read(written(work))
    assert found.book == first.book
    assert found.metadata.title == first.metadata.title
    assert found.metadata.contributors == first.metadata.contributors
    assert found.metadata.language == first.metadata.language
    assert (found.metadata.written, found.metadata.published) == (first.metadata.written, first.metadata.published)
    assert found.metadata.source == first.metadata.source
    said = [[(s.label, s.text) for s in metadata.statements] for metadata in (found.metadata, first.metadata)]
    assert said[0] == said[1] != []
    fields = [[(f.label, f.value, f.key) for f in metadata.fields] for metadata in (found.metadata, first.metadata)]
    assert fields[0] == fields[1] != []
    assert written(again(work, found)) == written(work)


# ---- How it looks


def test_the_file_says_what_it_is_in_its_first_line() -> None:
    data = written(article())
    assert is_plain(data)
    assert data.split("\n")[0] == FIRST_LINE
    assert not is_plain("Title: The Mill\n")


def test_lines_fit_into_an_ordinary_window() -> None:
    """All but verse, tables and the licence, which have lines of their own."""
    data = written(of(*(Paragraph((Text("The mill stood by the river, and nobody went there. " * 9),)) for _ in "ab")))
    assert max(map(len, data.split("\n"))) <= WIDTH


@pytest.mark.parametrize(
    "words",
    [
        "A plain sentence, with (brackets), a [sic], 2 * 3 = 6, and/or, C++, snake_case, AT&T, <b>, 50 % | 60 %.",
        "1. Whoever spins shall not freeze.",
        "- Who is there? - Nobody.",
        "* A star begins this line.",
        "Year 1907: see [12], p. 4.",
        "> quoted as in a letter",
        "# not a heading",
        "The loom is old / the thread is thin",
        r"C:\new\text",
    ],
)
def test_text_that_means_nothing_here_has_no_backslash_added(words: str) -> None:
    lines = Writer(Names()).content([Paragraph((Text(words),))])
    assert " ".join(lines) == words


@pytest.mark.parametrize("cell", ["1 " + "- " * 20_000 + "x", "9" * 40_000 + "x"])
def test_a_table_with_a_very_long_cell_or_row_is_written_in_linear_time(cell: str) -> None:
    """The long row has as many cells as there are other rows: filled up, they would be a square."""
    ragged = (((Text(cell),),),) * 2 + (((Text("a"),),),) * 3_000 + (((Text("b"),),) * 3_000,)
    assert len(Writer(Names()).content([Table(ragged)])) == 1 + len(ragged)


def test_verse_is_indented_and_has_no_label() -> None:
    verse = Verse(((VerseLine((Text("The loom is old,"),)), VerseLine((Text("the thread is thin."),), 1)),))
    assert "\n\n  The loom is old,\n    the thread is thin.\n\n" in written(of(Paragraph((Text("He sang:"),)), verse))


def test_the_text_of_the_licence_is_enclosed_word_by_word_and_line_by_line() -> None:
    assert licence_text("GFDL-1.3").strip("\n") in written(article())
    assert "GNU Free Documentation License" not in written(of(Paragraph((Text("Words."),))))


def test_only_signs_that_are_used_are_explained() -> None:
    def explained(work: Edition) -> str:
        return written(work).partition("Signs used in this text")[2].partition("Licence and credits")[0]

    assert "{de: words}" not in explained(article())
    assert "[1]" in explained(article())
    assert "[1]" not in explained(of(Paragraph((Text("Words."),))))


# ---- Other line ends


@examples(60)
@given(documents.runs(), st.integers(20, 120))
def test_a_paragraph_may_be_wrapped_anew(run: Inlines, width: int) -> None:
    """Line ends in a paragraph mean nothing, wherever an editor puts them."""
    wanted = inlines(run)
    named = Names(names(documents.THREE_NOTES))
    line = marked(wanted, named)
    assert parse(" ".join(wrap(line, width)), named.indexes).inlines == wanted


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end: str) -> None:
    work = everything()
    data = written(work)
    assert READERS["plain"]([Source("book.txt", data.replace("\n", end).encode("utf-8-sig"))]) == read(data)


# ---- Header

_values = st.lists(
    st.sampled_from(("The", "Mill", "by", "A.", "[1]", ":", "a: b", "//", "_x_", "\\", "- x", "—", "1907"))
)
values = _values.map(" ".join).filter(bool)
labels = st.sampled_from(("", "Written", "Source", "Transcribed", "Copyleft", "Colour", "A: b", "Notes on the header"))
people = st.builds(Contributor, values, st.sampled_from(list(Role)), st.none() | values)
dates = values.map(lambda value: Date(value, edtf(value))) | st.just(Date("May", "1907-05")) | st.none()
fields = st.lists(st.builds(Field, labels, values, st.just(Location("book.txt"))), max_size=5).map(tuple)
statements = st.lists(st.builds(Statement, values, labels, st.just(Location("book.txt"))), max_size=3).map(tuple)
sources = st.none() | values.map(source_edition)


@st.composite
def metadata(draw: st.DrawFn) -> Metadata:
    pieces = st.builds(
        Piece,
        chapter=st.integers(0, 99),
        title=values,
        contributors=st.lists(people, max_size=2).map(tuple),
        written=dates,
        source=sources,
        source_url=st.none() | values,
        statements=statements,
        fields=fields,
    )
    return Metadata(
        title=draw(values),
        short_title=draw(st.none() | values),
        subtitle=draw(st.none() | values),
        language=draw(st.sampled_from((None, "en", "zh-Hant"))),
        contributors=tuple(draw(st.lists(people, max_size=4))),
        written=draw(dates),
        published=draw(dates),
        source=draw(sources),
        source_url=draw(st.none() | values),
        statements=draw(statements),
        fields=draw(fields),
        archive=tuple(draw(st.lists(st.sampled_from(("MIA", "Archive", "Weaver")), max_size=3))),
        publisher=draw(st.none() | values),
        edition_date=draw(st.sampled_from((None, "2026-01-31"))),
        subjects=tuple(draw(st.lists(values, max_size=2))),
        changes=tuple(draw(st.lists(values, max_size=2))),
        pieces=tuple(draw(st.lists(pieces, max_size=2))),
    )


def comparable(about: Metadata | Piece) -> Metadata | Piece:
    """Without places and keys, which the text has of its own."""
    nowhere = Location("")
    kept = tuple(replace(field, location=nowhere, key=None) for field in about.fields)
    said = tuple(replace(statement, location=nowhere) for statement in about.statements)
    if isinstance(about, Piece):
        return replace(about, fields=kept, statements=said)
    pieces = tuple(piece for one in about.pieces if isinstance(piece := comparable(one), Piece))
    return replace(about, fields=kept, statements=said, pieces=pieces)


@examples(150)
@given(metadata())
def test_any_header_is_read_back_as_it_was(known: Metadata) -> None:
    work = edition(of(Paragraph((Text("Words."),))).book, known)
    found = read(written(work))
    wanted = replace(known, identifier=work.identifier)
    if known.short_title == known.title:
        wanted = replace(wanted, short_title=None)
    assert comparable(found.metadata) == comparable(wanted)
    assert lost(found, [source(written(work))], "plain") == []


def test_a_licence_that_only_the_settings_name_is_stated_in_the_header() -> None:
    """Who has the text has not the settings: built again, it would be a work whose rights nobody states."""
    licence = Licence(status=Status.FREE, spdx="CC-BY-SA-4.0", name="A Free Licence", recorded=True)
    work = replace(of(Paragraph((Text("Words."),))), licence=licence)
    found = read(written(work))
    assert [(s.label, s.text) for s in found.metadata.statements] == [
        ("Licence", "A Free Licence (SPDX: CC-BY-SA-4.0)")
    ]
    assert recognise(found.metadata.statements, "book.txt")[0].spdx == "CC-BY-SA-4.0"
    assert written(again(work, found)).count("A Free Licence (SPDX: CC-BY-SA-4.0)") == 3
    assert read(written(again(work, found))).metadata == found.metadata


def test_a_title_page_without_a_title_takes_it_from_the_header() -> None:
    data = written(article()).replace("=" * 56, "")
    found = read(f"{data.partition(FIRST_LINE)[1]}\n\nTitle: The Mill\n\n=====\n\nWords.\n")
    assert plain_words(found.book.title) == "The Mill"
