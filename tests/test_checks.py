# SPDX-License-Identifier: AGPL-3.0-or-later
"""The proof that no word was lost finds what is lost: each of its comparisons is given something wrong to find."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from msgspec.structs import replace

from publisher.build.make import Job, Options, make, prepare
from publisher.checks import fidelity, files, plain_text, raw, source
from publisher.checks.streams import shown_words
from publisher.document import Book, Chapter, Figure, Image, List, Note, Paragraph, Table, Text
from publisher.edition import Output
from publisher.errors import Location, Problem
from publisher.ledger import Entry, Fate
from publisher.metadata.model import Metadata
from publisher.pictures import Picture
from publisher.readers import Read, Source
from publisher.readers.plaintext.form import END
from publisher.writers import epub, pdf, text
from tests.editions import article, everything, paragraph

TEXT = """\
Mary Weaver
The Mill

Written: 1907

The mill[1] was the only room that was large enough.

The lamp was lit.

Notes

[1] It was built in 1802.
"""


def built(text: str = TEXT) -> Job:
    return Job(slug="mill", file="mill.txt", sources=(Source("mill.txt", text.encode()),))


@pytest.fixture(scope="module")
def read() -> Read:
    return prepare(built(), Options()).read


def changed(read: Read, *blocks: str, note: str = "It was built in 1802.") -> Read:
    """The same ledger with another book."""
    (chapter,) = read.book.chapters
    notes = (Note("1", (paragraph(note),), called=False),)
    other = replace(chapter, blocks=tuple(map(paragraph, blocks)), notes=notes)
    return replace(read, book=replace(read.book, contents=(other,)))


FIRST, SECOND = "The mill was the only room that was large enough.", "The lamp was lit."


def found(read: Read) -> list[str]:
    return [f"{problem.location.line}: {problem.message}" for problem in source.check(read)]


def test_nothing_is_found_where_nothing_is_wrong(read: Read) -> None:
    assert found(read) == found(changed(read, FIRST, SECOND)) == []


def test_a_lost_paragraph(read: Read) -> None:
    assert found(changed(read, SECOND)) == ['6: the book lacks "The mill was the only room that was" … (11 words)']
    assert found(changed(read, FIRST)) == ['8: the book lacks "The lamp was lit."']


def test_a_changed_word(read: Read) -> None:
    first, *_ = found(changed(read, FIRST, "The lamp is lit."))
    assert first == '8: the book has "The lamp is lit." where the source has "The lamp was lit."'


def test_paragraphs_in_another_order(read: Read) -> None:
    assert found(changed(read, SECOND, FIRST))


def test_a_word_that_is_printed_twice(read: Read) -> None:
    assert found(changed(read, FIRST, SECOND, SECOND))


def test_a_changed_note(read: Read) -> None:
    wrong, left = found(changed(read, FIRST, SECOND, note="It was built in 1803."))
    assert wrong == '0: note 1 ([1]) of mill.txt is not in the source as "It was built in 1803."'
    assert left == '12: the book lacks of the notes "It was built in 1802."'


def test_a_header_that_is_nowhere(read: Read) -> None:
    assert found(replace(read, metadata=Metadata(title="The Mill"))) == [
        '1: the header\'s words "mary weaver" are nowhere in the metadata',
        '4: the header\'s words "1907" are nowhere in the metadata',
    ]


def test_notes_in_another_order_than_their_bodies() -> None:
    ledger = tuple(Entry("x", line, f"body {line}", Fate.NOTE) for line in range(1, 5))
    notes = tuple(Note(str(n), (paragraph(f"body {n}"),), called=False) for n in (3, 1, 4, 2))
    book = Book((), (), (Chapter((), (), notes=notes, file="x"),))
    assert source.check(Read(book, Metadata(), ledger, ())) == []
    fewer = replace(book, contents=(Chapter((), (), notes=notes[:3], file="x"),))
    (problem,) = source.check(Read(fewer, Metadata(), ledger, ()))
    assert problem.message == 'the book lacks of the notes "body 2"'


def test_the_same_note_twice_needs_two_bodies() -> None:
    note = Note("1", (paragraph("Ibid."),), called=False)
    book = Book((), (), (Chapter((), (), notes=(note, note), file="x"),))
    once = (Entry("x", 1, "Ibid.", Fate.NOTE),)
    assert source.check(Read(book, Metadata(), once, ()))
    assert source.check(Read(book, Metadata(), (*once, Entry("x", 9, "Ibid.", Fate.NOTE)), ())) == []


def test_a_call_that_the_book_has_lost(read: Read) -> None:
    (chapter,) = read.book.chapters
    other = replace(chapter, blocks=(paragraph(FIRST), *chapter.blocks[1:]))
    (problem,) = source.check(replace(read, book=replace(read.book, contents=(other,))))
    assert problem.message == "note 1 ([1]) is called, but nothing in the book leads to it"


def test_a_word_divided_by_the_source_is_one_word() -> None:
    book = Book((), (), (Chapter((), (Paragraph((Text("The Social-Democrats met."),)),), file="x"),))
    ledger = (Entry("x", 1, "The Social-", Fate.BODY), Entry("x", 2, "Democrats met.", Fate.BODY))
    assert source.check(Read(book, Metadata(), ledger, ())) == []


@pytest.mark.parametrize(
    ("reader", "text", "words"),
    [
        ("marxists_text", "One two\nthree", ("One two", "three")),
        ("gutenberg", "_One_ two\nthree", ("One two", "three")),
        ("marxists_html", "<p>O<i>ne</i> two<br>three<!-- no --><script>x()</script>&amp;", ("One two", "three&")),
        ("tei", "<?xml version='1.0'?><TEI><p>One<lb/>two <![CDATA[three]]></p></TEI>", ("Onetwo", "three")),
        ("markdown", "*One* two\nthree &eacute;", ("One two", "three é")),
    ],
)
def test_the_letters_of_a_source(reader: str, text: str, words: tuple[str, ...]) -> None:
    ledger = [Entry("x", line, word, Fate.BODY) for line, word in enumerate(words, 1)]
    sources = [Source("x", text.encode())]
    assert list(raw.check(sources, reader, ledger)) == []
    (problem,) = raw.check(sources, reader, ledger[1:])
    assert problem.code == "F002"
    assert list(raw.check(sources, reader, [*ledger, Entry("x", 9, "more", Fate.BODY)]))


def with_page(data: bytes, name: str, before: str, after: str) -> bytes:
    """An EPUB in which a page was changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            page = old.read(item)
            if item == name:
                assert before.encode() in page
                page = page.replace(before.encode(), after.encode())
            new.writestr(item, page)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("text", "my greetings", "greetings"),
        ("text", "success in", "success  not in"),
        ("notes", "by over", "by"),
        ("notes", 'in the text">1<', 'in the text">2<'),
    ],
)
def test_an_epub_with_other_words(name: str, before: str, after: str) -> None:
    data = epub.write(article(), {}).data
    wanted = shown_words(article().book, {})
    assert files.epub(article(), wanted, data) == []
    (problem,) = files.epub(article(), wanted, with_page(data, f"EPUB/{name}.xhtml", before, after))
    assert problem.code == "F003"


