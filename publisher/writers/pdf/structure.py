# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes on pages -> the structure of a tagged PDF (ISO 32000-1, 14.7; PDF/UA-1, ISO 14289-1), in reading order.

WeasyPrint makes a structure, too, which lacks what a book has most of: it knows no notes, puts links into links, gives
nested lists to their parents, measures pictures in its own units and cuts a paragraph in two where a page ends. Here
each element of the text becomes one element of the structure, however many pages it is on; only a table begins anew on
each page, since its head does. A note stands behind the block that calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from msgspec import Struct

# What the elements of a page are called in a PDF. Others are not told apart from what is around them.
TAGS = {
    "section": "Sect",
    "p": "P",
    "pre": "P",
    "blockquote": "BlockQuote",
    "ol": "L",
    "ul": "L",
    "dl": "L",
    "li": "LI",
    "dd": "LBody",
    "dt": "Lbl",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "figure": "Div",
    "figcaption": "Caption",
    "a": "Link",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
# What holds blocks: a note stands behind the child of one of these.
GROUPS = frozenset({"Document", "Sect", "Div", "BlockQuote", "Part"})
# Cells stay where nothing is in them: the rows of a table have one length.
KEPT = frozenset({"TD", "TH"})
# How items of lists are counted.
NUMBERING = {"ol": "Decimal", "ul": "Disc"}
# Points in a pixel of CSS.
PIXEL = 0.75


class Element(Struct, eq=False):
    """An element of the structure as it grows; `kids` are elements, words on pages, and links on pages."""

    tag: str
    parent: Element | None
    source: Any = None
    language: str = ""
    kids: list[Element | Mark | Annotation] = []
    known: dict[tuple[int, int], Element] = {}
    attributes: dict[str, Any] = {}

    def add(self, tag: str, source: Any = None) -> Element:  # noqa: ANN401 (WeasyPrint has no types)
        element = Element(tag, self, source, self.language)
        self.kids.append(element)
        return element

    @property
    def empty(self) -> bool:
        return self.tag not in KEPT and all(isinstance(kid, Element) and kid.empty for kid in self.kids)


class Mark(Struct, frozen=True):
    """Words or a picture that a page paints as one, by their number there."""

    page: int
    number: int


class Annotation(Struct, frozen=True):
    """The place on a page where a link can be followed."""

    page: int
    link: Any


def add(pdf: Any, document: Any, _version: Any, streams: Iterable[Any]) -> None:  # noqa: ANN401 (no types)
    """Gives a PDF its structure; the signature is that of the function of WeasyPrint whose place it takes."""
    tree = _Tree(pdf.catalog["Lang"].string)
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tree.read(number, page, stream._tags)  # noqa: SLF001 (what the page's words are known by is nowhere else)
    tree.place_notes()
    _Writer(pdf).write(tree.root)


class _Tree:
    """The structure of a document as it is read page by page."""

    def __init__(self, language: str) -> None:
        self.root = Element("Document", None, language=language)
        self._calls: dict[str, Element] = {}
        self._notes: dict[str, Element] = {}
        self._page = 0
        self._height = 0.0
        self._marks: Mapping[Any, Mapping[str, Any]] = {}

    def read(self, number: int, page: Any, marks: Mapping[Any, Mapping[str, Any]]) -> None:  # noqa: ANN401
        self._page, self._height, self._marks = number, page.height, marks
        for box in page._page_box.children:  # noqa: SLF001 (the boxes are nowhere else)
            if not hasattr(box, "at_keyword"):
                self._walk(box, self.root)

    def _walk(self, box: Any, parent: Element) -> None:  # noqa: ANN401
        # What is set absolutely is in its place by a stand-in.
        box = getattr(box, "_box", box)
        here = self._element(box, parent)
        if box in self._marks:
            here.kids.append(Mark(self._page, self._marks[box]["mcid"]))
            if here.tag == "Figure":
                _describe_figure(here, box, self._height)
        if box.link_annotation:
            # Leaders are links, too.
            link = here if here.tag == "Link" else parent
            link.kids.append(Annotation(self._page, box.link_annotation))
            box.link_annotation["Contents"] = _name(link)
        for child in getattr(box, "children", ()):
            self._walk(child, here)

    def _element(self, box: Any, parent: Element) -> Element:  # noqa: ANN401
        """What a box belongs to: a new element, one that was begun before, or what is around it."""
        source, name = box.element, box.element_tag
        if box.is_leader:
            return _leader(parent)
        if source is None or (source is parent.source and "::" not in name) or name in ("html", "body"):
            return parent
        if "::" in name:
            return _label(parent) if name == "li::marker" else parent
        if _is_note(source):
            return self._note(source, parent)
        tag = _tag(name, source, parent)
        language = source.get("lang") or parent.language
        if not tag and language == parent.language:
            return parent
        return self._begun(parent, tag or ("Div" if name == "div" else "Span"), source, language)

    def _begun(self, parent: Element, tag: str, source: Any, language: str) -> Element:  # noqa: ANN401
        key = (id(source), self._page if tag == "Table" else 0)
        if key not in parent.known:
            parent.known[key] = self._new(parent, tag, source, language)
        return parent.known[key]

    def _new(self, parent: Element, tag: str, source: Any, language: str) -> Element:  # noqa: ANN401
        """An element, inside those that it needs around it."""
        match tag:
            case "LI" if parent.tag == "TOC":
                tag = "TOCI"
            case "LI":
                parent = parent.add("LI", source)
                tag = "LBody"
            case "Lbl" | "LBody" if parent.tag == "L":
                parent = _item(parent, tag)
            case "Link" if parent.tag == "TOCI":
                parent = parent.add("Reference")
            case "Link" if source.get("class") == "noteref":
                parent = parent.add("Reference")
                self._calls[source.get("id")] = parent
            case _:
                pass
        made = parent.add(tag, source)
        if language != parent.language:
            made.language = language
        _describe(made)
        return made

    def _note(self, source: Any, parent: Element) -> Element:  # noqa: ANN401
        """A note, in one piece or several."""
        name = source.get("data-note") or source.get("id")
        if name not in self._notes:
            self._notes[name] = note = parent.add("Note", source)
            note.attributes["ID"] = name
            note.language = source.get("lang") or parent.language
        return self._notes[name]

    def place_notes(self) -> None:
        """Puts each note of a page's foot behind the block that calls it first."""
        behind: dict[int, list[Element]] = {}
        blocks = {}
        for note in self._notes.values():
            if call := self._calls.get(note.source.get("data-at")):
                block = _block(call)
                blocks[id(block)] = block
                behind.setdefault(id(block), []).append(note)
        moved = {id(note) for note in chain.from_iterable(behind.values())}
        self.root.kids = [kid for kid in self.root.kids if id(kid) not in moved]
        for key, notes in behind.items():
            group = blocks[key].parent or self.root
            place = next(index for index, kid in enumerate(group.kids) if kid is blocks[key])
            group.kids[place + 1 : place + 1] = notes
            for note in notes:
                note.parent = group


def _is_note(source: Any) -> bool:  # noqa: ANN401
    return bool(source.get("epub:type") == "footnote")


def _tag(name: str, source: Any, parent: Element) -> str:  # noqa: ANN401
    """The tag of an element, empty where it has none of its own."""
    if name == "ol" and parent.source is not None and parent.source.get("class") == "contents":
        return "TOC"
    if name in NUMBERING and len(source) and _is_note(source[0]):
        return ""
    return TAGS.get(name, "")


def _item(parent: Element, tag: str) -> Element:
    """The item of a list of definitions that a term or its explanation belongs to."""
    last = parent.kids[-1] if parent.kids else None
    begun = isinstance(last, Element) and not (
        tag == "Lbl" and any(isinstance(kid, Element) and kid.tag == "LBody" for kid in last.kids)
    )
    return last if begun and isinstance(last, Element) else parent.add("LI")


def _label(body: Element) -> Element:
    """The element for the number or bullet of an item, before what the item says."""
    item = body.parent
    if body.tag != "LBody" or item is None:
        return body
    if not (isinstance(first := item.kids[0], Element) and first.tag == "Lbl"):
        item.kids.insert(0, first := Element("Lbl", item, language=item.language))
    return first


def _leader(line: Element) -> Element:
    """The dots between a title and its page, which nobody wants to hear."""
    leader = line.add("Span")
    leader.attributes["ActualText"] = " "
    return leader


def _describe_figure(figure: Element, box: Any, height: float) -> None:  # noqa: ANN401
    """Where a picture is on its page, in points from the lower left corner, and what it shows."""
    left, top = box.content_box_x(), height - box.content_box_y()
    place = (left, top - box.height, left + box.width, top)
    figure.attributes["A"] = {"O": "/Layout", "BBox": [round(length * PIXEL, 3) for length in place]}
    figure.attributes["Alt"] = figure.source.get("alt") or _caption(figure) or figure.source.get("src", "picture")


def _caption(figure: Element) -> str:
    """The words below a picture that nobody has described."""
    around = figure.parent.source if figure.parent else None
    caption = None if around is None else around.find("figcaption")
    return "" if caption is None else " ".join("".join(caption.itertext()).split())


def _describe(element: Element) -> None:
    """What some elements must say of themselves."""
    match element.tag:
        case "L" if element.source.tag in NUMBERING:
            element.attributes["A"] = {"O": "/List", "ListNumbering": f"/{NUMBERING[element.source.tag]}"}
        case "TH":
            scope = "Row" if element.source.get("scope") == "row" else "Column"
            element.attributes["A"] = {"O": "/Table", "Scope": f"/{scope}"}
        case _:
            pass


def _block(element: Element) -> Element:
    """The block that something stands in: a paragraph, a list, a table."""
    while element.parent is not None and element.parent.tag not in GROUPS:
        element = element.parent
    return element


def _name(link: Element) -> Any:  # noqa: ANN401
    """What a link is called by who hears of it alone: its label ("Note 3"), or its words."""
    import pydyf

    words = link.source.get("aria-label") or " ".join("".join(link.source.itertext()).split())
    return pydyf.String(words or link.source.get("href", ""))


class _Writer:
    """Elements -> objects of a PDF."""

    def __init__(self, pdf: Any) -> None:  # noqa: ANN401
        self._pdf = pdf
        self._pages = pdf.page_references
        self._numbers: list[dict[int, bytes]] = [{} for _ in self._pages]
        self._links: list[bytes] = []
        self._notes: dict[str, bytes] = {}
        self._figures: list[bytes] = []

    def write(self, root: Element) -> None:
        import pydyf

        tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(tree)
        tree["K"] = pydyf.Array([self._element(root, tree.reference, "")])
        pages = [
            pydyf.Array([marks.get(number, "null") for number in range(max(marks, default=-1) + 1)])
            for marks in self._numbers
        ]
        numbers = pydyf.Dictionary({"Nums": pydyf.Array(chain.from_iterable(enumerate((*pages, *self._links))))})
        self._pdf.add_object(numbers)
        tree["ParentTree"] = numbers.reference
        names = chain.from_iterable((pydyf.String(name), note) for name, note in sorted(self._notes.items()))
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        # For who moves what is on the pages; no name of the standard.
        tree["Figures"] = pydyf.Array(self._figures)
        self._pdf.catalog["StructTreeRoot"] = tree.reference

    def _element(self, element: Element, parent: bytes, language: str) -> bytes:
        import pydyf

        made = pydyf.Dictionary({"S": f"/{element.tag}", "P": parent})
        self._pdf.add_object(made)
        reference: bytes = made.reference
        page = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        if page is not None:
            made["Pg"] = self._pages[page]
        if element.language != language:
            made["Lang"] = pydyf.String(element.language)
        made.update(self._attributes(element))
        if "ID" in element.attributes:
            self._notes[element.attributes["ID"]] = reference
        if element.tag == "Figure":
            self._figures.append(reference)
        made["K"] = pydyf.Array(self._kids(element, reference, page))
        return reference

    def _attributes(self, element: Element) -> Iterator[tuple[str, Any]]:
        import pydyf

        for key, value in element.attributes.items():
            if isinstance(value, str):
                yield key, pydyf.String(value)
            else:
                yield key, pydyf.Dictionary({k: pydyf.Array(v) if isinstance(v, list) else v for k, v in value.items()})

    def _kids(self, element: Element, reference: bytes, page: int | None) -> Iterator[Any]:
        import pydyf

        for kid in element.kids:
            match kid:
                case Element():
                    if not kid.empty:
                        yield self._element(kid, reference, element.language)
                case Mark():
                    self._numbers[kid.page][kid.number] = reference
                    there = {"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.number}
                    yield kid.number if kid.page == page else pydyf.Dictionary(there)
                case Annotation():
                    kid.link["StructParent"] = len(self._pages) + len(self._links)
                    self._links.append(reference)
                    there = {"Type": "/OBJR", "Pg": self._pages[kid.page], "Obj": kid.link.reference}
                    yield pydyf.Dictionary(there)
