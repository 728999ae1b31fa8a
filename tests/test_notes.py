# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes: how their headings and labels look, and which body a call gets when numbers repeat."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.document import Chapter, Inlines, NoteCall, Paragraph, plain
from publisher.readers import Source
from publisher.readers.labels import label_of
from publisher.readers.notes import is_head
from tests.case_files import read

ROOT = Path(__file__).parents[1]
FRONT = "Mary Weaver\n\nThe Winter of the Looms\n\n"


def chapters(text: str) -> tuple[Chapter, ...]:
    return read(Source("x.txt", f"{FRONT}{text}".encode())).book.chapters


def calls(inlines: Inlines) -> list[int]:
    return [inline.note for inline in inlines if isinstance(inline, NoteCall)]


def links(chapter: Chapter) -> list[str]:
    """The texts of the notes that a chapter's paragraphs call, in the order of the calls."""
    found = [note for block in chapter.blocks if isinstance(block, Paragraph) for note in calls(block.inlines)]
    texts = [" ".join(plain(b.inlines) for b in note.blocks if isinstance(b, Paragraph)) for note in chapter.notes]
    return [texts[note] for note in found]


@pytest.mark.parametrize(
    "text",
    [
        "Notes",
        "NOTES",
        "Footnotes",
        "Foot-notes",
        "Endnotes:",
        "Note",
        "Notes and References",
        "References",
        "Author’s Notes",
        "Editor's Notes",
        "Editorial Notes",
        "Translator’s note",
        "Notes by the Editor",
        "[Notes]",
        "Fußnoten",
        "Fussnoten",
        "Anmerkungen",
        "Anmerkungen des Übersetzers",
        "Notes de l’auteur",
        "Notas",
        "Notas del traductor",
        "Note di pagina",
        "Примечания",
        "Сноски",
    ],
)
def test_headings_of_notes(text: str) -> None:
    assert is_head(text)


@pytest.mark.parametrize(
    "text",
    ["Noted", "The Notes", "Notes were taken by the smith.", "Notebook", "1"],
)
def test_no_headings_of_notes(text: str) -> None:
    assert not is_head(text)


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("[1] Words", "1", "Words"),
        ("[ 1 ] Words", "1", "Words"),
        ("[1*] Words", "1*", "Words"),
        ("[12a] Words", "12a", "Words"),
        ("[*] Words", "*", "Words"),
        ("[a] Words", "a", "Words"),
        ("[1]. Words", "1", "Words"),
        ("(1) Words", "1", "Words"),
        ("{3} Words", "3", "Words"),
        ("1. Words", "1", "Words"),
        ("1.Words", "1", "Words"),
        ("1) Words", "1", "Words"),
        ("1*. Words", "1*", "Words"),
        ("* Words", "*", "Words"),
        ("*Words", "*", "Words"),
        ("*** Words", "***", "Words"),
        ("† Words", "†", "Words"),
        ("1* Words", "1*", "Words"),
        ("¹² Words", "12", "Words"),
        ("1 Words", "1", "Words"),
        ("[1]", "1", ""),
    ],
)
def test_labels(text: str, label: str, rest: str) -> None:
    found = label_of(text)
    assert found is not None
    assert (found.text, text[found.end :]) == (label, rest)


@pytest.mark.parametrize(
    "text", ["* * *", "***", "1905", "1.5 yards", "Words [1]", "[Words] more", "(see below)", "12 %"]
)
def test_no_labels(text: str) -> None:
    assert label_of(text) is None


def test_a_call_is_linked_to_its_note_and_not_to_one_of_the_same_number() -> None:
    text = """Chapter I
The Mill

The weavers met in the old mill.[1] Nobody else came.[2]

Chapter II
The Gate

The looms stood still on a Monday.[1] The carters went home.[2] The manager stayed.[3]

Notes

[1] First of the mill.

[2] Second of the mill.

[1] First of the gate.

[2] Second of the gate.

[3] Third of the gate.
"""
    mill, gate = chapters(text)
    assert links(mill) == ["First of the mill.", "Second of the mill."]
    assert links(gate) == ["First of the gate.", "Second of the gate.", "Third of the gate."]


def test_stars_that_repeat_are_given_in_their_order() -> None:
    text = """The weavers met in the old mill.* It was cold.

Nobody else came that Sunday,* or so it is told.

Notes

* It was built in 1802.

* The smith came later.
"""
    (chapter,) = chapters(text)
    assert links(chapter) == ["It was built in 1802.", "The smith came later."]


def test_a_note_that_restarts_is_not_called_by_the_wrong_chapter_when_one_is_missing() -> None:
    text = """Chapter I
The Mill

The weavers met in the old mill.[1] Nobody else came.[2]

Notes

[1] First of the mill.

Chapter II
The Gate

The looms stood still on a Monday.[1]

Notes

[1] First of the gate.
"""
    result = read(Source("x.txt", f"{FRONT}{text}".encode()))
    mill, gate = result.book.chapters
    assert (links(mill), links(gate)) == (["First of the mill."], ["First of the gate."])
    assert [str(problem) for problem in result.problems] == [
        "x.txt:8:54: warning N001: note [2] is called but never given"
    ]


def test_bare_digits_are_calls_only_in_sequence_with_the_bodies() -> None:
    text = "In May1 the men of Pit2 met.2 They were 300,3 or so.3 On 5th,4 none.\n\nNotes\n\n1. A.\n\n2. B.\n\n3. C.\n"
    (chapter,) = chapters(text)
    assert links(chapter) == ["A.", "B.", "C."]
    assert len(chapter.notes) == 3


def test_digits_without_notes_stay() -> None:
    (chapter,) = chapters("In May1 the men met.2 They were 300,3 or so.\n")
    assert [plain(block.inlines) for block in chapter.blocks if isinstance(block, Paragraph)] == [
        "In May1 the men met.2 They were 300,3 or so."
    ]


def test_the_sample() -> None:
    """The text that comes with publisher: a note of two paragraphs, called in the title; misprints that stay."""
    file = ROOT / "content" / "petrograd.txt"
    result = read(Source("petrograd.txt", file.read_bytes()))
    (chapter,) = result.book.chapters
    (note,) = chapter.notes
    assert plain(result.book.title) == "To the Petrograd City Conference of Non-Party Workers"
    assert calls(result.book.title) == [0]
    assert (note.label, note.called, len(note.blocks)) == ("1", True, 2)
    words = " ".join(plain(b.inlines) for b in (*chapter.blocks, *note.blocks) if isinstance(b, Paragraph))
    for misprint in ("quesitons", 'Bolsheviks" slogan', "need-in fact"):
        assert misprint in words
    assert sorted((p.code, p.location.line, p.location.column) for p in result.problems) == [
        ("T002", 12, 724),
        ("T003", 14, 166),
        ("T003", 14, 190),
    ]
