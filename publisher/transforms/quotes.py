# SPDX-License-Identifier: AGPL-3.0-or-later
"""Straight quotation marks and apostrophes -> those of the language: "It's late" -> “It’s late”.

A mark opens where white space, a bracket or a dash stands before it and a word behind, and closes the other way round.
Where all marks of a block find their partners, all become curly. Otherwise only those do that are certain by
themselves, one that opens with one that closes next to it; the others stay and are reported. A block that has curly
marks already keeps what it has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from publisher.transforms.flow import Edit
from publisher.transforms.languages import Habits, Pair
from publisher.transforms.rules import Doubt, Found, Stretch, around

_MARKS = re.compile(r"[\"']")
# ``So'' is how TeX and old e-mail wrote quotation marks.
_TEX_MARKS = re.compile(r"``|''|[\"']")
_CURLY = re.compile("[“”„‟«»]")
_OPENS_AFTER = "([{—–-/“‘„«‚¿¡_*"
_CLOSES_BEFORE = ".,;:!?)]}…—–-/”’»_*"
_SENTENCE = ".,;:!?…)]—–-"
_INCHES = "0123456789″′"
# Ends of words that may be written with an apostrophe: "goin'", "th'".
_CLIPPED = re.compile(r"(?:in|\b(?:an|ha|i|mo|o|ol|po|t|th|wi))\Z")
# What never follows a possessive: the ' before it closes a quotation, "the 'factors' of history".
_NO_POSSESSION = re.compile(
    r"[.,;:!?)\]]|\s(?:of|in|is|are|was|were|which|that|to|for|from|with|by|as|at|on|has|have|had|who|but)\b"
)


class Mark(Struct, frozen=True):
    """A straight mark; `before` and `after` are the characters next to it that are no marks themselves."""

    start: int
    end: int
    double: bool
    before: str
    after: str
    opens: bool
    closes: bool

    @property
    def loose(self) -> bool:
        """Whether it may be a sign of inches or minutes as well."""
        return self.before in _INCHES


def quotes(stretch: Stretch, habits: Habits) -> Found:
    """Both rules, since a mark can be either; the caller takes the edits of the rules that are on."""
    text = stretch.text
    tex = "``" in text
    if '"' not in text and "'" not in text and not tex:
        return
    found = _marks(text, _TEX_MARKS if tex else _MARKS, elisions=habits.single is None)
    marks = [mark for mark in found if not _is_in(mark.start, stretch.barred)]
    doubles = [mark for mark in marks if mark.double]
    if doubles:
        yield from _doubles(doubles, stretch, habits)
    singles = [mark for mark in marks if not mark.double]
    if singles:
        yield from _singles(singles, stretch, habits)


def _marks(text: str, pattern: re.Pattern[str], *, elisions: bool) -> Iterator[Mark]:
    """All straight marks; `elisions` says that a word may be clipped before a quotation: l'"Humanité"."""
    spans = [match.span() for match in pattern.finditer(text)]
    befores: list[str] = []
    for index, (start, _) in enumerate(spans):
        joined = index > 0 and spans[index - 1][1] == start
        clipped = (
            elisions
            and joined
            and text[start - 1] == "'"
            and befores[-1].isalpha()
            and text[start + 1 : start + 2].isalnum()
        )
        befores.append("(" if clipped else befores[-1] if joined else text[start - 1 : start] or "\n")
    afters: list[str] = []
    for index in range(len(spans) - 1, -1, -1):
        end = spans[index][1]
        joined = index + 1 < len(spans) and spans[index + 1][0] == end
        afters.append(afters[-1] if joined else _after(text, end))
    for (start, end), before, after in zip(spans, befores, reversed(afters), strict=True):
        written = text[start:end]
        opens = (before.isspace() or before in _OPENS_AFTER) and not after.isspace() and after not in ",;:!?)]}."
        closes = not before.isspace() and before not in "([{“‘„«‚" and (after.isspace() or after in _CLOSES_BEFORE)
        if written == "``":
            opens, closes = True, False
        yield Mark(start, end, written != "'", before, after, opens, closes)


def _after(text: str, at: int) -> str:
    """The character behind a mark; points of an ellipsis begin a sentence like a word: "...and so"."""
    found = text[at : at + 1] or "\n"
    return "…" if found == "." and text[at : at + 3] in ("...", ". .") else found


def _doubles(marks: Sequence[Mark], stretch: Stretch, habits: Habits) -> Found:
    if _CURLY.search(stretch.text):
        yield from _doubtful(marks, stretch)
        return
    levels = _nested(marks, stretch)
    if levels is not None:
        for mark, (opening, level) in zip(marks, levels, strict=True):
            yield _edit(mark, habits.double[level], opening=opening)
        return
    certain: set[int] = set()
    for first, second in pairwise(marks):
        if _only_opens(first) and _only_closes(second) and not second.loose:
            certain |= {first.start, second.start}
            yield _edit(first, habits.double[0], opening=True)
            yield _edit(second, habits.double[0], opening=False)
    yield from _doubtful([mark for mark in marks if mark.start not in certain], stretch)


def _doubtful(marks: Sequence[Mark], stretch: Stretch) -> Iterator[Doubt]:
    """The first of the marks that stay, for the block; not in a table, where they may mean "the same"."""
    left = [mark for mark in marks if not (mark.loose and not mark.opens)]
    if left and stretch.kind != "cells":
        yield Doubt(left[0].start, "quote", around(stretch.text, left[0].start))


