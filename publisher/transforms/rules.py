# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a rule of typography sees and what it says: characters to change, places that it leaves in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from publisher.transforms.flow import Edit
from publisher.transforms.languages import Habits
from publisher.tree import Kind


class Stretch(Struct, frozen=True):
    """The characters of a block, its lines parted by line feeds.

    `barred` are places that no rule may change; `next_mark` is the first character of the block that follows.
    """

    text: str
    kind: Kind
    barred: tuple[tuple[int, int], ...] = ()
    next_mark: str = ""


class Doubt(Struct, frozen=True):
    """A place that is left as it is, since it can be read in two ways."""

    at: int
    kind: Literal["quote", "hyphen"]
    words: str


Found: TypeAlias = Iterator[Edit | Doubt]
Rule: TypeAlias = Callable[[Stretch, Habits], Found]

# How much of the text a message quotes, on either side.
_QUOTED = 20


def around(text: str, at: int) -> str:
    """The words around a place, for a message."""
    low, high = max(0, at - _QUOTED), at + _QUOTED
    start = text.find(" ", low, at) + 1 if low else 0
    end = text.rfind(" ", at + 1, high) if high < len(text) else len(text)
    return " ".join(text[start or low : end if end > at else high].split())
