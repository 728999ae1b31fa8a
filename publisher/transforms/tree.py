# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book -> its runs of words in reading order, and a book of the same shape with other runs.

A run is what stands between two block boundaries: a title, a paragraph, a line of verse, a cell; an empty one counts,
so that a run has the same number before and after a change. Listings have none, since each character counts there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from publisher.document import (
    Block,
    Book,
    Break,
    Byline,
    Chapter,
    Dateline,
    Dedication,
    Definition,
    Definitions,
    Direction,
    Epigraph,
    Figure,
    Heading,
    Inlines,
    Lines,
    List,
    Listing,
    Note,
    Paragraph,
    Part,
    Passage,
    Quote,
    Salutation,
    Section,
    Signature,
    Speech,
    Subtitle,
    Synopsis,
    Table,
    Text,
    Verse,
    VerseLine,
    leaves,
)

Kind: TypeAlias = Literal["heading", "prose", "verse", "lines", "cells"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words between two block boundaries, and where they stand.

    Runs with the same `block` are lines of one poem or address, to be read as one. `language` is empty where it is
    the book's. `chapter` counts from 0, and is 0 for the title page, too; `note` is the label of the note that the
    run belongs to.
    """

    inlines: Inlines
    kind: Kind
    block: int
    language: str
    chapter: int
    file: str
    note: str | None


_Divided: TypeAlias = Verse | Dateline | Signature | Lines | List | Definitions | Table
Visit = Callable[[Run], Inlines]


def runs(book: Book) -> list[Run]:
    """All runs of a book, in reading order."""
    found: list[Run] = []

    def note_down(run: Run) -> Inlines:
        found.append(run)
        return run.inlines

    _Walk(note_down).book(book)
    return found


def rebuilt(book: Book, contents: Iterable[Inlines]) -> Book:
    """The book with other inlines, one for each of its runs, in the same order."""
    source = iter(contents)
    return _Walk(lambda _: next(source)).book(book)


class _Walk:
    """Goes through a book in reading order and makes it anew from what `visit` gives for each run."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._block = 0
        self._chapter = 0
        self._file = ""
        self._language = ""
        self._note: str | None = None

    def book(self, book: Book) -> Book:
        self._file = book.chapters[0].file if book.chapters else ""
        title, subtitle = self._run(book.title), self._run(book.subtitle)
        return replace(book, title=title, subtitle=subtitle, contents=tuple(self._contents(book.contents)))

    def _contents(self, contents: Iterable[Part | Chapter]) -> Iterator[Part | Chapter]:
        for item in contents:
            if isinstance(item, Chapter):
                yield self._of_chapter(item)
                self._chapter += 1
            else:
                number, title, blocks = self._number(item.number), self._run(item.title), self._blocks(item.blocks)
                contents = tuple(self._contents(item.contents))
                yield replace(item, number=number, title=title, blocks=blocks, contents=contents)

    def _of_chapter(self, chapter: Chapter) -> Chapter:
        self._file = chapter.file or self._file
        return replace(
            chapter,
            number=self._number(chapter.number),
            title=self._run(chapter.title),
            blocks=self._blocks(chapter.blocks),
            sections=self._sections(chapter.sections),
            notes=tuple(map(self._of_note, chapter.notes)),
        )

    def _sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        return tuple(
            replace(
                section,
                title=self._run(section.title),
                blocks=self._blocks(section.blocks),
                sections=self._sections(section.sections),
            )
            for section in sections
        )

    def _of_note(self, note: Note) -> Note:
        self._note = note.label
        made = replace(note, blocks=self._blocks(note.blocks))
        self._note = None
        return made

    def _number(self, number: str) -> str:
        """The count of a heading: words like any other, though the model keeps them as characters."""
        made = self._run((Text(number),) if number else ())
        return "".join(leaf.text for leaf in leaves(made) if isinstance(leaf, Text))

    def _blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map(self._of_block, blocks))

    def _of_block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Synopsis() | Direction() | Salutation():
                return replace(block, inlines=self._run(block.inlines, "prose"))
            case Subtitle() | Byline() | Heading():
                return replace(block, inlines=self._run(block.inlines))
            case Epigraph() | Dedication() | Quote():
                return replace(block, blocks=self._blocks(block.blocks))
            case Passage(language, blocks):
                return replace(block, blocks=self._in(language, blocks))
            case Speech(speaker, blocks):
                return Speech(self._run(speaker), self._blocks(blocks))
            case Figure(_, caption):
                return replace(block, caption=self._blocks(caption))
            case Listing() | Break():
                return block
            case _:
                return self._of_lines(block)

    def _of_lines(self, block: _Divided) -> Block:
        """Blocks that consist of lines, items or cells."""
        match block:
            case Verse(stanzas):
                self._block += 1
                return Verse(tuple(tuple(map(self._of_verse, stanza)) for stanza in stanzas))
            case Dateline() | Signature() | Lines():
                self._block += 1
                return replace(block, lines=tuple(self._line(line, "lines") for line in block.lines))
            case List(items):
                return replace(block, items=tuple(map(self._blocks, items)))
            case Definitions(items):
                return Definitions(tuple(map(self._definition, items)))
            case Table(rows, _, caption):
                caption = self._run(caption, "cells")
                return replace(block, caption=caption, rows=tuple(map(self._cells, rows)))
            case _:
                assert_never(block)

    def _of_verse(self, line: VerseLine) -> VerseLine:
        return replace(line, inlines=self._line(line.inlines, "verse"))

    def _in(self, language: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
        outer, self._language = self._language, language
        made = self._blocks(blocks)
        self._language = outer
        return made

    def _definition(self, definition: Definition) -> Definition:
        terms = tuple(self._run(term, "prose") for term in definition.terms)
        return Definition(terms, self._blocks(definition.blocks))

    def _cells(self, row: tuple[Inlines, ...]) -> tuple[Inlines, ...]:
        return tuple(self._run(cell, "cells") for cell in row)

    def _run(self, inlines: Inlines, kind: Kind = "heading") -> Inlines:
        self._block += 1
        return self._line(inlines, kind)

    def _line(self, inlines: Inlines, kind: Kind) -> Inlines:
        return self._visit(Run(inlines, kind, self._block, self._language, self._chapter, self._file, self._note))
