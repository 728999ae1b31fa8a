# SPDX-License-Identifier: AGPL-3.0-or-later
"""Elements -> blocks of the document.

Lines that a quotation breaks by hand, three or more, are verse; a paragraph of nothing but a picture is a figure. Tags
without a meaning for a book ("<div>", "<section>") are looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeGuard

from publisher.document import (
    Block,
    Break,
    Dedication,
    Definition,
    Definitions,
    Epigraph,
    Figure,
    Heading,
    Image,
    Inlines,
    LineBreak,
    List,
    Listing,
    Paragraph,
    Passage,
    Quote,
    Table,
    Verse,
    VerseLine,
)
from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.lightweight.elements import HEADINGS, Element, Leaf, Node, elements, is_blank, words
from publisher.readers.lightweight.scribe import Scribe, trimmed
from publisher.readers.lightweight.tags import BLOCKS, LEFT_OUT

# What is looked through when it stands by itself.
WRAPPERS = frozenset(
    "div section article aside main center address header footer hgroup details figure nav small font span root".split()
)
_LONGEST_VERSE = 90
_INSERT = re.compile(r"Insert\s+(\S+\.(?:png|jpe?g|gif|svg|webp))")


class Setter:
    """Sets the blocks of one sheet."""

    def __init__(self, scribe: Scribe) -> None:
        self.scribe = scribe
        self._depth = 0

    def blocks(self, nodes: Iterable[Node], fate: Fate = Fate.BODY, *, quoted: bool = False) -> tuple[Block, ...]:
        """The blocks of nodes; words that stand between blocks are paragraphs of their own."""
        result: list[Block] = []
        run: list[Node] = []
        self._depth += 1
        for node in nodes:
            if isinstance(node, Leaf) or not _is_block(node):
                run.append(node)
                continue
            result += self._paragraph(run, fate, quoted=quoted)
            run = []
            result += self._block(node, fate, quoted=quoted)
        result += self._paragraph(run, fate, quoted=quoted)
        self._depth -= 1
        return tuple(result)

    def _block(self, element: Element, fate: Fate, *, quoted: bool) -> Iterator[Block]:
        inner = element.children
        match element.name:
            case "blockquote":
                yield from self._quote(element, fate)
            case "ul" | "ol":
                yield from self._list(element, fate)
            case "dl":
                yield from self._definitions(inner, fate)
            case "pre":
                yield self._listing(element, fate)
            case "table":
                yield from self._table(element, fate)
            case "verse":
                yield self._verse(element, fate)
            case "hr":
                # Only between the blocks of a chapter is an ornament a run of its own (document.runs).
                self.scribe.apart = True
                yield Break(self.scribe.text(element, fate) if self._depth == 1 else "")
            case "figure":
                yield from self._figure(element, fate)
            case "footnote_reference":
                pass
            case name if name in LEFT_OUT and element.closed:
                self.scribe.leave_out(inner, "a script, style or form")
            case name if name in HEADINGS or name == "summary":
                if heading := self.scribe.run(inner, fate):
                    yield Heading(heading)
            case _:
                yield from self._wrapped(element, self.blocks(inner, fate, quoted=quoted))

    def _wrapped(self, element: Element, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """What a division says of the blocks in it."""
        classes = {name.casefold() for name in element.classes}
        language = element.attributes.get("lang", "")
        if not blocks:
            return ()
        if "epigraph" in classes:
            blocks = (Epigraph(blocks),)
        elif "dedication" in classes:
            blocks = (Dedication(blocks),)
        elif classes & {"verse", "poem", "poetry", "stanza"}:
            blocks = tuple(_as_verse(block) for block in blocks)
        return (Passage(language, blocks),) if re.fullmatch(r"[A-Za-z]{2,3}(-\w{2,8})*", language) else blocks

    def _paragraph(self, nodes: Sequence[Node], fate: Fate, *, quoted: bool) -> Iterator[Block]:
        if is_blank(nodes):
            self.scribe.inlines([node for node in nodes if isinstance(node, Element)], fate)
            return
        if inserted := self._inserted(nodes, fate):
            yield inserted
            return
        inlines = self.scribe.run(nodes, fate)
        if len(inlines) == 1 and isinstance(inlines[0], Image):
            yield Figure(inlines[0])
        elif inlines:
            paragraph = Paragraph(inlines)
            lines = _lines(inlines)
            yield _as_verse(paragraph) if quoted and len(lines) > 2 and _is_short(nodes) else paragraph

    def _inserted(self, nodes: Sequence[Node], fate: Fate) -> Figure | None:
        """A line "Insert fig1.png", and below it the caption, where the work has this picture."""
        first = next((node for node in nodes if not is_blank([node])), None)
        found = _INSERT.fullmatch(first.text.strip()) if isinstance(first, Leaf) else None
        picture = self.scribe.shared.album.named(found[1]) if found else None
        if first is None or picture is None:
            return None
        caption = self.scribe.run(nodes[nodes.index(first) + 1 :], fate)
        if not caption:
            place = self.scribe.sheet.at(first.start) if isinstance(first, Leaf) else self.scribe.sheet.at(0)
            self.scribe.shared.problems.append(
                Problem("P002", f'nothing says what the picture "{picture}" shows', place)
            )
        return Figure(Image(picture, words(nodes[nodes.index(first) + 1 :])), (Paragraph(caption),) if caption else ())

    def _quote(self, element: Element, fate: Fate) -> Iterator[Block]:
        blocks = self.blocks(element.children, fate, quoted=True)
        if "epigraph" in element.classes:
            yield Epigraph(blocks)
        elif blocks:
            yield Quote(blocks)

    def _list(self, element: Element, fate: Fate) -> Iterator[Block]:
        items = [child for child in element.children if isinstance(child, Element) or child.text.strip()]
        found = [
            self.blocks(item.children, fate)
            if isinstance(item, Element) and item.name == "li"
            else self.blocks([item], fate)
            for item in items
        ]
        ordered = element.name == "ol"
        start = element.attributes.get("start", "1")
        if ordered:
            self._check_numbers(items)
        if found:
            yield List(tuple(found), ordered, int(start) if start.isdecimal() else 1)

    def _check_numbers(self, items: Sequence[Node]) -> None:
        """Reports numbers that are neither all the same nor in order."""
        numbers = [item.attributes.get("number", "") for item in items if isinstance(item, Element)]
        counted = [int(number) for number in numbers if number.isdecimal()]
        steps = {after - before for before, after in pairwise(counted)}
        first = items[0] if items else None
        if steps - {0} and steps != {1} and isinstance(first, Element):
            shown = ", ".join(numbers[:6])
            place = self.scribe.sheet.at(first.start)
            self.scribe.shared.problems.append(
                Problem("R053", f"a list is numbered {shown} and is counted on from {counted[0]}", place)
            )

    def _definitions(self, nodes: Iterable[Node], fate: Fate) -> Iterator[Block]:
        items: list[Definition] = []
        for node in _looked_through(nodes):
            if isinstance(node, Element) and node.name == "dt":
                items.append(Definition((self.scribe.run(node.children, fate),), ()))
            else:
                inner = node.children if isinstance(node, Element) and node.name == "dd" else [node]
                blocks = self.blocks(inner, fate)
                last = items.pop() if items else Definition((), ())
                items.append(Definition(last.terms, (*last.blocks, *blocks)))
        found = tuple(item for item in items if item.terms or item.blocks)
        if found:
            yield Definitions(tuple(_merged(found)))

    def _listing(self, element: Element, fate: Fate) -> Listing:
        self.scribe.apart = True
        code = next(
            (child for child in element.children if isinstance(child, Element) and child.name == "code"), element
        )
        named = next((name.partition("-")[2] for name in code.classes if name.startswith("language-")), "")
        return Listing(self.scribe.text(element, fate), element.attributes.get("language", "") or named)

    def _table(self, element: Element, fate: Fate) -> Iterator[Block]:
        """A caption that stands below the rows is a paragraph there."""
        rows: list[tuple[Inlines, ...]] = []
        head = 0
        captions: list[Inlines] = []
        above = False
        for row in _rows(element.children):
            if row.name == "caption":
                captions.append(self.scribe.run(row.children, fate))
                above = above or not rows
                continue
            cells = [
                cell if _is_cell(cell) else Element("td", children=[cell]) for cell in row.children if not _is_gap(cell)
            ]
            head += len(rows) == head and bool(cells) and all(cell.name == "th" for cell in cells)
            rows.append(tuple(inlines for cell in cells for inlines in self._cell(cell, fate)))
        width = max(map(len, rows), default=0)
        if width:
            caption = captions.pop(0) if above else ()
            yield Table(tuple(row + ((),) * (width - len(row)) for row in rows), head, caption)
        yield from (Paragraph(caption) for caption in captions if caption)

    def _cell(self, cell: Element, fate: Fate) -> Iterator[Inlines]:
        yield self.scribe.run(cell.children, fate)
        span = cell.attributes.get("colspan", "1")
        yield from ((),) * (min(int(span), 100) - 1 if span.isdecimal() else 0)

    def _verse(self, element: Element, fate: Fate) -> Verse:
        """Stanzas from lines, each opened by an empty element that says how far it is indented."""
        stanzas: list[list[VerseLine]] = [[]]
        lines: list[tuple[int, list[Node]]] = []
        for child in element.children:
            if isinstance(child, Element) and child.name == "line":
                if child.attributes.get("on") and lines:
                    lines[-1][1].append(Leaf(" ", 0, 0))
                else:
                    lines.append((max(int(child.attributes["indent"]), 0), []))
            elif lines:
                lines[-1][1].append(child)
        for indent, nodes in lines:
            inlines = self.scribe.run(nodes, fate)
            if inlines:
                stanzas[-1].append(VerseLine(inlines, (indent + 1) // 2))
            elif stanzas[-1]:
                stanzas.append([])
        return Verse(tuple(tuple(stanza) for stanza in stanzas if stanza))

    def _figure(self, element: Element, fate: Fate) -> Iterator[Block]:
        """A picture with its caption; a figure of anything else is looked through."""
        images = [inner for inner in elements(element.children) if inner.name == "img"]
        captions = [inner for inner in element.children if isinstance(inner, Element) and inner.name == "figcaption"]
        others = [child for child in element.children if child not in captions]
        blocks = self.blocks(others, fate)
        caption = tuple(block for inner in captions for block in self.blocks(inner.children, fate))
        if len(images) == 1 and len(blocks) == 1 and isinstance(blocks[0], Figure):
            yield Figure(blocks[0].image, caption)
        else:
            yield from (*blocks, *caption)


def _is_cell(node: Node) -> TypeGuard[Element]:
    return isinstance(node, Element) and node.name in {"td", "th"}


def _is_gap(node: Node) -> bool:
    """White space between cells."""
    return isinstance(node, Leaf) and not node.text.strip()


def _is_block(element: Element) -> bool:
    if element.name in {"verse", "footnote_reference", "frame"}:
        return True
    if element.name in BLOCKS:
        return True
    # "<font><p>...</p></font>": what encloses blocks is one.
    return any(inner.name in BLOCKS for inner in elements(element.children)) and element.name not in {
        "note",
        "call",
        "img",
    }


def _looked_through(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Element) and node.name == "div":
            yield from _looked_through(node.children)
        elif not is_blank([node]) or (isinstance(node, Element) and node.name in {"dt", "dd"}):
            yield node


def _merged(items: Iterable[Definition]) -> Iterator[Definition]:
    """Terms that share a definition stand together."""
    terms: tuple[Inlines, ...] = ()
    for item in items:
        terms += item.terms
        if item.blocks:
            yield Definition(terms, item.blocks)
            terms = ()
    if terms:
        yield Definition(terms, ())


def _rows(nodes: Iterable[Node]) -> Iterator[Element]:
    """The rows and captions of a table; words beside them make a row of their own."""
    for node in nodes:
        if isinstance(node, Element) and node.name in {"tr", "caption"}:
            yield node
        elif isinstance(node, Element) and node.name not in {"td", "th"}:
            yield from _rows(node.children)
        elif not is_blank([node]):
            yield Element("tr", children=[Element("td", children=[node])])


def _lines(inlines: Inlines) -> list[Inlines]:
    lines: list[list[object]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return [trimmed(tuple(line)) for line in lines]  # type: ignore[arg-type]


def _is_short(nodes: Iterable[Node]) -> bool:
    """Whether lines that are broken by hand are as short as verse."""
    length = 0
    for node in nodes:
        length = 0 if isinstance(node, Element) and node.name == "br" else length + len(words([node]))
        if length > _LONGEST_VERSE:
            return False
    return True


def _as_verse(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    return Verse((tuple(VerseLine(line) for line in _lines(block.inlines) if line),))
