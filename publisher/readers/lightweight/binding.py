# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan -> the book: each note goes to the chapter that calls it first, and is set among that chapter's notes."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from publisher.document import Anchor, Block, Book, Chapter, Inline, Inlines, LineBreak, Note, Part, Section, Subtitle
from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.crossings import opened
from publisher.readers.lightweight import crossings
from publisher.readers.lightweight.blocks import Setter
from publisher.readers.lightweight.elements import Element, Node, elements, leaves, words
from publisher.readers.lightweight.plan import ChapterPlan, ItemPlan, PartPlan, Plan, SectionPlan, Stretch
from publisher.readers.lightweight.scribe import NoteKey, Scribe, Shared, note_key
from publisher.readers.lightweight.sheet import Sheet

_MARK = re.compile(r"\d{1,4}[a-z]?|[a-z]|[*†‡§¶#]{1,6}|\d{1,3}\*+|\{\d{1,5}\}")
BODY = "footnote_reference"
_NOWHERE = -1


class Apparatus(Struct):
    """The notes of one chapter, in the order of their calls."""

    indices: dict[NoteKey, int] = field(default_factory=dict)
    bodies: list[tuple[Sheet, Element, bool]] = field(default_factory=list)

    def add(self, sheet: Sheet, body: Element, *, called: bool) -> None:
        if called:
            self.indices[note_key(sheet, body)] = len(self.bodies)
        self.bodies.append((sheet, body, called))


def bind(plan: Plan, shared: Shared) -> Book:
    """The book of a plan; what is wrong with its notes is reported to `shared`."""
    return _Binding(plan, shared).book()


class _Binding:
    def __init__(self, plan: Plan, shared: Shared) -> None:
        self._plan = plan
        self._shared = shared
        self._notes = _Notes(_texts(plan), shared).apparatuses()
        self._next = 0
        # The files that have begun, and how often an id was given in each.
        self._opened: set[str] = set()
        self._ids: Counter[str] = Counter()

    def book(self) -> Book:
        title, subtitle = self._lines(self._plan.titles), self._lines(self._plan.subtitles)
        return Book(title, subtitle, tuple(self._item(item) for item in self._plan.items))

    def _scribe(self, sheet: Sheet) -> Scribe:
        return Scribe(sheet, self._shared, self._notes[self._next].indices)

    def _lines(self, stretches: Sequence[Stretch]) -> Inlines:
        result: list[Inline] = []
        for stretch in stretches:
            if result:
                result.append(LineBreak())
            result += self._scribe(stretch.sheet).run(stretch.nodes, Fate.TITLE)
        return tuple(result)

    def _title(self, stretch: Stretch | None) -> Inlines:
        if stretch is None:
            return ()
        return self._headed(stretch.nodes, self._scribe(stretch.sheet))

    def _headed(self, nodes: Sequence[Node], scribe: Scribe) -> Inlines:
        """A heading, with the anchor that links to it lead to."""
        title = scribe.run(nodes, Fate.HEADING)
        id_ = crossings.name(scribe.sheet.file, crossings.slug(words(nodes)))
        self._ids[id_] += 1
        count = self._ids[id_] - 1
        return (Anchor(f"{id_}-{count}" if count else id_), *title) if title else ()

    def _opening(self, file: str) -> Inlines:
        """The anchor of a file, where it begins."""
        if file in self._opened:
            return ()
        self._opened.add(file)
        return (Anchor(crossings.name(file)),)

    def _item(self, item: ItemPlan) -> Part | Chapter:
        if isinstance(item, ChapterPlan):
            return self._chapter(item)
        title = (*self._opening(item.title.sheet.file), *self._title(item.title))
        blocks = Setter(self._scribe(item.nodes.sheet)).blocks(item.nodes.nodes) if item.nodes else ()
        contents = tuple(self._item(inner) for inner in item.contents)
        return Part(title, contents, blocks=blocks, file=item.title.sheet.file)

    def _chapter(self, chapter: ChapterPlan) -> Chapter:
        scribe = self._scribe(chapter.sheet)
        here, title = self._opening(chapter.sheet.file), self._title(chapter.title)
        subtitle = scribe.run(chapter.subtitle, Fate.BODY)
        blocks: tuple[Block, ...] = (Subtitle(subtitle),) if subtitle else ()
        blocks += Setter(scribe).blocks(chapter.nodes)
        title, blocks = opened(here, title, blocks)
        sections = tuple(self._section(section, scribe) for section in chapter.sections)
        notes = tuple(self._each_note())
        self._next += 1
        return Chapter(title, blocks, sections, notes, kind=chapter.kind, file=chapter.sheet.file)

    def _section(self, section: SectionPlan, scribe: Scribe) -> Section:
        title = self._headed(section.title, scribe)
        blocks = Setter(scribe).blocks(section.nodes)
        return Section(title, blocks, tuple(self._section(inner, scribe) for inner in section.sections))

    def _each_note(self) -> Iterator[Note]:
        """Notes with labels for machines ("fn-origin") are counted, like those that stand in their place."""
        bodies = self._notes[self._next].bodies
        labels = [body.attributes.get("mark", body.attributes.get("label", "")) for _, body, _ in bodies]
        counted = not all(map(_MARK.fullmatch, labels))
        for number, ((sheet, body, called), label) in enumerate(zip(bodies, labels, strict=True), 1):
            setter = Setter(self._scribe(sheet))
            setter.scribe.apart = True
            yield Note(str(number) if counted else label, setter.blocks(body.children, Fate.NOTE), called)


