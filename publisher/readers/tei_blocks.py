# SPDX-License-Identifier: AGPL-3.0-or-later
"""Elements of TEI that stand apart -> blocks.

    <p>, <ab>                                 paragraphs; lists, verse and quotations inside divide them
    <lg><l rend="indent">                     verse: stanzas of lines with their indentation
    <sp><speaker>, <stage>                    speeches and directions
    <head> beside blocks                      a heading that opens no section
    <argument>, <epigraph>, <opener>, <closer>   what stands before and behind a text
    <list>, <table>, <figure>, <castList>     lists, tables, figures (tei_lists.py)
    <titlePage>                               lines

A note between blocks is called behind the block before it. https://www.tei-c.org/release/doc/tei-p5-doc/en/html/DS.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from publisher.document import (
    Block,
    Break,
    Byline,
    Dateline,
    Direction,
    Epigraph,
    Heading,
    Inlines,
    Lines,
    Listing,
    Paragraph,
    Passage,
    Quote,
    Salutation,
    Signature,
    Speech,
    Synopsis,
    VerseLine,
)
from publisher.readers.block_list import BlockList
from publisher.readers.tei_inlines import InlineReader
from publisher.readers.tei_lists import ListReader
from publisher.readers.tei_names import BLOCKS, EITHER, PROSE, UNPRINTED
from publisher.readers.tei_state import State
from publisher.readers.xml_tree import Element, Run

_INDENT = re.compile(r"indent\D{0,3}(\d{1,2})|(?:margin-left|text-indent):\s*(\d{1,2})|\b(?:indent|et|ti)\b")
_DEEPEST_INDENT = 9
_STARS = "* * *"
_FIRST_WORD = re.compile(r"[^\W\d_]{3,}")
# Whose parts stand on lines of their own.
_LINED = frozenset(("titlePage", "docTitle", "docImprint", "imprimatur", "address"))
_BREAKS = re.compile(r"star|aster|bar|rule|line|space|ornament|hr|dinkus|\*")
_STANDALONE = frozenset(("lb", "cb", "gb", "anchor", "ptr", "space", "handShift", "addSpan", "delSpan", "damageSpan"))

Nodes = Sequence[Element | Run]


class BlockReader:
    """Reads what stands apart."""

    def __init__(self, state: State, inlines: InlineReader) -> None:
        self._state = state
        self._inlines = inlines
        lists = ListReader(state, inlines, self.read)
        self._readers: dict[str, Callable[[Element], Iterable[Block]]] = {
            **lists.readers,
            **dict.fromkeys(("p", "ab", "u", "entry", "entryFree", "superEntry"), self._prose),
            **dict.fromkeys(("quote", "q", "said"), self._quote),
            "cit": self._citation,
            **dict.fromkeys(("stage", "view", "camera", "sound", "tech", "caption"), self._direction),
            **dict.fromkeys(("head", "label"), lambda e: [Heading(x) for x in self._line(e)]),
            **dict.fromkeys(("byline", "docAuthor"), lambda e: [Byline(x) for x in self._line(e)]),
            **dict.fromkeys(("titlePage", "docTitle", "docImprint", "imprimatur", "address"), self._lines),
            **dict.fromkeys(("trailer", "titlePart", "docDate", "docEdition", "addrLine"), self._lines),
            **dict.fromkeys(("eg", "egXML", "code"), self._listing),
            "sp": self._speech,
            "argument": self._argument,
            "epigraph": lambda e: [Epigraph(x) for x in self._some(e)],
            "dateline": lambda e: [Dateline((x,)) for x in self._line(e)],
            "salute": lambda e: [Salutation(x) for x in self._line(e)],
            "signed": lambda e: [Signature((x,)) for x in self._line(e)],
            "closer": self._closer,
        }

    def read(self, nodes: Nodes, *, is_prose: bool = False) -> tuple[Block, ...]:
        """The blocks of nodes that stand side by side; in prose, what may be a block is part of the text."""
        result = BlockList()
        self._collect(nodes, result, is_prose=is_prose)
        return result.blocks()

    def _collect(self, nodes: Nodes, result: BlockList, *, is_prose: bool) -> None:
        words: list[Element | Run] = []
        lines = _lines_ahead(nodes)
        for at, node in enumerate(nodes):
            if self._is_word(node, words, is_prose=is_prose):
                words.append(node)
                continue
            if isinstance(node, Run):
                continue
            self._flush(words, result)
            if at in lines and _means_next(node, lines[at]):
                self._state.waiting += self._inlines.nodes([node])
            else:
                self._block(node, result)
        self._flush(words, result)

    def _flush(self, words: list[Element | Run], result: BlockList) -> None:
        if words:
            inlines = self._inlines.run(words)
            if inlines:
                result.add(Paragraph(inlines))
            words.clear()

    def _is_word(self, node: Element | Run, words: list[Element | Run], *, is_prose: bool) -> bool:
        """Whether a node is part of a run of words, not a block or a mark between blocks."""
        if isinstance(node, Run):
            return bool(words or node.text.strip())
        if node.name in ("pb", "note", "app", "noteGrp", "milestone") or node.name in _STANDALONE:
            return is_prose or bool(words)
        if node.name in UNPRINTED:
            return True
        if node.name in BLOCKS:
            return False
        return node.name not in EITHER or (is_prose and not _holds_blocks(node))

    def _block(self, element: Element, result: BlockList) -> None:
        self._state.waiting += self._state.anchors(element)
        with self._state.within(element) as language:
            if language and element.name not in ("l", "pb", "note"):
                inner = BlockList()
                self._add(element, inner)
                if inner:
                    result.add(Passage(language, inner.blocks()))
            else:
                self._add(element, result)
        if element.id and not self._state.in_note:
            for note in self._state.notes.by_anchor.pop(element.id, ()):
                self._attach(note, result)

    def _add(self, element: Element, result: BlockList) -> None:
        match element.name:
            case "l":
                inlines = self._verse_line(element)
                if inlines:
                    result.add_line(VerseLine(inlines, indent_of(element)))
            case "lg":
                result.end_stanza()
                self._collect(element.children, result, is_prose=False)
                result.end_stanza()
            case "note" if id(element) in self._state.notes.plain:
                self._collect(element.children, result, is_prose=True)
            case "note" if id(element) not in self._state.notes.apart:
                self._attach(element, result)
            case "app":
                self._apparatus(element, result)
            case "milestone" if _BREAKS.search(element.get("rend", "unit", "type")):
                result.add(self._break(element))
            case name if name in self._readers:
                result.add(*self._readers[name](element))
            case name if name in _STANDALONE or name in ("pb", "note", "milestone"):
                self._state.waiting += [x for x in self._inlines.nodes([element]) if not _is_blank(x)]
            case _:
                # divisions inside quotations, groups of speeches, openers: what they hold
                self._collect(element.children, result, is_prose=element.name in PROSE or element.name in EITHER)

    def _attach(self, note: Element, result: BlockList) -> None:
        if self._state.in_note:
            result.add(*self.read(note.children, is_prose=True))
            return
        call = self._state.notes.call(note)
        if call and not result.attach(call):
            self._state.waiting.append(call)

    def _break(self, element: Element) -> Break:
        """A pause; stars, which the file only names, are entered where they are printed."""
        if "star" not in element.get("rend", "unit"):
            return Break("")
        stars = Run(element.line, element.column, _STARS)
        element.children.append(stars)
        self._state.print(stars)
        self._state.end()
        return Break(_STARS)

    def _apparatus(self, element: Element, result: BlockList) -> None:
        """Blocks that other witnesses have otherwise: those of the text, and a note behind them with the others."""
        lemma = element.first("lem") or element.first("rdg", "rdgGrp")
        if lemma:
            self._collect(lemma.children, result, is_prose=not _holds_blocks(lemma))
        if any(child is not lemma and child.text for child in element.elements):
            self._attach(element, result)

    def _verse_line(self, element: Element) -> Inlines:
        with self._state.reading(lined=True):
            return self._inlines.read(element)

    def _line(self, element: Element) -> Iterable[Inlines]:
        """An element's words as one run, if it has any."""
        with self._state.reading(lined=True):
            inlines = self._inlines.run(element.children)
        return (inlines,) if inlines else ()

    def _some(self, element: Element) -> Iterable[tuple[Block, ...]]:
        blocks = self.read(element.children)
        return (blocks,) if blocks else ()

    def _prose(self, element: Element) -> Iterable[Block]:
        return self.read(element.children, is_prose=True)

    def _quote(self, element: Element) -> Iterable[Block]:
        blocks = self.read(element.children, is_prose=not _holds_blocks(element))
        return [Quote(blocks)] if blocks else []

    def _citation(self, element: Element) -> Iterable[Block]:
        """A quotation and where it is from, as one."""
        blocks = self.read(element.children)
        inner = [x for block in blocks for x in (block.blocks if isinstance(block, Quote) else (block,))]
        return [Quote(tuple(inner))] if inner else []

    def _direction(self, element: Element) -> Iterable[Block]:
        blocks = self.read(element.children, is_prose=True)
        return [Direction(b.inlines) if isinstance(b, Paragraph) else b for b in blocks]

    def _lines(self, element: Element) -> Iterable[Block]:
        """Lines of their own for all that such an element holds: the parts of a title page."""
        with self._state.reading(lined=True):
            blocks = self.read(element.children, is_prose=element.name not in _LINED)
        lines: list[Inlines] = []
        others: list[Block] = []
        for block in blocks:
            match block:
                case Paragraph(inlines) | Byline(inlines) if not others:
                    lines.append(inlines)
                case Lines(inner) if not others:
                    lines += inner
                case _:
                    others.append(block)
        return [*([Lines(tuple(lines))] if lines else []), *others]

    def _listing(self, element: Element) -> Iterable[Block]:
        for run in element.runs():
            self._state.print(run)
        self._state.end()
        text = "".join(run.text for run in element.runs()).strip("\n")
        return [Listing(text, element.get("lang"))] if text.strip() else []

    def _speech(self, element: Element) -> Iterable[Block]:
        """A speech; a direction before the speaker's name stays before it."""
        at = next((i for i, x in enumerate(element.children) if isinstance(x, Element) and x.name == "speaker"), None)
        before = self.read(element.children[:at]) if at else ()
        speaker: Inlines = ()
        if at is not None and isinstance(name := element.children[at], Element):
            speaker = next(iter(self._line(name)), ())
        blocks = self.read(element.children[0 if at is None else at + 1 :])
        return [*before, *([Speech(speaker, blocks)] if speaker or blocks else [])]

    def _argument(self, element: Element) -> Iterable[Block]:
        blocks = self.read(element.children)
        return [Synopsis(b.inlines) if isinstance(b, Paragraph) else b for b in blocks]

    def _closer(self, element: Element) -> Iterable[Block]:
        """The lines that close a text: each part of them on its own."""
        with self._state.reading(lined=True):
            blocks = self.read(element.children)
        lines: list[Inlines] = []
        for block in blocks:
            match block:
                case Paragraph(inlines) | Salutation(inlines) | Byline(inlines):
                    lines.append(inlines)
                case Signature(inner) | Dateline(inner) | Lines(inner):
                    lines += inner
                case _:
                    return blocks
        return [Signature(tuple(lines))] if lines else []


