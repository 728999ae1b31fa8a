# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the divisions of a TEI text are by their types, headings and lengths: parts, chapters, or mere wrappers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from publisher.readers.tei_lists import leading_heads
from publisher.readers.tei_names import ACTS, CHAPTERS, DIVISIONS, KINDS, PARTS, SECTIONS
from publisher.readers.xml_tree import Element, Run

# Where no type says what the divisions inside another are, they are chapters from this many characters on.
LONG = 8_000
_SAYING_NOTHING = frozenset(("textpart", "edition", "translation", "div"))
# What opens a chapter of its own beside divisions.
_OPENERS = frozenset(("text", "group", "titlePage"))


class Stretch(Struct, frozen=True):
    """A division, and what stands behind it before the next one; the first stretch of all has no division."""

    start: Element
    behind: tuple[Element | Run, ...]


def stretches(element: Element) -> list[Stretch]:
    """The children of an element, parted by the divisions among them; the first stretch begins with itself."""
    found: list[tuple[Element, list[Element | Run]]] = [(element, [])]
    for child in element.children:
        if isinstance(child, Element) and _opens(child):
            found.append((child, []))
        else:
            found[-1][1].append(child)
    return [Stretch(start, tuple(behind)) for start, behind in found]


def _opens(element: Element) -> bool:
    return (
        element.name in DIVISIONS
        or element.name in _OPENERS
        or (element.name == "castList" and bool(leading_heads(element)))
    )


def kinds_of(div: Element) -> frozenset[str]:
    """The words of a division's type, in small letters."""
    return frozenset(f"{div.get('type')} {div.get('subtype')}".lower().split()) - _SAYING_NOTHING


def is_wrapper(div: Element) -> bool:
    """Whether a division has nothing of its own around those inside: no heading and no words."""
    lead, *inner = stretches(div)
    if not inner or leading_heads(div) or div.name not in DIVISIONS:
        return False
    bare = not any(has_words(node) for node in lead.behind)
    return bare and any(leading_heads(s.start) or is_wrapper(s.start) for s in inner)


def is_part(div: Element) -> bool:
    """Whether the divisions inside a division are chapters."""
    kinds = kinds_of(div)
    if kinds & (CHAPTERS | ACTS | SECTIONS | KINDS.keys()):
        return False
    inner = list(_inner(div))
    if any(kinds_of(x) & (CHAPTERS | ACTS | PARTS) for x in inner):
        return True
    headed = [x for x in inner if leading_heads(x)]
    named = all(kinds_of(x) & SECTIONS for x in inner)
    if not headed or (named and not kinds & PARTS):
        return False
    long = sum(map(_length, headed)) > LONG * len(headed)
    return (bool(kinds & PARTS) and (long or not named)) or (len(headed) > 1 and long)


def _inner(div: Element) -> Iterator[Element]:
    for child in div.elements:
        if child.name in DIVISIONS:
            yield from _inner(child) if is_wrapper(child) else (child,)


def _length(div: Element) -> int:
    return sum(len(run.text) for run in div.runs())


def has_words(node: Element | Run) -> bool:
    return node.has_words if isinstance(node, Element) else bool(node.text.strip())


def is_head(node: Element | Run) -> bool:
    return isinstance(node, Element) and node.name == "head"
