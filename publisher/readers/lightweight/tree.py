# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening and closing marks -> a tree of elements, whatever order they come in.

The source's own marks nest by their grammar. Tags that somebody typed between them may not: "<div>" may be closed
three paragraphs on, or never, or twice. A tag closes what it opened as long as no mark of the grammar was opened
since.
"""

from __future__ import annotations

from publisher.errors import Location, Problem, SourceError
from publisher.readers.lightweight.elements import Element, Leaf, Node

DEEPEST = 60

# A tag that ends another of its kind: <li> after <li>.
_ENDED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "thead": {"tr", "td", "th"},
    "tbody": {"thead", "tr", "td", "th"},
    "p": {"p"},
}


class Tree:
    """A tree that grows at its open end."""

    def __init__(self, place: Location) -> None:
        self.root = Element("root")
        self._place = place
        self._stack = [self.root]
        self._typed = [False]

    @property
    def open_element(self) -> Element:
        return self._stack[-1]

    def open(self, element: Element, *, typed: bool = False) -> None:
        """Opens an element; `typed` for a tag, which the grammar's marks close, and which closes none of them."""
        if typed:
            self._end_others(element.name)
        if len(self._stack) > DEEPEST:
            raise SourceError([Problem("R005", f"marks are nested more than {DEEPEST} deep", self._place)])
        self._stack[-1].children.append(element)
        self._stack.append(element)
        self._typed.append(typed)

    def close(self, name: str) -> None:
        """Closes the innermost mark of the grammar with this name, and the tags left open inside it."""
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].name == name and not self._typed[depth]:
                self._stack[depth].closed = True
                self._cut(depth)
                return

    def close_typed(self, name: str) -> bool:
        """Closes the innermost tag with this name; false if none is open here."""
        for depth in range(len(self._stack) - 1, 0, -1):
            if not self._typed[depth]:
                return False
            if self._stack[depth].name == name:
                self._stack[depth].closed = True
                self._cut(depth)
                return True
        return False

    def add(self, node: Node) -> None:
        self._stack[-1].children.append(node)

    def leaf(self, text: str, start: int, end: int) -> None:
        self._stack[-1].children.append(Leaf(text, start, end))

    def _end_others(self, name: str) -> None:
        ended = _ENDED_BY.get(name, ())
        while self._typed[-1] and self._stack[-1].name in ended:
            self._cut(len(self._stack) - 1)

    def _cut(self, depth: int) -> None:
        del self._stack[depth:], self._typed[depth:]
