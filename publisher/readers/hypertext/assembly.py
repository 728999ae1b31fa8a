# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan of parts and chapters and the notes -> Book: each note finds its chapter and its calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from publisher.document import (
    Anchor,
    Block,
    Book,
    Byline,
    Chapter,
    ChapterKind,
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
from publisher.ledger import LEFT_OUT, Fate
from publisher.readers.assembly import kind_of
from publisher.readers.crossings import opened, settled
from publisher.readers.hypertext import crossings
from publisher.readers.hypertext.blocks import Builder
from publisher.readers.hypertext.inlines import Inliner
from publisher.readers.hypertext.links import Places
from publisher.readers.hypertext.model import Body, Box, Stretch, whole
from publisher.readers.hypertext.outline import Node


class PartPlan(Struct):
    """A part to be."""

    number: list[Stretch]
    title: list[Stretch]
    chapters: list[Node] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    below: list[Box] = field(default_factory=list)


class Plan(Struct):
    """Parts and chapters in order, the title's lines, and the header's boxes."""

    title: list[Stretch] = field(default_factory=list)
    subtitle: list[Stretch] = field(default_factory=list)
    items: list[PartPlan | Node] = field(default_factory=list)
    header: list[Box] = field(default_factory=list)
    called: str = ""
    """The title, where no line of a page is it."""

    @property
    def chapters(self) -> Iterator[Node]:
        for item in self.items:
            yield from item.chapters if isinstance(item, PartPlan) else (item,)


def assemble(
    plan: Plan, bodies: Sequence[Body], boxes: Sequence[Box], inliner: Inliner, places: Places
) -> tuple[Book, list[Problem]]:
    """The book of a plan, and what is wrong with its notes. `boxes` are those of all pages in their order."""
    chapters = _chapters_of_boxes(plan)
    problems = _settle(bodies, boxes, chapters)
    printed = chapters.keys() | {id(box) for body in bodies for box in body.boxes}
    crossings.mark(boxes, places, printed, _opening_boxes(plan))
    book = _Assembly(plan, bodies, Builder(inliner, inliner.language), inliner).book()
    return settled(book), problems


def _opening_boxes(plan: Plan) -> dict[str, Box]:
    """The box with which the text of each file begins."""
    found: dict[str, Box] = {}
    for item in plan.items:
        if isinstance(item, PartPlan):
            for row in (*item.number, *item.title):
                found.setdefault(row.box.file, row.box)
        for node in item.chapters if isinstance(item, PartPlan) else (item,):
            for box in boxes_of(node):
                found.setdefault(box.file, box)
    return found


def boxes_of(node: Node) -> Iterator[Box]:
    """All boxes of a node, its heading's first."""
    seen: set[int] = set()
    for row in (*node.number, *node.title):
        if id(row.box) not in seen:
            seen.add(id(row.box))
            yield row.box
    yield from node.below
    yield from node.boxes
    for inner in node.nodes:
        yield from boxes_of(inner)


def _chapters_of_boxes(plan: Plan) -> dict[int, int]:
    """The chapter of each box that is printed, by the box's identity."""
    found: dict[int, int] = {}
    count = 0
    for item in plan.items:
        if isinstance(item, PartPlan):
            for box in (*(row.box for row in (*item.number, *item.title)), *item.below, *item.boxes):
                found[id(box)] = count
        for node in item.chapters if isinstance(item, PartPlan) else (item,):
            for box in boxes_of(node):
                found[id(box)] = count
            count += 1
    for row in (*plan.title, *plan.subtitle):
        found[id(row.box)] = 0
    return found


