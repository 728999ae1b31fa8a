# SPDX-License-Identifier: AGPL-3.0-or-later
"""Emendations: what they change, what is said of those that do not fit, and the note on the text that lists them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from publisher.build.make import Job, Options, Prepared, prepare
from publisher.document import Book, Chapter, PageMark, Paragraph, Passage, Text, calls, plain
from publisher.ledger import Entry, Fate
from publisher.licences.identifiers import by_identifier
from publisher.metadata.model import Metadata
from publisher.metadata.settings import BookSettings, Emendation, Settings, ShelfSettings, read
from publisher.readers import Source
from publisher.transforms import Transformed, apply
from publisher.transforms.flow import OPAQUE
from publisher.tree import runs
from tests.restoration import characters, restored
from tests.typographic_cases import as_read, book, made, shown, transform

OFF = "typography = false\n"


def emended(lines: list[str], *entries: str, language: str = "en") -> Transformed:
    """A book of these lines, with entries of the form 'find -> replace', each maybe with ', line = 2' behind it."""
    return transform(book(lines), language, settings(*entries))


def settings(*entries: str) -> Settings[BookSettings]:
    tables = []
    for entry in entries:
        words, _, more = entry.partition(", ")
        find, _, replacement = words.partition("->")
        keys = (
            f"find = '''{find.strip(' ')}'''\nreplace = '''{replacement.strip(' ')}'''\nreason = 'a misprint'\n{more}\n"
        )
        tables.append(f"[[emendation]]\n{keys}")
    return read((OFF + "".join(tables)).encode(), "book.toml", BookSettings)


def errors(result: Transformed) -> list[str]:
    return [f"{problem.location.line} {problem.code} {problem.message}" for problem in result.problems]


@pytest.mark.parametrize(
    ("line", "entry", "expected"),
    [
        ("The quesitons were put.", "quesitons -> questions", "The questions were put."),
        ("The loom the loom stood.", "The loom the loom -> The loom", "The loom stood."),
        ("The loom stood.", "loom -> old loom", "The old loom stood."),
        ("The loom", "The -> On the", "On the loom"),
        ('The Bolsheviks" slogan', 'Bolsheviks" -> Bolsheviks’', "The Bolsheviks’ slogan"),
        (
            "An <i>olde</i> loom stood[1] thare[2].",
            "olde loom stood thare -> old loom stood there",
            "An <i>old</i> loom stood[1] there[2].",
        ),
        ("Is <i>this it</i>?", "this it -> it", "Is <i>it</i>?"),
        ("An <i>old</i> loom", "old loom -> loom", "An loom"),
        ("The con[1]ference", "conference -> congress", "The con[1]gress"),
        ("A no⍽break", "no break -> nobreak", "A nobreak"),
        ("It is [sic] here.", "(none) -> (some), count = 1", None),
        ("One two one.", "one -> three, line = 1", "One two three."),
    ],
)
def test_an_emendation_changes_its_words_and_nothing_around_them(line: str, entry: str, expected: str | None) -> None:
    result = emended([line], entry)
    assert (shown(result.text) == (expected,)) is (not errors(result))
    assert restored(result.text, result.changes) == characters(book([line]))


def test_a_line_is_that_of_the_source() -> None:
    lines = ["one loom", "one loom and one", "one"]
    assert shown(emended(lines, "one -> two, line = 3").text) == ("one loom", "one loom and one", "two")
    assert shown(emended(lines, "one -> two, line = 2\ncount = 2").text) == ("one loom", "two loom and two", "one")
    assert shown(emended(lines, "one -> two, file = 'x.txt'\ncount = 4").text) == (
        "two loom",
        "two loom and two",
        "two",
    )


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("three -> two", '2 E001 emendation: "three" stands 0 times in the text, not once'),
        (
            "one -> two",
            '2 E001 emendation: "one" stands 3 times in the text, not once: x.txt:1:1, x.txt:2:5, x.txt:2:9',
        ),
        (
            "one -> two, count = 4",
            '2 E001 emendation: "one" stands 3 times in the text, not 4 times: x.txt:1:1, x.txt:2:5, x.txt:2:9',
        ),
        ("loom -> two, count = 2", '2 E001 emendation: "loom" stands once in the text, not 2 times: x.txt:1:5'),
        ("one -> two, line = 3", '2 E001 emendation: "one" stands 0 times in the text, not once'),
        ("loom the -> loom", '2 E001 emendation: "loom the" stands 0 times in the text, not once'),
        ("-> two", "2 E002 emendation: there is nothing to find"),
        ("one -> one", "2 E002 emendation: what is found and what replaces it are the same"),
        ("one -> two, file = 'y.txt'", '2 E002 emendation: the work has no file "y.txt"'),
    ],
)
def test_an_emendation_that_does_not_fit_changes_nothing(entry: str, problem: str) -> None:
    lines = ["one loom", "the one one"]
    result = emended(lines, entry)
    assert errors(result) == [problem]
    assert (shown(result.text), result.changes) == (tuple(lines), ())


def test_emendations_do_not_overlap() -> None:
    result = emended(["The old loom stood."], "old loom -> new loom", "loom stood -> loom stands")
    assert errors(result) == ['7 E004 emendation: "loom stood" overlaps with another emendation']
    assert shown(result.text) == ("The new loom stood.",)


def test_a_line_of_verse_does_not_end_elsewhere() -> None:
    lines = ["| The old", "| loom stood."]
    assert errors(emended(lines, "old loom -> old")) == [
        '2 E001 emendation: "old loom" stands 0 times in the text, not once'
    ]
    code = emended(["Type <c>ls</c> here."], "Type -> Write")
    assert shown(code.text) == ("Write <c>ls</c> here.",)


def test_a_line_of_many_files_needs_the_file() -> None:
    text = book(["one"])
    given = as_read(text)
    second = Entry("y.txt", 1, "two", Fate.BODY)
    both = replace(given, ledger=(*given.ledger, second))
    result = apply(made(text, "en"), both, settings("one -> three, line = 1"), ShelfSettings())
    assert errors(result) == ["2 E002 emendation: line 1 is one in each of 2 files: add the file"]
    named = settings("one -> three, line = 1\nfile = 'x.txt'")
    assert shown(apply(made(text, "en"), both, named, ShelfSettings()).text) == ("three",)


def test_the_words_of_changes_are_whole() -> None:
    result = emended(["The three quesitons, they said, the ques[1]itons!"], "quesitons -> questions, count = 2")
    assert [(c.rule, c.file, c.line, c.before, c.after) for c in result.changes] == [
        ("emendations", "x.txt", 1, "quesitons,", "questions,"),
        ("emendations", "x.txt", 1, "quesitons!", "questions!"),
    ]


def test_typography_comes_after_emendations() -> None:
    quotes = settings("Weavers\" -> Weavers'").values
    result = transform(
        book(['They sang the Weavers" song. "Well!"']),
        "en",
        Settings(BookSettings(emendation=quotes.emendation)),
    )
    assert shown(result.text) == ("They sang the Weavers’ song. “Well!”",)
    assert note(result)[2:] == ['Weavers" corrected to Weavers’: a misprint']
    assert [change.before for change in result.changes] == ['Weavers"', "Weavers'", '"Well!"']
    assert restored(result.text, result.changes) == characters(book(['They sang the Weavers" song. "Well!"']))


def note(result: Transformed) -> list[str]:
    chapter = result.edition.book.contents[-1]
    assert isinstance(chapter, Chapter)
    assert result.edition.book.contents[:-1] == result.text.contents
    return [words for run in runs(Book((), (), (chapter,))) if (words := plain(run.inlines))]


def test_the_note_on_the_text_gives_the_readings_of_the_transcription() -> None:
    result = emended(["The quesitons the the weavers put."], "quesitons -> questions", "the the -> the", ". ->")
    assert note(result) == [
        "Note on the Text",
        "The transcription was corrected in these places:",
        "quesitons corrected to questions: a misprint",
        "the the corrected to the: a misprint",
        ". left out: a misprint",
    ]
    assert result.edition.metadata.changes == (
        "Misprints were corrected; the note on the text gives the readings of the transcription.",
    )


def test_the_note_says_chapter_page_and_note() -> None:
    text = book(["The quesitons[1]"])
    (chapter,) = text.contents
    assert isinstance(chapter, Chapter)
    paged = Paragraph((PageMark("7"), Text("A quesiton "), PageMark("8"), Text("and a loom")))
    chapters = (replace(chapter, title=(Text("Wool"),)), replace(chapter, title=(Text("Silk"),), blocks=(paged,)))
    entries = settings(
        "quesitons -> questions", "quesiton and -> question and", "loom -> Loom", "A note -> The note, count = 18"
    )
    result = transform(replace(text, contents=chapters), "de", entries)
    assert note(result)[2] == "Wool: quesitons berichtigt zu questions: a misprint"
    assert note(result)[3].startswith("Wool, Anmerkung 1; Wool, Anmerkung 2;")
    assert note(result)[4:] == [
        "Silk, S. 7: quesiton and berichtigt zu question and: a misprint",
        "Silk, S. 8: loom berichtigt zu Loom: a misprint",
    ]


def test_the_note_is_marked_as_english_where_its_words_are() -> None:
    result = emended(["loop"], "loop -> loom", language="cy")
    chapter = result.edition.book.contents[-1]
    assert isinstance(chapter, Chapter)
    assert [type(block) for block in chapter.blocks] == [Passage]


def test_new_readings_may_have_doubts_of_their_own() -> None:
    both = settings('loop -> a " non - loom').values.emendation
    result = transform(book(["The loop."]), "en", Settings(BookSettings(emendation=both)))
    assert shown(result.text) == ('The a " non - loom.',)
    assert [problem.code for problem in result.problems] == ["Y001"]


def test_the_title_is_corrected_wherever_it_stands() -> None:
    text = replace(book(["words"]), title=(Text("The Loop"),))
    edition = replace(made(text, "en"), metadata=Metadata(title="The Loop", short_title="The Loop", language="en"))
    result = apply(edition, as_read(text), settings("Loop -> Loom"), ShelfSettings())
    assert (plain(result.edition.book.title), result.edition.title) == ("The Loom", "The Loom")
    assert result.edition.metadata.short_title == "The Loom"


def test_a_licence_without_derivatives_switches_everything_off() -> None:
    text = book(['The "quesitons"'])
    closed = by_identifier("CC-BY-ND-4.0")
    assert closed is not None
    edition = replace(made(text, "en"), licence=closed)
    given = as_read(text)
    entries = replace(settings("quesitons -> questions"))
    result = apply(edition, given, entries, ShelfSettings())
    assert result.text == result.edition.book == text
    name = "Creative Commons Attribution No Derivatives 4.0 International"
    assert errors(result) == [f"2 E003 emendations are not carried out: {name} allows no changes"]
    default = apply(edition, given, Settings(BookSettings()), ShelfSettings())
    assert errors(default) == [f"0 Y002 typography is left as it is: {name} allows no changes"]
    off = apply(edition, given, Settings(BookSettings()), ShelfSettings(typography=False))
    assert errors(off) == []


TEXT = """V. I. Lenin

