# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names of files and ids: made of words, each once, and the same after an edit elsewhere."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from msgspec.structs import replace

from publisher.characters import slug
from publisher.document import Block, Book, Chapter, Note, NoteCall, Paragraph, Part, Section, Text
from publisher.metadata.model import Metadata
from publisher.names import Names, names
from publisher.pages import pages
from tests.editions import edition, everything, paragraph


def titled(title: str, *blocks: Block, notes: tuple[Note, ...] = (), number: str = "", file: str = "") -> Chapter:
    return Chapter((Text(title),) if title else (), blocks, notes=notes, number=number, file=file)


def book(*contents: Part | Chapter) -> Book:
    return Book((Text("Book"),), (), contents)


def pages_of(*contents: Part | Chapter) -> tuple[str, ...]:
    return names(book(*contents)).pages


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The Mill, 1802", "the-mill-1802"), ("Ленин", "lenin"), ("上海", "shanghai"), ("«…»", ""), ("Œuvre", "oeuvre")],
)
def test_words_become_letters_digits_and_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("number", "title", "expected"),
    [
        ("Chapter I", "The Mill", "chapter-i-the-mill"),
        ("", "1905", "chapter-1905"),
        ("XIV", "", "chapter-xiv"),
        ("", "Notes", "chapter-notes"),
        ("", "Licence GFDL 1.3", "chapter-licence-gfdl-1-3"),
        ("", "CON", "chapter-con"),
        ("", "a " * 1500, "a" + "-a" * 23),
        ("", "a" * 3000, "a" * 48),
        ("", "***", "text"),
    ],
)
def test_a_chapter_is_named_after_its_heading(number: str, title: str, expected: str) -> None:
    assert pages_of(titled(title, number=number), titled("Other")) == (expected, "other")


def test_a_text_without_heading_is_the_text_and_several_are_their_files() -> None:
    assert pages_of(titled("", file="x/ch1.txt")) == ("text",)
    several = (titled("", file="x/ch1.txt"), titled("", file="x/2.txt"), titled(""))
    assert pages_of(*several) == ("ch1", "chapter-2", "text")
    assert pages_of(titled("", file="x.txt"), titled("One", file="x.txt")) == ("text", "one")


def test_headings_that_come_again_are_told_apart_by_their_parts_and_then_by_counts() -> None:
    parts = (Part((Text(name),), (titled("", number="Chapter I"), titled("End"))) for name in ("War", "Peace"))
    expected = ("war", "war-chapter-i", "war-end", "peace", "peace-chapter-i", "peace-end", "letter", "letter-2")
    assert pages_of(*parts, titled("Letter"), titled("Letter")) == expected


def all_ids(work: Book) -> list[str]:
    made = pages(edition(work, Metadata()), lambda page, id_: f"{page}#{id_}", ebook=True)
    return list(chain.from_iterable(re.findall(r' id="([^"]+)"', page.body) for page in made))


def test_every_id_of_a_page_stands_once_and_can_be_looked_up_as_a_selector() -> None:
    for page in pages(everything(), lambda page, id_: f"{page}#{id_}", ebook=True):
        found = re.findall(r' id="([^"]+)"', page.body)
        assert len(found) == len(set(found))
        assert all(re.fullmatch(r"[a-z][a-z0-9_-]*", id_) for id_ in found)


CALLED = Paragraph((Text("The lamp was lit"), NoteCall(0), Text(".")))
NOTED = titled("Two", paragraph("First words."), CALLED, notes=(Note("1", (paragraph("By Mary."),)),))


def test_an_edit_elsewhere_changes_no_id() -> None:
    section = Section((Text("Below"),), (paragraph("In the section."),))
    before = book(titled("One", paragraph("Something.")), replace(NOTED, sections=(section,)))
    more = (Note("1", (paragraph("A new note."),)), *NOTED.notes)
    blocks = (
        paragraph("New words."),
        Paragraph((Text("New"), NoteCall(0))),
        NOTED.blocks[0],
        Paragraph((Text("The lamp was lit"), NoteCall(1), Text("."))),
    )
    other = Section((Text("Above"),), (paragraph("Other words."),))
    edited = replace(NOTED, blocks=blocks, notes=more, sections=(other, section))
    after = book(titled("Zero", paragraph("Nothing.")), titled("One", paragraph("Something else.")), edited)
    kept = set(all_ids(before)) - {"p_something"}
    assert kept <= set(all_ids(after))
    assert {"two", "p_first-words", "p_the-lamp-was-lit", "note_two_by-mary", "call_two_by-mary", "two_below"} <= kept


def test_notes_with_the_same_words_are_told_apart() -> None:
    ibid = Note("1", (paragraph("Ibid."),))
    found: Names = names(book(titled("A", notes=(ibid, ibid)), titled("B", notes=(ibid,))))
    assert found.notes == (("note_a_ibid", "note_a_ibid-2"), ("note_b_ibid",))
