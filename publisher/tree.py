# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book -> its runs of words in reading order, and a book of the same shape with other runs.

A run is what stands between two block boundaries: a title, a paragraph, a line of verse, a cell; an empty one counts,
so that a run has the same number before and after a change. Listings have none, since each character counts there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import is_
from typing import Any, Literal, TypeAlias, TypeVar, assert_never

from msgspec import Struct
from msgspec.structs import replace

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
    Image,
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


class Run(Struct, frozen=True):
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
N = TypeVar("N", bound=Any)
T = TypeVar("T")


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
    """Goes through a book in reading order and makes it anew from what `visit` gives for each run.

    What holds the very same runs as before stays the very same object: most of a book does.
    """

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
        return _with(book, title=title, subtitle=subtitle, contents=_same(book.contents, self._contents(book.contents)))

    def _contents(self, contents: Iterable[Part | Chapter]) -> Iterator[Part | Chapter]:
        for item in contents:
            if isinstance(item, Chapter):
                yield self._of_chapter(item)
                self._chapter += 1
            else:
                number, title, blocks = self._number(item.number), self._run(item.title), self._blocks(item.blocks)
                contents = _same(item.contents, self._contents(item.contents))
                yield _with(item, number=number, title=title, blocks=blocks, contents=contents)

    def _of_chapter(self, chapter: Chapter) -> Chapter:
        self._file = chapter.file or self._file
        return _with(
            chapter,
            number=self._number(chapter.number),
            title=self._run(chapter.title),
            blocks=self._blocks(chapter.blocks),
            sections=self._sections(chapter.sections),
            notes=_same(chapter.notes, map(self._of_note, chapter.notes)),
        )

    def _sections(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        return _same(sections, map(self._of_section, sections))

    def _of_section(self, section: Section) -> Section:
        return _with(
            section,
            title=self._run(section.title),
            blocks=self._blocks(section.blocks),
            sections=self._sections(section.sections),
        )

    def _of_note(self, note: Note) -> Note:
        self._note = note.label
        made = _with(note, blocks=self._blocks(note.blocks))
        self._note = None
        return made

    def _number(self, number: str) -> str:
        """The count of a heading: words like any other, though the model keeps them as characters."""
        run = (Text(number),) if number else ()
        made = self._run(run)
        return number if made is run else "".join(leaf.text for leaf in leaves(made) if isinstance(leaf, Text))

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return _same(blocks, map(self._of_block, blocks))

    def _of_block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Synopsis() | Direction() | Salutation():
                return _with(block, inlines=self._run(block.inlines, "prose"))
            case Subtitle() | Byline() | Heading():
                return _with(block, inlines=self._run(block.inlines))
            case Epigraph() | Dedication() | Quote():
                return _with(block, blocks=self._blocks(block.blocks))
            case Passage(language, blocks):
                return _with(block, blocks=self._in(language, blocks))
            case Speech(speaker, blocks):
                return _with(block, speaker=self._run(speaker), blocks=self._blocks(blocks))
            case Figure(_, caption):
                return _with(block, caption=self._blocks(caption))
            case Listing() | Break():
                return block
            case _:
                return self._of_lines(block)

    def _of_lines(self, block: _Divided) -> Block:
        """Blocks that consist of lines, items or cells."""
        match block:
            case Verse(stanzas):
                self._block += 1
                return _with(block, stanzas=_same(stanzas, (self._stanza(stanza) for stanza in stanzas)))
            case Dateline() | Signature() | Lines():
                self._block += 1
                return _with(block, lines=_same(block.lines, (self._line(line, "lines") for line in block.lines)))
            case List(items):
                return _with(block, items=_same(items, map(self._blocks, items)))
            case Definitions(items):
                return _with(block, items=_same(items, map(self._definition, items)))
            case Table(rows, _, caption):
                caption = self._run(caption, "cells")
                return _with(block, caption=caption, rows=_same(rows, map(self._cells, rows)))
            case _:
                assert_never(block)

    def _stanza(self, stanza: tuple[VerseLine, ...]) -> tuple[VerseLine, ...]:
        return _same(stanza, map(self._of_verse, stanza))

    def _of_verse(self, line: VerseLine) -> VerseLine:
        return _with(line, inlines=self._line(line.inlines, "verse"))

    def _in(self, language: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        outer, self._language = self._language, language
        made = self._blocks(blocks)
        self._language = outer
        return made

    def _definition(self, definition: Definition) -> Definition:
        terms = _same(definition.terms, (self._run(term, "prose") for term in definition.terms))
        return _with(definition, terms=terms, blocks=self._blocks(definition.blocks))

    def _cells(self, row: tuple[Inlines, ...]) -> tuple[Inlines, ...]:
        return _same(row, (self._run(cell, "cells") for cell in row))

    def _run(self, inlines: Inlines, kind: Kind = "heading") -> Inlines:
        self._block += 1
        return self._line(inlines, kind)

    def _line(self, inlines: Inlines, kind: Kind) -> Inlines:
        return self._visit(Run(inlines, kind, self._block, self._language, self._chapter, self._file, self._note))


def with_pictures(book: Book, name: Callable[[str], str]) -> Book:
    """The book with other paths of its pictures."""
    made: Book = _renamed(book, name)
    return made


def _renamed(node: Any, name: Callable[[str], str]) -> Any:  # noqa: ANN401 (a node, or what it holds)
    if isinstance(node, Image):
        return _with(node, file=name(node.file))
    if isinstance(node, Struct):
        fields = ((field, getattr(node, field)) for field in node.__struct_fields__)
        return _with(node, **{field: _renamed(value, name) for field, value in fields if not isinstance(value, str)})
    if isinstance(node, tuple):
        return _same(node, (_renamed(inner, name) for inner in node))
    return node


def _with(node: N, **values: object) -> N:
    """A node with other values; the node itself where they are those that it has."""
    changed = {name: value for name, value in values.items() if getattr(node, name) is not value}
    return replace(node, **changed) if changed else node


def _same(before: tuple[T, ...], after: Iterable[T]) -> tuple[T, ...]:
    """What came out of a walk through a tuple; the tuple itself where that is all that it has."""
    made = tuple(after)
    return before if all(map(is_, made, before)) else made