@pytest.mark.parametrize(
    ("before", "after"),
    [("greetings", ""), ("success in", "success not in"), ("[1] ", "[2] "), (END, "One line more.\n\n" + END)],
)
def test_a_plain_text_with_other_words(before: str, after: str) -> None:
    data = text.write(article(), {}).data
    wanted = shown_words(article().book, {})
    assert plain_text.text(article(), wanted, data) == []
    assert before in data.decode()
    changed_data = data.decode().replace(before, after, 1).encode()
    problems = plain_text.text(article(), wanted, changed_data)
    assert {problem.code for problem in problems} == {"F006"}


def test_a_plain_text_that_nobody_can_read() -> None:
    (problem,) = plain_text.text(article(), shown_words(article().book, {}), b"")
    assert problem.code == "F006"
    assert "cannot be read" in problem.message


def test_everything_stands_in_the_plain_text() -> None:
    work = everything()
    assert plain_text.text(work, shown_words(work.book, work.pictures), text.write(work, {}).data) == []


def test_everything_stands_in_epub_and_pdf() -> None:
    work = everything()
    wanted = shown_words(work.book, work.pictures)
    assert files.epub(work, wanted, epub.write(work, {}).data) == []
    assert files.pdf(work, wanted, pdf.write(work, {}).data) == []


def test_a_pdf_with_other_words() -> None:
    data = pdf.write(article(), {}).data
    work = article()
    assert files.pdf(work, shown_words(work.book, {}), data) == []
    (chapter,) = work.book.chapters
    for other in (
        replace(chapter, blocks=(*chapter.blocks, paragraph("One word more."))),
        replace(chapter, blocks=(chapter.blocks[0], *chapter.blocks[2:])),
        replace(chapter, notes=(Note("1", (paragraph("Another note."),)),)),
    ):
        wanted = shown_words(replace(work.book, contents=(other,)), {})
        assert {problem.code for problem in files.pdf(work, wanted, data)} == {"F004"}


def test_a_paragraph_that_goes_on_overleaf_below_a_list() -> None:
    """The numbers of the list are the last words of the page, amid the paragraph."""
    items = List(((paragraph("The gate."),), (paragraph("The loom."),)), ordered=True)
    long = paragraph("Nobody knew why the gate was shut, and nobody asked. " * 80)
    work = article()
    chapter = Chapter(title=(Text("Chapter"),), blocks=(items, long))
    work = replace(work, book=replace(work.book, title=(Text("The Mill"),), contents=(chapter,)))
    data = pdf.write(work, {}).data
    assert files.pdf(work, shown_words(work.book, {}), data) == []
    other = replace(chapter, blocks=(items, paragraph("One word more."), long))
    wanted = shown_words(replace(work.book, contents=(other,)), {})
    assert {problem.code for problem in files.pdf(work, wanted, data)} == {"F004"}


