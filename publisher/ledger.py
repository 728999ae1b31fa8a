# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger: what became of every line of a source.

Every line that is not blank has exactly one entry. The ledger is how a problem finds its place, how the
fidelity proof knows which words must stand in the book, and how a person sees what was left out and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What a source line became."""

    AUTHOR = "author"
    TITLE = "title"
    METADATA = "metadata"
    HEADING = "heading"
    BODY = "body"
    NOTE = "note"
    CONTENTS = "contents"
    NAVIGATION = "navigation"


# Lines with these fates are not printed among the text; the rest is, word by word.
LEFT_OUT = frozenset({Fate.NAVIGATION, Fate.CONTENTS})


@dataclass(frozen=True, slots=True)
class Entry:
    """One source line: where it stands, its text, what it became, and for lines left out the reason."""

    file: str
    line: int
    text: str
    fate: Fate
    reason: str = ""
