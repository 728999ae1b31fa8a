# SPDX-License-Identifier: AGPL-3.0-or-later
"""Note calls before a mark of punctuation -> behind it, where English sets them: "word[1]." -> "word.[1]".

A call goes over the mark and a quotation mark that closes behind it, not over a dash or a bracket, nor where the mark
may belong to what follows. The calls of variant readings stay with their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.document import Emphasis, Foreign, Inline, Inlines, LineBreak, Link, Note, NoteCall, Span, Text, plain
from publisher.transforms.flow import flow

RULE = "calls"
_MARKS = re.compile(r"[.,;:!?][\"'”’]{0,2}(?=[\s—–]|--|\Z)")
_BEHIND = ")]\"'”’»"


class Moved(Struct, frozen=True):
    """Calls that went over marks, which stand `at` so many characters from the beginning of the run."""

    at: int
    marks: str
    labels: tuple[str, ...]


def moved(inlines: Inlines, notes: Sequence[Note]) -> tuple[Inlines, list[Moved]]:
    """The run with its calls in their places, and what was moved; `notes` are those of the chapter."""
    if not any(isinstance(inline, NoteCall) for inline in _all(inlines)):
        return inlines, []
    mover = _Mover(notes)
    made = mover.inlines(inlines)
    return (made if mover.moved else inlines), mover.moved


def _all(inlines: Inlines) -> list[Inline]:
    found: list[Inline] = list(inlines)
    for inline in found:
        if isinstance(inline, Emphasis | Span | Foreign | Link):
            found += inline.inlines
    return found


class _Mover:
    def __init__(self, notes: Sequence[Note]) -> None:
        self._notes = notes
        self._at = 0
        self.moved: list[Moved] = []

    def inlines(self, inlines: Inlines) -> Inlines:
        made: list[Inline] = []
        index = 0
        while index < len(inlines):
            end = index
            while end < len(inlines) and isinstance(inlines[end], NoteCall):
                end += 1
            calls = [inline for inline in inlines[index:end] if isinstance(inline, NoteCall)]
            marks = self._marks(calls, inlines, end, made)
            if marks:
                made[-1:] = [*_with(made[-1], marks), *calls, *_without(inlines[end], marks)]
            else:
                made += [*calls, *map(self._within, inlines[end : end + 1])]
            index = end + 1
        return tuple(made)

    def _marks(self, calls: Sequence[NoteCall], inlines: Inlines, end: int, made: Sequence[Inline]) -> str:
        """The marks behind calls over which they go, entered as moved."""
        follows = inlines[end] if end < len(inlines) else None
        if not calls or not made or not isinstance(follows, Text):
            return ""
        found = _MARKS.match(follows.text)
        last = _last(made[-1])
        meant = found and (last.isalnum() or (last and last in _BEHIND))
        if not found or not meant or any(self._notes[call.note].apparatus != "notes" for call in calls):
            return ""
        whole = found.end() == len(follows.text)
        if whole and not (end + 1 == len(inlines) or isinstance(inlines[end + 1], LineBreak)):
            return ""
        self.moved.append(Moved(self._at, found[0], tuple(self._notes[call.note].label for call in calls)))
        self._at += len(follows.text)
        return found[0]

    def _within(self, inline: Inline) -> Inline:
        if isinstance(inline, Emphasis | Span | Foreign | Link):
            return replace(inline, inlines=self.inlines(inline.inlines))
        self._at += len(flow((inline,)).text)
        return inline


def _last(inline: Inline) -> str:
    """The last character that an inline shows, empty where it ends in white space or in no character."""
    if isinstance(inline, Text):
        return inline.text[-1:].strip()
    return plain((inline,))[-1:] if isinstance(inline, Emphasis | Span | Foreign | Link) else ""


def _with(inline: Inline, marks: str) -> tuple[Inline, ...]:
    return (Text(inline.text + marks),) if isinstance(inline, Text) else (inline, Text(marks))


def _without(inline: Inline, marks: str) -> tuple[Inline, ...]:
    rest = inline.text[len(marks) :] if isinstance(inline, Text) else ""
    return (Text(rest),) if rest else ()
