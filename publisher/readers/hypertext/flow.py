# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tokens -> boxes in the order of the page.

Blocks nest, looks do not have to: "<b><p>One</b> two</p>" is one paragraph with one bold word, as in browsers. A look
that was begun inside a block ends with it, so that an unclosed tag does not make all that follows italic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from publisher.characters import IMPOSSIBLE
from publisher.errors import Location, Problem
from publisher.ledger import Fate
from publisher.readers.hypertext.looks import (
    BLOCKS,
    CONTROLS,
    KNOWN,
    LEAVES,
    MACHINE,
    VOID,
    align,
    looks,
)
from publisher.readers.hypertext.model import (
    BREAK,
    PICTURE,
    PLAIN,
    Anchor,
    Box,
    Container,
    Look,
    Picture,
    Segment,
    Style,
)
from publisher.readers.hypertext.tokens import Kind, Token, tokens

# Deeper blocks and looks count as those around them, as in browsers: nobody sees 500 quotations in one another.
_DEEPEST, _DEEPEST_HELD = 200, 20
_HELD = frozenset({"blockquote", "ul", "ol", "dl", "dir", "menu", "table"})
WINDOW = "the page's name in the browser's window"
_WHITE = re.compile(r"[^\S\xa0\u2000-\u200b\u202f\u2060\u3000\ufeff]")
_CONTROL = re.compile(f"{IMPOSSIBLE.pattern}|[\x7f-\x9f\ufeff\ufffc]")
# What a new element of one kind ends: an item the item before it, a cell the cell.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "dir", "menu"})),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th", "caption"}), frozenset({"tr", "table"}))),
    "tr": (frozenset({"tr", "caption"}), frozenset({"thead", "tbody", "tfoot", "table"})),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (frozenset({"thead", "tbody", "tfoot"}), frozenset({"table"}))),
}
_INDENT = re.compile(r"(?:i|indent|in)-?\d{1,2}")
_CELLS = frozenset({"td", "th", "caption"})
_INSIDE_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})


class Flow(Struct):
    """A page's boxes, what its head says, and what was found on the way."""

    boxes: list[Box] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    problems: list[Problem] = field(default_factory=list)


class _Open(Struct):
    """An inline element that has begun: what it adds, and the box that it began in."""

    tag: str
    looks: frozenset[Look]
    language: str
    anchor: Anchor | None
    box: Box | None
    names: frozenset[str]


def flow(file: str, text: str) -> Flow:
    """The boxes of a page."""
    maker = _Maker(file)
    for token in tokens(text):
        maker.take(token)
    return maker.finish()


