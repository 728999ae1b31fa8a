# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pandoc's tree -> blocks, inlines and notes.

https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html

Every word is entered in the ledger in the tree's order as it is read. The tree has no positions, so that all entries
stand on line 0. What pandoc keeps of the source's own markup (RawBlock) is left out, but for the words of HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any, TypeAlias

from msgspec import Struct, field

from publisher.document import (
    Anchor,
    Block,
    Break,
    Code,
    Dedication,
    Definition,
    Definitions,
    Emphasis,
    Epigraph,
    Figure,
    Foreign,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    Listing,
    Note,
    NoteCall,
    Paragraph,
    Passage,
    Quote,
    Span,
    SpanKind,
    Table,
    Text,
    Verse,
    VerseLine,
    plain,
    runs,
)
from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Entry, Fate
from publisher.pictures import absent
from publisher.readers.spacing import tidy

Node: TypeAlias = Any
"""A piece of pandoc's JSON: {"t": name, "c": contents}."""

DEEPEST = 60
_SPANS: dict[str, SpanKind] = {
    "Strong": "strong",
    "SmallCaps": "small-caps",
    "Strikeout": "deleted",
    "Superscript": "superscript",
    "Subscript": "subscript",
}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
_RAW = "markup of the source's own form"
_WEB = ("http://", "https://", "mailto:")


class Ledger(Struct):
    """Words as they are read: entries on line 0, with white space where a word ends."""

    file: str
    fate: Fate = Fate.BODY
    reason: str = ""
    _drafts: list[tuple[Fate, str, list[str]]] = field(default_factory=list)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(self.file, 0, "".join(texts), fate, reason) for fate, reason, texts in self._drafts)

    def enter(self, text: str) -> None:
        """Adds words; neighbours of one fate are one entry."""
        if not text:
            return
        if not self._drafts or self._drafts[-1][:2] != (self.fate, self.reason):
            self._drafts.append((self.fate, self.reason, []))
        self._drafts[-1][2].append(text)

    @contextmanager
    def reading(self, fate: Fate, reason: str = "") -> Iterator[None]:
        """Enters words of another fate."""
        before = self.fate, self.reason
        self.fate, self.reason = fate, reason
        try:
            yield
        finally:
            self.fate, self.reason = before

    def end(self) -> None:
        """Enters that a word ends here."""
        self.enter("\n")


