# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages taken apart and a plan of parts and chapters -> Book: notes find their calls, lines become inlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher.document import (
    Block,
    Book,
    Chapter,
    ChapterKind,
    Inline,
    Inlines,
    LineBreak,
    Note,
    NoteCall,
    Part,
    Section,
    Subtitle,
    Text,
)
from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.blocks import Builder
from publisher.readers.calls import Call
from publisher.readers.front import without_glossary
from publisher.readers.headings import Heading
from publisher.readers.lines import Line
from publisher.readers.notes import Body
from publisher.readers.outline import Node
from publisher.readers.page import Mark, join
from publisher.readers.plan import PartPlan, Plan, lines_of
from publisher.readers.resolution import Place, Resolution, place, resolution
from publisher.readers.scopes import Scope, trimmed


class Assembled(Struct, frozen=True):
    """The book of a plan, the stretches of lines that are no words of it, and what is wrong with notes and tables."""

    book: Book
    marks: dict[Place, list[Mark]]
    problems: list[Problem]


def assemble(plan: Plan, scopes: Sequence[Scope], shared: Sequence[Body]) -> Assembled:
    """Makes a book of a plan."""
    assembly = _Assembly(plan, resolution(plan, scopes, shared))
    return Assembled(assembly.book(), assembly.marks, assembly.problems)


