# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes in print: at the end, behind chapters, at the foot of pages; on which page each is, and what is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from msgspec.structs import replace

from publisher.checks import feet, files
from publisher.checks.streams import shown_words
from publisher.document import Block, Book, Chapter, Note, NoteCall, Paragraph, Quote, Table, Text, Verse, VerseLine
from publisher.edition import Edition, NotePlace, Output
from publisher.footing import Footing
from publisher.metadata.model import Metadata
from publisher.names import names
from publisher.themes import design
from publisher.writers import extent, pdf
from publisher.writers.matter import SetPage, Setting
from publisher.writers.pdf import footnotes, layout
from tests.editions import article, edition, everything, paragraph
from tests.one_piece import differences, one_piece
from tests.structure import opened

PLACES: tuple[NotePlace, ...] = ("end", "chapter", "page")
SENTENCE = "Local functionaries are being vested with broader powers and should show more initiative than before. "


def called(number: int, words: str = SENTENCE * 4) -> Paragraph:
    """A paragraph in the midst of which a note is called."""
    return Paragraph((Text(words), NoteCall(number), Text(" " + words)))


def book(*chapters: Chapter, place: NotePlace = "page", paper: str = "A5", title: str = "Work") -> Edition:
    made = edition(Book((Text(title),), (), chapters), Metadata(title=title))
    return replace(made, notes=place, paper=paper)


def chapter(*blocks: Block, notes: tuple[Note, ...] = (), title: str = "Chapter") -> Chapter:
    return Chapter((Text(title),), blocks, notes=notes, file="work.txt")


def many(count: int, *, title: str = "Chapter") -> Chapter:
    """A chapter with a note in each of its paragraphs."""
    bodies = tuple(Note(str(n + 1), (paragraph(f"Note {n + 1} says: " + SENTENCE * 2),)) for n in range(count))
    return chapter(*map(called, range(count)), notes=bodies, title=title)


def long() -> Edition:
    return book(many(3), many(9, title="Second"))


def pages(output: Output) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(output.data)
    found = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return found


def where(work: Edition, output: Output) -> dict[str, int]:
    """The pages, from 1, on which the names are that links lead to."""
    with opened(output.data) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        found = list(document.Root.Names.Dests.Names)
        pairs = zip(found[::2], found[1::2], strict=True)
        return {short(work, str(name)): numbers[place[0].objgen] for name, place in pairs}


def labels(output: Output) -> list[str]:
    """The numbers that pages have, as they are printed."""
    with opened(output.data) as document:
        return [page.label for page in document.pages]


def links(work: Edition, output: Output) -> Iterator[tuple[int, str]]:
    """The page, from 1, and the target of each link inside the book."""
    with opened(output.data) as document:
        for number, page in enumerate(document.pages, 1):
            yield from ((number, short(work, str(link.Dest))) for link in page.get("/Annots", ()) if "/Dest" in link)


def short(work: Edition, name: str) -> str:
    """The name of a note by its chapter and place: "note_mill_it-was-built" is "note-1-3"; "-2" is its second block."""
    kind, _, rest = name.partition("_")
    for chapter_, ids in enumerate(names(work.book).notes, 1):
        for number, id_ in enumerate(ids, 1):
            if kind in {"note", "call", "foot"} and f"{rest}_".startswith(f"{id_.partition('_')[2]}_"):
                return f"{kind}-{chapter_}-{number}" + rest.removeprefix(id_.partition("_")[2]).replace("_", "-")
    return name


def differs(work: Edition, output: Output) -> list[str]:
    """What the program's own proof finds."""
    return [str(problem) for problem in files.pdf(work, shown_words(work.book, work.pictures), output.data)]


