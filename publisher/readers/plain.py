# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plain-text edition, as `publisher build -t text` writes it -> the same book.

plaintext/form.py describes the form. What stands below the line that ends the text is about the edition that the file
is: the next one makes its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.document import Apparatus, Block, Book, Chapter, Inlines, Note, Part, Section, Subtitle, Text, plain
from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Fate
from publisher.metadata.model import Metadata
from publisher.readers import Read, Source
from publisher.readers.decoding import decode
from publisher.readers.plaintext import header
from publisher.readers.plaintext.blocks import Reader, after
from publisher.readers.plaintext.form import (
    FIRST_LINE,
    INNER,
    LINE_END,
    NOTE,
    NOTHING,
    Lone,
    is_count,
    is_plain,
    kind_of,
    label_of,
)
from publisher.readers.plaintext.lines import Line, Page, split
from publisher.readers.plaintext.structure import (
    BookLines,
    ChapterLines,
    Head,
    PartLines,
    SectionLines,
    first,
    read as structure,
)

__all__ = ["is_plain", "read"]

_END = "about this edition; the next one makes its own"


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:  # noqa: ARG001 (one file has its own order; pictures are looked for later)
    """Reads a plain-text edition; raises SourceError if there is no text in it, or if it is not the only one."""
    if len(sources) != 1:
        message = "a plain-text edition is a whole book, and cannot be a part of another"
        raise SourceError([Problem("R106", message, Location(sources[1].file), "Build it alone.")])
    (source,) = sources
    page, lines = split(source.file, decode(source.file, source.data))
    tree = structure(page, _below_first(page, lines))
    if not tree.contents:
        raise SourceError(
            [*page.problems, Problem("S009", "the file holds no text below its header", Location(page.file))]
        )
    page.mark_all(tree.end, Fate.RIGHTS, _END)
    book, metadata = _Assembly(page).book(tree)
    problems = sorted(page.problems, key=lambda problem: (problem.location, problem.code))
    return Read(book, metadata, tuple(page.entries()), tuple(problems))


def _below_first(page: Page, lines: list[Line]) -> list[Line]:
    """The lines below the one that says what the file is."""
    if lines[0].text == FIRST_LINE:
        page.mark(lines[0], Fate.MARKUP)
        return lines[1:]
    page.report(
        "R100", "the first line does not say that this is a plain-text edition", lines[0], f"It is: {FIRST_LINE}"
    )
    return lines


class Scope(Struct, frozen=True):
    """The notes that a stretch of text may call, by name, and those that it has called."""

    bodies: tuple[Body, ...] = ()
    notes: dict[str, int] = field(default_factory=dict)
    called: set[int] = field(default_factory=set)


