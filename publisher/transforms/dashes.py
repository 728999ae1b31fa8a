# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hyphens that stand for dashes -> dashes: "word--word" and "word - word" -> "word—word", "1914-1918" -> "1914–1918".

Left alone are four hyphens and more, which stand for what is not said ("Mr. ----"), options of programs, hyphens that
may belong to a divided word or to two names, and numbers that are no ranges: dates, telephone numbers, ISBNs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.transforms.flow import Edit
from publisher.transforms.languages import NO_BREAK, Habits
from publisher.transforms.rules import Doubt, Found, Stretch, around

_DOUBLE = re.compile(r"-{2,}")
# The hyphen comes first, since that is what is looked for; so with _RANGE.
_HYPHEN = re.compile(r"-(?<= -)(?= )")
_DASHES = "-–—‐‑‒―"
_BLANKS = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n"
_ENDS = "\"'“”‘’»),.;:!?…]"
# The first parts of words that may have been divided: "non - party".
_PREFIX = re.compile(
    r"(?i)(?<!\w)(?:all|anti|co|counter|ex|extra|half|inter|mid|multi|non|post|pre|pro|proto|pseudo|quasi|re|self|semi|social|sub"
    r"|super|trans|ultra|under|vice|well|[a-z])\Z"
)
_LONGEST_PREFIX = 12
_RANGE = re.compile(r"-(?<=\d-)-?(?=\d)")
_LOWER = re.compile(r"(?<![\w.,/:+#–—-])[£$€]?(\d{1,4})\Z|(?<=[^\W\d]\.)(\d{1,4})\Z")
_UPPER = re.compile(r"(\d{1,4})(?![\w/–—-]|[.,:]\d)")
_PAGES = re.compile(r"(?i)(?:\bpp?\.|\bpages?|\bS\.|\bSeiten?|\bстр\.|\bс\.) ?\d+\Z")
_BEFORE_RANGE = 16


def dashes(stretch: Stretch, habits: Habits) -> Found:
    """Double hyphens, spaced hyphens, and the hyphen that begins what somebody says."""
    text = stretch.text
    if "--" in text:
        yield from _double(stretch, habits)
    if "- " not in text:
        return
    if habits.dialogue and stretch.kind == "prose" and text.startswith("- "):
        end = len(text) - len(text[1:].lstrip(" "))
        yield Edit(0, 1, "—", "dashes")
        yield Edit(1, end, NO_BREAK, "dashes")
    if " - " in text:
        yield from _spaced(stretch, habits)


def _double(stretch: Stretch, habits: Habits) -> Iterator[Edit]:
    text = stretch.text
    for match in _DOUBLE.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
        dashed = before in _DASHES or after in _DASHES or "<" in before or ">" in after
        if end - start > 3 or dashed or (before.isdigit() and after.isdigit()):
            continue
        if before in _BLANKS and after in _BLANKS:
            yield from _between_spaces(text, start, end, habits)
        elif after not in _BLANKS and before in _BLANKS:
            # "he said. --Goethe" names who said it; "use --release" is an option of a program.
            low, _ = _blanks(text, start, end)
            if before == "\n" or text[low - 1 : low] in _ENDS or not after.isalnum():
                yield Edit(start, end, habits.dash.mark, "dashes")
        else:
            left = habits.dash.before or "" if before.isalnum() and (after.isalnum() or after in _BLANKS) else ""
            right = habits.dash.after or "" if before.isalnum() and after.isalnum() else ""
            yield Edit(start, end, f"{left}{habits.dash.mark}{right}", "dashes")


def _between_spaces(text: str, start: int, end: int, habits: Habits) -> Iterator[Edit]:
    """A dash with spaces on either side gets those of the language; at a line's beginning or end they stay."""
    low, high = _blanks(text, start, end)
    yield Edit(start, end, habits.dash.mark, "dashes")
    inside = low > 0 and high < len(text) and "\n" not in (text[low - 1], text[high])
    if inside and habits.dash.before is not None and text[low:start] != habits.dash.before and low < start:
        yield Edit(low, start, habits.dash.before, "dashes")
    if inside and habits.dash.after is not None and text[end:high] != habits.dash.after and end < high:
        yield Edit(end, high, habits.dash.after, "dashes")


def _blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    return start, end


def _spaced(stretch: Stretch, habits: Habits) -> Found:
    text = stretch.text
    for match in _HYPHEN.finditer(text):
        at = match.start()
        low, high = _blanks(text, at, at + 1)
        before, after = text[low - 1 : low] or "\n", text[high : high + 1] or "\n"
        # In '"So - "' the mark would open nothing, and behind a dash it would be one that closes.
        stray = after in "\"'" and (text[high + 1 : high + 2] or "\n") in _BLANKS
        begins = after.isalnum() or after in "\"'“‘„«(…" or text.startswith("...", high)
        figures = before.isdigit() and after.isdigit()
        if figures or stray or not begins or not (before.isalnum() or before in _ENDS):
            continue
        prose = stretch.kind in ("prose", "heading")
        if not prose or not habits.hyphens or _divided(text, low, high, closed=habits.dash.closed):
            yield Doubt(at, "hyphen", around(text, at))
            continue
        yield Edit(at, at + 1, habits.dash.mark, "dashes")
        if text[low:at] != habits.dash.before:
            yield Edit(low, at, habits.dash.before or "", "dashes")
        if text[at + 1 : high] != habits.dash.after:
            yield Edit(at + 1, high, habits.dash.after or "", "dashes")


def _divided(text: str, low: int, high: int, *, closed: bool) -> bool:
    """Whether the hyphen may be part of a word ("non - party") or stand between two names ("Moscow - Leningrad")."""
    before = text[max(0, low - _LONGEST_PREFIX) : low]
    if _PREFIX.search(before):
        return True
    word = re.split(r"\W", text[max(0, low - 40) : low])[-1]
    return closed and word[:1].isupper() and text[high].isupper()


def ranges(stretch: Stretch, habits: Habits) -> Found:
    """Two numbers of which the second is higher, whole or without the figures that it shares: 1914-18, pp. 300-315."""
    text = stretch.text
    if not habits.ranges or "-" not in text:
        return
    for match in _RANGE.finditer(text):
        start, end = match.span()
        lower = _LOWER.search(text[max(0, start - _BEFORE_RANGE) : start])
        upper = _UPPER.match(text, end)
        if lower is None or upper is None:
            continue
        first = next(filter(None, lower.groups()))
        pages = _PAGES.search(text[max(0, start - _BEFORE_RANGE) : start])
        if _ascend(first, upper[1]) and (pages or (len(first), len(upper[1])) != (3, 4)):
            yield Edit(start, end, "–", "ranges")


def _ascend(first: str, second: str) -> bool:
    """1914-18 is 1914-1918; 555-1234 may be a telephone number."""
    if len(second) > len(first) + 1 or (first.startswith("0") and len(first) > 1):
        return False
    whole = first[: max(0, len(first) - len(second))] + second
    return (len(second) >= len(first) or len(first) > 2) and int(whole) > int(first)
