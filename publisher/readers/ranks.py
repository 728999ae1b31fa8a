# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a heading says of itself: its rank among the others, and its count."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct


class Rank(IntEnum):
    """The kinds of headings, from the widest to the narrowest."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ROMAN = 3
    ARABIC = 4
    UPPER = 5
    LOWER = 6
    CAPITALS = 7
    TITLE = 8


class Marker(Struct, frozen=True):
    """How a strong heading begins: its rank, its count ("Chapter IV" -> 4), and whether a title follows on the line.

    `word` is the opening word in lower case ("chapter", "preface"), empty for bare numbers. `listed` says that such
    a count opens paragraphs as often as headings ("一、", "أولا:"), so that only a sequence makes it one.
    """

    rank: Rank
    value: int | None
    bare: bool
    word: str = ""
    listed: bool = False