def _texts(plan: Plan) -> list[list[Stretch]]:
    """The stretches of each chapter, with the titles that stand above it."""
    found = [[*plan.titles, *plan.subtitles]]
    for stretch in _sequence(plan.items):
        if stretch is None:
            found.append([])
        else:
            found[-1].append(stretch)
    return found[:-1]


def _sequence(items: Sequence[ItemPlan]) -> Iterator[Stretch | None]:
    """All stretches in reading order, and None at the end of each chapter."""
    for item in items:
        if isinstance(item, PartPlan):
            yield item.title
            if item.nodes:
                yield item.nodes
            yield from _sequence(item.contents)
            continue
        if item.title:
            yield item.title
        for nodes in (item.subtitle, item.nodes, *_section_nodes(item.sections)):
            yield Stretch(item.sheet, nodes)
        yield None


def _section_nodes(sections: Sequence[SectionPlan]) -> Iterator[Sequence[Node]]:
    for section in sections:
        yield section.title
        yield section.nodes
        yield from _section_nodes(section.sections)


class _Notes:
    """Finds for each note the chapter that it belongs to."""

    def __init__(self, texts: Sequence[Sequence[Stretch]], shared: Shared) -> None:
        self._texts = texts
        self._shared = shared
        self._bodies: dict[NoteKey, tuple[Sheet, Element]] = {}
        self._homes: dict[int, int] = {}
        for stretches in texts:
            for sheet, body in _bodies(stretches):
                self._bodies.setdefault(note_key(sheet, body), (sheet, body))

    def apparatuses(self) -> list[Apparatus]:
        found = [Apparatus() for _ in self._texts]
        for number, stretches in enumerate(self._texts):
            self._collect(number, stretches, found[number])
        for number, stretches in enumerate(self._texts):
            for sheet, body in _bodies(stretches):
                if id(body) not in self._homes:
                    self._add_uncalled(number, Stretch(sheet, [body]), found[number])
                self._mark(sheet, body)
        return found

    def _add_uncalled(self, number: int, stretch: Stretch, apparatus: Apparatus) -> None:
        """A body that nothing calls, or only itself, and what it calls."""
        for body in elements(stretch.nodes[:1]):
            apparatus.add(stretch.sheet, body, called=False)
            self._homes[id(body)] = _NOWHERE
            self._report("N002", f"[{body.attributes['label']}] is called nowhere", stretch.sheet, body)
            self._collect(number, [Stretch(stretch.sheet, body.children)], apparatus, inside=True)
            return

    def _collect(
        self, number: int, stretches: Sequence[Stretch], apparatus: Apparatus, *, inside: bool = False
    ) -> None:
        """The notes that a chapter calls, and behind them those that its notes call.

        A note in its place amid another note is none: its words stay where they are.
        """
        waiting = deque((stretch, inside) for stretch in stretches)
        while waiting:
            stretch, in_note = waiting.popleft()
            for element in _outside_bodies(stretch.nodes):
                if element.name == "note" and not in_note:
                    apparatus.add(stretch.sheet, element, called=True)
                elif element.name == "call" and (body := self._called(number, stretch.sheet, element)):
                    key = note_key(stretch.sheet, element)
                    if key not in apparatus.indices:
                        apparatus.add(stretch.sheet, body, called=True)
                        waiting.append((Stretch(stretch.sheet, body.children), True))

    def _called(self, number: int, sheet: Sheet, call: Element) -> Element | None:
        """The body that a call means, if it belongs to this chapter."""
        label = call.attributes["label"]
        _, body = self._bodies.get(note_key(sheet, call), (sheet, None))
        if body is None:
            self._report("N001", f"[{label}] has no note", sheet, call)
            return None
        home = self._homes.setdefault(id(body), number)
        if home not in {number, _NOWHERE}:
            self._report("N004", f"[{label}] is a note of another chapter", sheet, call)
        return body if home == number else None

    def _report(self, code: str, message: str, sheet: Sheet, element: Element) -> None:
        self._shared.problems.append(Problem(code, message, sheet.at(element.start)))

    def _mark(self, sheet: Sheet, body: Element) -> None:
        """Enters the label before a note's body."""
        first = next((leaf.start for leaf in leaves(body.children) if leaf.end > leaf.start), len(sheet.text))
        mark = body.attributes.get("shown", f"[^{body.attributes['label']}]")
        start = sheet.text.find(mark, body.start, first)
        if start >= 0:
            sheet.write(start, start + len(mark), Fate.CALL)


def _bodies(stretches: Sequence[Stretch]) -> Iterator[tuple[Sheet, Element]]:
    for stretch in stretches:
        for element in elements(stretch.nodes):
            if element.name == BODY:
                yield stretch.sheet, element


def _outside_bodies(nodes: Sequence[Node]) -> Iterator[Element]:
    """Elements that do not stand in a note's body."""
    for node in nodes:
        if isinstance(node, Element) and node.name != BODY:
            yield node
            yield from _outside_bodies(node.children)
