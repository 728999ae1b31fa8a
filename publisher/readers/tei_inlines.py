# SPDX-License-Identifier: AGPL-3.0-or-later
"""Elements of TEI amid the words of a text -> inlines.

    <hi rend="italic">a</hi>, <emph>a</emph>, <title>a</title>   emphasis
    <hi rend="sup">a</hi>                                          spans, by the words of `rend` or `rendition`
    <foreign xml:lang="la">a</foreign>                             words in another language, as of any element
    <choice><sic>a</sic><corr>b</corr></choice>                    a: the source's own reading; the ledger has the other
    <app><lem>a</lem><rdg>b</rdg></app>                            a, and a note of variants with b
    <gap reason="illegible"/>                                      […], or the words that the file has for it
    <lb/>                                                          white space; the end of a line in verse and titles
    Frei-<lb break="no"/>heit                                      one word; the ledger has the hyphen
    <note>a</note>, <ref target="#n1">1</ref>                      calls (tei_notes.py)

Elements of other names are their words. https://www.tei-c.org/release/doc/tei-p5-doc/en/html/CO.html
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

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
    PageMark,
    Span,
    Text,
)
from publisher.ledger import Fate
from publisher.pictures import absent
from publisher.readers.spacing import GLUE, tidy
from publisher.readers.tei_names import BLOCKS, EITHER, ELEMENTS, ITALIC, MARKS, SPANS, UNPRINTED
from publisher.readers.tei_notes import is_label, label_of
from publisher.readers.tei_state import State
from publisher.readers.xml_tree import Element, Run

# Of two forms of the same words, what the source itself has; the others are the editors'.
_CHOICES = (("sic", "corr"), ("orig", "reg"), ("abbr", "expan"), ("am", "ex"))
_OTHER_READING = "the editors' form of words; the source's own form is printed"
_GAP = "[…]"
_RENDERING = re.compile(r"[\w-]+")
_LONGEST_MARK = 30


class InlineReader:
    """Reads the words of an element."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._readers: dict[str, Callable[[Element], Iterable[Inline]]] = {
            **dict.fromkeys(("hi", "emph", "title", "rs", "seg"), self._highlighted),
            **dict.fromkeys(("pb", "milestone", "cb", "gb", "lb"), self._mark),
            **dict.fromkeys(("note", "noteGrp"), self._note),
            **dict.fromkeys(("ref", "ptr"), self._reference),
            **dict.fromkeys(("del",), lambda element: [Span("deleted", self._inner(element))]),
            **dict.fromkeys(("add", "ins"), lambda element: [Span("inserted", self._inner(element))]),
            **dict.fromkeys(("graphic", "media", "figure"), self._picture),
            **dict.fromkeys(("code", "eg"), lambda element: [Code("".join(self._characters(element)))]),
            "stage": lambda element: [Span("direction", self._inner(element))],
            "choice": self._choice,
            "expan": self._expansion,
            "app": self._apparatus,
            "gap": self._gap,
            "g": self._character,
            "space": lambda _: [Text(" ")],
            "caesura": lambda _: [Text(" ")],
        }

    def read(self, element: Element) -> Inlines:
        """All words of an element as one run."""
        with self._state.within(element) as language:
            inlines = self.run(element.children)
        return (Foreign(language, inlines),) if language and inlines else inlines

    def run(self, nodes: Iterable[Element | Run]) -> Inlines:
        """Nodes that stand side by side as one run, with the marks that wait for one before it."""
        raw = list(self.nodes(nodes))
        result = tidy(raw)
        self._state.end()
        if all(isinstance(inline, PageMark | Anchor) for inline in result):
            self._state.waiting += result
            return ()
        result = (*self._state.waiting, *result)
        self._state.waiting = []
        return result

    def nodes(self, nodes: Iterable[Element | Run]) -> Iterator[Inline]:
        """The inlines of nodes, white space as in the file."""
        for node in nodes:
            if isinstance(node, Element):
                yield from self._element(node)
            elif not node.reason and node.fate is not Fate.CALL:
                self._state.print(node)
                yield Text(node.text)

    def _element(self, element: Element) -> Iterable[Inline]:
        reason = UNPRINTED.get(element.name)
        if reason:
            element.leave_out(Fate.NAVIGATION if element.name == "fw" else Fate.MARKUP, reason)
            return []
        return [*self._state.anchors(element), *self._worded(element), *self._called(element)]

    def _worded(self, element: Element) -> Iterable[Inline]:
        read = self._readers.get(element.name)
        with self._state.within(element) as language:
            if read:
                inlines = list(read(element))
            elif element.name in BLOCKS:
                inlines = self._broken(element)
            else:
                self._know(element)
                inlines = list(self.nodes(element.children))
        return (
            [Foreign(language, tuple(inlines))]
            if language and any(run.text.strip() for run in element.runs())
            else inlines
        )

    def _called(self, element: Element) -> Iterator[Inline]:
        """The calls of notes that point to an element."""
        if element.id and not self._state.in_note:
            for note in self._state.notes.by_anchor.pop(element.id, ()):
                call = self._state.notes.call(note)
                if call:
                    yield call

    def _know(self, element: Element) -> None:
        if element.name not in ELEMENTS and element.name not in MARKS and element.name not in EITHER:
            self._state.unknown.setdefault(element.name, element)

    def _inner(self, element: Element) -> Inlines:
        return tuple(self.nodes(element.children))

    def _broken(self, element: Element) -> list[Inline]:
        """A block amid words: lines of its own."""
        self._state.end()
        inner = list(self.nodes(element.children))
        self._state.end()
        return [LineBreak(), *inner, LineBreak()]

    def _characters(self, element: Element) -> Iterator[str]:
        for run in element.runs():
            self._state.print(run)
            yield run.text

    def _highlighted(self, element: Element) -> Iterable[Inline]:
        words = set(_RENDERING.findall(element.get("rend", "rendition", "style").lower().replace("#", " ")))
        inner = self._inner(element)
        for word, kind in SPANS.items():
            if word in words:
                inner = (Span(kind, inner),)
                break
        stressed = element.name in ("emph", "title") or (element.name == "hi" and not words)
        if words & ITALIC or (stressed and element.get("level") not in ("a", "u")):
            return [Emphasis(inner)]
        return inner

    def _mark(self, element: Element) -> Iterable[Inline]:
        if element.get("break") == "no":
            return [GLUE, *self._page(element)]
        if element.name == "lb":
            self._state.end()
            return [LineBreak() if self._state.lined else Text(" ")]
        return self._page(element)

    def _page(self, element: Element) -> Iterable[Inline]:
        label = element.get("n") if element.name == "pb" else ""
        return [PageMark(label[:_LONGEST_MARK])] if label else []

    def _note(self, element: Element) -> Iterable[Inline]:
        if id(element) in self._state.notes.apart:
            return []
        if self._state.in_note:
            return [*self._broken(element)]
        call = self._state.notes.call(element)
        return [call] if call else []

    def _reference(self, element: Element) -> Iterable[Inline]:
        note = self._state.notes.pointed(element)
        call = self._state.notes.call(note, element.text) if note else None
        if call and is_label(element.text):
            element.leave_out(Fate.CALL, "")
            return [call]
        if call:
            return [*self._inner(element), call]
        if note and is_label(element.text):
            self._state.report("N004", f"note {element.text or label_of(note)} belongs to another chapter", element)
        url = element.get("target")
        inner = self._inner(element)
        if url.startswith("#"):
            url = f"#{self._state.file}{url}"
        return [Link(url, inner)] if url.startswith(("http://", "https://", "mailto:", "#")) and inner else inner

    def picture(self, figure: Element) -> Image | None:
        """The picture of a figure or a graphic, if the work has it; its description then is not printed beside it."""
        graphic = figure.first("graphic", "media") or figure
        described = figure.first("figDesc", "desc") or graphic.first("desc")
        url, alt = self._file(graphic.get("url")), described.text if described else ""
        if not url and graphic is figure:
            return None
        if url not in self._state.pictures:
            message = absent(graphic.get("url")) if url else "a picture has no address"
            self._state.report("P001", message, graphic, "Put the file where the address says. Its words are printed.")
            return None
        if not alt:
            self._state.report("P002", f"nobody has described the picture {url}", graphic)
        for described_by in filter(None, (described, graphic)):
            described_by.leave_out(Fate.MARKUP, "the description of a picture, which stands for it")
        return Image(url, alt)

    def _file(self, url: str) -> str:
        """The path of the file that an address means, as the work's pictures have it."""
        if not url or "://" in url or url.startswith("/"):
            return url
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._state.file), unquote(url)))

    def _picture(self, element: Element) -> Iterable[Inline]:
        image = self.picture(element)
        shown = [child for child in element.children if not image or not _is_picture(child)]
        return [*([image] if image else []), *self.nodes(shown)]

    def _choice(self, element: Element) -> Iterable[Inline]:
        """The source's own reading of several: sic, orig, abbr; else the first, as of two readings of a letter."""
        readings = list(element.elements)
        own = [r for r in readings for source, _ in _CHOICES if r.name == source]
        chosen = next(iter(own or readings), None)
        if chosen:
            for reading in readings:
                if reading is not chosen:
                    reading.leave_out(Fate.MARKUP, _OTHER_READING)
        return self._element(chosen) if chosen else []

    def _expansion(self, element: Element) -> Iterable[Inline]:
        """A name that is abbreviated with a point and written out beside it, "A." and "Aulus", is printed as it was."""
        short = element.first("abbr")
        if short and short.text.endswith("."):
            for expanded in element.elements:
                if expanded.name == "ex":
                    expanded.leave_out(Fate.MARKUP, _OTHER_READING)
            return [inline for child in element.elements if child.name != "ex" for inline in self._element(child)]
        return self._inner(element)

    def _apparatus(self, element: Element) -> Iterable[Inline]:
        """The reading of the text, and a note with the others."""
        lemma = element.first("lem") or element.first("rdg", "rdgGrp")
        if self._state.in_note or lemma is None:
            return self._inner(element)
        inlines = list(self._element(lemma))
        others = any(child is not lemma and child.text for child in element.elements)
        call = self._state.notes.call(element) if others else None
        return [*inlines, call] if call else inlines

    def _gap(self, element: Element) -> Iterator[Inline]:
        """Words that nobody could read or that were left out: a sign for them, never a guess."""
        self._state.gaps.append(element)
        if not element.has_words:
            element.children.append(Run(element.line, element.column, _GAP))
        # White space inside is that of the file: "r<gap>\n<desc>•</desc>\n</gap>volt" is one word.
        for run in element.runs():
            if run.text.strip():
                self._state.print(run)
                yield Text(run.text.strip())

    def _character(self, element: Element) -> Iterable[Inline]:
        """A character that has no code of its own; where the text has nothing for it, what the header says it is."""
        if element.text:
            return self._inner(element)
        name = element.get("ref").rpartition(":")[2].lstrip("#")
        if name.startswith("EOL"):
            return [GLUE]
        described = self._state.characters.get(name)
        mapped = described.first("mapping") if described else None
        text = mapped.text if mapped else ""
        if not text:
            self._state.missing.setdefault(name, []).append(element)
        element.children.append(Run(element.line, element.column, text or _GAP))
        return self._inner(element)


def _is_picture(child: Element | Run) -> bool:
    return isinstance(child, Element) and child.name in ("graphic", "media", "desc", "figDesc")