def _lines_ahead(nodes: Nodes) -> dict[int, tuple[Element | None, Element]]:
    """For each note between lines of verse, the line before and the line after it."""
    elements = [(at, node) for at, node in enumerate(nodes) if isinstance(node, Element)]
    notes: list[int] = []
    before: Element | None = None
    found: dict[int, tuple[Element | None, Element]] = {}
    for at, element in elements:
        if element.name == "note":
            notes.append(at)
        elif element.name == "l":
            found.update((note, (before, element)) for note in notes)
            notes, before = [], element
        else:
            notes, before = [], None
    return found


def _means_next(note: Element, lines: tuple[Element | None, Element]) -> bool:
    """Whether the word that a note explains stands in the line after it, not in the one before: "Simoïs: a river"."""
    word = _FIRST_WORD.search(note.text[:60])
    before, after = (line.text.casefold() if line else "" for line in lines)
    stem = word[0].casefold()[:5] if word else ""
    return bool(stem) and stem in after and stem not in before


def _is_blank(inline: object) -> bool:
    return getattr(inline, "text", "x").strip("\x00 ") == ""


def _holds_blocks(element: Element) -> bool:
    """Whether what may be a block holds blocks, so that it is one itself."""
    return any(x.name in BLOCKS or (x.name in EITHER and _holds_blocks(x)) for x in element.elements)


def indent_of(line: Element) -> int:
    """Steps of a line's indentation: by `rend`, or because it is the rest of a line that another speaker began."""
    found = _INDENT.search(line.get("rend", "rendition", "style").lower())
    if found:
        return min(int(found[1] or found[2] or 1), _DEEPEST_INDENT)
    return {"M": 3, "F": 5}.get(line.get("part"), 0)