class TreeReader:
    """Reads the tree of one file; `notes` are those of the chapter at hand."""

    def __init__(self, file: str, pictures: Mapping[str, str]) -> None:
        """`pictures` are the files of the pictures that there are, by their addresses."""
        self.ledger = Ledger(file)
        self.notes: list[Note] = []
        self.problems: list[Problem] = []
        self._file = file
        self._pictures = pictures
        self._depth = 0
        self._waiting: Inlines = ()
        self._blocks: dict[str, Callable[[Node], list[Block]]] = {
            **dict.fromkeys(("Para", "Plain"), self._paragraph),
            "LineBlock": self._verse,
            "CodeBlock": self._listing,
            "RawBlock": lambda c: [Paragraph(x) for x in [self._settled(self._raw(c))] if x],
            "BlockQuote": lambda c: _some(Quote, self.blocks(c)),
            "OrderedList": lambda c: self._list(c[1], ordered=True, start=c[0][0]),
            "BulletList": lambda c: self._list(c, ordered=False, start=1),
            "DefinitionList": self._definitions,
            "Header": lambda c: [Heading(x) for x in [self.heading(c)] if x],
            "HorizontalRule": lambda _: [Break("")],
            "Table": self._table,
            "Figure": self._figure,
            "Div": self._division,
        }
        self._inlines: dict[str, Callable[[Node], list[Inline]]] = {
            "Str": self._text,
            **dict.fromkeys(("Space", "SoftBreak"), lambda _: self._text(" ")),
            "LineBreak": self._line_break,
            **dict.fromkeys(("Emph", "Underline"), lambda c: [Emphasis(tuple(self.inlines(c)))]),
            "Quoted": self._quoted,
            "Cite": lambda c: self.inlines(c[1]),
            "Code": lambda c: self._code(c[1]),
            "Math": lambda c: self._text(c[1]),
            "RawInline": self._raw,
            "Link": self._link,
            "Image": lambda c: [*self._image(c)],
            "Note": self._note,
            "Span": self._span,
        }

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > DEEPEST:
            message = f"blocks are nested more than {DEEPEST} deep"
            raise SourceError([Problem("R005", message, Location(self._file), "No text needs so many levels.")])
        try:
            yield
        finally:
            self._depth -= 1

    def blocks(self, nodes: list[Node]) -> tuple[Block, ...]:
        """The blocks of a list of nodes."""
        with self._deeper():
            return tuple(block for node in nodes for block in self.block(node))

    def block(self, node: Node) -> list[Block]:
        """The blocks of one node; of a kind that is not known, its words."""
        read = self._blocks.get(node["t"])
        if read:
            return read(node.get("c"))
        self._report(node["t"])
        return []

    def run(self, nodes: list[Node]) -> Inlines:
        """Inlines that make a run of their own; anchors without words go to the next one."""
        made = (*self._waiting, *self._settled(self.inlines(nodes)))
        is_worded = not all(isinstance(inline, Anchor) for inline in made)
        self._waiting = () if is_worded else made
        return made if is_worded else ()

    def _settled(self, inlines: list[Inline]) -> Inlines:
        self.ledger.end()
        return tidy(inlines)

    def inlines(self, nodes: list[Node]) -> list[Inline]:
        """The inlines of a list of nodes, white space as in the tree."""
        with self._deeper():
            return [inline for node in nodes for inline in self._inline(node)]

    def _inline(self, node: Node) -> list[Inline]:
        kind = node["t"]
        if kind in _SPANS:
            return [Span(_SPANS[kind], tuple(self.inlines(node["c"])))]
        read = self._inlines.get(kind)
        if read:
            return read(node.get("c"))
        self._report(kind)
        return []

    def _report(self, kind: str) -> None:
        message = f'pandoc gave something new, a "{kind}", which is not read'
        self.problems.append(Problem("R092", message, Location(self._file), "Compare the book with the file."))

    def _text(self, text: str) -> list[Inline]:
        self.ledger.enter(text)
        return [Text(text)]

    def _code(self, text: str) -> list[Inline]:
        self.ledger.enter(text)
        return [Code(text)]

    def _line_break(self, _: Node) -> list[Inline]:
        self.ledger.end()
        return [LineBreak()]

    def _quoted(self, content: Node) -> list[Inline]:
        begin, end = _QUOTES.get(content[0]["t"], ("", ""))
        return [*self._text(begin), *self.inlines(content[1]), *self._text(end)]

    def _raw(self, content: Node) -> list[Inline]:
        form, text = content
        if form.startswith("html"):
            return self._text(_words_of(text))
        with self.ledger.reading(Fate.MARKUP, _RAW):
            self.ledger.enter(text)
        return []

    def _link(self, content: Node) -> list[Inline]:
        inner, url = tuple(self.inlines(content[1])), content[2][0]
        if url.startswith("#"):
            url = f"#{self._file}{url}"
        return [Link(url, inner)] if url.startswith((*_WEB, "#")) and inner else list(inner)

    def heading(self, content: Node) -> Inlines:
        """The words of a heading, with the anchor that links to it lead to."""
        title = self.run(content[2])
        return (Anchor(f"{self._file}#{content[1][0]}"), *title) if title else ()

    def _image(self, content: Node) -> Iterator[Inline]:
        """A picture of the work, or the words that describe it."""
        url = content[2][0]
        if url in self._pictures:
            with self.ledger.reading(Fate.MARKUP, "the description of a picture, which stands for it"):
                alt = plain(self.run(content[1]))
            if not alt:
                self.problems.append(Problem("P002", f"nobody has described the picture {url}", Location(self._file)))
            yield Image(self._pictures[url], alt)
        else:
            hint = "Its description is printed. Put the picture beside the file to have it in the book."
            self.problems.append(Problem("P001", absent(url), Location(self._file), hint))
            yield from self.inlines(content[1])

    def _note(self, blocks: list[Node]) -> list[Inline]:
        """A note of the chapter at hand; one inside another's body is part of it."""
        if self.ledger.fate is Fate.NOTE:
            return [*self._text(" "), *(x for node in blocks for x in self._inline_block(node))]
        with self.ledger.reading(Fate.NOTE):
            body = self.blocks(blocks)
        self.notes.append(Note(str(len(self.notes) + 1), body))
        return [NoteCall(len(self.notes) - 1)]

    def _span(self, content: Node) -> list[Inline]:
        (id_, classes, pairs), inner = content[0], tuple(self.inlines(content[1]))
        kinds: dict[str, SpanKind] = {"smallcaps": "small-caps", "insertion": "inserted", "deletion": "deleted"}
        kind = next((kinds[name] for name in classes if name in kinds), None)
        language = dict(pairs).get("lang")
        if kind:
            inner = (Span(kind, inner),)
        here = [Anchor(f"{self._file}#{id_}")] if id_ else []
        return [*here, Foreign(language, inner)] if language and inner else [*here, *inner]

    def _paragraph(self, content: Node) -> list[Block]:
        inlines = self.run(content)
        match inlines:
            case ():
                return []
            case (Image() as image,):
                return [Figure(image)]
            case _:
                return [Paragraph(inlines)]

    def _verse(self, lines: Node) -> list[Block]:
        """Lines of verse; an empty one ends a stanza, no-break spaces at its beginning indent one."""
        stanzas: list[list[VerseLine]] = [[]]
        for line in lines:
            inlines = self.run(line)
            if inlines:
                stanzas[-1].append(_verse_line(inlines))
            elif stanzas[-1]:
                stanzas.append([])
        made = tuple(tuple(stanza) for stanza in stanzas if stanza)
        return [Verse(made)] if made else []

    def _listing(self, content: Node) -> list[Block]:
        self.ledger.enter(f"{content[1]}\n")
        return [Listing(content[1], next(iter(content[0][1]), ""))] if content[1].strip() else []

    def _list(self, items: list[Node], *, ordered: bool, start: int) -> list[Block]:
        made = tuple(self.blocks(item) for item in items)
        return [List(made, ordered, start)] if any(made) else []

    def _definitions(self, items: Node) -> list[Block]:
        made: list[Definition] = []
        for term, bodies in items:
            terms = tuple(filter(None, [self.run(term)]))
            made.append(Definition(terms, tuple(block for nodes in bodies for block in self.blocks(nodes))))
        return [Definitions(tuple(made))] if made else []

    def _division(self, content: Node) -> list[Block]:
        (_, classes, pairs), blocks = content[0], self.blocks(content[1])
        if "epigraph" in classes:
            return _some(Epigraph, blocks)
        if "dedication" in classes:
            return _some(Dedication, blocks)
        language = dict(pairs).get("lang")
        return [Passage(language, blocks)] if language and blocks else list(blocks)

    def _figure(self, content: Node) -> list[Block]:
        """A picture with its caption, which stands above what it belongs to in the tree."""
        caption, blocks = self.blocks(content[1][1]), self.blocks(content[2])
        match blocks:
            case (Figure(image, ()),):
                return [Figure(image, caption)]
            case _:
                return [*caption, *blocks]

    def _table(self, content: Node) -> list[Block]:
        _, (_, captions), _, (_, head), bodies, (_, foot) = content
        caption = self._cell(captions)
        rows = [self._row(row) for row in head]
        heads = len(rows)
        for _, _, inner, body in bodies:
            rows += [self._row(row) for row in (*inner, *body)]
        rows += [self._row(row) for row in foot]
        width = max(map(len, rows), default=0)
        padded = tuple((*row, *[()] * (width - len(row))) for row in rows)
        return [Table(padded, heads if heads < len(rows) else 0, caption)] if width else []

    def _row(self, row: Node) -> list[Inlines]:
        """The cells of a row, empty ones behind a cell that spans several columns."""
        cells: list[Inlines] = []
        for _, _, _, columns, blocks in row[1]:
            cells += [self._cell(blocks), *[()] * (min(columns, 50) - 1)]
        return cells

    def _cell(self, blocks: list[Node]) -> Inlines:
        return self._settled([x for node in blocks for x in self._inline_block(node)])

    def _inline_block(self, node: Node) -> list[Inline]:
        """A block as lines amid words: what a cell or a note in a note holds."""
        if node["t"] in ("Para", "Plain"):
            return [*self.inlines(node["c"]), *self._line_break(None)]
        if node["t"] == "LineBlock":
            return [x for line in node["c"] for x in (*self.inlines(line), *self._line_break(None))]
        lines: list[Inline] = []
        for run in (run for block in self.block(node) for run in runs(block)):
            lines += [*run, LineBreak()]
        return lines


def _some(kind: Callable[[tuple[Block, ...]], Block], blocks: tuple[Block, ...]) -> list[Block]:
    return [kind(blocks)] if blocks else []


def _verse_line(inlines: Inlines) -> VerseLine:
    match inlines:
        case (Text(text), *rest) if text.startswith("\N{NO-BREAK SPACE}"):
            bare = text.lstrip("\N{NO-BREAK SPACE}")
            return VerseLine((*([Text(bare)] if bare else []), *rest), max((len(text) - len(bare)) // 2, 1))
        case _:
            return VerseLine(inlines)


class _Words(HTMLParser):
    """The words of a piece of HTML, without programs and style sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the base's)
        self._silent = tag in ("script", "style")
        self.words.append(" " if tag in ("p", "br", "div", "td", "li") else "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the base's)
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _words_of(markup: str) -> str:
    words = _Words()
    words.feed(markup)
    words.close()
    return "".join(words.words)