def _nested(marks: Sequence[Mark], stretch: Stretch) -> list[tuple[bool, int]] | None:
    """For each mark whether it opens, and on which level; None where they are no pairs."""
    levels: list[tuple[bool, int]] = []
    depth = 0
    for mark in marks:
        if mark.opens and not (mark.closes and depth):
            # Each line of a poem, each paragraph of a long quotation may open it anew.
            again = depth and stretch.text[mark.start - 1 : mark.start] == "\n"
            depth += not again
            levels.append((True, depth - 1))
        elif mark.closes and depth:
            depth -= 1
            levels.append((False, depth))
        else:
            return None
        if depth > 2:
            return None
    # A long quotation is closed in its last paragraph only, and each of them opens it anew.
    return levels if depth == 0 or (depth == 1 and stretch.next_mark in tuple('"“„«»')) else None


def _singles(marks: Sequence[Mark], stretch: Stretch, habits: Habits) -> Found:
    text = stretch.text
    left: list[Mark] = []
    for mark in marks:
        if _is_apostrophe(mark, text, habits):
            yield Edit(mark.start, mark.end, "’", "apostrophes")
        elif not _is_within(mark, text):
            left.append(mark)
    if habits.single is None:
        yield from _clipped(left, stretch, habits)
        return
    if "‘" in text or "‚" in text:
        return
    spans = list(_spans(left))
    for span, following in zip(spans, (*spans[1:], None), strict=True):
        runs_on = following is None and span.opens_block(text) and stretch.next_mark in ("'", "‘")
        yield from _single_span(span, stretch, habits, habits.single, runs_on=runs_on)


def _is_apostrophe(mark: Mark, text: str, habits: Habits) -> bool:
    """Inside a word, or before one that is known to have lost its beginning: "it's", "'tis"."""
    if text[mark.start - 1 : mark.start].isalnum() and mark.after.isalnum():
        return not mark.loose or not mark.after.isdigit()
    begins = mark.before.isspace() or mark.before in _OPENS_AFTER
    return bool(begins and habits.elided and habits.elided.match(text, mark.end))


def _is_within(mark: Mark, text: str) -> bool:
    """Between two figures: 5'10 is a height."""
    return text[mark.start - 1 : mark.start].isdigit() and mark.after.isdigit()


def _clipped(marks: Sequence[Mark], stretch: Stretch, habits: Habits) -> Found:
    """Where ' is no quotation mark, the end of a word that is known to be clipped: "l'" before a quotation, "po'"."""
    opening = any(mark.opens and not mark.closes for mark in marks)
    for mark in marks:
        word = stretch.text[max(0, mark.start - 10) : mark.start]
        if habits.clipped and habits.clipped.search(word) and (habits.spaced or not opening):
            yield Edit(mark.start, mark.end, "’", "apostrophes")


class Span(Struct, frozen=True):
    """A mark that only opens, if there is one, and those that may close it before the next one opens."""

    opener: Mark | None
    closers: tuple[Mark, ...]

    def opens_block(self, text: str) -> bool:
        """Whether it begins with a block and is not closed in it."""
        return self.opener is not None and not self.closers and not text[: self.opener.start].strip()


def _spans(marks: Sequence[Mark]) -> Iterator[Span]:
    opener: Mark | None = None
    closers: list[Mark] = []
    for mark in marks:
        if _only_opens(mark):
            yield Span(opener, tuple(closers))
            opener, closers = mark, []
        elif _only_closes(mark):
            closers.append(mark)
    yield Span(opener, tuple(closers))


def _single_span(span: Span, stretch: Stretch, habits: Habits, pair: Pair, *, runs_on: bool) -> Found:
    """One quotation in single marks, or none; what closes it is the last mark that can."""
    text, opener = stretch.text, span.opener
    closing = _closing(span.closers, text) if opener else None
    if opener and (closing or runs_on):
        yield _edit(opener, pair, opening=True)
    elif opener and stretch.kind != "cells":
        yield Doubt(opener.start, "quote", around(text, opener.start))
    for mark in span.closers:
        clipped = habits.clipped and habits.clipped.search(text[max(0, mark.start - 1) : mark.start])
        if mark is closing:
            yield _edit(mark, pair, opening=False)
        elif clipped and (closing or not opener):
            # Behind a mark of which nobody knows what it is, an apostrophe may be its partner.
            yield Edit(mark.start, mark.end, "’", "apostrophes")


def _closing(closers: Sequence[Mark], text: str) -> Mark | None:
    """The mark that certainly closes: behind punctuation, or behind a word that has no apostrophe at its end."""
    for mark in reversed(closers):
        word = text[max(0, mark.start - 3) : mark.start]
        owner = word.endswith("s") and not _NO_POSSESSION.match(text, mark.end)
        if mark.before in _SENTENCE or (not mark.loose and not _CLIPPED.search(word) and not owner):
            return mark
        if mark.loose and len(closers) == 1:
            return mark
    return None


def _edit(mark: Mark, pair: Pair, *, opening: bool) -> Edit:
    return Edit(mark.start, mark.end, pair.open if opening else pair.close, "quotes")


def _only_opens(mark: Mark) -> bool:
    return mark.opens and not mark.closes


def _only_closes(mark: Mark) -> bool:
    return mark.closes and not mark.opens


def _is_in(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (at, 1 << 60)) - 1
    return index >= 0 and spans[index][1] > at
