# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a title -> lines of like lengths, so that no word stands alone on the last one."""

from __future__ import annotations

from collections.abc import Callable

Length = Callable[[str], float]
"""The length of a text that is set on one line."""

# Pixels an em when text is measured.
MEASURE = 100
# How much narrower than the room for it a title is tried, in hundredths.
NARROWEST, STEP = 40, 2


def balance(text: str, length: Length, width: float) -> tuple[str, ...]:
    """As few lines as `width` allows, but of like lengths."""
    lines = wrap(text, length, width)
    for narrower in range(NARROWEST, 100, STEP):
        candidate = wrap(text, length, width * narrower / 100)
        if len(candidate) == len(lines) and max(map(length, candidate)) <= width:
            return candidate
    return lines


def wrap(text: str, length: Length, width: float) -> tuple[str, ...]:
    """Fills lines of `width` with as many words as each can hold."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and length(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)
