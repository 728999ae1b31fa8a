# SPDX-License-Identifier: AGPL-3.0-or-later
r"""A header label -> the canonical key of what its line is about.

"Transcription\HTML Markup" -> "transcribed+markup": a label that names several things has their keys joined
by "+". Spelling, hyphens, accents and the language hardly matter; a word that is no part of a label does.
"""

from __future__ import annotations

import re
from functools import cache

from publisher.characters import HAN
from publisher.metadata.spelling import fold, nearest
from publisher.metadata.vocabulary import FILLERS, LABELS, LEADING_FILLERS, WHOLE_LABELS, Key

LONGEST_LABEL = 60
LONGEST_ENTRY = max(len(entry.split()) for entry in LABELS)

_WORDS = frozenset(word for entry in LABELS for word in entry.split())
_SINGLE = tuple(entry for entry in LABELS if " " not in entry)
_JOINTS = re.compile(rf"\s*[/\\&,+;|、，；／،]\s*|\s+|(?<=[{HAN}])[和与與及兼](?=[{HAN}])")
# Two characters of a label are often set as wide as four: "作　者".
_WIDE = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
# "and" is a letter before the next word: "مراجعة وتدقيق".
_AND = "و"


def canonical(label: str) -> str | None:
    """The key of a label ("Pubic Domain" -> "public_domain"), several joined by "+"; None if it is not known."""
    found = _keys(label.strip().rstrip(".:")) if len(label) <= LONGEST_LABEL else ()
    return "+".join(found) or None


def keys(key: str | None) -> tuple[Key, ...]:
    """The parts of what `canonical` gives: "transcribed+markup" -> (Key.TRANSCRIBED, Key.MARKUP)."""
    return tuple(map(Key, key.split("+"))) if key else ()


@cache
def _keys(label: str) -> tuple[Key, ...]:
    folded = fold(label)
    if folded in WHOLE_LABELS:
        return (WHOLE_LABELS[folded],)
    # "Mark-up" and "Fonte-traduzione": a hyphen may be part of a word or stand between two.
    joined, parted = (re.sub(r"[-‐–]", hyphen, folded) for hyphen in ("", " "))
    for text in dict.fromkeys((joined, parted)):
        if (wide := _WIDE.sub("", text)) in LABELS:
            return (LABELS[wide],)
        words = tuple(_alone(word.rstrip(".")) for word in _JOINTS.split(text) if word.rstrip("."))
        found = _scan(words)
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _alone(word: str) -> str:
    """A word without the "and" that Arabic writes as its first letter."""
    return word[1:] if word[:1] == _AND and word not in _WORDS and word[1:] in _WORDS else word


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
    """The entry that words mean, "pubic domain": one of them may be misspelt if the others stand as they should."""
    wrong = [i for i, word in enumerate(words) if word not in _WORDS]
    if len(wrong) != 1:
        return None
    entries = (
        " ".join((*words[: wrong[0]], near, *words[wrong[0] + 1 :]))
        for near in sorted(nearest(words[wrong[0]], _WORDS, lenient=True))
    )
    return next((entry for entry in entries if entry in LABELS), None)