def _settle(bodies: Sequence[Body], boxes: Sequence[Box], chapters: dict[int, int]) -> list[Problem]:
    """Gives each note its chapter and place, and each call its note; calls from other chapters become text."""
    inside = {id(box): body for body in bodies for box in body.boxes}
    for body in bodies:
        # "8." before a note, where the text has a place to come back to and no call, calls nothing.
        body.calls[:] = [(box, claim) for box, claim in body.calls if inside.get(id(box)) is not body]
        body.chapter = next((chapters[id(box)] for box, _ in body.calls if id(box) in chapters), -1)
    for _ in range(3):  # a note in a note in a note belongs where the outermost one does
        for body in bodies:
            if body.chapter < 0:
                outer = (inside[id(box)].chapter for box, _ in body.calls if id(box) in inside)
                body.chapter = next((chapter for chapter in outer if chapter >= 0), -1)
    _settle_header(bodies, boxes, chapters)
    _settle_uncalled(bodies, boxes, chapters)
    counts: dict[int, int] = {}
    for body in bodies:
        body.index = counts.get(body.chapter, 0)
        counts[body.chapter] = body.index + 1
    return [problem for body in bodies for problem in _give(body, chapters, inside)]


def _settle_header(bodies: Sequence[Body], boxes: Sequence[Box], chapters: dict[int, int]) -> None:
    """A note that a page's header calls ("Source: ... [1]") belongs to the first chapter of this page."""
    first: dict[str, int] = {}
    for box in boxes:
        if id(box) in chapters:
            first.setdefault(box.file, chapters[id(box)])
    for body in bodies:
        if body.chapter < 0 and (above := [box.file for box, _ in body.calls if box.fate is Fate.METADATA]):
            body.chapter = first.get(above[0], 0)


def _settle_uncalled(bodies: Sequence[Body], boxes: Sequence[Box], chapters: dict[int, int]) -> None:
    """A note that nothing calls belongs to the text before it on its page, else to the first below."""
    waiting = {id(body.boxes[0]): body for body in bodies if body.chapter < 0}
    at, file, held = -1, "", list[Body]()
    for box in boxes:
        if box.file != file:
            file, at = box.file, -1
        if id(box) in chapters:
            at = chapters[id(box)]
            for body in held:
                body.chapter = at
            held = []
        elif id(box) in waiting:
            body = waiting[id(box)]
            body.chapter = at
            if at < 0:
                held.append(body)
    last = max(chapters.values(), default=0)
    for body in held:
        body.chapter = last


def _give(body: Body, chapters: dict[int, int], inside: dict[int, Body]) -> Iterator[Problem]:
    called = False
    for box, claim in body.calls:
        outer = inside.get(id(box))
        chapter = chapters.get(id(box), outer.chapter if outer else -1)
        if box.fate is Fate.METADATA:
            called = True
            claim.fate, claim.body = Fate.METADATA, body
        elif chapter == body.chapter:
            claim.inline = NoteCall(body.index)
            called = True
        elif chapter >= 0:
            claim.fate = box.fate if box.fate is not None else Fate.BODY
            claim.inline = None
            mark = box.text[claim.start : claim.end].strip()
            message = f"note {mark} of another chapter is called here; the call is printed as text"
            yield Problem("N004", message, box.at(claim.start))
    if called and body.chapter and all(box.fate is Fate.METADATA for box, _ in body.calls):
        # A book knows of calls in its own header; those above a later page are called by nothing that is printed.
        body.calls.clear()
    elif not called:
        body.calls.clear()
        mark = body.boxes[0].words[:20].split(" ")[0] or body.label
        hint = "The note is printed among the notes, marked as not called."
        yield Problem("N002", f"note {mark} is given but never called", body.boxes[0].at(0), hint)


