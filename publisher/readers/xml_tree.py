# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes of an XML file -> a tree of elements and runs of text, each with its place.

Nothing outside the file is ever read, and no entity that the file declares itself is expanded: such files are refused
(R006), as are those that include others. Names without a declaration that the character sets of old document types
have ("&mdash;") are taken for what they always mean. https://www.w3.org/TR/xml/

A run lies on one line, so that the ledger can be made of runs. Readers write into each what became of it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import NoReturn
from xml.parsers import expat

from msgspec import Struct, field

from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Entry, Fate
from publisher.readers.decoding import decode

# Real texts stay below thirty; what lies deeper is damage or an attack.
DEEPEST = 100
_DECLARED = re.compile(rb"""<\?xml[^>]{1,100}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")
_NO_ENTITY = re.compile(r"&([A-Za-z][\w.-]{0,60});")
_HYPHEN = "the hyphen of a word that goes on in the next line"
_EXPANSIONS = ("limit on input amplification", "recursive entity", "asynchronous entity", "external entity")


class Run(Struct, eq=False):
    """Characters on one line; `fate` and `reason` are for the ledger, None until a reader has seen them.

    `cut` are characters at its end that a reader takes off: the hyphen of a word that goes on in the next line.
    """

    line: int
    column: int
    text: str
    fate: Fate | None = None
    reason: str = ""
    cut: str = ""

    def end(self) -> None:
        """Enters that a word ends here, though the source goes on without white space: "<l>one</l><l>two</l>"."""
        if self.text and not self.text[-1].isspace() and not self.cut:
            self.text += "\n"


class Element(Struct, eq=False):
    """An element; `name` without its prefix, attributes as they are written."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[Element | Run] = field(default_factory=list)

    def get(self, *names: str) -> str:
        """The first of some attributes that has a value, white space folded; empty if none has."""
        if not self.attributes:
            return ""
        return next((" ".join(value.split()) for name in names if (value := self.attributes.get(name))), "")

    @property
    def id(self) -> str:
        return self.get("xml:id", "id")

    @property
    def elements(self) -> Iterator[Element]:
        """The elements right inside this one."""
        return (child for child in self.children if isinstance(child, Element))

    def first(self, *names: str) -> Element | None:
        """The first element of one of these names right inside this one."""
        return next((child for child in self.elements if child.name in names), None)

    def walk(self) -> Iterator[Element]:
        """The element itself and all inside it, in the order of the file."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def runs(self) -> Iterator[Run]:
        """All text inside, in the order of the file."""
        stack: list[Element | Run] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Run):
                yield node
            else:
                stack.extend(reversed(node.children))

    @property
    def text(self) -> str:
        """All text inside, on one line."""
        return " ".join("".join(run.text for run in self.runs()).split())

    @property
    def has_words(self) -> bool:
        """Whether any text stands inside."""
        return any(run.text and not run.text.isspace() for run in self.runs())

    def leave_out(self, fate: Fate, reason: str) -> None:
        """Enters that nothing of this element is printed, and why."""
        for run in self.runs():
            run.fate, run.reason = fate, reason


def parse(file: str, data: bytes) -> tuple[Element, list[Problem]]:
    """The root element, and what was odd about the file; raises SourceError where there is none."""
    text, problems = _characters(file, data)
    return _Tree(file).build(text), problems


def _characters(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """The file's characters by its own declaration, or by its bytes where these contradict it."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(file, data), []
    found = _DECLARED.search(data, 0, 400)
    declared = found[1].decode("ascii") if found else "utf-8"
    try:
        return data.decode(declared), []
    except (LookupError, ValueError):
        text = decode(file, data)
    message = f"the file declares {declared}, which its bytes are not"
    hint = "Look for wrong letters, and correct the declaration."
    return text, [Problem("R002", message, Location(file, 1), hint)]


class _Tree:
    """Builds the tree from what the parser reports."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._stack = [Element("", {}, 1, 1)]
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        # With this handler, references to entities that the file declares come here and are not expanded.
        self._parser.DefaultHandler = self._other
        self._parser.EntityDeclHandler = self._declare
        self._declared: set[str] = set()
        self._run: Run | None = None
        self._pieces: list[str] = []

    def build(self, text: str) -> Element:
        try:
            self._parser.Parse(text.encode("utf-8", "surrogatepass"), True)  # noqa: FBT003 (known from Python)
        except expat.ExpatError as error:
            self._fail(error)
        root = next(self._stack[0].elements, None)
        return root or self._refuse("R004", "the file holds no element", "Give a complete XML file.")

    def _fail(self, error: expat.ExpatError) -> NoReturn:
        message = expat.ErrorString(error.code) or "not well-formed"
        at = Location(self._file, error.lineno, error.offset + 1)
        if message.startswith(_EXPANSIONS):
            self._refuse_entity(at)
        hint = "Mend the file: an XML editor shows the place."
        raise SourceError([Problem("R004", f"the XML is not well-formed: {message}", at, hint)]) from error

    def _refuse(self, code: str, message: str, hint: str, at: Location | None = None) -> NoReturn:
        raise SourceError([Problem(code, message, at or self._here(), hint)])

    def _refuse_entity(self, at: Location | None = None, name: str = "") -> NoReturn:
        what = f"the entity &{name};, which" if name else "entities that"
        hint = "Save the file with its entities resolved, for instance by xmllint --noent."
        self._refuse("R006", f"the text uses {what} the file declares or takes from elsewhere", hint, at)

    def _here(self) -> Location:
        return Location(self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "include" and (":" in name or "XInclude" in attributes.get("xmlns", "XInclude")):
            self._refuse("R006", "the file includes another file", "Save the work as one file.")
        if len(self._stack) > DEEPEST:
            hint = "No text needs so many levels: the file is damaged."
            self._refuse("R005", f"elements are nested more than {DEEPEST} deep", hint)
        self._flush()
        parser = self._parser
        element = Element(name, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        self._stack[-1].children.append(element)
        self._stack.append(element)

    def _end(self, _name: str) -> None:
        self._flush()
        self._stack.pop()

    def _text(self, text: str) -> None:
        """One run a line: the parser reports a line's characters and its end one after the other, entities apart."""
        line = self._parser.CurrentLineNumber
        if self._run is None or self._run.line != line:
            self._flush()
            self._run = Run(line, self._parser.CurrentColumnNumber + 1, "")
            self._stack[-1].children.append(self._run)
        self._pieces.append(text)

    def _flush(self) -> None:
        """Completes the run at hand."""
        if self._run:
            self._run.text = "".join(self._pieces)
            self._run, self._pieces = None, []

    def _declare(self, name: str, is_parameter: object, *_rest: object) -> None:
        if not is_parameter:
            self._declared.add(name)

    def _other(self, data: str) -> None:
        """An entity, among comments and declarations."""
        found = _NO_ENTITY.fullmatch(data)
        if not found or len(self._stack) == 1:
            return
        characters = None if found[1] in self._declared else html5.get(f"{found[1]};")
        if characters is None and not any(element.name == "teiHeader" for element in self._stack):
            self._refuse_entity(name=found[1])
        # A header may name what its archive puts into all its files: who can say what "&fund.NEH;" stood for?
        self._text(characters or data)


def ledger(file: str, root: Element) -> tuple[Entry, ...]:
    """The entries of all runs in their order; white space goes with words of its fate on the same line."""
    drafts: list[tuple[Run, list[str]]] = []
    last: dict[Fate, tuple[Run, list[str]]] = {}

    def begin(run: Run, column: int, text: str, fate: Fate, reason: str) -> None:
        last[fate] = (Run(run.line, column, "", fate, reason), [text])
        drafts.append(last[fate])

    for run in root.runs():
        fate = run.fate or Fate.MARKUP
        draft = last.get(fate) if run.fate else (drafts[-1] if drafts else None)
        blank = not run.text or run.text.isspace()
        near = draft is not None and draft[0].line == run.line
        if draft and near and (blank or (draft is drafts[-1] and draft[0].reason == run.reason)):
            draft[1].append(run.text)
        elif not blank:
            begin(run, run.column, run.text, fate, run.reason)
        if run.cut:
            begin(run, run.column + len(run.text), run.cut, Fate.MARKUP, _HYPHEN)
    return tuple(
        Entry(file, run.line, "".join(texts), run.fate or Fate.MARKUP, run.reason, run.column) for run, texts in drafts
    )