# ---- At the end and behind chapters


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "place"),
    [
        pytest.param(make, place, id=f"{make.__name__}-{place}")
        for make, places in ((everything, PLACES[1:]), (article, PLACES[2:]), (long, PLACES))
        for place in places
    ],
)
def test_the_parts_are_set_as_one_piece_would_be_and_no_word_is_lost(
    place: NotePlace, make: Callable[[], Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A nearly empty last page has its part set again, which a book in one piece has not.
    monkeypatch.setattr(layout, "TRIALS", 0)
    work = replace(make(), notes=place)
    output = pdf.write(work, {})
    assert differences(output.data, one_piece(work)) == []
    assert differs(work, output) == []


@pytest.mark.parametrize(("place", "longest_pamphlet"), [("end", extent.SLIM), ("end", 3), ("chapter", extent.SLIM)])
def test_endnotes_name_the_pages_of_their_calls(
    place: NotePlace, longest_pamphlet: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pamphlet notes run on behind the text, in a book they are a part of their own."""
    monkeypatch.setattr(extent, "SLIM", longest_pamphlet)
    work = book(many(8), many(8, title="Second"), place=place)
    output = pdf.write(work, {})
    found, texts = where(work, output), " ".join(pages(output))
    numbers = re.findall(r"than before\. p\. (\w+)", texts)
    folios = labels(output)
    assert numbers == [folios[found[f"call-{c}-{n}"] - 1] for c in (1, 2) for n in range(1, 9)]


def test_a_note_that_is_called_twice_names_both_pages() -> None:
    work = book(
        chapter(called(0), *[paragraph(SENTENCE * 30)] * 3, called(0), notes=(Note("1", (paragraph("Twice."),)),))
    )
    work = replace(work, notes="end")
    output = pdf.write(work, {})
    found = where(work, output)
    assert found["call-1-1"] < found["call-1-1-2"]
    first, second = (labels(output)[found[name] - 1] for name in ("call-1-1", "call-1-1-2"))
    assert f"1 Twice. p. {first} p. {second}" in " ".join(pages(output))


def test_notes_of_a_chapter_stand_behind_it() -> None:
    work = book(many(8), many(8, title="Second"), place="chapter")
    found = where(work, pdf.write(work, {}))
    assert found["chapter"] <= found["note-1-1"] <= found["note-1-8"] <= found["second"] <= found["note-2-1"]


# ---- At the foot


@pytest.mark.parametrize("paper", ["A5", "A6"])
def test_each_note_is_on_the_page_of_its_call_and_linked_both_ways(paper: str) -> None:
    work = book(many(16), paper=paper)
    output = pdf.write(work, {})
    found, led = where(work, output), set(links(work, output))
    assert output.problems == ()
    for number in range(1, 17):
        call, note = f"call-1-{number}", f"note-1-{number}"
        assert found[note] - found[call] in (0, 1)  # carried over where a note does not fit
        assert (found[call], note) in led
        assert (found[note], call) in led


def test_paragraphs_of_a_note_may_be_carried_over() -> None:
    blocks = (paragraph("A short one."), paragraph(SENTENCE * 6), paragraph(SENTENCE * 6))
    work = book(chapter(called(0, SENTENCE * 14), paragraph(SENTENCE * 30), notes=(Note("1", blocks),)))
    output = pdf.write(work, {})
    found = where(work, output)
    places = [found[name] for name in ("call-1-1", "note-1-1", "note-1-1-2", "note-1-1-3")]
    assert places[0] == places[1] == places[3] - 1
    assert places == sorted(places)
    assert output.problems == ()
    assert differs(work, output) == []


def test_a_note_that_is_too_long_goes_to_the_end_and_the_foot_says_so() -> None:
    long = Note("7", (paragraph("A long story. " + SENTENCE * 60),))
    work = book(chapter(called(0), called(1), notes=(long, Note("8", (paragraph("Short."),)))))
    output = pdf.write(work, {})
    found, texts = where(work, output), pages(output)
    assert [problem.code for problem in output.problems] == ["N006"]
    assert str(output.problems[0].location) == "work.txt"
    assert "7 → Notes" in texts[found["call-1-1"] - 1]
    assert found["foot-1-1"] == found["call-1-1"]
    assert found["note-1-1"] > found["note-1-2"] == found["call-1-2"]
    assert (found["foot-1-1"], "note-1-1") in set(links(work, output))
    assert differs(work, output) == []


def test_notes_in_titles_tables_verse_and_notes_have_their_places() -> None:
    notes = tuple(Note(label, (paragraph(f"Says {label}."),)) for label in "abcde")
    calling = Note("f", (Paragraph((Text("Says f"), NoteCall(4))),))
    table = Table((((Text("Head"), NoteCall(1)),), ((Text("Cell"), NoteCall(2)),)), head=1)
    verse = Verse(((VerseLine((Text("A line"), NoteCall(3))), VerseLine((Text("and another"), NoteCall(5)))),))
    one = Chapter((Text("Chapter"), NoteCall(0)), (table, Quote((verse,))), notes=(*notes, calling), file="x.txt")
    work = book(one)
    output = pdf.write(work, {})
    (text,) = (text for text in pages(output) if "A line" in text)
    assert re.search(r"a Says a\. b Says b\. c Says c\. d Says d\. f Says fe e Says e\.", text)
    assert output.problems == ()
    assert differs(work, output) == []


def test_a_note_to_the_title_of_the_work_is_on_the_title_page() -> None:
    output = pdf.write(replace(article(), notes="page"), {})
    assert "1 The conference was attended by over 1,000 delegates. A reply." in pages(output)[0]


def test_a_note_at_the_foot_looks_the_same_whatever_calls_it() -> None:
    """It stands amid what calls it: a heading, words in italics, small capitals."""
    notes = (Note("1", (paragraph("The note."),)), Note("2", (paragraph("The note."),)))
    one = Chapter((Text("CHAPTER"), NoteCall(0)), (called(1),), notes=notes)
    document = pypdfium2.PdfDocument(pdf.write(book(one), {}).data)
    page = next(page for page in document if "The note." in page.get_textpage().get_text_bounded())
    text = page.get_textpage()
    search = text.search("The note.")
    boxes = []
    while found := search.get_next():
        boxes.append([text.get_charbox(found[0] + place) for place in range(9)])
    assert len(boxes) == 2
    widths = [box[-1][2] - box[0][0] for box in boxes]
    assert widths[0] == pytest.approx(widths[1], abs=0.01)
    document.close()


# ---- The checks


def setting(*named: dict[str, float]) -> Setting:
    """Pages with names on them; numbers are the lower edges of notes."""
    return Setting(
        b"",
        tuple(
            SetPage("", 0, anchors=dict.fromkeys(names, (0.0, 0.0)), feet={n: y for n, y in names.items() if y})
            for names in named
        ),
        (),
    )


ONE = '<div class="footnote" id="note-1-1" epub:type="footnote" data-note="note-1-1" data-at="call-1-1" lang="en">'
MORE = '<div class="footnote further" id="note-1-1-2" epub:type="footnote" data-note="note-1-1" data-at="call-1-1">'
REFERENCE = '<div class="footnote" id="foot-1-1" epub:type="footnote" data-note="foot-1-1" data-at="call-1-1">'
CALL, NOTE, SECOND = {"call-1-1": 0.0}, {"note-1-1": 90.0}, {"note-1-1-2": 90.0}


@pytest.mark.parametrize(
    ("html", "given", "expected"),
    [
        (ONE, setting(CALL | NOTE), {}),
        (ONE, setting(CALL, NOTE), {}),
        (ONE, setting(NOTE, CALL), {"note-1-1": Footing.REFERRED}),
        (ONE, setting(CALL, {}, NOTE), {"note-1-1": Footing.REFERRED}),
        (ONE, setting(CALL), {"note-1-1": Footing.REFERRED}),
        (ONE, setting(CALL | {"note-1-1": 20.0}), {"note-1-1": Footing.REFERRED}),
        (ONE + MORE, setting(CALL | NOTE, SECOND), {}),
        (ONE + MORE, setting(CALL | NOTE, {}, SECOND), {"note-1-1": Footing.WHOLE}),
        (ONE + MORE, setting(CALL, NOTE, SECOND), {"note-1-1": Footing.WHOLE}),
        (ONE + MORE, setting(CALL, SECOND, NOTE), {"note-1-1": Footing.WHOLE}),
        (ONE + MORE, setting(CALL | NOTE | {"note-1-1-2": 20.0}), {"note-1-1": Footing.REFERRED}),
    ],
    ids=[
        "same",
        "next",
        "before",
        "late",
        "lost",
        "low",
        "parted",
        "parted late",
        "parted thrice",
        "turned",
        "parted low",
    ],
)
def test_a_note_that_is_not_where_it_should_be_is_found(
    html: str, given: Setting, expected: dict[str, Footing]
) -> None:
    assert footnotes.failures(html, given, design("book", "A5"), {}) == expected


def test_a_reference_that_does_not_fit_is_left_out() -> None:
    given = setting(CALL, {}, {"foot-1-1": 90.0})
    failed = footnotes.failures(REFERENCE, given, design("book", "A5"), {"note-1-1": Footing.REFERRED})
    assert failed == {"note-1-1": Footing.UNSAID}


def test_of_notes_that_push_one_another_away_the_first_is_to_blame() -> None:
    html = "".join(ONE.replace("1-1", f"1-{number}") for number in (1, 2, 3))
    given = setting(CALL | {"call-1-2": 0.0}, {}, NOTE, {"note-1-2": 90.0}, {"call-1-3": 0.0}, {}, {"note-1-3": 90.0})
    assert footnotes.failures(html, given, design("book", "A5"), {}).keys() == {"note-1-1", "note-1-3"}


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        (["text1Onenote"], ["text"]),
        (["text1One", "more2Two"], None),
        (["text1Onenote2Twofirst", "second", "more3Three"], ["text", "", "more"]),
        (["text1Onenote2Twofirst", "moresecond3Three"], ["text", "more"]),
        (["text1→Notes2Twofirstsecond3Three"], ["text"]),
        (["text2Twofirstsecond", "3Three"], ["text", ""]),
        (["text1Onenote and it goes on"], ["text1Onenote and it goes on"]),
        (["text2Twofirst", "text"], ["text", "text"]),
    ],
)
def test_feet_are_told_from_text_by_their_words(pages: list[str], text: list[str] | None) -> None:
    notes = {"1-1": ["1", "Onenote"], "1-2": ["2", "Twofirst", "second"], "1-3": ["3", "Three"]}
    taken, _ = feet.take(pages, notes)
    assert taken == (pages if text is None else text)


def test_a_note_of_which_a_part_is_absent_was_not_seen() -> None:
    notes = {"1-1": ["1", "One", "end"], "1-2": ["2", "Two"]}
    assert feet.take(["text1One", "text2Two"], notes)[1] == frozenset()
    assert feet.take(["text1→Notes2Two"], notes)[1] == {"1-2"}
    assert feet.take(["text1Oneend2Two"], notes)[1] == {"1-1", "1-2"}


def test_the_proof_finds_a_note_that_is_not_at_the_foot() -> None:
    work = book(many(4))
    (chapter_,) = work.book.chapters
    notes = (Note("1", (paragraph("Note 1 says something else."),)), *chapter_.notes[1:])
    other = replace(work, book=replace(work.book, contents=(replace(chapter_, notes=notes),)))
    assert differs(other, pdf.write(work, {})) != []


def test_the_file_says_who_made_its_structure() -> None:
    """Where WeasyPrint no longer calls what is put in the place of its own function, no note has a name."""
    work = book(many(2))
    with opened(pdf.write(work, {}).data) as document:
        found = list(document.Root.StructTreeRoot.IDTree.Names)
        assert list(map(str, found[::2])) == sorted(names(work.book).notes[0])
