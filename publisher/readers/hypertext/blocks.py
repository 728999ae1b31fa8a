# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes -> blocks: elements make quotations, lists and tables, classes verse and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from publisher.document import (
    Block,
    Break,
    Dateline,
    Dedication,
    Definition,
    Definitions,
    Epigraph,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Lines,
    List,
    Listing,
    Paragraph,
    Passage,
    Quote,
    Salutation,
    Signature,
    Synopsis,
    Table,
    Text,
)
from publisher.ledger import LEFT_OUT
from publisher.readers.blocks import is_synopsis
from publisher.readers.hypertext import drama, verses
from publisher.readers.hypertext.closing import closing
from publisher.readers.hypertext.front import reads_as_text
from publisher.readers.hypertext.inlines import Inliner
from publisher.readers.hypertext.model import Box, Container, all_look, rows, whole
from publisher.readers.hypertext.tables import grid, is_layout
from publisher.readers.lines import is_break

_QUOTES = re.compile(r"(?:block)?(?:quote|quotation|quot|zitat|citation|extract|cita)[a-z\d-]*|indent[a-z\d]*|quoted")
_EPIGRAPHS = re.compile(r"epigraph|motto|epi(?:graph)?[a-z\d-]*")
_SIGNATURES = frozenset("sig signature signed z3998:signature z3998:sender closer sign valediction".split())
_DATELINES = frozenset("dateline date-line dta-dateline datum".split())
_SALUTATIONS = frozenset("salute salutation z3998:salutation greeting dta-salute".split())
_CAPTIONS = frozenset("caption figcaption legend bildunterschrift imgcaption".split())
# Containers that make a block of their own.
_HOLDERS = frozenset(
    "blockquote ul ol dir menu dl table figure li dt dd tr td th caption thead tbody tfoot figcaption".split()
)
# A line that heads a table is no longer.
LABEL = 120
_LISTS = ("ul", "ol", "dir", "menu")
Item = Box | tuple[Container, list[Box]]


