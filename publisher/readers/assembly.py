# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages taken apart and a plan of parts and chapters -> Book: notes find their calls, lines become inlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

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
from publisher.readers.blocks import Builder
from publisher.readers.calls import Call, is_plausible, match_runs, resolve
from publisher.readers.front import without_glossary
from publisher.readers.headings import Heading
from publisher.readers.lines import Line
from publisher.readers.notes import Body
from publisher.readers.outline import Node
from publisher.readers.page import Scope, join, trimmed

Place = tuple[str, int]


@dataclass(slots=True)
class PartPlan:
    """A part to be: the lines of its count and title, and the nodes that become its chapters."""

    number: tuple[Line, ...]
    title: tuple[Line, ...]
    chapters: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """A book to be: title lines, and parts and chapters in order."""

    title: tuple[Line, ...]
    subtitle: tuple[Line, ...]
    items: list[PartPlan | Node]
    wrapped: bool
    header: tuple[Line, ...] = ()


class Assembly:
    """Builds the book of a plan. Calls and bodies of all scopes are resolved first; then chapters take their notes."""

    def __init__(self, plan: Plan, scopes: Sequence[Scope], shared: Sequence[Body] = ()) -> None:
        self._plan = plan
        self._bodies = [*(body for scope in scopes for body in scope.bodies), *shared]
        self._calls = _resolve_all(scopes, shared)
        self.problems: list[Problem] = []
        self._builder = Builder(self.inlines, wrapped=plan.wrapped)
        self._chapter = 0
        self._homes: dict[int, tuple[int, int]] = {}
        self._by_place: dict[Place, list[Call]] = {}
        for call in self._calls:
            self._by_place.setdefault((call.line.file, call.line.number), []).append(call)

    def book(self) -> Book:
        chapters = list(_chapters(self._plan.items))
        self._give_homes(chapters)
        self._chapter = 0
        title, subtitle = self._lines(self._plan.title), self._subtitle(self._plan.subtitle)
        contents: list[Part | Chapter] = []
        index = 0
        for item in self._plan.items:
            if isinstance(item, PartPlan):
                made = []
                for node in item.chapters:
                    made.append(self._chapter_of(node, index))
                    index += 1
                contents.append(Part(self._lines(item.title), tuple(made), join(item.number)))
            else:
                contents.append(self._chapter_of(item, index))
                index += 1
        self._report()
        return Book(title, subtitle, tuple(contents), self._header_calls())

    def _header_calls(self) -> tuple[int, ...]:
        header = {(line.file, line.number) for line in self._plan.header}
        homes = [
            self._homes[c.body] for c in self._calls if c.body is not None and (c.line.file, c.line.number) in header
        ]
        return tuple(index for chapter, index in homes if chapter == 0)

    def _give_homes(self, chapters: Sequence[Node]) -> None:
        """Each body goes to the chapter of its first call; one that is never called to the last chapter before it."""
        places = self._places = {(x.file, x.number): i for i, node in enumerate(chapters) for x in _lines_of(node)}
        homes: dict[int, int] = {}
        inside = {
            (line.file, line.number): i
            for i, body in enumerate(self._bodies)
            for chunk in body.chunks
            for line in chunk.lines
        }
        for call in self._calls:
            place = (call.line.file, call.line.number)
            if call.body is not None and place not in inside:
                homes.setdefault(call.body, places.get(place, 0))
        for call in self._calls:
            place = (call.line.file, call.line.number)
            if call.body is not None and place in inside and inside[place] in homes:
                homes.setdefault(call.body, homes[inside[place]])
        self._called = frozenset(homes)
        for i, body in enumerate(self._bodies):
            if i not in homes:
                homes[i] = _chapter_before(body.chunks[0].first, places, homes.get(i - 1, 0))
        counts = [0] * max(1, len(chapters))
        for i in range(len(self._bodies)):
            self._homes[i] = (homes[i], counts[homes[i]])
            counts[homes[i]] += 1

    def inlines(self, line: Line) -> Inlines:
        """A line's inlines, its note calls in place; a space before a call is not kept."""
        result: list[Inline] = []
        at = 0
        for start, end, inline in self._marks(line):
            before = line.text[at:start]
            if inline is not None and not (result and not before):
                before = before.rstrip() if at or before.strip() else before
            if before:
                result.append(Text(before))
            if inline is not None:
                result.append(inline)
            at = end
        if line.text[at:]:
            result.append(Text(line.text[at:]))
        return tuple(result)

    def _marks(self, line: Line) -> Iterator[tuple[int, int, Inline | None]]:
        for call in self._by_place.get((line.file, line.number), ()):
            # The line may be a part of the one that the call was found in: a table cell, a note without its label.
            start = call.start + call.line.indent - line.indent
            end = call.end + call.line.indent - line.indent
            if call.body is None or start < 0 or end > len(line.text):
                continue
            chapter, index = self._homes[call.body]
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
            file=next((line.file for line in _lines_of(node)), ""),
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
        return tuple(
            Note(body.label, self._builder.blocks(trimmed(body)), i in self._called)
            for i, body in enumerate(self._bodies)
            if self._homes[i][0] == chapter
        )

    def _report(self) -> None:
        """Calls without a body, bodies without a call."""
        for call in self._calls:
            mark = call.line.text[call.start : call.end].strip()
            if call.body is None:
                hint = "the call is printed as text; add the note's text, or accept the finding in book.toml"
                message = f"note {mark} is called but never given"
                self.problems.append(Problem("N001", message, call.line.at(call.start), hint))
            elif self._homes[call.body][0] != self._places.get(
                (call.line.file, call.line.number), self._homes[call.body][0]
            ):
                message = f"note {mark} of another chapter is called here; the call is printed as text"
                self.problems.append(Problem("N004", message, call.line.at(call.start)))
        for i, body in enumerate(self._bodies):
            if i not in self._called:
                line = body.chunks[0].first
                mark = line.text[: body.start].strip() or body.label
                hint = "the note is printed among the notes, marked as not called"
                self.problems.append(Problem("N002", f"note {mark} is given but never called", line.at(), hint))
        self.problems += self._builder.problems


