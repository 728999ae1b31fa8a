# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown's tokens -> a tree whose leaves know where in the source they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from msgspec import Struct, field

from publisher.errors import Location
from publisher.readers.lightweight.commonmark import parse
from publisher.readers.lightweight.elements import Element, Leaf
from publisher.readers.lightweight.tags import Finding, plant, plant_tag, tags
from publisher.readers.lightweight.tree import Tree

_NAMES = {
    "paragraph": "p",
    "s": "del",
    "link": "a",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "frame": "blockquote",
}
_PLAIN = frozenset(
    "paragraph blockquote em strong s link sup sub span note bullet_list ordered_list list_item dl dt dd table thead"
    " tbody tr th td heading footnote_reference frame verse".split()
)


class Places(Struct):
    """Where the text of a block stands in the source, line by line: places in it, and the source's for each."""

    inner: list[int] = field(default_factory=list)
    outer: list[int] = field(default_factory=list)

    def add(self, inner: int, outer: int) -> None:
        self.inner.append(inner)
        self.outer.append(outer)

    def pieces(self, text: str, start: int) -> Iterator[tuple[str, int]]:
        """Characters that begin at a place of the block, divided where the source has others between them."""
        at, end = start, start + len(text)
        index = bisect_right(self.inner, start)
        while at < end:
            stop = min(self.inner[index], end) if index < len(self.inner) else end
            yield text[at - start : stop - start], self(at)
            at, index = stop, index + 1

    def __call__(self, at: int) -> int:
        index = max(bisect_right(self.inner, at) - 1, 0)
        return self.outer[index] + at - self.inner[index]


def tree(text: str, file: str, line: int, offset: int) -> tuple[Element, list[Finding]]:
    """The tree of a Markdown text that begins at a line and an offset of its source."""
    growth = _Growth(text, file, line, offset)
    growth.blocks(parse(text, file, line))
    return growth.tree.root, growth.findings


