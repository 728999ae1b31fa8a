# SPDX-License-Identifier: AGPL-3.0-or-later
"""The divisions of a TEI text -> parts, chapters and sections.

    <div type="part"><div type="chapter">      a part of chapters
    <div type="act"><div type="scene">         a chapter of sections
    <div><div>, of types that say nothing      by their length
    <div> without a heading inside another     no section: its blocks belong to what is around it
    <titlePage>, <castList>, <epigraph> in front or back     chapters of their own, or part of what precedes them

What stands between two divisions goes with the one before it. https://www.tei-c.org/release/doc/tei-p5-doc/en/html/DS.html
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.document import (
    Block,
    Chapter,
    ChapterKind,
    Inlines,
    LineBreak,
    NoteCall,
    Paragraph,
    Part,
    Passage,
    Section,
)
from publisher.ledger import Fate
from publisher.readers.block_list import with_calls_behind
from publisher.readers.tei_blocks import BlockReader
from publisher.readers.tei_bodies import BodyReader
from publisher.readers.tei_inlines import InlineReader
from publisher.readers.tei_lists import leading_heads
from publisher.readers.tei_names import CONTENTS, DIVISIONS, KINDS
from publisher.readers.tei_notes import is_notes
from publisher.readers.tei_outline import (
    Stretch,
    has_words,
    is_head,
    is_part,
    is_wrapper,
    kinds_of,
    stretches,
)
from publisher.readers.tei_state import State
from publisher.readers.xml_tree import Element, Run

Nodes = Sequence[Element | Run]
_MATTER = frozenset(("front", "body", "back"))
_LINES = frozenset(("titlePage", "docTitle", "div", "div1"))
_TITLE_PAGE = frozenset(("titlePage", "docTitle", "docAuthor", "docDate", "docImprint", "byline", "titlePart"))
_TITLES = frozenset(("docAuthor", "titlePart", "byline", "head", "p", "ab", "l", "docDate", "docImprint"))
_LONGEST_TITLE = 400
_ONCE = "the title once more, printed once"
_NOTES_HEAD = "heading of the notes; the book has its own"


class _Content(Struct):
    """What a chapter or section holds; its sections are in the making."""

    blocks: list[Block] = field(default_factory=list)
    sections: list[tuple[Inlines, _Content]] = field(default_factory=list)

    @property
    def last(self) -> _Content:
        """Where text goes that follows: the innermost section at the end."""
        return self.sections[-1][1].last if self.sections else self

    def finished(self) -> tuple[Section, ...]:
        return tuple(Section(title, tuple(inner.blocks), inner.finished()) for title, inner in self.sections)


class DivisionReader:
    """Reads texts. `known` are the letters of the book's title and author, which are not printed twice."""

    def __init__(self, state: State, inlines: InlineReader, blocks: BlockReader, known: frozenset[str]) -> None:
        self._state = state
        self._known = known
        self._inlines = inlines
        self._blocks = blocks
        self._bodies = BodyReader(state, blocks)

    def read(self, text: Element) -> list[Part | Chapter]:
        """The parts and chapters of a text, or of a group of texts."""
        with self._state.within(text):
            matter = [child for child in text.elements if child.name in _MATTER]
            return [item for child in matter for item in self._matter(child)] if matter else self._matter(text)

    def _matter(self, element: Element) -> list[Part | Chapter]:
        """What front, body or back hold; a heading over several divisions makes them a part."""
        self._leave_out_title(element)
        with self._state.within(element):
            lead, *divisions = stretches(element)
            heads = [head for head in leading_heads(element) if not _is_left_out(head)]
            if heads and divisions and not any(map(has_words, _text_of(lead.behind))):
                return self._part(element, lead, divisions)
            return [*self._loose(lead.behind), *self._items(divisions)]

    def _items(self, divisions: Sequence[Stretch]) -> list[Part | Chapter]:
        return [item for division in divisions for item in self._division(division)]

    def _division(self, stretch: Stretch) -> list[Part | Chapter]:
        element = stretch.start
        with self._state.within(element):
            if kinds_of(element) & CONTENTS:
                element.leave_out(Fate.CONTENTS, "the book makes its own contents list")
                return self._loose(stretch.behind)
            if element.name in ("text", "group"):
                return [*self.read(element), *self._loose(stretch.behind)]
            if is_wrapper(element) or is_part(element):
                return self._several(element, stretch.behind)
        return self._chapter(element, element.children, stretch.behind)

    def _several(self, element: Element, behind: Nodes) -> list[Part | Chapter]:
        """A division of chapters: a part, or, if it has neither heading nor count, the chapters alone."""
        lead, *divisions = stretches(element)
        divisions[-1] = replace(divisions[-1], behind=(*divisions[-1].behind, *behind))
        if not leading_heads(element):
            return [*self._loose(lead.behind), *self._items(divisions)]
        return self._part(element, lead, divisions)

    def _part(self, element: Element, lead: Stretch, divisions: Sequence[Stretch]) -> list[Part | Chapter]:
        title = self._heading(element)
        blocks = self._blocks.read(_text_of(lead.behind))
        items = self._items(divisions)
        if items:
            return [Part(title, tuple(items), "", blocks)]
        return [Chapter(title, blocks, file=self._state.file)] if blocks or title else []

    def _loose(self, nodes: Nodes) -> list[Part | Chapter]:
        """A chapter of what stands beside divisions, if there are words in it."""
        if not any(map(has_words, nodes)):
            self._blocks.read(nodes)
            return []
        return self._chapter(Element("", {}, 0, 0, list(nodes)), nodes, ())

    def _chapter(self, element: Element, nodes: Nodes, behind: Nodes) -> list[Part | Chapter]:
        """A chapter, and behind its last words what follows it in the file."""
        content = _Content()
        kind: ChapterKind = next((KINDS[word] for word in sorted(kinds_of(element)) if word in KINDS), "chapter")
        self._leave_out_title(element)
        with self._state.within(element) as language:
            title = self._notes_heading(element) if is_notes(element) else self._heading(element)
            self._fill(content, self._opened(element, nodes))
            self._fill(content, behind)
            self._settle(content)
        if not (title or content.blocks or content.sections or self._state.notes.open):
            return []
        return [self._finished(content, title, kind, language)]

    def _opened(self, element: Element, nodes: Nodes) -> Nodes:
        """What a chapter holds below its headings. A title page or a cast is one block, not a division of blocks."""
        heads = leading_heads(element)
        rest = [x for x in nodes if x not in heads]
        if element.name in ("castList", "titlePage"):
            return [Element(element.name, {}, element.line, element.column, rest)]
        return rest

    def _finished(self, content: _Content, title: Inlines, kind: ChapterKind, language: str | None) -> Chapter:
        notes = self._bodies.close()
        blocks = tuple(content.blocks)
        if language and blocks:
            blocks = (Passage(language, blocks),)
        return Chapter(title, blocks, content.finished(), notes, "", kind, self._state.file)

    def _heading(self, element: Element) -> Inlines:
        """The title of a division: its headings are the lines of it."""
        with self._state.reading(fate=Fate.HEADING, lined=True):
            lines = [self._inlines.read(head) for head in leading_heads(element) if not _is_left_out(head)]
        joined = chain.from_iterable(
            ((LineBreak(), *line) if i else line) for i, line in enumerate(filter(None, lines))
        )
        title = tuple(joined)
        here = self._state.anchors(element, *leading_heads(element))
        if not title:
            self._state.waiting += here
        return (*here, *title) if title else ()

    def _notes_heading(self, element: Element) -> Inlines:
        """The heading of notes that are called is not printed; of others it is."""
        if any(id(note) in self._state.notes.apart for note in element.walk()):
            for head in leading_heads(element):
                head.leave_out(Fate.HEADING, _NOTES_HEAD)
            return ()
        return self._heading(element)

    def _fill(self, content: _Content, nodes: Nodes) -> None:
        """Adds nodes to a chapter or section: divisions with a heading are sections, others are part of it."""
        words: list[Element | Run] = []
        for node in nodes:
            if isinstance(node, Element) and node.name in DIVISIONS:
                self._add(content, words)
                self._section(content, node)
            else:
                words.append(node)
        self._add(content, words)

    def _add(self, content: _Content, nodes: list[Element | Run]) -> None:
        if nodes:
            content.last.blocks += self._blocks.read(nodes)
            nodes.clear()

    def _section(self, content: _Content, div: Element) -> None:
        if kinds_of(div) & CONTENTS:
            div.leave_out(Fate.CONTENTS, "the book makes its own contents list")
            return
        with self._state.within(div) as language:
            title = self._notes_heading(div) if is_notes(div) else self._heading(div)
            inner = _Content()
            self._fill(inner, self._opened(div, div.children))
        if language:
            inner.blocks = [Passage(language, tuple(inner.blocks))] if inner.blocks else []
        if title:
            content.sections.append((title, inner))
        else:
            content.last.blocks += inner.blocks
            content.sections += inner.sections

    def _settle(self, content: _Content) -> None:
        """Calls that wait for words to stand before have none: they go behind the last ones."""
        calls = tuple(mark for mark in self._state.waiting if isinstance(mark, NoteCall))
        self._state.waiting = [mark for mark in self._state.waiting if not isinstance(mark, NoteCall)]
        blocks = content.last.blocks
        if calls:
            blocks[:] = (with_calls_behind(blocks, calls) if blocks else None) or [*blocks, Paragraph(calls)]

    def _leave_out_title(self, element: Element) -> None:
        """Leaves out what repeats the book's title and author: all of a title page, or a text's own heading."""
        pages = [x for x in element.elements if x.has_words] if element.name in DIVISIONS else []
        pages = pages or [x for x in element.elements if x.name in _TITLE_PAGE and element.name == "front"]
        if not all(map(self._repeats, pages)):
            pages = []
        for repeated in (*pages, *filter(self._repeats, leading_heads(element) if element.name == "body" else ())):
            repeated.leave_out(Fate.HEADING, _ONCE)

    def _repeats(self, element: Element) -> bool:
        """Whether every line of an element is known; never where a note is called."""
        if element.name in _LINES:
            bare = not any(isinstance(child, Run) and has_words(child) for child in element.children)
            return bare and all(map(self._repeats, filter(lambda x: x.has_words, element.elements)))
        simple = element.name in _TITLES and not any(x.name in ("note", "app", "ref") for x in element.walk())
        return simple and letters(element.text[:_LONGEST_TITLE]) in self._known


def letters(text: str) -> str:
    """A title's letters and digits, for comparing lines that may stand twice."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _is_left_out(element: Element) -> bool:
    return any(run.reason for run in element.runs())


def _text_of(nodes: Nodes) -> list[Element | Run]:
    """Nodes without headings."""
    return [x for x in nodes if not is_head(x)]
