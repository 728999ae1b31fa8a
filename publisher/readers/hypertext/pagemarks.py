# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the printed edition: "<a name="p461">", "|461|", "<span class="page">[461]</span>" -> marks in the text.

A name such as "p12" alone may count paragraphs: names count only where something else says that pages are meant, or
where the numbers rise and do not begin at 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publisher.document import PageMark
from publisher.ledger import Fate
from publisher.readers.hypertext.model import Box, whole

_NUMBER = r"(?P<label>\d{1,4}[a-z]?|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|\d{1,4}\s?:\s?\d{1,4})"
_CLEAR = re.compile(
    rf"(?:page|pg|pag|pagina|seite)[-_.]?{_NUMBER}|(?:v\d+)?pp?\d*[-_.]{_NUMBER.replace('label', 'other')}",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?:p|pp|S|s|v\d+pp?)[-_.]?(?P<label>\d{1,4})")
_SHOWN = re.compile(rf"[\[({{<|]?\s*(?i:p(?:age|\.)?\s*|S\.\s*|pg\.?\s*)?{_NUMBER}\s*[\])}}>|]?")
_BARS = re.compile(rf"\|\s*(?:p(?:age|\.)?\s*)?{_NUMBER}\s*\|")
_KIND = "=page "


def mark(boxes: Sequence[Box]) -> None:
    """Claims the page marks of a page."""
    short = _short_names(boxes)
    held: list[str] = []
    for box in boxes:
        if box.fate is Fate.MARK:
            if found := _SHOWN.fullmatch(box.words):
                held.append(found["label"])
        elif box.fate is None and box.words:
            for label in held:
                box.claim(0, 0, Fate.MARK).inline = PageMark(label)
            held = []
            _mark(box, short)
            if box.claims and not whole(box).words:
                held = [claim.inline.label for claim in box.claims if isinstance(claim.inline, PageMark)]
                box.claims.clear()
                box.unsettle()
                box.fate = Fate.MARK


def _short_names(boxes: Sequence[Box]) -> frozenset[str]:
    """Names such as "p461" that number pages: they rise, and the first is beyond 1, or each shows its number."""
    found = [
        (name, int(match["label"]), box, offset)
        for box in boxes
        if box.fate is None
        for offset, name in box.targets
        if (match := _SHORT.fullmatch(name))
    ]
    if not found:
        return frozenset()
    values = [value for _, value, _, _ in found]
    shown = sum(str(value) in box.text[offset : offset + 12] for _, value, box, offset in found)
    rising = all(a <= b for a, b in pairwise(values))
    if (rising and values[0] > 9 and values[-1] - values[0] < 2 * len(values)) or shown * 2 > len(found):
        return frozenset(name for name, _, _, _ in found)
    return frozenset()


def _mark(box: Box, short: frozenset[str]) -> None:
    taken = {claim.start for claim in box.claims}
    for offset, label in _targets(box, short):
        shown = _SHOWN.match(box.text, offset)
        end = shown.end() if shown and _fits(box, shown, label) else offset
        if offset not in taken and not (end == offset and offset == len(box.text)):
            taken.add(offset)
            box.claim(offset, end, Fate.MARK).inline = PageMark(label or (shown["label"] if shown else ""))
    if "|" in box.text:
        for match in _BARS.finditer(box.text):
            if match.start() not in taken:
                box.claim(match.start(), match.end(), Fate.MARK).inline = PageMark(" ".join(match["label"].split()))


def _fits(box: Box, shown: re.Match[str], label: str) -> bool:
    """The number that the page shows is that of the name, and no word goes on behind it."""
    behind = box.text[shown.end() : shown.end() + 1]
    return (not label or shown["label"] == label) and not behind.isalnum() and shown.end() > shown.start()


def _targets(box: Box, short: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Where pages begin, with their numbers; empty for one that only the words tell."""
    seen: set[int] = set()
    for offset, name in box.targets:
        label = None
        if name.startswith(_KIND):
            label = _label(name[len(_KIND) :])
            shown = _SHOWN.match(box.text, offset)
            if not label and not (shown and shown["label"]):
                continue
            label = label if not shown or shown["label"] == label else ""
        elif name in short and (match := _SHORT.fullmatch(name)):
            label = match["label"]
        elif match := _CLEAR.fullmatch(name):
            label = match["label"] or match["other"]
        if label is not None and offset not in seen:
            seen.add(offset)
            yield offset, label


def _label(name: str) -> str:
    match = re.search(_NUMBER + r"$", name.strip())
    return match["label"] if match else ""