class _Assembly:
    def __init__(self, plan: Plan, bodies: Sequence[Body], builder: Builder, inliner: Inliner) -> None:
        self._plan = plan
        self._builder = builder
        self._inliner = inliner
        self._bodies: dict[int, list[Body]] = {}
        for body in bodies:
            self._bodies.setdefault(body.chapter, []).append(body)

    def book(self) -> Book:
        contents: list[Part | Chapter] = []
        count = 0
        for item in self._plan.items:
            nodes = item.chapters if isinstance(item, PartPlan) else [item]
            made = tuple(self._chapter(node, count + i) for i, node in enumerate(nodes))
            count += len(made)
            contents += [self._part(item, made)] if isinstance(item, PartPlan) else made
        title = self._inliner.joined(self._plan.title, Text(" "), bare=True)
        if not title and self._plan.called:
            title = (Text(self._plan.called),)
        subtitle = self._inliner.joined(self._plan.subtitle, LineBreak(), bare=True)
        mine = self._bodies.get(0, ())
        called = sorted({b.index for b in mine if any(box.fate is Fate.METADATA for box, _ in b.calls)})
        return Book(title, subtitle, tuple(contents), tuple(called))

    def _part(self, part: PartPlan, chapters: tuple[Chapter, ...]) -> Part:
        blocks = (*self._below(part.below), *self._builder.blocks(part.boxes))
        return Part(self._title(part.title), chapters, _words(part.number), blocks)

    def _title(self, rows: Sequence[Stretch]) -> Inlines:
        return self._inliner.joined(rows, Text(" "), bare=True)

    def _below(self, boxes: Iterable[Box]) -> Iterator[Block]:
        for box in boxes:
            if inlines := self._inliner.inlines(whole(box), bare=True):
                yield Byline(inlines) if "byline" in box.names else Subtitle(inlines)

    def _chapter(self, node: Node, index: int) -> Chapter:
        number, title = _words(node.number), self._title(node.title)
        if any(
            isinstance(claim.inline, NoteCall) for row in node.number for claim in row.box.claimed(row.start, row.end)
        ):
            number, title = "", self._title([*node.number, *node.title])
        here = _anchors(node.number) if number else ()
        title, blocks = opened(here, title, self._builder.blocks(node.boxes))
        return Chapter(
            title=title,
            blocks=(*self._below(node.below), *blocks),
            sections=tuple(map(self._section, node.nodes)),
            notes=tuple(map(self._note, self._bodies.get(index, ()))),
            number=number,
            kind=_kind(node),
            file=next((box.file for box in boxes_of(node)), ""),
        )

    def _section(self, node: Node) -> Section:
        title = self._title([*node.number, *node.title])
        blocks = (*self._below(node.below), *self._builder.blocks(node.boxes))
        return Section(title, blocks, tuple(map(self._section, node.nodes)))

    def _note(self, body: Body) -> Note:
        blocks = self._builder.blocks([box for box in body.boxes if box.tag != "hr"], holder=body.holder)
        return Note(body.label, blocks, bool(body.calls), "variants" if body.variant else "notes")


# What epub:type says of a section: https://www.w3.org/TR/epub-ssv-11/#sec-partitions
_KINDS: dict[str, ChapterKind] = {
    "dedication": "dedication",
    "epigraph": "epigraph",
    "foreword": "foreword",
    "preface": "preface",
    "acknowledgments": "acknowledgments",
    "introduction": "introduction",
    "prologue": "prologue",
    "epilogue": "epilogue",
    "conclusion": "conclusion",
    "afterword": "afterword",
    "appendix": "appendix",
}


def _kind(node: Node) -> ChapterKind:
    """What a chapter is: by the element around it, else by the first word of its heading."""
    inner = next((box.container for box in boxes_of(node)), None)
    while inner is not None:
        if inner.tag == "section" and (found := sorted(inner.names & _KINDS.keys())):
            return _KINDS[found[0]]
        inner = inner.parent
    return kind_of(node.mark.word if node.mark else "")


def _anchors(rows: Sequence[Stretch]) -> Inlines:
    """The anchors in the count of a heading, which is no run of inlines."""
    claims = ((row, claim) for row in rows for claim in row.box.settled())
    inside = (claim.inline for row, claim in claims if row.start <= claim.start < row.end)
    return tuple(inline for inline in inside if isinstance(inline, Anchor))


def _words(rows: Sequence[Stretch]) -> str:
    """The printed words of lines."""
    found = []
    for row in rows:
        pieces = row.box.pieces(row.start, row.end)
        found += [row.box.text[p.start : p.end] for p in pieces if p.claim is None or p.claim.fate not in LEFT_OUT]
        found.append(" ")
    return " ".join("".join(found).split())
