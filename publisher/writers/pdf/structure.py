# SPDX-License-Identifier: AGPL-3.0-or-later
"""The structure that WeasyPrint gives a PDF -> the same without what says nothing (ISO 32000-1, 14.7).

WeasyPrint makes an element of each run of letters on each line and of each box around one. Four fifths of all objects
of a novel are such; without them it takes half the memory and a third less time to merge its parts.
"""

from __future__ import annotations

from typing import Any, TypeAlias

Pdf: TypeAlias = Any
"""A PDF of pydyf, which has no types."""

# What an element says that has no meaning of its own.
PLAIN = {"Type", "S", "K", "Pg", "P"}
EMPTY = frozenset({"/NonStruct", "/Span"})
# Elements that hold others, but no text itself.
GROUPS = frozenset({"/Document", "/Part", "/Sect", "/Div", "/L", "/LI", "/Table", "/TR", "/THead", "/TBody", "/TFoot"})


def simplify(pdf: Pdf) -> None:
    """Gives the text of elements without meaning to those around them."""
    elements = {element.reference: element for element in _dictionaries(pdf) if element.get("Type") == "/StructElem"}
    owners: dict[bytes, bytes] = {}
    # Those inside stand behind those around them.
    for element in reversed(elements.values()):
        if element["S"] not in GROUPS:
            element["K"][:] = [mark for kid in element["K"] for mark in _marks(kid, element, elements, owners)]
    for entry in _parents(pdf):
        entry[:] = [_owner(reference, owners) for reference in entry]
    for reference in owners:
        elements[reference].free = "f"


def _marks(kid: Any, around: Any, elements: dict[bytes, Any], owners: dict[bytes, bytes]) -> list[Any]:  # noqa: ANN401 (pydyf has no types)
    """A kid of an element, or the marks inside that it may as well have itself."""
    inner = elements.get(kid) if isinstance(kid, bytes) else None
    if inner is None or inner["S"] not in EMPTY or inner.keys() - PLAIN or inner["Pg"] != around.get("Pg"):
        return [kid]
    if not all(isinstance(mark, int) for mark in inner["K"]):
        return [kid]
    owners[kid] = around.reference
    return list(inner["K"])


def _owner(reference: bytes, owners: dict[bytes, bytes]) -> bytes:
    while reference in owners:
        reference = owners[reference]
    return reference


def _parents(pdf: Pdf) -> list[Any]:
    """For each page, the elements that its marks belong to."""
    (root,) = (tree for tree in _dictionaries(pdf) if tree.get("Type") == "/StructTreeRoot")
    (numbers,) = (tree for tree in _dictionaries(pdf) if tree.reference == root["ParentTree"])
    return [entry for entry in numbers["Nums"][1::2] if isinstance(entry, list)]


def _dictionaries(pdf: Pdf) -> list[Any]:
    return [entry for entry in pdf.objects if isinstance(entry, dict)]
