# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages: their names and order, their headings, and the links between text and notes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from publisher.characters import printable
from publisher.document import (
    Block,
    Book,
    Chapter,
    ChapterKind,
    Emphasis,
    Link,
    Note,
    NoteCall,
    Paragraph,
    Section,
    Table,
    Text,
    Verse,
    VerseLine,
    heading_text,
)
from publisher.edition import Edition
from publisher.metadata.model import Contributor, Metadata, Role
from publisher.pages import Page, pages
from publisher.wording import WORDINGS, Wording, direction, wording
from tests.editions import article, edition, everything, paragraph

DOGMA = "chapter-i-a-disastrous-dogma"


def in_files(page: str, id_: str) -> str:
    return f"{page}.xhtml#{id_}"


def made(work: Edition) -> dict[str, Page]:
    return {page.name: page for page in pages(work, in_files)}


def of(*chapters: Chapter, language: str = "en", metadata: Metadata | None = None) -> Edition:
    book = Book((Text("The Book"),), (), chapters)
    return edition(book, metadata or Metadata(title="The Book"), language=language)


def body(*blocks: Block, sections: tuple[Section, ...] = ()) -> str:
    return made(of(Chapter((Text("One"),), blocks, sections)))["one"].body


def test_pages_stand_in_reading_order() -> None:
    assert list(made(everything())) == [
        "title",
        "preface",
        "part-one-beginnings",
        "chapter-i-a-disastrous-dogma",
        "ii-figures",
        "ends",
        "inside",
        "a-play",
        "appendix",
        "notes",
        "variants",
        "credits",
    ]
    assert list(made(article())) == ["title", "text", "notes", "credits", "licence-gfdl-1-3"]


def test_every_link_leads_to_an_id_and_no_id_stands_twice() -> None:
    for work in (article(), everything()):
        sheets = made(work)
        ids = [(name, id_) for name, page in sheets.items() for id_ in re.findall(r' id="([^"]+)"', page.body)]
        links = {
            tuple(url.split(".xhtml#")) for page in sheets.values() for url in re.findall(r'href="([^":]+)"', page.body)
        }
        assert links <= set(ids)
        assert len({id_ for _, id_ in ids}) == len(ids)


def test_a_note_links_back_to_each_of_its_calls() -> None:
    notes = made(everything())["notes"].body
    first = notes[notes.index(f'id="note_{DOGMA}_a-note-with') : notes.index(f'id="note_{DOGMA}_a-note-in-verse')]
    call = f"{DOGMA}.xhtml#call_{DOGMA}_a-note-with-two-paragraphs"
    assert re.findall(r'"doc-backlink" href="([^"]+)"', first) == [call, f"{call}_2", f"{call}_3"]


def test_a_call_inside_a_note_is_linked_back_to() -> None:
    notes = made(everything())["notes"].body
    call, note = f"call_{DOGMA}_a-note-in-verse_2", f"note_{DOGMA}_a-note-in-verse"
    assert f'href="notes.xhtml#{call}"' in notes[notes.index(f'id="{note}"') :]


def test_a_call_in_the_title_is_linked_but_not_part_of_the_plain_title() -> None:
    sheets = made(article())
    words = "text_the-conference-was-attended-by"
    assert f'id="call_{words}" href="notes.xhtml#note_{words}"' in sheets["title"].body
    assert f'href="title.xhtml#call_{words}"' in sheets["notes"].body
    assert sheets["title"].title == "To the Petrograd City Conference of Non-Party Workers"


def test_all_paragraphs_of_a_note_stay_together() -> None:
    notes = made(article())["notes"].body
    item = notes[notes.index("<li") : notes.index("</li>")]
    assert item.count("<p>") == 2


def test_a_note_that_nothing_calls_says_so() -> None:
    notes = made(everything())["notes"].body
    assert notes.count("(not called in the text)") == notes.count("Nobody calls it.") == 2


def test_notes_are_grouped_only_where_several_chapters_have_some() -> None:
    assert re.findall("<h2>(.*)</h2>", made(everything())["notes"].body) == [
        "Chapter I. A Disastrous Dogma",
        "II. Figures",
        "A Play",
    ]
    assert "<h2>" not in made(article())["notes"].body


def test_a_text_without_headings_prints_its_title_once() -> None:
    page = made(article())["text"]
    assert "<h1" not in page.body
    assert 'aria-label="To the Petrograd City Conference of Non-Party Workers"' in page.body
    assert page.heading is not None
    assert page.heading.title == page.title == "To the Petrograd City Conference of Non-Party Workers"


