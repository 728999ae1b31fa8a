# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the notes of a printed book stand, and how those do that are at the foot of pages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from msgspec import Struct

from publisher.edition import NotePlace


class Footing(IntEnum):
    """How a note that is called stands at the foot of its page, from what is best to what is possible.

    PARTED: its paragraphs may be on two pages. WHOLE: they may not. REFERRED: among the endnotes, and the foot says so.
    UNSAID: among the endnotes.
    """

    PARTED = 0
    WHOLE = 1
    REFERRED = 2
    UNSAID = 3


class NotePlan(Struct, frozen=True):
    """Where notes stand: at the end of the book, of their chapters, or at the foot of pages.

    `paged` asks for links back that name a page, whose number the writer knows later; `footings` are those of notes
    that do not fit at the foot, by their ids.
    """

    place: NotePlace = "end"
    paged: bool = False
    footings: Mapping[str, Footing] = {}
