# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outline of a text and its notes -> parts and chapters, in which each call has found its note."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from publisher.document import Block, Chapter, Dedication, Inlines, Note, Part, Section, Text, plain
from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.gutenberg import calls
from publisher.readers.gutenberg.blocks import Builder
from publisher.readers.gutenberg.calls import Body, Mark, Place
from publisher.readers.gutenberg.front import dedication_end, is_text
from publisher.readers.gutenberg.headings import Heading
from publisher.readers.gutenberg.inlines import Writer
from publisher.readers.gutenberg.outline import Node, Outline
from publisher.readers.gutenberg.record import Record
from publisher.readers.lines import Chunk, Line


class Unit(Struct):
    """A chapter to be: its node, or the chunks before the first heading."""

    node: Node | None
    chunks: list[Chunk] = field(default_factory=list)
    start: int = 0


class Group(Struct):
    """A part to be: its node, and what is in it."""

    node: Node
    items: list[Unit | Group]


class Assembly:
    """Makes the book's contents; its notes are resolved before the first block is made."""

    def __init__(
        self, outlined: Outline, bodies: Sequence[Body], record: Record, writer: Writer, builder: Builder
    ) -> None:
        self._outline = outlined
        self._record = record
        self._writer = writer
        self._builder = builder
        self._bodies = bodies
        self._units: list[Unit] = []
        self._tree = self._planned()
        self._starts = [unit.start for unit in self._units]
        self._inside = {
            line.number: i for i, body in enumerate(bodies) for chunk in body.chunks for line in chunk.lines
        }
        self._homes: list[int] = []
        self._order: list[list[int]] = []
        self._all_links: list[dict[Place, tuple[int, int]]] = []
        self._at = 0
        self.problems: list[Problem] = []

    @property
    def is_empty(self) -> bool:
        return not self._units

    # ---- plan

    def _planned(self) -> list[Unit | Group]:
        front = [self._unit(None, self._outline.front)] if self._outline.front else []
        tree: list[Unit | Group] = [*front, *map(self._plan, self._outline.nodes)]
        return tree or ([self._unit(None, [])] if self._bodies else [])

    def _plan(self, node: Node) -> Unit | Group:
        inner = [child for child in node.nodes if child.level <= self._outline.chapter]
        if node.level >= self._outline.chapter or not inner:
            return self._unit(node, [])
        before = len(self._units)
        made = [self._plan(child) for child in node.nodes]
        self._units[before].start = _first_line(node)
        return Group(node, made)

    def _unit(self, node: Node | None, chunks: list[Chunk]) -> Unit:
        start = _first_line(node) if node else 0
        unit = Unit(node, chunks, start)
        self._units.append(unit)
        return unit

    # ---- notes

    def resolve(self, text: Iterable[Line]) -> None:
        """Finds the note of each call and the chapter of each note."""
        found = [mark for line in text for mark in calls.marks(line)]
        inner = [
            mark for body in self._bodies for chunk in body.chunks for line in chunk.lines for mark in calls.marks(line)
        ]
        found = sorted([*found, *inner], key=lambda mark: mark.place)
        calls.resolve(found, self._bodies, self._scope)
        self._homes = [self._home(i) for i in range(len(self._bodies))]
        self._order = [[] for _ in self._units]
        for i, home in enumerate(self._homes):
            self._order[home].append(i)
        for indices in self._order:
            indices.sort(key=self._rank)
        self._report(found)

    def _scope(self, place: Place) -> int:
        return max(bisect_right(self._starts, place[0]) - 1, 0)

    def _home(self, i: int) -> int:
        """The chapter in which a note is called first; that of the note that calls it; where it stands."""
        seen: set[int] = set()
        while True:
            seen.add(i)
            body = self._bodies[i]
            outside = [call for call in body.calls if call.line.number not in self._inside or call is body.at]
            if outside:
                return self._scope(min(call.place for call in outside))
            if not body.calls:
                return self._scope(body.place)
            i = self._inside[body.calls[0].line.number]
            if i in seen:
                return self._scope(body.place)

    def _rank(self, i: int) -> tuple[int, Place]:
        body = self._bodies[i]
        return (0, min(call.place for call in body.calls)) if body.calls else (1, body.place)

    def _chapter_of(self, call: Mark) -> int:
        inside = self._inside.get(call.line.number)
        return self._homes[inside] if inside is not None else self._scope(call.place)

    def _links(self) -> list[dict[Place, tuple[int, int]]]:
        """For each chapter, the calls that are links there: where each ends, and the index of its note."""
        links: list[dict[Place, tuple[int, int]]] = [{} for _ in self._units]
        for home, indices in enumerate(self._order):
            for index, i in enumerate(indices):
                for call in self._bodies[i].calls:
                    if self._chapter_of(call) == home:
                        links[home][call.place] = (call.line.indent + call.end, index)
        return links

    def _report(self, found: Sequence[Mark]) -> None:
        for call in calls.unresolved(found, self._bodies):
            mark = call.line.text[call.start : call.end].strip()
            hint = "The call is printed as text. Add the note's text, or accept the finding in the settings."
            self.problems.append(
                Problem("N001", f"note {mark} is called but never given", call.line.at(call.start), hint)
            )
        for body, home in zip(self._bodies, self._homes, strict=True):
            if not body.calls:
                hint = "The note is printed among the notes, marked as not called."
                self.problems.append(
                    Problem("N002", f"note {body.label} is given but never called", body.line.at(), hint)
                )
            for call in body.calls:
                if self._chapter_of(call) != home:
                    mark = call.line.text[call.start : call.end].strip()
                    message = f"note {mark} of another chapter is called here; the call is printed as text"
                    self.problems.append(Problem("N004", message, call.line.at(call.start)))

    # ---- book

    def contents(self) -> tuple[Part | Chapter, ...]:
        self._all_links = self._links()
        self._builder.begin([chunk for unit in self._units for chunk in _chunks_of(unit)])
        return tuple(map(self._item, self._tree))

    def _item(self, item: Unit | Group) -> Part | Chapter:
        if isinstance(item, Unit):
            chapter = self._chapter(item)
            self._at += 1
            return chapter
        self._writer.enter(self._all_links[self._at])
        number, title = self._titles(item.node.heading)
        blocks = self._builder.blocks(item.node.chunks, opens=True)
        return Part(title, tuple(map(self._item, item.items)), number, blocks)

    def _chapter(self, unit: Unit) -> Chapter:
        self._writer.enter(self._all_links[self._at])
        node = unit.node
        chunks = _chunks_of(unit)
        self._builder.enter(chunks)
        number, title = self._titles(node.heading) if node else ("", ())
        blocks = self._builder.blocks(node.chunks, opens=True, closes=True) if node else tuple(self._front(unit.chunks))
        sections = tuple(map(self._section, node.nodes)) if node else ()
        kind = node.heading.kind if node and node.heading else "chapter"
        file = _file(chunks, node)
        return Chapter(title, blocks, sections, self._notes(self._at), number, kind, file)

    def _titles(self, heading: Heading | None) -> tuple[str, Inlines]:
        """Count and title; a count without a title is the title."""
        if heading is None:
            return "", ()
        self._record.paint(heading.lines, Fate.HEADING)
        if heading.number and heading.title:
            number = self._writer.run(heading.number)
            if all(isinstance(inline, Text) for inline in number):
                return plain(number), self._writer.run(heading.title)
        return "", self._writer.run(heading.lines)

    def _section(self, node: Node) -> Section:
        heading = node.heading
        title: Inlines = ()
        if heading:
            self._record.paint(heading.lines, Fate.HEADING)
            title = self._writer.run(heading.lines)
        return Section(
            title, self._builder.blocks(node.chunks, opens=True, closes=True), tuple(map(self._section, node.nodes))
        )

    def _front(self, chunks: Sequence[Chunk]) -> Iterator[Block]:
        """What stands before the first heading: the lines of a title page, then text."""
        begin = next((i for i, chunk in enumerate(chunks) if is_text(chunk)), len(chunks))
        page = chunks[:begin]
        i = 0
        while i < begin:
            stop = dedication_end(page, i)
            blocks = [block for chunk in chunks[i : stop or i + 1] for block in self._builder.plain(chunk)]
            yield from [Dedication(tuple(blocks))] if stop else blocks
            i = stop or i + 1
        yield from self._builder.blocks(chunks[begin:], closes=True)

    def _notes(self, chapter: int) -> tuple[Note, ...]:
        return tuple(
            Note(self._bodies[i].label, self._builder.note(self._bodies[i].chunks), bool(self._bodies[i].calls))
            for i in self._order[chapter]
        )


def _first_line(node: Node) -> int:
    if node.heading:
        return node.heading.lines[0].number
    return node.chunks[0].first.number if node.chunks else 0


def _chunks_of(unit: Unit) -> list[Chunk]:
    return [*unit.chunks, *(_chunks(unit.node) if unit.node else ())]


def _chunks(node: Node) -> Iterator[Chunk]:
    yield from node.chunks
    for inner in node.nodes:
        yield from _chunks(inner)


def _file(chunks: Sequence[Chunk], node: Node | None) -> str:
    if node and node.heading:
        return node.heading.lines[0].file
    return chunks[0].first.file if chunks else ""