@pytest.mark.parametrize(
    ("number", "title", "expected"),
    [
        ("Chapter I", "A Disastrous Dogma", "Chapter I. A Disastrous Dogma"),
        ("I.", "A Disastrous Dogma", "I. A Disastrous Dogma"),
        ("Part One:", "Beginnings", "Part One: Beginnings"),
        ("3)", "Beginnings", "3) Beginnings"),
        ("Appendix", "", "Appendix"),
        ("", "Figures", "Figures"),
        ("", "", ""),
    ],
)
def test_number_and_title_are_joined_on_one_line(number: str, title: str, expected: str) -> None:
    assert heading_text(number, (Text(title),)) == expected


def test_a_heading_prints_its_number_apart() -> None:
    page = made(everything())["ii-figures"]
    assert '<h2><span class="number">II.</span> <span class="title">Figures</span></h2>' in page.body
    assert 'data-title="II. Figures"' in page.body


@pytest.mark.parametrize("kind", ["chapter", "preface", "introduction", "foreword", "afterword", "appendix"])
def test_chapters_say_what_they_are(kind: ChapterKind) -> None:
    page = made(of(Chapter((Text("One"),), (), kind=kind)))["one"]
    assert f'epub:type="{kind}" role="doc-{kind}"' in page.body
    assert page.type == kind


def test_headings_go_down_without_gaps() -> None:
    levels = [int(level) for page in made(everything()).values() for level in re.findall(r"<h(\d)", page.body)]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    section = Section((Text("S"),), (), (Section((Text("T"),), ()),))
    assert re.findall(r"<h(\d)", body(sections=(section,))) == ["1", "2", "3"]


def test_contents_entries_follow_the_sections() -> None:
    heading = made(everything())[DOGMA].heading
    assert heading is not None
    assert (heading.title, heading.id) == ("Chapter I. A Disastrous Dogma", DOGMA)
    assert [(below.title, below.id) for below in heading.below] == [("A section", f"{DOGMA}_a-section")]
    assert [(below.title, below.id) for below in heading.below[0].below] == [("Deeper", f"{DOGMA}_a-section_deeper")]


@pytest.mark.parametrize(("columns", "name"), [(4, "narrow"), (6, ""), (9, "wide"), (13, "wide crowded")])
def test_a_table_is_marked_by_the_length_of_its_words(columns: int, name: str) -> None:
    start = f'<table class="{name}">' if name else "<table>"
    assert start in body(Table((((Text("some words"),),) * columns,)))


def test_columns_of_figures_are_marked_below_their_heads() -> None:
    rows = (("", "Tons", "Kind"), ("1913", "4,216,000", "steel"), ("1914", "—", "2 kinds"))
    table = Table(tuple(tuple((Text(cell),) for cell in row) for row in rows))
    assert '<tr><td class="stub">1914</td>\n<td class="figures">—</td>\n<td>2 kinds</td></tr>' in body(table)


def test_text_never_becomes_markup() -> None:
    assert "<p>&lt;b&gt; &amp; &quot;]]&gt;</p>" in body(paragraph('<b> & "]]>'))
    title = made(of(Chapter((Text('<i> & "'), Emphasis((Text("x"),))), ())))["i-x"].body
    assert 'data-title="&lt;i&gt; &amp; &#34;x"' in title
    assert "<h1>&lt;i&gt; &amp; &quot;<em>x</em></h1>" in title


def test_characters_that_xml_cannot_hold_are_shown_as_missing() -> None:
    assert printable("a\x00\x0b\ufffe\ud800b\t\n") == "a\ufffd\ufffd\ufffd\ufffdb\t\n"
    assert "<p>a\ufffdb</p>" in body(paragraph("a\x0bb"))
    named = of(Chapter((), ()), metadata=Metadata(contributors=(Contributor("A\x01B", Role.AUTHOR),)))
    assert "A\ufffdB" in made(named)["title"].body


@pytest.mark.parametrize(
    ("url", "markup"),
    [
        ("https://example.org/?a=1&b=2", '<a href="https://example.org/?a=1&amp;b=2">x</a>'),
        ("http://example.org/a b%20c", '<a href="http://example.org/a%20b%20c">x</a>'),
        ("http://example.org/100%", '<a href="http://example.org/100%25">x</a>'),
        ("http://example.org/é", '<a href="http://example.org/%C3%A9">x</a>'),
        ("mailto:a@example.org", '<a href="mailto:a@example.org">x</a>'),
        ("javascript:alert(1)", "x"),
        ("file:///etc/passwd", "x"),
        ("../index.htm", "x"),
        ("http://[", "x"),
    ],
)
def test_only_addresses_on_the_web_are_linked(url: str, markup: str) -> None:
    assert f"<p>{markup}</p>" in body(Paragraph((Link(url, (Text("x"),)),)))


