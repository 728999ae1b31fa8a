# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts of changes -> sentences for the credits page, in its language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publisher.phrases import phrases
from publisher.phrases.model import Phrases

# What each rule changes, in the order in which it is named; those that make a space unbreakable are counted as one.
_NAMED = ("quotes", "apostrophes", "dashes", "ranges", "ellipses", "calls", "spaces")
_NO_BREAK = ("initials", "abbreviations", "units", "punctuation_spaces")


def sentences(emendations: int, counts: Mapping[str, int], language: str) -> tuple[str, ...]:
    """What was changed in a text in `language`, without the changes one by one."""
    return tuple(_sentences(emendations, counts, phrases(language)))


def _sentences(emendations: int, counts: Mapping[str, int], words: Phrases) -> Iterator[str]:
    if emendations:
        yield words.misprints if emendations > 1 else words.misprint
    named = [_counted(rule, counts[rule], words) for rule in _NAMED if counts.get(rule)]
    if kept := sum(counts.get(rule, 0) for rule in _NO_BREAK):
        named.append(_counted("no_break", kept, words))
    if named:
        yield words.regular.format(words.comma.join(named))


def _counted(rule: str, number: int, words: Phrases) -> str:
    one, several = words.rules[rule]
    return words.counted.format(number=words.figure.format(number), name=one if number == 1 else several)
