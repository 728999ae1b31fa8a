# SPDX-License-Identifier: AGPL-3.0-or-later
"""The spelling of labels: letters that do not matter, and misspelt words ("Transcrition" -> "transcription").

The measure is the optimal string alignment distance: letters left out, put in, changed, or swapped with
their neighbour. One slip is forgiven, two in a long word; what is near to two different things stays unread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from publisher.numerals import plain_arabic

SHORTEST = 6
LONG = 9
VERY_LONG = 12


def fold(label: str) -> str:
    """Small letters without accents, brackets and hyphens inside words, one blank between words."""
    plain = unicodedata.normalize("NFKD", plain_arabic(label.casefold()))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[()\[\]*\"“”:【】〔〕]", " ", plain.replace("’", "'").replace("ß", "ss"))
    return " ".join(plain.split())


def nearest(word: str, entries: Iterable[str], *, lenient: bool) -> tuple[str, ...]:
    """The entries that a word may stand for. `lenient` says that its neighbours have been recognised."""
    return tuple(entry for entry in entries if _misspells(word, entry, lenient=lenient))


def _misspells(word: str, entry: str, *, lenient: bool) -> bool:
    """Whether a word is an entry but for a slip.

    A short entry that stands alone allows only a letter left out, doubled or swapped behind its first two ("Soruce",
    "Writen"), so that a speaker called Whitten or Pinter is not taken for a label.
    """
    # "الكتاب" (the book) is no slip for "الكاتب" (the writer): scripts without capitals write short roots.
    if entry == entry.upper() or len(entry) < SHORTEST or word[0] != entry[0] or abs(len(word) - len(entry)) > 2:
        return False
    slips = _distance(word, entry)
    if len(entry) >= LONG:
        return slips <= (2 if len(entry) >= VERY_LONG and word[:4] == entry[:4] else 1)
    if lenient:
        return slips == 1
    return slips == 1 and word[:2] == entry[:2] and (len(word) < len(entry) or set(word) == set(entry))


def _distance(a: str, b: str) -> int:
    """Letters left out, put in, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