class _Growth:
    def __init__(self, text: str, file: str, line: int, offset: int) -> None:
        self.tree = Tree(Location(file, line + 1))
        self.findings: list[Finding] = []
        self._lines = text.split("\n")
        self._offset = offset
        self._starts = [offset]
        for length in map(len, self._lines):
            self._starts.append(self._starts[-1] + length + 1)
        self._cell = 0
        self._content = ""
        self._divisions = 0

    def blocks(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._block(token)

    def _block(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._inlines(token)
            case "fence" | "code_block":
                self._listing(token)
            case "html_block":
                self.findings += plant(self.tree, token.content, self._places(token, 0))
            case "hr":
                self._rule(token)
            case "attributes":
                self._attach(token)
            case "division":
                self._division(token)
            case "verse_line":
                self.tree.add(Element("line", {"indent": str(token.meta["indent"]), "on": "1" if token.hidden else ""}))
            case _:
                self._enclose(token)

    def _enclose(self, token: Token, at: int = 0) -> None:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind not in _PLAIN:
            raise AssertionError(f"markdown-it gave a token {token.type}")
        name = token.tag if kind == "heading" else _NAMES.get(kind, kind)
        if token.nesting < 0:
            self.tree.close(name)
            return
        attributes = {key: str(value) for key, value in token.attrs.items()}
        if kind == "list_item":
            attributes["number"] = token.info
        if kind == "footnote_reference":
            attributes = {"label": token.meta["label"]}
        if kind == "tr":
            self._cell = 0
        start = self._starts[token.map[0]] if token.map else at
        self.tree.open(Element(name, attributes, start=start, end=start))

    def _rule(self, token: Token) -> None:
        """A line across; stars are an ornament that is printed as it stands."""
        number = token.map[0] if token.map else 0
        line = self._lines[number].rstrip()
        start = len(line.rstrip("-*_ \t"))
        mark = line[start:].lstrip()
        rule = Element("hr")
        if "*" in mark:
            at = self._starts[number] + len(line) - len(mark)
            rule.children.append(Leaf(mark, at, at + len(mark)))
        self.tree.add(rule)

    def _division(self, token: Token) -> None:
        """A fence without a class closes the innermost division, one with a class opens another."""
        if not token.hidden:
            self._divisions += 1
            attributes = {key: str(value) for key, value in token.attrs.items()}
            self.tree.open(Element("div", attributes), typed=True)
        elif self._divisions:
            self._divisions -= 1
            self.tree.close_typed("div")

    def _attach(self, token: Token) -> None:
        """Attributes belong to the mark before them; behind plain words to the block that the words are in."""
        here = self.tree.open_element
        last = here.children[-1] if here.children else None
        target = last if isinstance(last, Element) else here
        target.attributes.update({key: str(value) for key, value in token.attrs.items()})

    def _places(self, token: Token, skip: int) -> Places:
        """Where each line of a token's content stands: at the end of its source line, what is cut off at the start."""
        places, inner = Places(), 0
        first = (token.map[0] if token.map else 0) + skip
        if token.type == "inline":
            # A line of nothing but wide spaces above the words is no longer in the content.
            opening = token.content.split("\n", 1)[0].lstrip(" ")
            while token.map and opening not in self._lines[first] and first + 1 < token.map[1]:
                first += 1
        for number, line in enumerate(token.content.split("\n"), first):
            body = line.lstrip(" ")
            raw = self._lines[number] if number < len(self._lines) else ""
            places.add(inner + len(line) - len(body), self._starts[min(number, len(self._lines))] + raw.rfind(body))
            inner += len(line) + 1
        return places

    def _cell_places(self, token: Token) -> Places:
        """Where a table's cell stands: cells of a row are found one behind the other, "|" as it is written in them."""
        number = token.map[0] if token.map else 0
        places = Places()
        inner = 0
        for i, piece in enumerate(token.content.split("|")):
            raw = f"\\|{piece}" if i else piece
            at = max(self._lines[number].find(raw, self._cell), self._cell)
            # Of "\|" the stroke is what is read.
            places.add(inner - (1 if i else 0), self._starts[number] + at + (1 if i else 0))
            inner += len(piece) + 1
            self._cell = at + len(raw)
        return places

    def _listing(self, token: Token) -> None:
        language = token.info.strip().split(maxsplit=1)[0].strip("{}.").split(",")[0] if token.info.strip() else ""
        listing = Element("pre", {"language": language})
        if token.meta.get("drawn"):
            self.findings.append(("drawn", "table", self._starts[token.map[0] if token.map else 0]))
        content = token.content.removesuffix("\n")
        places = self._places(token, 1 if token.type == "fence" else 0)
        at = 0
        for line in content.split("\n") if content else ():
            body = line.lstrip(" ")
            listing.children.append(Leaf(line[: len(line) - len(body)], 0, 0))
            start = places(at + len(line) - len(body))
            listing.children.append(Leaf(body, start, start + len(body)))
            listing.children.append(Leaf("\n", 0, 0))
            at += len(line) + 1
        del listing.children[-1:]
        self.tree.add(listing)

    def _inlines(self, token: Token) -> None:
        cell = self.tree.open_element.name in {"td", "th"}
        places = self._cell_places(token) if cell else self._places(token, 0)
        self._content = token.content
        for child in token.children or ():
            self._inline(child, places)

    def _inline(self, token: Token, places: Places) -> None:
        at = places(token.meta["at"])
        match token.type:
            case "text" | "formula":
                self._text(token, places)
            case "text_special":
                self.tree.leaf(token.content, at, at + len(token.markup))
            case "softbreak":
                self.tree.leaf("\n", at, at)
            case "hardbreak":
                self.tree.add(Element("br"))
            case "code_inline":
                self._code(token, places)
            case "html_inline":
                self._tag(token, at)
            case "image":
                self._image(token, places)
            case "note_call":
                call = Element("call", {"label": token.info}, start=at, end=at + len(token.content))
                call.children.append(Leaf(token.content, at, at + len(token.content)))
                self.tree.add(call)
            case "attributes":
                self._attach(token)
            case _:
                self._enclose(token, at)

    def _text(self, token: Token, places: Places) -> None:
        start = token.meta["at"]
        for line in _each_line(token.content):
            if line != "\n":
                for piece, at in places.pieces(line, start):
                    self.tree.leaf(piece, at, at + len(piece))
            else:
                self.tree.leaf("\n", 0, 0)
            start += len(line)

    def _code(self, token: Token, places: Places) -> None:
        """A code span; its lines are joined by spaces, and the blank beside a backtick in it is not its own."""
        code = Element("code")
        start = token.meta["at"] + len(token.markup)
        raw_start = start
        text = token.content
        # One space on each side may have been taken off, or a line's end.
        if self._content[raw_start : raw_start + len(text)].replace("\n", " ") != text:
            raw_start += 1
        for piece in _each_space(text):
            for part, at in places.pieces(piece, raw_start):
                # The end of a line counts as a space.
                there = part != " " or self._stands(" ", at)
                code.children.append(Leaf(part, at, at + len(part)) if there else Leaf(" ", 0, 0))
            raw_start += len(piece)
        self.tree.add(code)

    def _stands(self, text: str, at: int) -> bool:
        """Whether the first line of some characters stands at a place of the source."""
        line = bisect_right(self._starts, at) - 1
        return line < len(self._lines) and self._lines[line].startswith(text, at - self._starts[line])

    def _tag(self, token: Token, at: int) -> None:
        for tag in tags(token.content):
            self.findings += plant_tag(self.tree, tag, token.content, at)
            return
        self.tree.leaf(token.content, at, at + len(token.content))

    def _image(self, token: Token, places: Places) -> None:
        """A picture; its description is kept as leaves, for they are printed where the picture is missing."""
        at = token.meta["at"]
        image = Element("img", {key: str(value) for key, value in token.attrs.items()}, start=places(at))
        inner = _Growth("", "", 0, 0)
        inner._content = token.content
        shifted = Places([i - at - 2 for i in places.inner], places.outer)
        for child in token.children or ():
            inner._inline(child, shifted)
        image.children = inner.tree.root.children
        image.attributes["markdown"] = "1"
        self.tree.add(image)


def _each_line(text: str) -> Iterator[str]:
    return (part for part in text.replace("\n", "\0\n\0").split("\0") if part)


def _each_space(text: str) -> Iterator[str]:
    return (part for part in text.replace(" ", "\0 \0").split("\0") if part)