def test_added_words_are_in_the_texts_language() -> None:
    noted = Chapter((Text("Eins"),), (Paragraph((Text("Wort"), NoteCall(0))),), notes=(Note("1", (paragraph("N."),)),))
    sheets = made(of(noted, language="de-AT"))
    assert 'aria-label="Anmerkung 1"' in sheets["eins"].body
    assert "<h1>Anmerkungen</h1>" in sheets["notes"].body
    assert sheets["credits"].language == "de"
    assert "lang=" not in sheets["credits"].body
    english = made(of(noted, language="fi"))["credits"]
    assert english.language == "en"
    assert 'xml:lang="en" lang="en"' in english.body
    simplified = made(of(noted, language="zh-Hant"))["credits"]
    assert 'xml:lang="zh-Hans" lang="zh-Hans"' in simplified.body


def test_words_in_another_language_than_the_text_are_marked() -> None:
    noted = Chapter((Text("Um"),), (Paragraph((Text("Nota"), NoteCall(0))),), notes=(Note("1", (paragraph("N."),)),))
    assert '<h1 xml:lang="en" lang="en">Notes</h1>' in made(of(noted, language="pt"))["notes"].body
    assert "<h1>Notes</h1>" in made(of(noted, language="en-GB"))["notes"].body


def test_the_title_page_names_who_brought_the_text() -> None:
    people = (
        Contributor("A", Role.AUTHOR),
        Contributor("B", Role.TRANSLATOR),
        Contributor("C", Role.TRANSLATOR),
        Contributor("D", Role.TRANSCRIBER),
    )
    title = made(of(Chapter((), ()), metadata=Metadata(contributors=people)))["title"].body
    assert re.findall("<p[^>]*>(.*)</p>", title) == ["A", "Translated by B, C"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl"), ("az-Arab", "rtl"), ("he-Latn", "ltr"), ("und", "ltr")],
)
def test_direction_follows_language_and_script(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_wording_is_english_where_there_is_no_other() -> None:
    assert wording("fr-CA").language == "fr"
    assert wording("und").language == "en"


@pytest.mark.parametrize(
    ("language", "contents"),
    [
        ("ar-EG", "المحتويات"),
        ("zh", "目录"),
        ("zh-CN", "目录"),
        ("zh-Hans-HK", "目录"),
        ("zh-TW", "目錄"),
        ("zh-Hant", "目錄"),
    ],
)
def test_arabic_and_both_ways_to_write_chinese_have_their_words(language: str, contents: str) -> None:
    assert wording(language).contents == contents


@pytest.mark.parametrize("words", WORDINGS.values(), ids=WORDINGS)
def test_every_language_leaves_the_same_places_for_names(words: Wording) -> None:
    for name in words.__struct_fields__:
        assert getattr(words, name).count("{}") == getattr(WORDINGS["en"], name).count("{}"), name


def test_a_line_of_verse_does_not_turn_over_before_its_dash() -> None:
    poem = Verse(((VerseLine((Text("At my chamber door—"),)), VerseLine((Text("Only this"),))),))
    ebook = pages(of(Chapter((Text("One"),), (poem,))), in_files, ebook=True)
    words = "".join(page.body for page in ebook)
    assert re.search(r'>At my chamber <span class="whole">door—</span></span>', words)
    assert "<span>At my chamber door—</span>" in body(poem)


def test_a_poem_of_long_lines_is_set_smaller_in_print() -> None:
    long, short = ((Text("x" * length),) for length in (63, 40))
    poems = [Verse((tuple(VerseLine(line) for line in lines),)) for lines in ((long, short), (long, *(short,) * 9))]
    assert ['class="verse long-lines"' in body(poem) for poem in poems] == [True, False]
    ebook = pages(of(Chapter((Text("One"),), (poems[0],))), in_files, ebook=True)
    assert not any("long-lines" in page.body for page in ebook)


@pytest.mark.parametrize(
    ("title", "count", "rest"),
    [
        ("CHAPTER 105. The Whale", "CHAPTER 105.", "The Whale"),
        ("Chapter IV: Of Looms", "Chapter IV:", "Of Looms"),
        ("Kapitel 3 – Wolle", "Kapitel 3 –", "Wolle"),
        ("Глава 2. Хлеб", "Глава 2.", "Хлеб"),
        ("Letter 5 from the Mill", "", "Letter 5 from the Mill"),
        ("Book I have read", "", "Book I have read"),
        ("Chapter 7", "", "Chapter 7"),
        ("The Chapter 7 Affair", "", "The Chapter 7 Affair"),
    ],
)
def test_a_count_before_a_title_stands_above_it(title: str, count: str, rest: str) -> None:
    book = made(of(Chapter((Text(title),), (paragraph("Words."),)), Chapter((Text("Other"),), (paragraph("More."),))))
    heading = re.findall(r"<h\d[^>]*>(.*?)</h\d>", list(book.values())[1].body)[0]
    parts = f'<span class="number run-in">{count}</span> <span class="title">{rest}</span>'
    assert heading == (parts if count else rest)