class Builder:
    """Makes blocks of boxes."""

    def __init__(self, inliner: Inliner, language: str) -> None:
        self._inliner = inliner
        self._language = language
        self._closing: set[int] = set()

    def blocks(self, boxes: Sequence[Box], *, holder: Container | None = None) -> tuple[Block, ...]:
        """The blocks of boxes that stand together below one heading, or in one note, whose element is the holder."""
        self._closing = set() if holder is not None else set(closing(boxes))
        return tuple(_without_rules(self._within(boxes, holder)))

    def _within(self, boxes: Sequence[Box], holder: Container | None) -> list[Block]:
        found: list[Block] = []
        run: list[Box] = []
        for item in _items(boxes, holder):
            if isinstance(item, Box):
                run.append(item)
                continue
            found += self._run(run)
            run = []
            found += self._held(*item)
        return found + self._run(run)

    # Elements that hold blocks

    def _held(self, holder: Container, boxes: list[Box]) -> Iterable[Block]:
        language = self._other(holder.language)
        blocks = list(self._contents(holder, boxes))
        if language and blocks and (holder.parent is None or holder.parent.language != holder.language):
            return [Passage(language, tuple(blocks))]
        return blocks

    def _contents(self, holder: Container, boxes: list[Box]) -> Iterable[Block]:
        match _kind(holder):
            case "verse":
                return verses.of_container(holder, boxes, self._inliner)
            case "epigraph":
                return [Epigraph(tuple(self._within(boxes, holder)))]
            case "dedication":
                return [Dedication(tuple(self._within(boxes, holder)))]
            case "quote":
                return [Quote(inner)] if (inner := tuple(self._within(boxes, holder))) else []
            case "list":
                return self._list(holder, boxes)
            case "definitions":
                return self._definitions(boxes, holder)
            case "table":
                return self._table(holder, boxes)
            case "figure":
                return self._figure(holder, boxes)
            case _:
                return self._within(boxes, holder)

    def _list(self, holder: Container, boxes: Sequence[Box]) -> Iterable[Block]:
        items: list[tuple[Block, ...]] = []
        for item in _items(boxes, holder):
            if isinstance(item, Box):
                items.append(tuple(self._run([item])))
            else:
                inner = self._within(item[1], item[0]) if item[0].tag == "li" else list(self._held(*item))
                if item[0].tag != "li" and items and inner:
                    items[-1] += tuple(inner)
                else:
                    items.append(tuple(inner))
        start = holder.attributes.get("start", "1")
        value = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        items = [item for item in items if item]
        return [List(tuple(items), holder.tag == "ol", value)] if items else []

    def _definitions(self, boxes: Sequence[Box], holder: Container) -> Iterable[Block]:
        found: list[Definition] = []
        terms: list[Inlines] = []
        below: list[Block] = []
        for item in _items(boxes, holder):
            if not isinstance(item, Box) and item[0].tag == "dt":
                if below:
                    found.append(Definition(tuple(terms), tuple(below)))
                    terms, below = [], []
                terms += [inlines for box in item[1] if (inlines := self._inliner.inlines(whole(box)))]
            else:
                below += self._run([item]) if isinstance(item, Box) else self._within(item[1], item[0])
        if terms or below:
            found.append(Definition(tuple(terms), tuple(below)))
        if not any(one.terms for one in found):  # indented paragraphs, as old pages write them
            return [Quote(tuple(block for one in found for block in one.blocks))]
        return [Definitions(tuple(found))]

    def _table(self, holder: Container, boxes: list[Box]) -> Iterable[Block]:
        if drama.is_play(boxes):
            return drama.speeches(boxes, holder, self._inliner)
        if is_layout(holder, boxes):
            return self._within(boxes, holder)
        table = grid(holder, boxes, self._cell)
        caption = [
            box for box in boxes if (inner := box.inside("caption", "table")) is not None and inner.tag == "caption"
        ]
        if len(table.rows) == 1 and len(table.rows[0]) == 1 and not caption:
            return self._within(boxes, holder)
        return [Table(table.rows, table.head, self._cell(caption))]

    def _cell(self, boxes: Sequence[Box]) -> Inlines:
        found: list[Inline] = []
        for box in boxes:
            if inlines := self._inliner.inlines(whole(box), bare=box.inside("th") is not None):
                found += [LineBreak(), *inlines] if found else inlines
        return tuple(found)

    def _figure(self, holder: Container, boxes: list[Box]) -> Iterable[Block]:
        caption = [box for box in boxes if box.inside("figcaption") is not None or box.names & _CAPTIONS]
        pictured = [box for box in boxes if box not in caption]
        blocks = self._within(pictured, holder)
        if caption and len(blocks) == 1 and isinstance(blocks[0], Figure) and boxes[-1] in caption:
            return [Figure(blocks[0].image, tuple(self._run(caption)))]
        return self._within(boxes, holder)

    # Boxes side by side

    def _run(self, boxes: Sequence[Box]) -> list[Block]:
        """Boxes that stand side by side: those of one kind, such as a quotation's paragraphs, go together."""
        found: list[Block] = []
        for kind, group in groupby(boxes, key=self._kind_of_box):
            inner = list(group)
            match kind:
                case "quote":
                    found.append(Quote(tuple(block for box in inner for block in self._box(box, quoted=True))))
                case "epigraph":
                    found.append(Epigraph(tuple(block for box in inner for block in self._box(box, quoted=True))))
                case "verse":
                    found += verses.of_boxes(inner, self._inliner)
                case "signature":
                    found.append(Signature(tuple(self._lines(inner))))
                case "dateline":
                    found.append(Dateline(tuple(self._lines(inner))))
                case "salutation":
                    found += [Salutation(inlines) for box in inner if (inlines := self._inliner.inlines(whole(box)))]
                case _:
                    found += [block for box in inner for block in self._box(box)]
        return [block for block in found if not (isinstance(block, Quote | Epigraph) and not block.blocks)]

    def _kind_of_box(self, box: Box) -> str:
        return "signature" if id(box) in self._closing else _box_kind(box)

    def _lines(self, boxes: Sequence[Box]) -> Iterator[Inlines]:
        for box in boxes:
            for row in rows(box):
                if inlines := self._inliner.inlines(row):
                    yield inlines

    def _box(self, box: Box, *, quoted: bool = False) -> list[Block]:
        if box.tag == "hr":
            return [Break("")]
        blocks = self._plain_box(box, quoted=quoted)
        language = self._other(box.language)
        around = box.container.language if box.container else ""
        if language and blocks and box.language != around:
            return [Passage(language, tuple(blocks))]
        return blocks

    def _plain_box(self, box: Box, *, quoted: bool, opening: bool = False) -> list[Block]:
        if box.tag in ("pre", "listing", "xmp"):
            return self._listing(box)
        words = printed(box)
        if is_break(words) and not box.pictures:
            return [Break(words)]
        if (found := verses.short_lines(box, self._inliner, quoted=quoted)) is not None:
            return [found]
        label = not box.level and _is_label(box, words)
        inlines = self._inliner.inlines(whole(box), bare=box.level > 0 or label)
        if not inlines:
            return []
        if is_synopsis(words) and (box.level or opening):
            return [Synopsis(inlines)]
        if box.level:
            return [Epigraph((Paragraph(inlines),))] if reads_as_text(words) else [Heading(inlines)]
        if label:
            return [Heading(inlines)]
        return list(_with_figures(inlines))

    def _listing(self, box: Box) -> list[Block]:
        text = "".join(
            box.text[p.start : p.end] for p in box.pieces() if p.claim is None or p.claim.fate not in LEFT_OUT
        ).strip("\n")
        if any(claim.inline is not None for claim in box.settled()):
            return [Lines(tuple(inlines for row in rows(box) if (inlines := self._inliner.inlines(row))))]
        return [Listing(text)] if text.strip() else []

    def _other(self, language: str) -> str:
        own = language.replace("_", "-")
        same = own.split("-")[0].lower() == self._language.split("-")[0].lower()
        return "" if same or not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", own) else own


