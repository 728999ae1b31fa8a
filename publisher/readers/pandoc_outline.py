# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks with headings among them -> title, parts, chapters and sections, by the levels of the headings.

# The Title           a lone heading above all others, where nothing else is the title
## Part One           counts a part, and chapters stand below it
### Chapter I         the highest level but those
#### A Section
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from publisher.document import Block, Chapter, ChapterKind, Inlines, Note, Part, Section, plain
from publisher.ledger import Fate
from publisher.readers.headings import marker
from publisher.readers.pandoc_tree import Node, TreeReader
from publisher.readers.ranks import Rank
from publisher.readers.tei_names import KINDS


class _Draft(Struct):
    """A chapter or section to be."""

    level: int
    title: Inlines
    blocks: list[Block] = field(default_factory=list)
    sections: list[_Draft] = field(default_factory=list)

    def place(self, level: int) -> _Draft:
        """What a heading of a level stands in: the last section that is higher."""
        last = self.sections[-1] if self.sections else None
        return last.place(level) if last and last.level < level else self

    @property
    def last(self) -> _Draft:
        """Where text goes that follows."""
        return self.sections[-1].last if self.sections else self

    def finished(self) -> tuple[Section, ...]:
        return tuple(Section(x.title, tuple(x.blocks), x.finished()) for x in self.sections)


class Outline(Struct):
    """The title that a lone heading gives, and the contents."""

    title: Inlines
    contents: list[Part | Chapter]


class _Levels(Struct):
    """The levels of the headings of parts and chapters; a level of 0 stands for none."""

    title: int
    part: int
    chapter: int


def outline(reader: TreeReader, nodes: list[Node], file: str, known: str) -> Outline:
    """The outline of a file's blocks; `known` is the title that its metadata have."""
    flat = list(_flat(nodes))
    levels = _levels(flat, known)
    builder = _Builder(reader, file)
    title: Inlines = ()
    for node in flat:
        level = node["c"][0] if node["t"] == "Header" else 0
        if level and level == levels.title:
            title = _title(reader, node, is_titled=bool(known))
        elif level and level == levels.part:
            builder.begin_part(node)
        elif level and level <= levels.chapter:
            builder.begin_chapter(node, level)
        elif level:
            builder.begin_section(node, level)
        else:
            builder.add(node)
    builder.finish()
    return Outline(title, builder.contents)


def _flat(nodes: list[Node]) -> Iterator[Node]:
    """Blocks without the divisions that hold headings: docx and HTML wrap each section into one."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if node["t"] == "Div" and any(inner["t"] in ("Header", "Div") for inner in node["c"][1]):
            stack.extend(reversed(node["c"][1]))
        else:
            yield node


def _title(reader: TreeReader, node: Node, *, is_titled: bool) -> Inlines:
    """The title that a heading is; where the metadata have it too, it is not printed again."""
    fate, reason = (Fate.HEADING, "the title once more, printed once") if is_titled else (Fate.TITLE, "")
    with reader.ledger.reading(fate, reason):
        title = reader.run(node["c"][2])
    return () if is_titled else title


def _levels(nodes: list[Node], known: str) -> _Levels:
    found = [(node["c"][0], _said(node)) for node in nodes if node["t"] == "Header"]
    kinds = sorted({level for level, _ in found})
    title = 0
    may_be = not known or (bool(found) and found[0][1].split() == known.split())
    if found and may_be and nodes[0]["t"] == "Header" and found[0][0] == kinds[0]:
        alone = sum(level == kinds[0] for level, _ in found) == 1
        title = kinds.pop(0) if alone else 0
    parts = [text for level, text in found if kinds and level == kinds[0]]
    is_part = len(kinds) > 1 and any(_counts_part(text) for text in parts)
    return _Levels(title, kinds[0] if is_part else 0, kinds[1] if is_part else kinds[0] if kinds else 0)


def _said(node: Node) -> str:
    return "".join(x["c"] if x["t"] == "Str" else " " for x in node["c"][2] if x["t"] in ("Str", "Space", "SoftBreak"))


def _counts_part(text: str) -> bool:
    found = marker(text)
    return found is not None and found.rank is Rank.PART


class _Builder:
    """Puts parts and chapters together; notes belong to the chapter in which they stand, or that follows."""

    def __init__(self, reader: TreeReader, file: str) -> None:
        self._reader = reader
        self._file = file
        self._chapter: _Draft | None = None
        self._part: tuple[Inlines, list[Block], list[Part | Chapter]] | None = None
        self.contents: list[Part | Chapter] = []

    def begin_part(self, node: Node) -> None:
        self.finish()
        self._part = (self._heading(node), [], [])

    def begin_chapter(self, node: Node, level: int) -> None:
        self._end_chapter()
        self._chapter = _Draft(level, self._heading(node))

    def begin_section(self, node: Node, level: int) -> None:
        if self._chapter is None:
            self._chapter = _Draft(0, ())
        title = self._heading(node)
        self._chapter.place(level).sections.append(_Draft(level, title))

    def _heading(self, node: Node) -> Inlines:
        with self._reader.ledger.reading(Fate.HEADING):
            return self._reader.heading(node["c"])

    def add(self, node: Node) -> None:
        blocks = self._reader.block(node)
        if self._chapter is None and self._part is not None:
            self._part[1].extend(blocks)
        elif blocks:
            self._chapter = self._chapter or _Draft(0, ())
            self._chapter.last.blocks += blocks

    def finish(self) -> None:
        """Ends the chapter and the part at hand; a part without chapters is a chapter."""
        self._end_chapter()
        if self._part is None:
            return
        title, blocks, chapters = self._part
        self._part = None
        if chapters:
            self.contents.append(Part(title, tuple(chapters), "", tuple(blocks)))
        else:
            self.contents.append(Chapter(title, tuple(blocks), (), self._notes(), file=self._file))

    def _end_chapter(self) -> None:
        draft, self._chapter = self._chapter, None
        if draft is None:
            return
        word = plain(draft.title).casefold().strip(" .:")
        kind: ChapterKind = KINDS.get(word, "chapter")
        chapter = Chapter(draft.title, tuple(draft.blocks), draft.finished(), self._notes(), "", kind, self._file)
        (self.contents if self._part is None else self._part[2]).append(chapter)

    def _notes(self) -> tuple[Note, ...]:
        notes = tuple(self._reader.notes)
        self._reader.notes.clear()
        return notes
