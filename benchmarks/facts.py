# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the measurements must know of the texts that they are made with."""

from __future__ import annotations

from msgspec import Struct


class Text(Struct, frozen=True):
    """A text: where publisher finds it, the name of its other forms, what it holds, how long reading it takes.

    `words` are those that are printed, `size` the source's bytes, `reading` seconds of processor time.
    """

    path: str
    name: str
    words: int
    notes: int
    size: int
    reading: float

    @property
    def title(self) -> str:
        notes = f"{self.notes:,} notes" if self.notes else "no notes"
        return f"{round(self.words, -3):,} words, {notes}"


class Facts(Struct, frozen=True):
    """Where the settings of the fonts are, and the texts."""

    fontconfig: str
    texts: tuple[Text, ...]
