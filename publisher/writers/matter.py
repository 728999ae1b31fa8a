# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is laid out by itself (matter), and what it is when it has been set.

Both are plain values that can be sent to another process or kept on a disk. Lengths are in points, from the lower left
corner of the page, as PDF measures them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from publisher.edition import Flaw
from publisher.pictures import Picture

# What the addresses of pictures begin with, inside a document that WeasyPrint is given.
PICTURE = "picture:"


class Matter(Struct, frozen=True):
    """A document for WeasyPrint: a part of a book, or the running heads and folios of one.

    `name` is what problems call it, `leading` the distance of lines in points where it is not the theme's.
    `furniture` asks for heads and folios alone, in a book that is read in this `direction`; `style` are rules more than
    the theme has. What the text looks like depends on nothing else.
    """

    name: str
    html: str
    theme: str
    paper: str
    style: str = ""
    furniture: bool = False
    direction: str = "ltr"
    leading: float | None = None
    pictures: tuple[Picture, ...] = ()


class Bookmark(Struct, frozen=True):
    """A line of the outline as it stands on its page; `level` counts from 1."""

    level: int
    label: str
    x: float
    y: float


class SetPage(Struct, frozen=True):
    """A page: the name of its page type in CSS, and how far its text block is from the left edge.

    `depth` is how far its text reaches, in lines of the book, `foot` its last words, `begins` whether a chapter that
    runs on begins at its head; `flaws` do not know its number.
    `anchors` are the places that have names, `feet` the lower edges of the notes at its foot, by their names. `start`
    is where in the text it begins, as the name of a Page and an offset (layout.PageStart), if it does.
    """

    type: str
    left: float
    depth: float = 0.0
    foot: str = ""
    begins: bool = False
    flaws: tuple[Flaw, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    anchors: dict[str, tuple[float, float]] = {}
    feet: dict[str, float] = {}
    start: tuple[str, int] | None = None


class Face(Struct, frozen=True):
    """A typeface as some pages use it; `key` is its name in their resources, `digest` tells which file it is in.

    `widths` are those of the glyphs used, in thousandths of an em, `characters` what each stands for; `missing` are
    numbers that stand for characters without a glyph, `replacement` is the glyph that is shown for them.
    """

    key: str
    name: str
    family: str
    digest: str
    flags: int
    ascent: int
    descent: int
    widths: dict[int, float]
    characters: dict[int, str]
    missing: tuple[int, ...] = ()
    replacement: int = 0


class Setting(Struct, frozen=True):
    """Matter as it was set: a PDF whose fonts are not in it, and what is known about its pages."""

    pdf: bytes
    pages: tuple[SetPage, ...]
    faces: tuple[Face, ...]


Lay: TypeAlias = Callable[[Sequence[Matter]], Sequence[Setting]]
"""Sets some matter, in this process or in others; raises PublisherError where that fails."""