To the Weavers

Written: 14 April, 1921
Copyleft: Permission is granted to copy and distribute this document under the GNU Free Documentation License

The weavers of the valley met in the mill on Sunday, and it was the first time that they did so for a year.

They sang the Weavers" song - all of them - and it was late when the last of them went home{}.

[1] The song was "printed" in 1919-1920 - so they say.
"""


def prepared(own: str, text: str = TEXT.format("[1]")) -> Prepared:
    source = Source("x.txt", text.encode())
    return prepare(
        Job(slug="x", file="x.txt", sources=(source,), settings=read(own.encode(), "x.toml", BookSettings)), Options()
    )


def findings(work: Prepared) -> list[str]:
    return [f"{p.location} {p.code}" for p in work.problems if p.code[0] in "TYEA"]


def test_a_finding_that_is_settled_is_none_any_more() -> None:
    emendation = "[[emendation]]\nfind = 'Weavers\" '\nreplace = 'Weavers’ '\nreason = 'a misprint'\n"
    assert findings(prepared("typography = false")) == ["x.txt:10:22 T002", "x.txt:10:29 T003"]
    assert findings(prepared("")) == ["x.txt:10:22 T002"]
    assert findings(prepared(emendation)) == []
    assert findings(prepared(f"typography = false\n{emendation}")) == ["x.txt:10:29 T003"]


def test_a_hyphen_that_is_left_stays_a_finding() -> None:
    text = TEXT.format("[1]").replace("it was late", "non - Party men were there")
    (left,) = (p for p in prepared("", text).problems if p.code == "T003")
    assert left.location.line == 10
    assert text.splitlines()[9][left.location.column - 1 :].startswith("- Party")


def test_the_edition_is_made_from_the_changed_text() -> None:
    work = prepared("")
    words = [plain(run.inlines) for run in runs(work.edition.book)]
    assert 'They sang the Weavers" song—all of them—and it was late when the last of them went home.' in words
    assert "The song was “printed” in 1919–1920—so they say." in words
    assert work.text == work.edition.book
    assert restored(work.text, work.changes) == characters(work.read.book)
    assert [(c.rule, c.line) for c in work.changes] == [
        ("dashes", 10),
        ("dashes", 10),
        ("quotes", 12),
        ("ranges+dashes", 12),
        ("calls", 10),
    ]


def test_the_sample_keeps_its_damaged_places() -> None:
    from pathlib import Path

    from publisher.build.run import job
    from publisher.works import find

    (work,) = find([Path(__file__).parent.parent / "content" / "petrograd.txt"])
    made_of = prepare(job(work), Options())
    assert [(c.rule, c.before, c.after) for c in made_of.changes] == [("ranges", "10-20,", "10–20,")]
    words = " ".join(characters(made_of.edition.book))
    for damaged in ("quesitons", 'Bolsheviks" slogan', "need-in fact", "need-of drawing"):
        assert damaged in words
    places = sorted((p.code, p.location.line, p.location.column) for p in made_of.problems)
    assert [place for place in places if place[0][0] in "TY"] == [("T003", 14, 166), ("T003", 14, 190)]


WORDS = st.lists(
    st.sampled_from(["loom", "weaver", "<i>wool</i>", "[1]", "<c>a</c>", "thread"]), min_size=1, max_size=6
)


@given(
    WORDS, st.sampled_from(["loom weaver", "loom", "wool loom", "thread wool"]), st.sampled_from(["", "loop", "a b c"])
)
def test_every_emendation_can_be_taken_back(words: list[str], find: str, replacement: str) -> None:
    text = book([" ".join(words)])
    count = len(characters(text)[1].split(find)) - 1
    if not count:
        return
    entry = Emendation(find=find, replace=replacement, reason="so", count=count)
    result = transform(text, "en", Settings(BookSettings(emendation=(entry,), typography=False)))
    assert restored(result.text, result.changes) == characters(text)
    assert [calls(run.inlines) for run in runs(result.text)] == [calls(run.inlines) for run in runs(text)]
    assert [part.split() for part in characters(result.text)[1].split(OPAQUE)] == [
        part.split() for part in characters(text)[1].replace(find, replacement).split(OPAQUE)
    ]