class _Assembly(Struct, frozen=True):
    """Makes the nodes of a book from its lines."""

    page: Page
    scopes: dict[int, Scope] = field(default_factory=dict)
    lone: Lone = field(default_factory=Lone)

    def book(self, tree: BookLines) -> tuple[Book, Metadata]:
        """The book, and what its header states."""
        scope = self._scope(first(tree.contents))
        title = self._inlines(tree.head.lines, scope, Fate.TITLE)
        subtitle = self._inlines(tree.head.below, scope, Fate.TITLE)
        metadata, calls = header.read(self.page, tree.header, scope.notes)
        scope.called.update(calls)
        contents = tuple(map(self._item, tree.contents))
        metadata = replace(metadata, title=metadata.title or plain(title))
        book = Book(title if tree.head.lines else _text(metadata.title), subtitle, contents, calls)
        return book, metadata

    def _scope(self, chapter: ChapterLines | None) -> Scope:
        """The scope of a chapter, made when it is first asked for: a part's title comes before its chapter."""
        if chapter is None:
            return Scope()
        if id(chapter) not in self.scopes:
            bodies = tuple(_bodies(chapter))
            self.scopes[id(chapter)] = Scope(bodies, self._names(bodies))
        return self.scopes[id(chapter)]

    def _names(self, bodies: Sequence[Body]) -> dict[str, int]:
        found: dict[str, int] = {}
        for index, body in enumerate(bodies):
            if body.name in found:
                hint = "Give them different labels, or count them: [1], [1:2]."
                message = f"two notes are called [{body.name}]; calls lead to the first"
                self.page.report("R102", message, body.line, hint)
            elif body.name is not None:
                found[body.name] = index
        return found

    def _reader(self, scope: Scope, fate: Fate) -> Reader:
        return Reader(self.page, scope.notes, fate, scope.called)

    def _inlines(self, lines: Sequence[Line], scope: Scope, fate: Fate) -> Inlines:
        return self._reader(scope, fate).run(lines) if lines else ()

    def _item(self, item: PartLines | ChapterLines) -> Part | Chapter:
        if isinstance(item, ChapterLines):
            return self._chapter(item)
        scope = self._scope(item.first)
        number, title = self._heading(item.head, scope)
        blocks = self._blocks(item.head, item.lines, scope)
        return Part(title, tuple(map(self._item, item.contents)), number, blocks)

    def _chapter(self, chapter: ChapterLines) -> Chapter:
        scope = self._scope(chapter)
        number, title = self._heading(chapter.head, scope)
        blocks = self._blocks(chapter.head, chapter.lines, scope)
        sections = tuple(self._section(section, scope) for section in chapter.sections)
        kind = chapter.head.kind or kind_of(f"{number} {plain(title)}")
        notes = tuple(self._notes(scope.bodies, scope))
        return Chapter(title, blocks, sections, notes, number, kind, self.page.file)

    def _section(self, section: SectionLines, scope: Scope) -> Section:
        title = self._inlines(section.head.lines, scope, Fate.HEADING)
        blocks = self._blocks(section.head, section.lines, scope)
        return Section(title, blocks, tuple(self._section(inner, scope) for inner in section.sections))

    def _blocks(self, head: Head, lines: Sequence[Line], scope: Scope) -> tuple[Block, ...]:
        reader = self._reader(scope, Fate.BODY)
        return (*(Subtitle(reader.run([line])) for line in head.below), *reader.blocks(lines))

    def _heading(self, head: Head, scope: Scope) -> tuple[str, Inlines]:
        """Count and title: the count stands on a line of its own, or alone."""
        lines = head.lines
        if not lines:
            return "", ()
        has_count = len(lines) > 1 and not f" {lines[0].text}".endswith(f" {LINE_END}")
        if len(lines) == 1 and is_count(lines[0].text):
            has_count = not self.lone.titles
        elif has_count and (alone := [line.text for line in lines if line.text != NOTHING])[1:] == []:
            self.lone.titles = lines[0].text == NOTHING if is_count("".join(alone)) else self.lone.titles
        title = self._inlines(lines[has_count:], scope, Fate.HEADING)
        return (self._count(lines[0], scope) if has_count else ""), title

    def _count(self, line: Line, scope: Scope) -> str:
        """The count as characters; one with signs in it keeps them."""
        if line.text != NOTHING and "\\" not in line.text:
            self.page.mark(line, Fate.HEADING)
            return line.text
        return plain(self._inlines([line], scope, Fate.HEADING))

    def _notes(self, bodies: Sequence[Body], scope: Scope) -> Iterator[Note]:
        """The notes; which are called is known when all are read, since one may be called in another."""
        notes = [self._note(body, scope) for body in bodies]
        for index, (note, body) in enumerate(zip(notes, bodies, strict=True)):
            yield note if index in scope.called else self._uncalled(note, body.line)

    def _note(self, body: Body, scope: Scope) -> Note:
        for line in body.stray:
            hint = "A note begins with its label, [1], and its other paragraphs are indented."
            self.page.report("R101", "this stands among the notes, and is not marked as one", line, hint)
        if body.name is not None:
            self.page.mark(body.line, Fate.CALL)
        blocks = self._reader(scope, Fate.NOTE).blocks(body.lines, INNER)
        return Note(label_of(body.name or ""), blocks, apparatus=body.apparatus)

    def _uncalled(self, note: Note, line: Line) -> Note:
        hint = "The note is printed among the notes, marked as not called."
        self.page.report("N002", f"note [{note.label}] is given but never called", line, hint)
        return replace(note, called=False)


class Body(Struct, frozen=True):
    """The lines of a note; `name` is None where no label begins it."""

    name: str | None
    line: Line
    lines: list[Line]
    apparatus: Apparatus

    @property
    def stray(self) -> Iterator[Line]:
        """Lines at the margin that begin no note, the first of each paragraph."""
        before = "" if self.name is None else self.line.text
        for line in self.lines[self.name is not None :]:
            if line.text and not before and line.indent <= 1:
                yield line
            before = line.text


def _bodies(chapter: ChapterLines) -> Iterator[Body]:
    """The notes of a chapter, as lines."""
    for region in chapter.notes:
        marks = {i: mark for i, line in enumerate(region.lines) if line.indent <= 1 and (mark := NOTE.match(line.text))}
        first_text = next((i for i, line in enumerate(region.lines) if line.text), len(region.lines))
        for start, end in pairwise(sorted({*marks, first_text, len(region.lines)})):
            line = region.lines[start]
            mark = marks.get(start)
            first_line = after(line, mark.end(), INNER) if mark else line
            yield Body(
                mark["name"] if mark else None, line, [first_line, *region.lines[start + 1 : end]], region.apparatus
            )


def _text(text: str) -> Inlines:
    return (Text(text),) if text else ()
