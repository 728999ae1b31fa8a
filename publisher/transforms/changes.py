# SPDX-License-Identifier: AGPL-3.0-or-later
"""Edits of characters -> changes of whole words, from white space to white space, as a comparison sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher.transforms.flow import Edit, Flow

_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\S")


class Cluster(Struct, frozen=True):
    """Words that edits change, which begin at `start` and end before `end`; `after` is what they become."""

    start: int
    end: int
    after: str
    rule: str


def clusters(text: str, edits: Sequence[Edit]) -> Iterator[Cluster]:
    """The words that sorted edits change; edits of one word, or of words that they join, make one change."""
    index = floor = 0
    while index < len(edits):
        start, end = _word_start(text, edits[index].start, floor), _word_end(text, edits[index].end)
        pieces: list[str] = []
        rules: dict[str, None] = {}
        kept = start
        while index < len(edits) and edits[index].start <= end:
            edit = edits[index]
            pieces += (text[kept : edit.start], edit.after)
            rules[edit.rule] = None
            kept = edit.end
            if edit.end >= end:
                end = _word_end(text, edit.end)
            index += 1
        pieces.append(text[kept:end])
        yield Cluster(start, end, "".join(pieces), "+".join(rules))
        floor = end


def _word_start(text: str, at: int, floor: int) -> int:
    """The beginning of the word at a place; a space belongs to the words on either side of it."""
    while at > floor and text[at].isspace() and text[at - 1].isspace():
        at -= 1
    while at > floor and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    if text[at - 1 : at].isspace() and (word := _WORD.search(text, at)):
        at = word.start()
    space = _SPACE.search(text, at)
    return space.start() if space else len(text)


def earlier(flow: Flow, edits: Sequence[Edit], places: Sequence[int]) -> Iterator[int]:
    """Places in an edited run, in ascending order -> where they were before; within what came in, where that begins."""
    index, shift = 0, 0
    for place in places:
        while index < len(edits) and edits[index].end + shift + _growth(edits[index]) <= place:
            shift += _growth(edits[index])
            index += 1
        inside = index < len(edits) and edits[index].start + shift <= place
        yield min(edits[index].start if inside else place - shift, max(len(flow.text) - 1, 0))


def _growth(edit: Edit) -> int:
    return len(edit.after) - (edit.end - edit.start)
