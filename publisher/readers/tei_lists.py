# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists, tables, figures and casts of TEI -> blocks.

<list type="ordered"><item>             items with bullets or counted
<list type="gloss"><label>, <item>      terms and what is said of them
<castList><castItem><role>              lines, or terms where role and description stand apart
<table><row role="label"><cell cols="2"> rows; a cell over several columns is followed by empty ones
<figure><graphic url=""/><head>         a picture with its caption; its description where there is no picture
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from publisher.document import (
    Block,
    Definition,
    Definitions,
    Figure,
    Heading,
    Inlines,
    Lines,
    List,
    NoteCall,
    PageMark,
    Paragraph,
    Table,
)
from publisher.readers.tei_inlines import InlineReader
from publisher.readers.tei_state import State
from publisher.readers.xml_tree import Element, Run

_MOST_COLUMNS = 50
_ORDERED = frozenset("ordered numbered number decimal numeric".split())
_BETWEEN = frozenset("pb lb cb gb milestone anchor note index space".split())


class BlocksOf(Protocol):
    """Reads nodes as blocks."""

    def __call__(self, nodes: list[Element | Run], *, is_prose: bool = False) -> tuple[Block, ...]: ...


class ListReader:
    """Reads lists and tables; `blocks` reads what is inside their items."""

    def __init__(self, state: State, inlines: InlineReader, blocks: BlocksOf) -> None:
        self._state = state
        self._inlines = inlines
        self._blocks = blocks
        self.readers: dict[str, Callable[[Element], Iterable[Block]]] = {
            **dict.fromkeys(("list", "listBibl"), self._list),
            **dict.fromkeys(("castList", "castGroup"), self._cast),
            "table": self._table,
            "figure": self._figure,
        }

    def _list(self, element: Element) -> Iterable[Block]:
        yield from self._heads(element)
        items = [child for child in element.elements if child.name not in ("head", *_BETWEEN)]
        if any(item.name == "label" for item in items):
            yield from self._definitions(element)
            return
        made = [blocks for nodes in _stretches(element) if (blocks := self._item(nodes))]
        if made:
            words = set(element.get("type", "rend", "rendition").lower().split())
            yield List(tuple(made), ordered=bool(words & _ORDERED))

    def _item(self, nodes: list[Element | Run]) -> tuple[Block, ...]:
        first = nodes[0]
        if len(nodes) == 1 and isinstance(first, Element) and first.name == "item":
            return self._blocks(first.children, is_prose=True)
        return self._blocks(nodes)

    def _heads(self, element: Element) -> Iterator[Block]:
        for child in leading_heads(element):
            if inlines := self._inlines.read(child):
                yield Heading(inlines)

    def _definitions(self, element: Element) -> Iterator[Block]:
        """Labels and items by turns; several labels may share an item."""
        terms: list[Inlines] = []
        result: list[Definition] = []
        heads = leading_heads(element)
        for child in element.elements:
            if child.name == "label":
                terms += filter(None, [self._inlines.read(child)])
            elif child not in heads:
                blocks = self._blocks(
                    child.children if child.name == "item" else [child], is_prose=child.name == "item"
                )
                if blocks:
                    result.append(Definition(tuple(terms), blocks))
                    terms = []
        if terms:
            result.append(Definition(tuple(terms), ()))
        if result:
            yield Definitions(tuple(result))

    def _cast(self, element: Element) -> Iterator[Block]:
        """A list of roles; a group's heading or common description stands on a line of its own."""
        yield from self._heads(element)
        lines: list[Inlines] = []
        heads = leading_heads(element)
        for child in element.children:
            if (isinstance(child, Run) and not child.text.strip()) or child in heads:
                continue
            if isinstance(child, Element) and child.name in _BETWEEN:
                self._wait(child)
            elif isinstance(child, Element) and child.name in ("castGroup", "castList"):
                yield from _flushed(lines)
                yield from self._cast(child)
            elif inlines := self._inlines.run([child]):
                lines.append(inlines)
        yield from _flushed(lines)

    def _wait(self, mark: Element) -> None:
        """Has the mark of a page or the call of a note between two items stand before the next words."""
        self._state.waiting += [x for x in self._inlines.nodes([mark]) if isinstance(x, PageMark | NoteCall)]

    def _table(self, element: Element) -> Iterator[Block]:
        caption: Inlines = ()
        rows: list[list[Inlines]] = []
        head = 0
        spanning: dict[int, int] = {}
        for child in element.elements:
            if child.name == "row":
                rows.append(self._row(child, spanning))
                if child.get("role") == "label" and head == len(rows) - 1:
                    head = len(rows)
            elif child.name == "head" and not rows:
                caption = (*caption, *self._inlines.read(child))
            elif child.name in _BETWEEN:
                self._wait(child)
            else:
                inlines = self._inlines.read(child)
                rows += [[inlines]] if inlines else []
        width = max(map(len, rows), default=0)
        if width:
            padded = tuple((*row, *[()] * (width - len(row))) for row in rows)
            yield Table(padded, head if head < len(rows) else 0, caption)

    def _row(self, row: Element, spanning: dict[int, int]) -> list[Inlines]:
        """A row's cells; `spanning` counts for each column the rows that a cell above it still covers."""
        cells: list[Inlines] = []
        for cell in row.elements:
            while spanning.get(len(cells), 0):
                spanning[len(cells)] -= 1
                cells.append(())
            at, columns, rows = len(cells), _number(cell, "cols", "colspan"), _number(cell, "rows", "rowspan")
            cells += [self._inlines.read(cell), *[()] * (columns - 1)]
            spanning.update({column: rows - 1 for column in range(at, at + columns) if rows > 1})
        return cells

    def _figure(self, element: Element) -> Iterator[Block]:
        """A picture with its caption; where there is none, its caption and its description."""
        image = self._inlines.picture(element)
        blocks = self._blocks([child for child in element.children if not _is_picture(child)])
        if image:
            yield Figure(image, tuple(_captioned(blocks)))
        else:
            yield from blocks


def leading_heads(element: Element) -> list[Element]:
    """The headings before anything else in an element."""
    heads: list[Element] = []
    for child in element.elements:
        if child.name == "head":
            heads.append(child)
        elif child.has_words:
            break
    return heads


def _is_picture(child: Element | Run) -> bool:
    return isinstance(child, Element) and child.name in ("graphic", "media")


def _captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield Paragraph(block.inlines) if isinstance(block, Heading) else block


def _flushed(lines: list[Inlines]) -> Iterator[Block]:
    if lines:
        yield Lines(tuple(lines))
        lines.clear()


def _stretches(element: Element) -> Iterator[list[Element | Run]]:
    """A list's items; what stands between two of them goes with the one that follows."""
    between: list[Element | Run] = []
    heads = leading_heads(element)
    for child in element.children:
        if (isinstance(child, Run) and not child.text.strip()) or child in heads:
            continue
        between.append(child)
        if isinstance(child, Run) or child.name not in _BETWEEN:
            yield between
            between = []
    if between:
        yield between


def _number(cell: Element, *names: str) -> int:
    """How many columns or rows a cell spans."""
    stated = cell.get(*names)
    return min(max(int(stated), 1), _MOST_COLUMNS) if stated.isascii() and stated.isdigit() else 1