class _Assembly:
    """Builds a book chapter by chapter; a line's note calls are links only in the chapter that its notes belong to."""

    def __init__(self, plan: Plan, resolved: Resolution) -> None:
        self._plan = plan
        self._resolved = resolved
        self._builder = Builder(self.inlines, wrapped=plan.wrapped)
        self._chapter = 0
        self._calls: dict[Place, list[Call]] = {}
        for call in resolved.calls:
            self._calls.setdefault(place(call.line), []).append(call)
        self.marks: dict[Place, list[Mark]] = {}
        self.problems: list[Problem] = []

    def book(self) -> Book:
        title, subtitle = self._lines(self._plan.title), self._subtitle(self._plan.subtitle)
        made = [self._chapter_of(node, i) for i, node in enumerate(self._plan.chapters)]
        contents: list[Part | Chapter] = []
        for item in self._plan.items:
            if isinstance(item, PartPlan):
                count = len(item.chapters)
                contents.append(Part(self._lines(item.title), tuple(made[:count]), join(item.number)))
            else:
                count = 1
                contents.append(made[0])
            del made[:count]
        self._report()
        return Book(title, subtitle, tuple(contents), self._header_calls())

    def _header_calls(self) -> tuple[int, ...]:
        header = set(map(place, self._plan.header))
        homes = [
            self._resolved.homes[call.body]
            for call in self._resolved.calls
            if call.body is not None and place(call.line) in header
        ]
        return tuple(index for chapter, index in homes if chapter == 0)

    def inlines(self, line: Line) -> Inlines:
        """A line's inlines, its note calls in place; a space before a call is not kept."""
        result: list[Inline] = []
        at = 0
        for start, end, inline in self._marks(line):
            before = line.text[at:start]
            if inline is not None and not (result and not before):
                before = before.rstrip() if at or before.strip() else before
            self._mark(line, at + len(before), end, Fate.CALL)
            if before:
                result.append(Text(before))
            if inline is not None:
                result.append(inline)
            at = end
        if line.text[at:]:
            result.append(Text(line.text[at:]))
        return tuple(result)

    def _mark(self, line: Line, start: int, end: int, fate: Fate, reason: str = "") -> None:
        """Notes that these characters of a line are no words of the book."""
        self.marks.setdefault(place(line), []).append(Mark(line.indent + start, line.indent + end, fate, reason))

    def _marks(self, line: Line) -> Iterator[tuple[int, int, Inline | None]]:
        for call in self._calls.get(place(line), ()):
            # The line may be a part of the one that the call was found in: a table cell, a note without its label.
            start = call.start + call.line.indent - line.indent
            end = call.end + call.line.indent - line.indent
            if call.body is None or start < 0 or end > len(line.text):
                continue
            chapter, index = self._resolved.homes[call.body]
            if chapter == self._chapter:
                yield start, end, NoteCall(index)

    def _lines(self, lines: Sequence[Line]) -> Inlines:
        """Title lines joined to one run."""
        result: list[Inline] = []
        for line in lines:
            inlines = self._title_line(line)
            if result and not (_ends_with_hyphen(result[-1]) and line.text[:1].isupper()):
                result.append(Text(" "))
            result += inlines
        return tuple(result)

    def _title_line(self, line: Line) -> Inlines:
        spans = without_glossary(line)
        if not spans:
            return self.inlines(line)
        start, end = spans[0]
        words = line.text[start:end].strip()
        self.problems.append(
            Problem("T006", f'"{words}" is a link of the page and no part of the title', line.at(start))
        )
        self._mark(line, start, end, Fate.NAVIGATION, "link of the page")
        return self.inlines(Line(line.file, line.number, line.text[:start] + line.text[end:], line.indent))

    def _subtitle(self, lines: Sequence[Line]) -> Inlines:
        result: list[Inline] = []
        for line in lines:
            result += [LineBreak()] if result else []
            result += self._title_line(line)
        return tuple(result)

    def _chapter_of(self, node: Node, index: int) -> Chapter:
        self._chapter = index
        heading = node.heading
        blocks = self._blocks(node)
        sections = tuple(map(self._section, node.nodes))
        return Chapter(
            title=self._lines(heading.title) if heading else (),
            blocks=blocks,
            sections=sections,
            notes=self._notes(index),
            number=join(heading.number) if heading else "",
            kind=_kind(heading),
            file=next((line.file for line in lines_of(node)), ""),
        )

    def _section(self, node: Node) -> Section:
        heading = node.heading
        title = self._lines((*heading.number, *heading.title)) if heading else ()
        return Section(title, self._blocks(node), tuple(map(self._section, node.nodes)))

    def _blocks(self, node: Node) -> tuple[Block, ...]:
        before: tuple[Block, ...] = ()
        if node.heading and node.heading.subtitle:
            before = (Subtitle(self._subtitle(node.heading.subtitle)),)
        return before + self._builder.blocks(node.chunks, opens=True, closes=True)

    def _notes(self, chapter: int) -> tuple[Note, ...]:
        for i, body in enumerate(self._resolved.bodies):
            if self._resolved.homes[i][0] == chapter and body.start:
                self._mark(body.chunks[0].first, 0, body.start, Fate.CALL)
        return tuple(
            Note(body.label, self._builder.blocks(trimmed(body)), i in self._resolved.called)
            for i, body in enumerate(self._resolved.bodies)
            if self._resolved.homes[i][0] == chapter
        )

    def _report(self) -> None:
        """Calls without a body or with one in another chapter, bodies without a call."""
        self.problems += filter(None, map(self._open_call, self._resolved.calls))
        for i, body in enumerate(self._resolved.bodies):
            if i not in self._resolved.called:
                line = body.chunks[0].first
                mark = line.text[: body.start].strip() or body.label
                hint = "The note is printed among the notes, marked as not called."
                self.problems.append(Problem("N002", f"note {mark} is given but never called", line.at(), hint))
        self.problems += self._builder.problems

    def _open_call(self, call: Call) -> Problem | None:
        mark = call.line.text[call.start : call.end].strip()
        if call.body is None:
            hint = "The call is printed as text. Add the note's text, or accept the finding in the settings."
            return Problem("N001", f"note {mark} is called but never given", call.line.at(call.start), hint)
        home = self._resolved.homes[call.body][0]
        if self._resolved.chapters.get(place(call.line), home) != home:
            message = f"note {mark} of another chapter is called here; the call is printed as text"
            return Problem("N004", message, call.line.at(call.start))
        return None


def _ends_with_hyphen(inline: Inline) -> bool:
    return isinstance(inline, Text) and inline.text.endswith("-")


_KINDS: dict[str, ChapterKind] = {
    **dict.fromkeys(("preface", "prefatory", "vorwort", "vorrede", "préface", "avant-propos"), "preface"),
    **dict.fromkeys(("prefazione", "prefacio", "prólogo", "предисловие"), "preface"),
    "foreword": "foreword",
    **dict.fromkeys(("introduction", "introductory", "einleitung", "introduzione"), "introduction"),
    **dict.fromkeys(("introducción", "введение"), "introduction"),
    **dict.fromkeys(("afterword", "postscript", "nachwort", "postface", "послесловие"), "afterword"),
    **dict.fromkeys(("appendix", "appendices", "addendum", "anhang", "annexe", "appendice"), "appendix"),
    **dict.fromkeys(("apéndice", "anexo", "приложение"), "appendix"),
}


def _kind(heading: Heading | None) -> ChapterKind:
    return kind_of(heading.word) if heading else "chapter"


def kind_of(word: str) -> ChapterKind:
    """What a chapter is whose heading begins with a marker's word: "author's preface"."""
    return next((_KINDS[part] for part in reversed(word.split()) if part in _KINDS), "chapter")
