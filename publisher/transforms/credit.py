# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts of changes -> sentences for the credits page, which is in English whatever the text's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# One and several of what each rule changes, in the order in which they are named.
_NAMES = {
    "quotes": ("quotation mark", "quotation marks"),
    "apostrophes": ("apostrophe", "apostrophes"),
    "dashes": ("dash", "dashes"),
    "ranges": ("range of numbers", "ranges of numbers"),
    "ellipses": ("ellipsis", "ellipses"),
    "calls": ("note call moved behind punctuation", "note calls moved behind punctuation"),
    "spaces": ("space", "spaces"),
}
_NO_BREAK = ("initials", "abbreviations", "units", "punctuation_spaces")


def sentences(emendations: int, counts: Mapping[str, int]) -> tuple[str, ...]:
    """What was changed in a text, without the changes one by one."""
    return tuple(_sentences(emendations, counts))


def _sentences(emendations: int, counts: Mapping[str, int]) -> Iterator[str]:
    if emendations:
        number = "Misprints were" if emendations > 1 else "A misprint was"
        yield f"{number} corrected; the note on the text gives the readings of the transcription."
    named = [_counted(counts[rule], *names) for rule, names in _NAMES.items() if counts.get(rule)]
    if kept := sum(counts.get(rule, 0) for rule in _NO_BREAK):
        named.append(_counted(kept, "space that does not break", "spaces that do not break"))
    if named:
        yield f"The typography was made regular, no word was changed: {', '.join(named)}."


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
