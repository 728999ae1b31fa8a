# SPDX-License-Identifier: AGPL-3.0-or-later
"""Marks within a paragraph of AMuseWiki (https://amusewiki.org/library/manual) -> the tree.

"*words*", "**words**", "=code=", "<em>" and the like, "[[address][words]]", "[1]" and "{1}" for calls of notes, "~~"
for a space where no line is broken.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct

from publisher.readers.lightweight.elements import Element, Leaf
from publisher.readers.lightweight.tags import Finding, plant_tag, tags
from publisher.readers.lightweight.tree import Tree

_PIECE = re.compile(
    r"(?P<verbatim><verbatim>)|(?P<tag></?[A-Za-z][^<>]*>)|(?P<stars>\*{1,3})"
    r"|(?P<code>(?<![\w=])=(?! )[^=\n]+(?<! )=(?![\w=]))"
    r"|\[\[(?P<address>[^\[\]\n]+)\](?:\[(?P<words>[^\[\]\n]*(?:\[\d+\][^\[\]\n]*)?)\])?\]"
    r"|(?P<call>\[\d{1,5}\*?\]|\{\d{1,5}\})|(?P<space>~~)"
)
_PICTURE = re.compile(r"(?i)(\S+\.(?:png|jpe?g|gif|svg|webp))(?:\s+\S+)?$")
_STARS = {1: ("em",), 2: ("strong",), 3: ("strong", "em")}


class _Stars(Struct, frozen=True):
    start: int
    end: int
    opens: bool


def plant(tree: Tree, text: str, start: int, end: int, labels: Collection[str]) -> list[Finding]:
    """Adds the characters `start` to `end` of a source to a tree; `labels` are those of the notes that it has."""
    return _Inlines(tree, text, labels).plant(start, end)


class _Inlines:
    def __init__(self, tree: Tree, text: str, labels: Collection[str]) -> None:
        self._tree = tree
        self._text = text
        self._labels = labels
        self._findings: list[Finding] = []

    def plant(self, start: int, end: int) -> list[Finding]:
        pieces = list(_PIECE.finditer(self._text, start, end))
        pairs = self._pairs([piece for piece in pieces if piece["stars"]], start, end)
        at = start
        for piece in pieces:
            if piece.start() < at:
                continue
            self._words(at, piece.start())
            at = self._piece(piece, pairs, end)
        self._words(at, end)
        return self._findings

    def _pairs(self, stars: list[re.Match[str]], start: int, end: int) -> dict[int, bool]:
        """For each run of stars that has a partner whether it opens."""
        found: dict[int, bool] = {}
        waiting: list[_Stars] = []
        for match in stars:
            before = self._text[match.start() - 1] if match.start() > start else " "
            after = self._text[match.end()] if match.end() < end else " "
            last = waiting[-1] if waiting else None
            size = match.end() - match.start()
            if last and not before.isspace() and not after.isalnum() and last.end - last.start == size:
                waiting.pop()
                found[last.start], found[match.start()] = True, False
            elif not before.isalnum() and not after.isspace():
                waiting.append(_Stars(match.start(), match.end(), opens=True))
        return found

    def _words(self, start: int, end: int) -> None:
        for line in re.compile(r"\n[ \t]*|[^\n]+").finditer(self._text, start, end):
            if line[0][0] == "\n":
                self._tree.leaf("\n", line.start(), line.start())
            else:
                self._tree.leaf(line[0], line.start(), line.end())

    def _piece(self, piece: re.Match[str], pairs: dict[int, bool], end: int) -> int:
        """Adds one mark; says where the text goes on."""
        start, stop = piece.span()
        match piece.lastgroup:
            case "verbatim":
                close = self._text.find("</verbatim>", stop, end)
                self._words(stop, close if close >= 0 else end)
                return close + len("</verbatim>") if close >= 0 else end
            case "stars" if start in pairs:
                self._emphasis(stop - start, opens=pairs[start])
            case "code":
                code = Element("code", children=[Leaf(self._text[start + 1 : stop - 1], start + 1, stop - 1)])
                self._tree.add(code)
            case "space":
                self._tree.leaf("\N{NO-BREAK SPACE}", start, stop)
            case "address" | "words":
                self._link(piece)
            case "call" if piece[0] in self._labels or piece[0][0] == "[":
                call = Element("call", {"label": piece[0].strip("[]")}, [Leaf(piece[0], start, stop)], start, stop)
                self._tree.add(call)
            case "tag":
                self._tag(piece[0], start, stop)
            case _:
                self._words(start, stop)
        return stop

    def _emphasis(self, size: int, *, opens: bool) -> None:
        for name in _STARS[size] if opens else _STARS[size][::-1]:
            if opens:
                self._tree.open(Element(name))
            else:
                self._tree.close(name)

    def _tag(self, raw: str, start: int, stop: int) -> None:
        tag = next(tags(raw), None)
        if tag is None:
            self._words(start, stop)
        else:
            self._findings += plant_tag(self._tree, tag, raw, start)

    def _link(self, piece: re.Match[str]) -> None:
        """A link, or a picture with its caption."""
        address, start = piece["address"].strip(), piece.start("address")
        picture = _PICTURE.match(address)
        words = piece.span("words") if piece["words"] is not None else piece.span("address")
        if picture and not re.match(r"(?i)[a-z]+:", address):
            image = Element("img", {"src": picture[1]}, start=piece.start(), end=piece.end())
            if piece["words"]:
                image.children = [Leaf(piece["words"], *words)]
            self._tree.add(image)
            return
        self._tree.open(Element("a", {"href": address}, start=start))
        _Inlines(self._tree, self._text, self._labels).plant(*words)
        self._tree.close("a")
