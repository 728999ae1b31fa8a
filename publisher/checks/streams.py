# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book -> its words in streams: the text in reading order, and each note apart.

A word is a run of characters between white space, after Unicode's composition (NFC), without soft hyphens. In what is
compared with the source note calls are no words; in what is compared with a file they are, as their labels, and so
are the numbers of counted lists, which a page shows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, assert_never

from msgspec import Struct

from publisher.characters import printable
from publisher.document import (
    Anchor,
    Apparatus,
    Block,
    Book,
    Byline,
    Chapter,
    Code,
    Image,
    Inlines,
    Leaf,
    LineBreak,
    Note,
    NoteCall,
    PageMark,
    Part,
    Subtitle,
    Text,
    calls,
    leaves,
    nested,
    note_runs,
    runs,
)
from publisher.names import Names, names

SOFT_HYPHEN = "\u00ad"


class Stretch(Struct, frozen=True):
    """A heading with the text below it, run by run; `file` is the source that it comes from, as far as it is known.

    `heads` is how many of the runs are headings: titles that a page does not show may come from a contents list.
    """

    kind: Literal["title", "part", "chapter"]
    file: str
    heads: int
    runs: tuple[Inlines, ...]
    notes: tuple[Note, ...]


def stretches(book: Book) -> Iterator[Stretch]:
    """The title, then each part and chapter."""
    notes = book.chapters[0].notes if book.chapters else ()
    file = book.chapters[0].file if book.chapters else ""
    yield Stretch("title", file, 2, (book.title, book.subtitle), notes)
    yield from _stretches(book.contents)


def _stretches(contents: Iterable[Part | Chapter]) -> Iterator[Stretch]:
    for item in contents:
        head = ((Text(item.number),), item.title)
        if isinstance(item, Part):
            first = item.chapters[0] if item.chapters else None
            notes, file = (first.notes, first.file) if first else ((), "")
            yield Stretch("part", item.file or file, 2 + _below_head(item.blocks), (*head, *_runs(item.blocks)), notes)
            yield from _stretches(item.contents)
        else:
            yield Stretch("chapter", item.file, 2 + _below_head(item.blocks), (*head, *_chapter_runs(item)), item.notes)


def _below_head(blocks: Sequence[Block]) -> int:
    """How many blocks below a heading belong to it: "by ..." and the year beside a name stand above it in a source."""
    return next((i for i, block in enumerate(blocks) if not isinstance(block, Subtitle | Byline)), len(blocks))


def _chapter_runs(chapter: Chapter) -> Iterator[Inlines]:
    yield from _runs(chapter.blocks)
    for section in nested(chapter.sections):
        yield section.title
        yield from _runs(section.blocks)


def _runs(blocks: Iterable[Block]) -> Iterator[Inlines]:
    for block in blocks:
        yield from runs(block, marks=True)


def words(text: str) -> str:
    """The words of a text with one space between them."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, ""))
    # Most runs are what they shall be, without other white space than single spaces: that is seen sooner than made.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())


def unmarked(inlines: Inlines) -> str:
    """The words of a run as the source has them: without note calls."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return words(inlines[0].text)
    return words("".join(_characters(leaf, ()) for leaf in leaves(inlines)))


def shown(inlines: Inlines, notes: tuple[Note, ...], pictures: Collection[str]) -> str:
    """The words of a run as a page has them: a call is its note's label, a missing picture its description."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return words(printable(inlines[0].text))
    return words(printable("".join(_described(leaf, pictures) or _characters(leaf, notes) for leaf in leaves(inlines))))


class Shown(Struct, frozen=True):
    """The words that an edition's pages must have: of each part and chapter, and of each note.

    `pages` are known by the names of EPUB pages, `heads` counts the runs of each that are its heading; `notes` are
    known by their ids, each with its label first, as they follow one another on paper. `called` are the notes
    in the order of their first calls, one that a note calls behind that note: so they stand at the foot of pages.
    """

    pages: dict[str, tuple[int, list[str]]]
    notes: dict[str, list[str]]
    called: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """How many words there are, without labels of notes."""
        return sum(run.count(" ") + 1 for run in self.runs if run)

    @property
    def runs(self) -> Iterator[str]:
        """The words of each run, without labels of notes."""
        for _, several in self.pages.values():
            yield from several
        for several in self.notes.values():
            yield from several[1:]


def shown_words(book: Book, pictures: Collection[str]) -> Shown:
    """What the pages of a book must show; `pictures` are those that are there."""
    found = names(book)
    shown_pages = {
        name: (stretch.heads, [shown(run, stretch.notes, pictures) for run in stretch.runs])
        for name, stretch in zip(("title", *found.pages), stretches(book), strict=True)
    }
    return Shown(shown_pages, dict(_shown_notes(book, found, pictures)), tuple(_called(book, found)))


def _called(book: Book, found: Names) -> Iterator[str]:
    """The notes as they are called, by their ids; calls on title pages count in the chapter that follows."""
    chapter, seen = 0, set[tuple[int, int]]()
    for stretch in stretches(book):
        notes = stretch.notes
        waiting = _new(stretch.runs, notes, chapter, seen)
        while waiting:
            note = waiting.pop(0)
            yield found.notes[chapter][note]
            waiting = [*_new(note_runs(notes[note]), notes, chapter, seen), *waiting]
        chapter += stretch.kind == "chapter"


def _new(runs: Iterable[Inlines], notes: Sequence[Note], chapter: int, seen: set[tuple[int, int]]) -> list[int]:
    """The notes that some runs call and nothing has called before."""
    called = dict.fromkeys(call.note for run in runs for call in calls(run) if notes[call.note].apparatus == "notes")
    new = [note for note in called if (chapter, note) not in seen]
    seen.update((chapter, note) for note in new)
    return new


def _shown_notes(book: Book, found: Names, pictures: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    apparatuses: tuple[Apparatus, ...] = ("notes", "variants")
    for apparatus in apparatuses:
        for chapter, ids in zip(book.chapters, found.notes, strict=True):
            for note, id_ in zip(chapter.notes, ids, strict=True):
                if note.apparatus == apparatus:
                    runs = [shown(run, chapter.notes, pictures) for run in note_runs(note, marks=True)]
                    yield id_, [words(note.label), *runs]


def _described(leaf: Leaf, pictures: Collection[str]) -> str:
    return leaf.alt if isinstance(leaf, Image) and leaf.file not in pictures else ""


def _characters(leaf: Leaf, notes: tuple[Note, ...]) -> str:
    match leaf:
        case Text(text) | Code(text):
            return text
        case LineBreak():
            return " "
        case NoteCall(note):
            return notes[note].label if notes else ""
        case PageMark() | Anchor() | Image():
            return ""
        case _:
            assert_never(leaf)
