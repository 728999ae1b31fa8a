# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bytes of an SVG -> why no book can show it, if that is so (https://www.w3.org/TR/SVG2/).

An EPUB's SVG must be well-formed, and what draws it goes from element to element and to all that these use: without
end where a group uses itself, for years where each of six groups uses the one before ten times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from msgspec import Struct, field

# What makes an SVG more than a drawing: programs, things from elsewhere, entities.
_ACTIVE = re.compile(
    rb"<script|<foreignObject|<!ENTITY|<\?xml-stylesheet|@import|\son\w+\s*=|javascript:|"
    rb"(?:href|src)\s*=\s*[\"'](?!#|data:image/(?:png|jpeg|gif))|url\(\s*+[\"']?+(?!#)",
    re.IGNORECASE,
)
# Maps have some 20,000 elements; groups in one another, and in what these use, are some twenty.
MOST, DEEPEST = 100_000, 100
# Sides in pixels (96 an inch) that leave something to be seen when a drawing is made as small as a page.
LARGEST = 100_000
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*([a-z]*)\s*", re.IGNORECASE)
_USED = re.compile(r"url\(\s*[\"']?#([^\"')]+?)[\"']?\s*\)")
_NAMESPACE = "http://www.w3.org/2000/svg"
_BEGUN = (0, 0)
_SAVE = "Save it again as a plain SVG, or as a PNG."


class Fault(Struct, frozen=True):
    """What is wrong with a drawing, and what to do."""

    message: str
    hint: str = _SAVE


class _FaultError(Exception):
    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(message)


class _Element(Struct, eq=False):
    """An element, with the names of those that it draws besides those inside it."""

    used: list[str]
    inside: list[_Element] = field(default_factory=list)


def fault(data: bytes) -> Fault | None:
    """Why a drawing cannot be shown; None where it can."""
    if _ACTIVE.search(data):
        return Fault("this drawing could run a program or load a file")
    try:
        _Drawing().read(data)
    except _FaultError as error:
        return error.fault
    except (expat.ExpatError, ValueError, LookupError) as error:
        return Fault(f"this drawing is damaged ({error})", "Mend it or save it again.")
    return None


class _Drawing:
    """A drawing as it is read; raises _FaultError."""

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._root = _Element([])
        self._named: dict[str, _Element] = {}
        self._drawn: dict[int, tuple[int, int]] = {}

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(data, True)  # noqa: FBT003 (that this is all of it; it takes no name)
        self._count(self._root, 0)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = _Element([*_used(name.rpartition(" ")[2], attributes)])
        if self._open:
            self._open[-1].inside.append(element)
        else:
            self._root = element
            _measure(name, attributes)
        if len(self._open) == DEEPEST:
            _nested()
        self._open.append(element)
        if key := attributes.get("id"):
            self._named.setdefault(key, element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _count(self, element: _Element, level: int) -> tuple[int, int]:
        """How many elements are drawn where this one is, and how deep they are in one another."""
        if level > DEEPEST:
            _nested()
        known = self._drawn.get(id(element))
        if known == _BEGUN:
            raise _FaultError("this drawing uses a part of itself within that part, without end")
        if known is None:
            self._drawn[id(element)] = _BEGUN
            used = (self._named[name] for name in element.used if name in self._named)
            counts = [self._count(other, level + 1) for other in (*element.inside, *used)]
            known = 1 + sum(number for number, _ in counts), 1 + max((depth for _, depth in counts), default=0)
            if known[0] > MOST:
                raise _FaultError(f"this drawing has over {MOST:,} parts, counted as often as they are used")
            if known[1] > DEEPEST:
                _nested()
            self._drawn[id(element)] = known
        return known


def _nested() -> NoReturn:
    raise _FaultError(f"this drawing has groups in one another over {DEEPEST} deep")


def _used(name: str, attributes: dict[str, str]) -> Iterator[str]:
    """The elements that one draws: by `use`, and as its pattern, mask or marker."""
    for key, value in attributes.items():
        if name in {"use", "pattern"} and key.rpartition(" ")[2] == "href" and value.startswith("#"):
            yield value[1:]
        yield from _USED.findall(value)


def _measure(name: str, attributes: dict[str, str]) -> None:
    """Looks at the root: what it is, and whether it leaves anything to be seen."""
    if name != f"{_NAMESPACE} svg":
        raise _FaultError(f'this drawing does not begin with <svg xmlns="{_NAMESPACE}">')
    sides = [(side, attributes.get(side, "")) for side in ("width", "height")]
    box = attributes.get("viewBox", "").replace(",", " ").split()
    for side, said in (*sides, *zip(("viewBox width", "viewBox height"), box[2:], strict=False)):
        if (length := _length(said)) is not None and not 0 < length <= LARGEST:
            raise _FaultError(f"this drawing has the {side} {said.strip()}, so that nothing of it could be seen")


def _length(said: str) -> float | None:
    """A length in pixels; None for one that is not given, or goes by what is around it ("100%")."""
    found = _LENGTH.fullmatch(said)
    unit = found and _PIXELS.get(found[2].lower())
    return float(found[1]) * unit if found and unit else None
