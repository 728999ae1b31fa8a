# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines of a plain-text edition -> parts, chapters, sections and notes as lines: its headings make a tree.

Notes are named before any line is read for its inlines, because only what names a note is a call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from publisher.document import Apparatus, ChapterKind
from publisher.ledger import Fate
from publisher.readers.plaintext import form
from publisher.readers.plaintext.form import END, Shape, ruled, shape
from publisher.readers.plaintext.lines import Line, Page

# What opens something, or closes it.
_STRUCTURE = frozenset({"rule", "end of part", "part", "apparatus", "chapter", "section"})
# No text has more ranks of parts or of sections.
DEEPEST = 60


class Head(Struct):
    """The lines of a heading, and those right below it, which are its subtitles."""

    lines: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    kind: ChapterKind | None = None


class SectionLines(Struct):
    head: Head
    rank: int
    lines: list[Line] = field(default_factory=list)
    sections: list[SectionLines] = field(default_factory=list)


class NotesLines(Struct):
    apparatus: Apparatus
    lines: list[Line] = field(default_factory=list)


class ChapterLines(Struct):
    head: Head
    lines: list[Line] = field(default_factory=list)
    sections: list[SectionLines] = field(default_factory=list)
    notes: list[NotesLines] = field(default_factory=list)


class PartLines(Struct):
    head: Head
    rank: int
    lines: list[Line] = field(default_factory=list)
    contents: list[PartLines | ChapterLines] = field(default_factory=list)

    @property
    def first(self) -> ChapterLines | None:
        """The chapter whose notes are called here."""
        return first(self.contents)


class BookLines(Struct):
    head: Head
    header: list[Line]
    contents: list[PartLines | ChapterLines] = field(default_factory=list)
    end: list[Line] = field(default_factory=list)


def first(contents: Sequence[PartLines | ChapterLines]) -> ChapterLines | None:
    """The first chapter of some parts and chapters."""
    found = (item if isinstance(item, ChapterLines) else item.first for item in contents)
    return next((chapter for chapter in found if chapter), None)


class Stretch(Struct, frozen=True):
    """Lines between two headings, with the heading above them."""

    shape: Shape
    heading: list[Line]
    lines: list[Line]


def read(page: Page, lines: Sequence[Line]) -> BookLines:
    """The tree of a file's lines, its header aside."""
    builder = _Builder(page)
    for stretch in _stretches(page, lines):
        builder.add(stretch)
    return builder.book


def _stretches(page: Page, lines: Sequence[Line]) -> Iterator[Stretch]:
    """The headings at the margin, each with what stands below it; first what stands above them all."""
    above: tuple[Shape, list[Line]] = ("paragraph", [])
    at = start = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].text and lines[end].indent <= 1:
            end += 1
        found = shape([line.text for line in lines[at:end]]) if end > at else "paragraph"
        if found in _STRUCTURE:
            yield Stretch(*above, list(lines[start:at]))
            above, start = (found, list(lines[at:end])), end
        if found == "apparatus" and _title(lines[at:end]) == END:
            break
        at = max(end, at + 1)
    else:
        hint = f"Compare the end of the file with its source; the last lines begin with {END!r}."
        page.report("R105", "the file has no end: perhaps it was cut off", lines[-1], hint)
    yield Stretch(*above, list(lines[start:]))


def _title(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines[1:-1])


class _Builder:
    """Puts stretches where their headings say; `sink` takes the lines."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.book = BookLines(Head(), [])
        self.parts: list[PartLines] = []
        self.chapter: ChapterLines | None = None
        self.sections: list[SectionLines] = []
        self.has_title = False

    def add(self, stretch: Stretch) -> None:
        match stretch.shape:
            case "paragraph":
                self.book.header = stretch.lines
            case "part" if not self.has_title:
                self.book.head, self.has_title = self._head(stretch), True
                self._loose(stretch.lines)
            case "part":
                self._part(stretch)
            case "end of part":
                self.page.mark_all(stretch.heading, Fate.MARKUP)
                self.chapter, self.parts = None, self.parts[:-1]
                self._loose(stretch.lines)
            case "chapter" | "rule":
                self._begin(self._head(stretch)).lines = stretch.lines
            case "section":
                self._section(stretch)
            case _:
                self._apparatus(stretch)

    def _contents(self) -> list[PartLines | ChapterLines]:
        return self.parts[-1].contents if self.parts else self.book.contents

    def _begin(self, head: Head) -> ChapterLines:
        self.chapter, self.sections = ChapterLines(head), []
        self._contents().append(self.chapter)
        return self.chapter

    def _loose(self, lines: list[Line]) -> None:
        """Lines with no heading of their own are a chapter, if there are any."""
        if any(line.text for line in lines):
            self._begin(Head()).lines = lines

    def _part(self, stretch: Stretch) -> None:
        head = self._head(stretch)
        _, group = ruled(stretch.heading[0].text) or ("", 0)
        rank = min(form.part_rank(group), DEEPEST)
        while self.parts and self.parts[-1].rank >= rank:
            self.parts.pop()
        part = PartLines(head, rank, stretch.lines)
        self._contents().append(part)
        self.parts.append(part)
        self.chapter = None

    def _section(self, stretch: Stretch) -> None:
        head = self._head(stretch)
        sign, group = next(found for line in stretch.heading[1:] if (found := ruled(line.text)))
        section = SectionLines(head, min(form.section_rank(sign, group), DEEPEST), stretch.lines)
        chapter = self.chapter or self._begin(Head())
        while self.sections and self.sections[-1].rank >= section.rank:
            self.sections.pop()
        (self.sections[-1].sections if self.sections else chapter.sections).append(section)
        self.sections.append(section)

    def _apparatus(self, stretch: Stretch) -> None:
        title = _title(stretch.heading)
        if title == END:
            self.book.end = [*stretch.heading, *stretch.lines]
            return
        self.page.mark_all(stretch.heading, Fate.MARKUP)
        chapter = self.chapter or self._begin(Head())
        chapter.notes.append(NotesLines("variants" if title == form.APPARATUS["variants"] else "notes", stretch.lines))

    def _head(self, stretch: Stretch) -> Head:
        """The lines of a heading without those above and below it, then the lines that follow at once."""
        lines = stretch.heading
        over = stretch.shape in ("part", "rule")
        rule = ruled(lines[0].text) if stretch.shape == "part" else None
        end = next(
            (i for i, line in enumerate(lines[1:], 1) if ruled(line.text) and rule in (None, ruled(line.text))), 0
        )
        if over:
            self.page.mark(lines[0], Fate.MARKUP)
        if stretch.shape == "rule":
            end = 0
        self.page.mark(lines[end], Fate.MARKUP)
        below = lines[end + 1 :]
        kind = form.KINDS.get(below[0].text) if below and stretch.shape in ("chapter", "rule") else None
        if kind:
            self.page.mark(below.pop(0), Fate.MARKUP)
        return Head(lines[over:end], below, kind)
