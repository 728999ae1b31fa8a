# SPDX-License-Identifier: AGPL-3.0-or-later
"""Elements within a paragraph -> inlines of the document; each leaf is entered in the ledger as it is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct, field

from publisher.document import (
    Anchor,
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteCall,
    Span,
    SpanKind,
    Text,
)
from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.pictures import absent
from publisher.readers.lightweight import crossings
from publisher.readers.lightweight.elements import Element, Leaf, Node, leaves, words
from publisher.readers.lightweight.pictures import Album
from publisher.readers.lightweight.sheet import Sheet
from publisher.readers.lightweight.tags import BLOCKS, LEFT_OUT, plant_text
from publisher.readers.lightweight.tree import Tree

_EMPHASIS = frozenset({"em", "i", "cite", "dfn", "var"})
_SPANS: dict[str, SpanKind] = {
    "strong": "strong",
    "b": "strong",
    "sup": "superscript",
    "sub": "subscript",
    "del": "deleted",
    "s": "deleted",
    "strike": "deleted",
    "ins": "inserted",
    "u": "inserted",
    "sc": "small-caps",
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_SMALL_CAPS = frozenset({"smallcaps", "small-caps", "sc", "smcp"})
_LINK = re.compile(r"(?i)(?:https?|ftp|mailto|doi|urn|tel|news):")
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


NoteKey: TypeAlias = tuple[str, str]


class Shared(Struct):
    """What all scribes of a work share: its pictures, the names of its texts, and where they report what is wrong."""

    album: Album
    files: Collection[str] = ()
    problems: list[Problem] = field(default_factory=list)


class Scribe(Struct):
    """Writes the elements of one sheet; `notes` has the index of each note of the chapter by its element or label."""

    sheet: Sheet
    shared: Shared
    notes: Mapping[NoteKey, int]
    apart: bool = False

    def run(self, nodes: Iterable[Node], fate: Fate) -> Inlines:
        """A run of inlines of its own: a paragraph, a title, a cell."""
        self.apart = True
        return trimmed(self.inlines(nodes, fate))

    def inlines(self, nodes: Iterable[Node], fate: Fate) -> Inlines:
        result: list[Inline] = []
        for node in nodes:
            if isinstance(node, Leaf):
                self.write(node, fate)
                result.append(Text(_on_one_line(node.text)))
            elif node.name in BLOCKS and node.name != "center":
                self._block(node, fate, result)
            else:
                result += self._element(node, fate)
        return tuple(_joined(result))

    def write(self, leaf: Leaf, fate: Fate) -> None:
        """Enters a leaf in the ledger."""
        if leaf.end > leaf.start:
            self.sheet.write(leaf.start, leaf.end, fate, text=leaf.text, apart=self.apart)
            self.apart = False

    def text(self, element: Element, fate: Fate) -> str:
        """The characters of an element, with its spaces and line ends."""
        found = list(leaves(element.children))
        for leaf in found:
            self.write(leaf, fate)
        return "".join(leaf.text for leaf in found)

    def leave_out(self, nodes: Iterable[Node], reason: str, fate: Fate = Fate.MARKUP) -> None:
        """Enters what is not printed, and why."""
        self.apart = True
        for leaf in leaves(nodes):
            if leaf.end > leaf.start:
                self.sheet.write(leaf.start, leaf.end, fate, text=leaf.text, reason=reason, apart=self.apart)
                self.apart = False

    def _block(self, element: Element, fate: Fate, result: list[Inline]) -> None:
        """A block where only words may stand, such as a list in a cell, begins on a line of its own."""
        if result:
            result.append(LineBreak())
        self.apart = True
        inner = (Code(self.text(element, fate)),) if element.name == "pre" else self.inlines(element.children, fate)
        result += inner
        self.apart = True
        if inner:
            result.append(LineBreak())

    def _element(self, element: Element, fate: Fate) -> Iterator[Inline]:
        match element.name:
            case "br":
                self.apart = True
                yield LineBreak()
            case "call":
                yield from self._call(element, fate)
            case "note":  # its body is set among the notes
                index = self.notes.get(note_key(self.sheet, element))
                yield from self._marked(element, fate, "[", "]") if index is None else (NoteCall(index),)
            case "footnote_reference":
                pass
            case "img":
                yield from self.image(element, fate)
            case "comment":
                self.sheet.write(element.start, element.end, Fate.MARKUP, reason="a comment")
            case name if name in LEFT_OUT and element.closed:
                self.leave_out(element.children, "a script, style or form")
            case name if name in _CODE and all(isinstance(child, Leaf) for child in element.children):
                yield Code(self.text(element, fate))
            case "a":
                yield from self._link(element, fate)
            case "q":
                yield from self._marked(element, fate, "“", "”")
            case _:
                yield from self._span(element, fate)

    def _marked(self, element: Element, fate: Fate, opening: str, closing: str) -> Inlines:
        """Words with the marks around them that a tag stands for."""
        inner = list(leaves(element.children))
        if not inner:
            return ()
        self.sheet.write(inner[0].start, inner[0].start, fate, text=opening, apart=self.apart)
        self.apart = False
        words_inside = self.inlines(element.children, fate)
        self.sheet.write(inner[-1].end, inner[-1].end, fate, text=closing)
        return Text(opening), *words_inside, Text(closing)

    def _span(self, element: Element, fate: Fate) -> Inlines:
        inner = self.inlines(element.children, fate)
        language = element.attributes.get("lang", "")
        if not inner:
            return ()
        if element.name in _EMPHASIS:
            inner = (Emphasis(inner),)
        elif element.name in _SPANS:
            # A raised call is raised by its being a call.
            calls = all(isinstance(inline, NoteCall) for inline in inner)
            inner = inner if calls else (Span(_SPANS[element.name], inner),)
        elif _SMALL_CAPS.intersection(element.classes):
            inner = (Span("small-caps", inner),)
        return (Foreign(language, inner),) if _LANGUAGE.fullmatch(language) else inner

    def _call(self, element: Element, fate: Fate) -> Iterator[Inline]:
        """The call of a note, or its characters where there is no note that it could call."""
        index = self.notes.get(note_key(self.sheet, element))
        if index is None:
            yield from self.inlines(element.children, fate)
            return
        for leaf in leaves(element.children):
            self.sheet.write(leaf.start, leaf.end, Fate.CALL, text=leaf.text)
        yield NoteCall(index)

    def _link(self, element: Element, fate: Fate) -> Inlines:
        """A link, and the anchor that it may be; one to what is not in the book is words."""
        address = element.attributes.get("href", "")
        if re.match(r"(?i)\s*(?:javascript|data|vbscript):", address):
            place = self.sheet.at(element.start)
            self.shared.problems.append(
                Problem("R003", "a link that runs a script is left out, its words are kept", place)
            )
        inner = self.inlines(element.children, fate)
        names = dict.fromkeys(element.attributes.get(key, "") for key in ("id", "name"))
        here = tuple(Anchor(crossings.name(self.sheet.file, name)) for name in names if name)
        if not _LINK.match(address):
            target = crossings.target(address, self.sheet.file, self.shared.files)
            address = f"#{target}" if target else ""
        return (*here, Link(address, inner)) if inner and address else (*here, *inner)

    def image(self, element: Element, fate: Fate) -> Inlines:
        """A picture, or where it is missing the words that describe it."""
        address = element.attributes.get("src", "")
        file = self.shared.album.find(address, self.sheet.file)
        described = words(element.children) or " ".join(element.attributes.get("alt", "").split())
        place = self.sheet.at(element.start)
        if file is None:
            self.shared.problems.append(
                Problem("P001", absent(address), place, "Its description is printed in its place.")
            )
            return self._description(element, fate)
        if not described:
            self.shared.problems.append(Problem("P002", f'nothing says what the picture "{address}" shows', place))
        return (Image(file, described),)

    def _description(self, element: Element, fate: Fate) -> Inlines:
        """The words that describe a picture: Markdown's, or a tag's as they stand in it."""
        found = None if element.children else _ALT.search(self.sheet.text, element.start, element.end)
        if found is None:
            return self.inlines(element.children, fate)
        tree = Tree(self.sheet.at(element.start))
        start, end = found.span(1 if found[1] is not None else 2)
        plant_text(tree, self.sheet.text, start, end, int)
        return self.inlines(tree.root.children, fate)


def _on_one_line(text: str) -> str:
    """Characters with a space where the source ends a line and sets the next one in."""
    if "\n" not in text:
        return text
    first, *others = text.split("\n")
    return " ".join((first.rstrip(" \t"), *(line.strip(" \t") for line in others[:-1]), others[-1].lstrip(" \t")))


def note_key(sheet: Sheet, element: Element) -> NoteKey:
    """By what a call, a body or a note in its place is known: its file and label, for want of one its place."""
    return sheet.file, element.attributes.get("label", f"at {element.start}")


def _joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Inlines with characters that follow upon one another in one."""
    for is_text, group in groupby(inlines, lambda inline: isinstance(inline, Text)):
        if not is_text:
            yield from group
        elif text := "".join(inline.text for inline in group if isinstance(inline, Text)):
            yield Text(text)


def trimmed(inlines: Inlines) -> Inlines:
    """Inlines without blanks and line breaks at the ends."""
    result = list(inlines)
    while result and _is_blank(result[0]):
        del result[0]
    while result and _is_blank(result[-1]):
        del result[-1]
    if result and isinstance(first := result[0], Text):
        result[0] = Text(first.text.lstrip(" \n\t"))
    if result and isinstance(last := result[-1], Text):
        result[-1] = Text(last.text.rstrip(" \n\t"))
    return tuple(result)


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Text) and not inline.text.strip())
