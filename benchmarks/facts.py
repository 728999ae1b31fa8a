# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the measurements must know of the books that they are made with."""

from __future__ import annotations

from msgspec import Struct


class Text(Struct, frozen=True):
    """What a text holds, its size in bytes, and the seconds of processor time that reading it takes."""

    size: int
    chapters: int
    notes: int
    reading: float


class Facts(Struct, frozen=True):
    """Where pandoc and the settings of the fonts are, the versions of the tools, and the texts by name."""

    pandoc: str
    versions: str
    fonts: str
    texts: dict[str, Text]