def _is_label(box: Box, words: str) -> bool:
    """A bold line set in the middle, such as above a table."""
    if box.align != "center" or len(words) > LABEL or words.endswith((".", ",", ";")) or box.pictures:
        return False
    return len(rows(box)) == 1 and all_look(box, "strong")


def _without_rules(blocks: Sequence[Block]) -> Iterator[Block]:
    """Rules only between blocks of text, one at a time: at a heading they are the page's ornament."""
    rule: Break | None = None
    begun = False
    for block in blocks:
        if isinstance(block, Break) and not block.mark:
            rule = block
            continue
        if rule is not None and begun:
            yield rule
        rule, begun = None, True
        yield block


def printed(box: Box) -> str:
    """The words of a box that are printed."""
    pieces = (box.text[p.start : p.end] for p in box.pieces() if p.claim is None or p.claim.fate not in LEFT_OUT)
    return " ".join("".join(pieces).split())


def _items(boxes: Sequence[Box], holder: Container | None) -> Iterator[Item]:
    """Boxes that stand right in a container, and the containers that hold the others, in order."""
    depth = len(holder.path) if holder is not None else 0
    keyed = [(_child(box, depth), box) for box in boxes]
    for _, group in groupby(keyed, key=lambda pair: id(pair[0]) if pair[0] is not None else None):
        pairs = list(group)
        child = pairs[0][0]
        if child is None:
            yield from (box for _, box in pairs)
        else:
            yield child, [box for _, box in pairs]


def _child(box: Box, depth: int) -> Container | None:
    """The outermost container below a depth that makes something of its own."""
    path = box.container.path if box.container is not None else ()
    for inner in path[depth:] if depth < len(path) else ():
        if inner.tag in _HOLDERS or _kind_of(inner.tag, inner.names):
            return inner
    return None


def _kind(holder: Container) -> str:
    return _kind_of(holder.tag, holder.names)


@cache
def _kind_of(tag: str, names: frozenset[str]) -> str:
    """What a container makes: by its element, else by its names."""
    if tag in ("td", "th", "li", "dt", "dd"):
        return ""
    if verses.is_verse(names):
        return "verse"
    if any(_EPIGRAPHS.fullmatch(name) for name in names):
        return "epigraph"
    if "dedication" in names:
        return "dedication"
    if tag == "blockquote" or (tag == "div" and any(_QUOTES.fullmatch(name) for name in names)):
        return "quote"
    if tag in _LISTS:
        return "list"
    return {"dl": "definitions", "table": "table", "figure": "figure"}.get(tag, "")


def _box_kind(box: Box) -> str:
    if box.tag in ("hr", "pre") or box.level:
        return ""
    if verses.is_verse(box.names):
        return "verse"
    for kind, pattern in (("epigraph", _EPIGRAPHS), ("quote", _QUOTES)):
        if any(pattern.fullmatch(name) for name in box.names):
            return kind
    for kind, names in (("signature", _SIGNATURES), ("dateline", _DATELINES), ("salutation", _SALUTATIONS)):
        if box.names & names:
            return kind
    return ""


def _with_figures(inlines: Inlines) -> Iterator[Block]:
    """A picture alone in its paragraph is a figure; one amid words stays there."""
    if len(inlines) == 1 and isinstance(image := inlines[0], Image):
        yield Figure(image)
    elif all(isinstance(i, Image | LineBreak) or (isinstance(i, Text) and not i.text.strip()) for i in inlines):
        yield from (Figure(image) for image in inlines if isinstance(image, Image))
    else:
        yield Paragraph(inlines)
