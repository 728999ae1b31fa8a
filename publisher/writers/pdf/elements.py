# SPDX-License-Identifier: AGPL-3.0-or-later
"""The elements of a structure -> objects of a PDF (ISO 32000-1, 14.7).

Each element knows what is in it, and each mark on a page the element that it belongs to: the parent tree says that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from msgspec import Struct

# Cells stay where nothing is in them: the rows of a table have one length.
KEPT = frozenset({"TD", "TH"})


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


def write(pdf: Any, root: Element) -> None:  # noqa: ANN401 (pydyf has no types)
    """Gives a PDF of pydyf a structure."""
    _Writer(pdf).write(root)


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