def test_the_head_of_a_table_stands_on_each_of_its_pages() -> None:
    head = ((Text("Year"),), (Text("Looms"),))
    rows = (((Text(f"Year {number}"),), (Text(f"{number} looms"),)) for number in range(80))
    work = article()
    chapter = Chapter(title=(Text("Chapter"),), blocks=(Table((head, *rows), head=1), paragraph("The lamp was lit.")))
    work = replace(work, book=replace(work.book, title=(Text("The Mill"),), contents=(chapter,)))
    assert files.pdf(work, shown_words(work.book, {}), pdf.write(work, {}).data) == []


def test_the_words_in_a_drawing_are_painted_after_those_of_its_page() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">gate &amp; loom</text></svg>'
    )
    shown = Picture("picture-1.svg", "image/svg+xml", drawing)
    long = paragraph("Nobody knew why the gate was shut, and nobody asked. " * 80)
    work = article()
    chapter = Chapter(title=(Text("Chapter"),), blocks=(Figure(Image("mill.svg", "A drawing")), long))
    book = replace(work.book, title=(Text("The Mill"),), contents=(chapter,))
    work = replace(work, book=book, pictures={"mill.svg": shown})
    assert files.pdf(work, shown_words(book, work.pictures), pdf.write(work, {}).data) == []


def test_the_report_and_its_summary() -> None:
    text = f"MIA  >  Archive  >  Weaver\n\n{TEXT}\n\nTop of the page\n"
    made = make(built(text), Options(formats=("epub",)))
    assert (
        made.proof
        == "all 21 words in EPUB; 2 lines of navigation, 1 line of titles and headings that the book has once left out"
    )
    report = json.loads(made.outputs[-1].data)
    assert (report["words"], report["notes"], report["compared"], report["differences"]) == (
        21,
        1,
        ["source", "EPUB"],
        [],
    )
    assert [(entry["line"], entry["as"]) for entry in report["left_out"]] == [
        (1, "navigation"),
        (12, "heading"),
        (17, "navigation"),
    ]


def test_a_work_with_differences_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fidelity, "_CHECKS", {"epub": lambda *_: [Problem("F003", "x", Location("x"))]})
    made = make(built(), Options(formats=("epub",)))
    assert made.outputs == ()
    assert [problem.code for problem in made.problems if problem.code.startswith("F")] == ["F003"]


def test_outputs_that_are_no_books_are_not_read() -> None:
    prepared = prepare(built(), Options())
    booklet = Output("x.pdf", "booklet", b"")
    proof = fidelity.prove(built().sources, prepared.read, prepared.edition, [booklet], ())
    assert proof.summary == "all 21 words in the book; 1 line of titles and headings that the book has once left out"


def _cells(*cells: str) -> tuple[tuple[Text, ...], ...]:
    return tuple((Text(cell),) if cell else () for cell in cells)


LONG_CELL = "Nobody knew why the gate was shut. " * 60


@pytest.mark.parametrize(
    "table",
    [
        Table((_cells("a", "b"), _cells("c", "d")), head=1),
        Table((_cells("", ""), _cells("", "d")), head=1),
        Table((_cells("a", "b"), _cells("short", LONG_CELL)), head=1),
        Table((_cells("a", "b"), _cells(LONG_CELL, LONG_CELL), _cells("c", "d")), head=1),
        Table((_cells(*["Incomprehensible heading"] * 14), *[_cells(*["1234567"] * 14)] * 8), head=1),
    ],
    ids=["letters", "gaps", "long cell", "long cells", "many columns"],
)
def test_a_table_may_open_a_chapter_whatever_it_holds(table: Table) -> None:
    work = article()
    chapter = Chapter(title=(), blocks=(table, paragraph("The lamp was lit.")))
    made = replace(work, book=replace(work.book, title=(Text("The Mill"),), contents=(chapter,)))
    data = pdf.write(made, {}).data
    assert files.pdf(made, shown_words(made.book, {}), data) == []
    other = replace(chapter, blocks=(table, paragraph("The lamp was not lit.")))
    wanted = shown_words(replace(made.book, contents=(other,)), {})
    assert {problem.code for problem in files.pdf(made, wanted, data)} == {"F004"}


def test_a_picture_may_open_a_chapter() -> None:
    drawing = Picture(
        "picture-1.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    work = article()
    chapter = Chapter(title=(), blocks=(Figure(Image("mill.svg", "A drawing")), paragraph("The lamp was lit.")))
    book = replace(work.book, title=(Text("The Mill"),), contents=(chapter,))
    work = replace(work, book=book, pictures={"mill.svg": drawing})
    assert files.pdf(work, shown_words(book, work.pictures), pdf.write(work, {}).data) == []
