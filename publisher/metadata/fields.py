# SPDX-License-Identifier: AGPL-3.0-or-later
"""A header line -> its label, its value and the canonical key of the label.

"Transcription\\HTML Markup:Robert Cymbala" -> ("Transcription\\HTML Markup", "Robert Cymbala") and the key
"transcribed+markup": a label that names several things has their keys joined by "+".
Lines without a colon ("Transcribed & marked up by ...") are credits; credit_lines.py reads them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from publisher.metadata.spelling import nearest
from publisher.metadata.vocabulary import FILLERS, LABELS, LEADING_FILLERS, WHOLE_LABELS, Key

LONGEST_LABEL = 60
LONGEST_ENTRY = max(len(entry.split()) for entry in LABELS)

_WORDS = frozenset(word for entry in LABELS for word in entry.split())
_SINGLE = tuple(entry for entry in LABELS if " " not in entry)
_JOINTS = re.compile(r"\s*[/\\&,+;|]\s*|\s+")
_COLON = re.compile(r"\s*[:：]\s*")


def split(line: str) -> tuple[str, str] | None:
    """ "Source:Lenin's Works" -> ("Source", "Lenin's Works"); None where what stands before the colon is no label."""
    label, colon, value = _COLON.sub(":", line.strip(), count=1).partition(":")
    label = label.lstrip("[(*•–- ")
    return (label, value) if colon and label and canonical(label) else None


def canonical(label: str) -> str | None:
    """The key of a label ("Pubic Domain" -> "public_domain"), several joined by "+"; None for what is no known label."""
    found = _keys(label.strip().rstrip(".:")) if len(label) <= LONGEST_LABEL else ()
    return "+".join(found) or None


def keys(key: str | None) -> tuple[Key, ...]:
    """ "transcribed+markup" -> (Key.TRANSCRIBED, Key.MARKUP)."""
    return tuple(map(Key, key.split("+"))) if key else ()


def fold(label: str) -> str:
    """Small letters without accents, brackets and hyphens inside words, one blank between words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"[()\[\]*\"“”:]", " ", plain.replace("’", "'").replace("ß", "ss"))
    return " ".join(plain.split())


@cache
def _keys(label: str) -> tuple[Key, ...]:
    folded = fold(label)
    if folded in WHOLE_LABELS:
        return (WHOLE_LABELS[folded],)
    # "Mark-up" and "Fonte-traduzione": a hyphen may be part of a word or stand between two.
    joined, parted = (re.sub(r"[-‐–]", hyphen, folded) for hyphen in ("", " "))
    for text in dict.fromkeys((joined, parted)):
        words = tuple(word.rstrip(".") for word in _JOINTS.split(text) if word.rstrip("."))
        found = _scan(words)
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _scan(words: tuple[str, ...]) -> list[Key]:
    """The keys of a label's words; empty if any word is neither an entry nor a filler."""
    found: list[Key] = []
    at = 0
    exact = sum(word in LABELS or word in _WORDS for word in words)
    while at < len(words):
        size, key = _entry(words, at, lenient=len(words) > 1 and exact > 0)
        if not size:
            return []
        if key:
            found.append(key)
        at += size
    return found


def _entry(words: tuple[str, ...], at: int, *, lenient: bool) -> tuple[int, Key | None]:
    """The longest entry or filler that begins at a word: how many words it takes, and its key."""
    for size in range(min(LONGEST_ENTRY, len(words) - at), 1, -1):
        entry = " ".join(words[at : at + size])
        found = entry if entry in LABELS else _respell(words[at : at + size])
        if found:
            return size, LABELS[found]
    word = words[at]
    if word in (FILLERS if at else LEADING_FILLERS):
        return 1, None
    if word in LABELS:
        return 1, LABELS[word]
    meant = {LABELS[near] for near in nearest(word, _SINGLE, lenient=lenient)}
    return (1, meant.pop()) if len(meant) == 1 else (0, None)


def _respell(words: tuple[str, ...]) -> str | None:
    """ "pubic domain" -> "public domain": one word of an entry may be misspelt if the others stand as they should."""
    wrong = [i for i, word in enumerate(words) if word not in _WORDS]
    if len(wrong) != 1:
        return None
    entries = (
        " ".join((*words[: wrong[0]], near, *words[wrong[0] + 1 :]))
        for near in sorted(nearest(words[wrong[0]], _WORDS, lenient=True))
    )
    return next((entry for entry in entries if entry in LABELS), None)