class _Maker:
    def __init__(self, file: str) -> None:
        self._file = file
        self._flow = Flow()
        self._box: Box | None = None
        self._raw: list[str] = []
        self._text: list[str] = []
        self._size = 0
        self._containers: list[Container] = []
        self._filled: list[int] = []
        self._open: list[_Open] = []
        self._opened: Counter[str] = Counter()
        self._beyond: Counter[str] = Counter()
        self._looks: Counter[Look] = Counter()
        self._styles: dict[tuple[frozenset[Look], int, str], Style] = {}
        self._style = PLAIN
        self._targets: list[str] = []
        self._body = False
        self._controls = 0
        self._unknown: set[str] = set()
        self._machine = False
        self._raw_tag = ""

    def take(self, token: Token) -> None:
        match token.kind:
            case Kind.TEXT:
                self._characters(token)
            case Kind.HIDDEN:
                self._report_hidden(token)
            case Kind.RAW if self._raw_tag == "xmp":
                self._characters(token)
            case Kind.RAW:
                self._hidden(token)
            case Kind.START:
                self._start(token)
            case Kind.END:
                self._end(token.text)

    def finish(self) -> Flow:
        self._close_box()
        if self._targets and self._flow.boxes:
            last = self._flow.boxes[-1]
            last.targets += [(len(last.text), name) for name in self._targets]
        for number, box in enumerate(self._flow.boxes):
            box.number = number
        return self._flow

    def _start(self, token: Token) -> None:
        tag = token.text.rpartition(":")[2] if token.text.startswith(("html:", "xhtml:")) else token.text
        attributes = token.attributes
        self._note_element(tag, token)
        if tag in ("html", "body"):
            self._flow.language = attributes.get("lang") or attributes.get("xml:lang") or self._flow.language
            self._body = self._body or tag == "body"
            if tag == "html":
                return
        if tag in MACHINE or tag in ("title", "textarea", "xmp"):
            self._raw_tag = tag
        if tag == "meta":
            self._meta(attributes)
        if tag in BLOCKS and not self._is_inner(tag):
            self._close_box()
        self._target(attributes)
        if tag in CONTROLS and tag not in VOID and not token.closed:
            self._controls += 1
        if tag in BLOCKS:
            self._block(tag, token)
        elif tag in VOID:
            self._void(tag, token)
        elif not token.closed:
            self._inline(tag, token)
        elif tag == "a":
            self._inline(tag, token)
            self._end("a")

    def _note_element(self, tag: str, token: Token) -> None:
        """Reports an element that HTML does not have, once; those of word processors ("o:p") say nothing."""
        if tag in KNOWN or ":" in tag or tag in self._unknown or self._flow_is_drawn():
            return
        self._unknown.add(tag)
        message = f"the element <{tag}> is not known; its words are kept"
        where = Location(self._file, token.line, token.column)
        self._flow.problems.append(Problem("R001", message, where, "Compare the place with the original."))

    def _flow_is_drawn(self) -> bool:
        return self._opened["svg"] > 0 or self._opened["math"] > 0

    def _meta(self, attributes: dict[str, str]) -> None:
        name = (attributes.get("name") or attributes.get("http-equiv") or attributes.get("property") or "").lower()
        if name and attributes.get("content"):
            self._flow.meta.setdefault(name, attributes["content"])

    def _target(self, attributes: dict[str, str]) -> None:
        for name in {attributes.get("id", ""), attributes.get("name", "")} - {""}:
            if self._box is not None:
                self._box.targets.append((self._size, name))
            else:
                self._targets.append(name)

    # Blocks

    def _block(self, tag: str, token: Token) -> None:
        attributes = token.attributes
        if self._is_inner(tag):
            self._line_break()
            return
        if tag == "hr":
            self._rule(token)
            return
        if tag in _ENDS:
            self._end_before(*_ENDS[tag])
        if tag in LEAVES:
            if not token.closed:
                self._open_box(tag, token)
            return
        if token.closed and tag not in ("td", "th"):
            return
        self._push(tag, attributes)
        if token.closed:
            self._pop_to(tag)

    def _is_inner(self, tag: str) -> bool:
        """A heading holds its lines as blocks: "<h2><div>Chapter I</div><div>The Mill</div></h2>"."""
        return self._box is not None and self._box.level > 0 and tag in ("div", "p", "section")

    def _names(self, attributes: dict[str, str]) -> frozenset[str]:
        kinds = attributes.get("epub:type", "").split() + attributes.get("role", "").split()
        return frozenset(
            name.lower() for name in (*attributes.get("class", "").split(), *kinds, attributes.get("id", "")) if name
        )

    def _push(self, tag: str, attributes: dict[str, str]) -> None:
        deep = tag in _HELD and sum(self._opened[held] for held in _HELD) >= _DEEPEST_HELD
        if deep or len(self._containers) >= _DEEPEST:
            self._beyond[tag] += 1
            return
        parent = self._containers[-1] if self._containers else None
        language = attributes.get("lang") or attributes.get("xml:lang") or (parent.language if parent else "")
        kept = {key: value for key, value in attributes.items() if key in ("start", "colspan", "rowspan", "type", "id")}
        kept["align"] = align(tag, attributes) or (parent.attributes["align"] if parent else "")
        if tag == "body":
            language = ""
        self._containers.append(Container(tag, self._names(attributes), kept, parent, language))
        self._opened[tag] += 1
        if tag in ("td", "th"):
            self._filled.append(len(self._flow.boxes))

    def _pop_to(self, tag: str) -> None:
        """Ends the innermost container of a kind with all that is open inside it; a cell is not left by a stray tag."""
        if self._beyond[tag]:
            self._beyond[tag] -= 1
            return
        if not self._opened[tag] or not any(c.tag == tag for c in self._reachable(tag)):
            return
        while self._containers and self._pop().tag != tag:
            pass

    def _pop(self) -> Container:
        """Ends the innermost container; a cell without words keeps its place by an empty box."""
        last = self._containers.pop()
        self._opened[last.tag] -= 1
        if last.tag in ("td", "th") and self._filled.pop() == len(self._flow.boxes):
            self._flow.boxes.append(Box(self._file, "", container=last))
        return last

    def _reachable(self, tag: str) -> Iterable[Container]:
        for container in reversed(self._containers):
            yield container
            if container.tag in _CELLS and tag not in _INSIDE_TABLES:
                return

    def _end_before(self, ended: frozenset[str], limits: frozenset[str]) -> None:
        for depth in range(len(self._containers) - 1, -1, -1):
            tag = self._containers[depth].tag
            if tag in limits:
                return
            if tag in ended:
                while len(self._containers) > depth:
                    self._pop()
                return
            if tag in _CELLS:
                return

    def _open_box(self, tag: str, token: Token | None, line: int = 0) -> Box:
        attributes = token.attributes if token else {}
        parent = self._containers[-1] if self._containers else None
        language = attributes.get("lang") or attributes.get("xml:lang") or (parent.language if parent else "")
        box = Box(
            self._file,
            tag,
            self._names(attributes)
            | (frozenset() if token else frozenset(n for n in self._names_around() if not _INDENT.fullmatch(n))),
            parent,
            align(tag, attributes) or (parent.attributes["align"] if parent else ""),
            language,
            token.line if token else line,
        )
        box.targets = [(0, name) for name in self._targets]
        box.targets += [(0, f"={name}") for name in self._names_around() if not token and _INDENT.fullmatch(name)]
        self._targets = []
        self._box = box
        self._raw, self._text, self._size = [], [], 0
        style = attributes.get("style")
        if token and (looks("", {"style": style}) if style else frozenset()):
            self._inline("", token)
        return box

    def _names_around(self) -> frozenset[str]:
        """The names of the inline elements that loose text stands in: "<span class="title">The Mill</span>"."""
        return frozenset(name for opened in self._open if opened.box is None for name in opened.names)

    def _close_box(self) -> None:
        box = self._box
        if box is None:
            return
        for i in range(len(self._open) - 1, -1, -1):
            opened = self._open[i]
            if opened.anchor is not None and opened.anchor.box is box:
                opened.anchor.end = self._size
            if opened.box is box:
                self._forget(i)
        box.raw, box.text = "".join(self._raw), "".join(self._text)
        self._box = None
        if box.text.strip() or box.pictures:
            self._flow.boxes.append(box)
        else:
            self._targets += [name for _, name in box.targets]

    def _rule(self, token: Token) -> None:
        box = self._open_box("hr", token)
        self._box = None
        self._flow.boxes.append(box)

    # Inline elements

    def _inline(self, tag: str, token: Token) -> None:
        attributes = token.attributes
        if tag == "a":
            self._end("a")
        if tag == "q":
            self._add("“", token)
        if len(self._open) >= _DEEPEST:
            self._beyond[tag] += 1
            return
        anchor = None
        if tag == "a":
            anchor = Anchor(attributes.get("href", "").strip(), self._names(attributes))
            if self._box is not None:
                self._attach(anchor)
        language = attributes.get("lang") or attributes.get("xml:lang") or ""
        self._page_mark(tag, attributes, token)
        names = self._names(attributes)
        self._open.append(_Open(tag, looks(tag, attributes), language, anchor, self._box, names))
        self._opened[tag] += 1
        self._restyle()

    def _page_mark(self, tag: str, attributes: dict[str, str], token: Token) -> None:
        """Keeps a page's mark, or the indentation of a line, as a target of its own: "=page 12", "=i2"."""
        names = self._names(attributes)
        found = names & {"pagebreak", "doc-pagebreak", "page", "pagenum", "pageno", "pagenumber", "pb", "page-number"}
        if (indent := next((name for name in names if _INDENT.fullmatch(name)), "")) and self._box is not None:
            self._box.targets.append((self._size, f"={indent}"))
        if not found or tag in ("", "a"):
            return
        label = attributes.get("title") or attributes.get("aria-label") or attributes.get("id") or ""
        if self._box is None:
            self._open_box("", None, token.line)
        assert self._box is not None  # noqa: S101 (for the type checker)
        self._box.targets.append((self._size, f"=page {label}"))

    def _attach(self, anchor: Anchor) -> None:
        assert self._box is not None  # noqa: S101 (for the type checker)
        anchor.box, anchor.start, anchor.end = self._box, self._size, self._size
        self._box.anchors.append(anchor)

    def _end(self, tag: str) -> None:
        if tag in CONTROLS and tag not in VOID and self._controls:
            self._controls -= 1
        if tag == "q" and self._opened["q"]:
            self._add("”", None)
        if tag in BLOCKS:
            if self._is_inner(tag):
                return
            self._close_box()
            if tag not in LEAVES:
                self._pop_to(tag)
            return
        if tag == "br":
            self._line_break()
        elif self._beyond[tag]:
            self._beyond[tag] -= 1
        elif self._opened[tag]:
            self._end_inline(tag)

    def _end_inline(self, tag: str) -> None:
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i].tag == tag:
                anchor = self._open[i].anchor
                if anchor is not None and anchor.box is self._box:
                    anchor.end = self._size
                self._forget(i)
                return

    def _forget(self, i: int) -> None:
        self._opened[self._open[i].tag] -= 1
        del self._open[i]
        self._restyle()

    def _restyle(self) -> None:
        """The style of what follows, from all that is open."""
        found = frozenset(look for opened in self._open for look in opened.looks)
        anchor = next((o.anchor for o in reversed(self._open) if o.anchor is not None), None)
        language = next((o.language for o in reversed(self._open) if o.language), "")
        key = (found, id(anchor), language)
        if key not in self._styles or self._styles[key].anchor is not anchor:
            self._styles[key] = Style(found, anchor, language)
        self._style = self._styles[key]

    def _void(self, tag: str, token: Token) -> None:
        if tag == "br":
            self._line_break()
        elif tag == "img":
            self._picture(token)

    def _line_break(self) -> None:
        if self._box is not None:
            self._append(" ", BREAK, 0, 0)

    def _picture(self, token: Token) -> None:
        source = token.attributes.get("src", "").strip()
        if not source:
            return
        box = self._box or self._open_box("", None, token.line)
        box.pictures[self._size] = Picture(source, " ".join(token.attributes.get("alt", "").split()))
        self._append(PICTURE, PICTURE, token.line, token.column)

    # Characters

    def _characters(self, token: Token) -> None:
        if self._box is None and not token.text.strip():
            return
        if self._controls:
            self._hidden(token)
            return
        if self._box is None:
            self._open_box("", None, token.line)
        self._add(token.text, token)

    def _add(self, text: str, token: Token | None) -> None:
        if self._box is None:
            return
        if _CONTROL.search(text):
            self._report_control(text, token)
            text = _CONTROL.sub("", text)
        for opened in reversed(self._open):
            if opened.anchor is not None:
                if opened.anchor.box is None:
                    self._attach(opened.anchor)
                break
        keeps_lines = self._box.tag in ("pre", "listing", "xmp", "plaintext")
        shown = text if keeps_lines else _WHITE.sub(" ", text)
        line, column = (token.line, token.column) if token else (0, 0)
        self._append(text, shown, line, column)

    def _append(self, raw: str, shown: str, line: int, column: int) -> None:
        assert self._box is not None  # noqa: S101 (for the type checker)
        if not line:
            last = self._box.segments[-1] if self._box.segments else None
            line = last.line + self._raw[-1].count("\n") if last else self._box.line
        self._box.segments.append(Segment(self._size, self._style, line, column))
        self._raw.append(raw)
        self._text.append(shown)
        self._size += len(shown)

    def _report_control(self, text: str, token: Token | None) -> None:
        match = _CONTROL.search(text)
        if match is None or token is None or match[0] == "\ufeff":
            return
        message = f"control character U+{ord(match[0]):04X} left out"
        where = Location(self._file, token.line, token.column)
        self._flow.problems.append(Problem("T005", message, where, "It cannot be printed. Remove it."))

    def _report_hidden(self, token: Token) -> None:
        message = "a comment begins here that never ends; what follows is hidden, as in browsers"
        where = Location(self._file, token.line, token.column)
        self._flow.problems.append(Problem("R010", message, where, 'Close the comment with "-->".'))

    def _hidden(self, token: Token) -> None:
        """What a page has for machines, and its title, which browsers show above it. Programs are no text at all."""
        is_title = self._raw_tag == "title" and token.kind is Kind.RAW
        if is_title:
            self._flow.title = self._flow.title or " ".join(token.text.split())
        if not token.text.strip():
            return
        if self._raw_tag not in MACHINE or token.kind is Kind.TEXT:
            self._enter_hidden(token, WINDOW if is_title else "part of a form")
        if not is_title and not self._machine and self._body:
            self._machine = True
            message = "scripts, styles or forms of the page are left out"
            self._flow.problems.append(Problem("R003", message, Location(self._file, token.line, token.column)))

    def _enter_hidden(self, token: Token, reason: str) -> None:
        if self._box is not None:
            start = self._size
            self._append(token.text, _WHITE.sub(" ", token.text), token.line, token.column)
            self._box.claim(start, self._size, Fate.NAVIGATION, reason)
            return
        box = Box(self._file, "", line=token.line, raw=token.text, text=_WHITE.sub(" ", token.text))
        box.segments = [Segment(0, PLAIN, token.line, token.column)]
        box.fate, box.reason = Fate.NAVIGATION, reason
        self._flow.boxes.append(box)
