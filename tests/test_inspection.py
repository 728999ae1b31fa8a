# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `inspect --json` counts: words, notes, calls, and the flat list of parts, chapters and sections."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec

from publisher import schemas
from publisher.document import (
    Book,
    Break,
    Chapter,
    Emphasis,
    Epigraph,
    LineBreak,
    Lines,
    Note,
    NoteCall,
    Paragraph,
    Part,
    Section,
    Text,
)
from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.inspection import Shelf, describe, unreadable, words
from publisher.licences.model import Licence, Status
from publisher.metadata.model import Contributor, Date, Field, Metadata, Role

NOTES = (
    Note("1", (Paragraph((Text("first note"),)), Paragraph((Text("its second paragraph"),)))),
    Note("*", (Paragraph((Text("second, which calls"), NoteCall(0))),)),
    Note("3", (Paragraph((Text("uncalled"),)),), called=False),
)
BOOK = Book(
    title=(Text("The Book"), NoteCall(0)),
    subtitle=(),
    contents=(
        Part(
            title=(Text("The Beginning"),),
            number="Part One",
            contents=(
                Chapter(
                    title=(Text("A Disastrous Dogma"), NoteCall(1)),
                    number="Chapter I",
                    blocks=(
                        Paragraph((Text("one"), NoteCall(0), Text(" two "), Emphasis((Text("thr"),)), Text("ee"))),
                    ),
                    sections=(Section((Text("Sub"),), (Paragraph((Text("four five"), NoteCall(1))),)),),
                    notes=NOTES,
                    file="ch1.txt",
                ),
            ),
        ),
        Chapter(title=(), blocks=(Epigraph((Lines(((Text("six"), LineBreak(), Text("seven")),)),)), Break("* * *"))),
    ),
)
EDITION = Edition(
    book=BOOK,
    metadata=Metadata(
        title="The Book",
        contributors=(Contributor("V. I. Lenin", Role.AUTHOR),),
        written=Date("14 April, 1921", "1921-04-14"),
        published=Date("in spring", None),
        fields=(
            Field("Written", "14 April, 1921", Location("x", 3), "written"),
            Field("Colour", "red", Location("x", 4)),
            Field("Colour", "blue", Location("x", 5)),
            Field("", "[Typed by A.]", Location("x", 6)),
        ),
    ),
    licence=Licence(status=Status.FREE, statement="Public domain"),
    slug="the-book",
    identifier="urn:uuid:0",
    language="und",
    modified=0,
    paper="A5",
    theme="book",
)
PROBLEM = Problem("N001", "note [7] is called but never given", Location("x.txt", 3, 57))


def test_only_words_of_the_body_count() -> None:
    assert words([Paragraph((Text("a\u00a0b"), NoteCall(0), Text(", c-d -- e")))]) == 5
    assert words([Break("* * *")]) == 0
    assert describe(EDITION, (), {}).words == 7


def test_parts_chapters_and_sections_are_one_list() -> None:
    assert [(c.kind, c.level, c.title, c.file, c.words, c.notes) for c in describe(EDITION, (), {}).chapters] == [
        ("part", 1, "Part One. The Beginning", "", 0, 0),
        ("chapter", 2, "Chapter I. A Disastrous Dogma", "ch1.txt", 3, 3),
        ("section", 3, "Sub", "ch1.txt", 2, 0),
        ("chapter", 1, "The Book", "", 2, 0),
    ]


def test_notes_point_to_their_chapter_and_count_every_call() -> None:
    assert [(n.chapter, n.label, n.calls, n.blocks, n.text) for n in describe(EDITION, (), {}).notes] == [
        (1, "1", 3, 2, "first note\nits second paragraph"),
        (1, "*", 2, 1, "second, which calls"),
        (1, "3", 0, 1, "uncalled"),
    ]


def test_values_are_as_read_with_dates_in_edtf_and_unknown_labels_kept() -> None:
    assert describe(EDITION, (), {}).metadata == {
        "written": "1921-04-14",
        "published": "in spring",
        "Colour": "red\nblue",
        "credit": "[Typed by A.]",
    }


def test_what_is_said_validates_against_the_schema_of_the_package() -> None:
    schema = json.loads((Path(schemas.__file__).parent / "inspect.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    works = (describe(EDITION, [PROBLEM], {}), unreadable("x", [PROBLEM]))
    for value in (*works, Shelf(works)):
        validator.validate(json.loads(msgspec.json.encode(value)))
    assert not validator.is_valid({**json.loads(msgspec.json.encode(works[0])), "extra": 1})