def _resolve_all(scopes: Sequence[Scope], shared: Sequence[Body]) -> list[Call]:
    """The calls of all scopes, their bodies counted through; `shared` bodies are for calls left open by their scope."""
    result: list[Call] = []
    offset = 0
    for scope in scopes:
        result += [_moved(call, offset) for call in resolve(scope.lines, scope.bodies)]
        offset += len(scope.bodies)
    result = _across(result, scopes)
    if shared:
        found = match_runs([call for call in result if call.body is None], shared)
        if not any(call.body is not None for call in found):
            found = resolve([line for scope in scopes for line in scope.lines], shared)
        result = [call for call in result if call.body is not None] + [_moved(call, offset) for call in found]
    order = {(line.file, line.number): i for i, line in enumerate(line for scope in scopes for line in scope.lines)}
    kept = [call for call in result if call.body is not None or is_plausible(call)]
    return sorted(kept, key=lambda call: (order[call.line.file, call.line.number], call.start))


def _across(calls: list[Call], scopes: Sequence[Scope]) -> list[Call]:
    """Calls without a body in their scope look for one in the others: a table's own footnote divides a text."""
    bodies = [body for scope in scopes for body in scope.bodies]
    taken = {call.body for call in calls}
    free = [i for i in range(len(bodies)) if i not in taken]
    if len(scopes) < 2 or not free:
        return calls
    kept = [call for call in calls if call.body is not None]
    places = {(call.line, call.start) for call in kept}
    found = resolve([line for scope in scopes for line in scope.lines], [bodies[i] for i in free])
    more = [call for call in found if (call.line, call.start) not in places]
    return kept + [call if call.body is None else replace(call, body=free[call.body]) for call in more]


def _moved(call: Call, offset: int) -> Call:
    return call if call.body is None else replace(call, body=call.body + offset)


def _chapters(items: Iterable[PartPlan | Node]) -> Iterator[Node]:
    for item in items:
        if isinstance(item, PartPlan):
            yield from item.chapters
        else:
            yield item


def _lines_of(node: Node) -> Iterator[Line]:
    if node.heading:
        yield from (*node.heading.number, *node.heading.title, *node.heading.subtitle)
    for chunk in node.chunks:
        yield from chunk.lines
    for inner in node.nodes:
        yield from _lines_of(inner)


def _chapter_before(line: Line, places: dict[Place, int], default: int) -> int:
    before = [(number, i) for (file, number), i in places.items() if file == line.file and number < line.number]
    return max(before)[1] if before else default


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
    words = heading.word.split() if heading else []
    return next((_KINDS[word] for word in reversed(words) if word in _KINDS), "chapter")
