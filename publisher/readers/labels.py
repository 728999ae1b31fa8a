# SPDX-License-Identifier: AGPL-3.0-or-later
"""The labels that note bodies begin with ("[1]", "1.", "2*.", "*"), and how far their series have come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from publisher.numerals import western
from publisher.readers.lines import is_break

_LABEL = r"(?:\d{1,4}\s?[a-z]?\*{0,3}|\*{1,6}|†{1,3}|‡{1,3}|[a-zA-Z]\*?|[ivx]{1,6})"
STYLES: dict[str, re.Pattern[str]] = {
    "bracket": re.compile(rf"^[\[［〔﹝【]\s*(?P<label>{_LABEL})\s*\.?\s*[\]］〕﹞】][.:：]?\s*"),
    "curly": re.compile(rf"^\{{\s*(?P<label>{_LABEL})\s*\}}\s*"),
    "paren": re.compile(rf"^[(（]\s*(?P<label>{_LABEL})\s*[)）]\.?\s*"),
    "point": re.compile(r"^(?P<label>\d{1,4}[a-z]?\*{0,3})\s*(?:[.)]+(?=\D|$)|[.)]+\s+)\s*"),
    "star": re.compile(r"^(?P<label>\*{1,6}|†{1,3}|‡{1,3}|\d{1,3}\*{1,3})(?=[\s\w“\"‘'„«(]|$)\s*"),
    "letter": re.compile(r"^(?P<label>[A-Za-z])[.)]\s+"),
    "superscript": re.compile(r"^(?P<label>[¹²³⁰⁴-⁹]{1,3}|[①-⑳])\s*"),
    "number": re.compile(r"^(?P<label>\d{1,3})\s+(?=[^\W\d_]|[“\"‘'(„«])"),
}
# Forms that open a note wherever they stand; the others must run in sequence.
FIRM = frozenset({"bracket", "curly", "star", "superscript"})
# A number beyond is a year unless it goes on with the notes: "[1917]" opens none, "[1000]" does after "[999]".
LARGEST = 999
# Raised and circled figures, and what they stand for.
_FIGURES = str.maketrans(
    dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)) | {chr(0x245F + value): str(value) for value in range(1, 21)}
)


class Label(Struct, frozen=True):
    """A label at the beginning of a line: its text without brackets, its style, and where the note's text begins."""

    text: str
    style: str
    end: int

    @property
    def series(self) -> str:
        """What sets one series of labels apart from another: "" for "12", "*" for "3*", "letters" for "b"."""
        if self.text[0].isdigit():
            return self.text.lstrip("0123456789")
        return "letters" if self.text.isalpha() and len(self.text) == 1 else self.text

    @property
    def value(self) -> int:
        """The place in its series: 12 for "12", 3 for "3*", 2 for "b"."""
        if digits := re.match(r"\d+", self.text):
            return int(digits[0])
        return ord(self.text.lower()) - ord("a") + 1 if self.series == "letters" else 1


def plain(label: str) -> str:
    """A label in plain figures: "³", "③" and "٣" are "3"."""
    return western(label.translate(_FIGURES)).replace(" ", "")


def label_of(text: str, styles: Sequence[str] = tuple(STYLES)) -> Label | None:
    """The label that a line begins with."""
    if is_break(text):
        return None
    for style in styles:
        if match := STYLES[style].match(text):
            return Label(plain(match["label"]), style, match.end())
    return None


class Tally(Struct):
    """How far each series of labels has come, and how often the calls in the text let the count start again."""

    restarts: int
    last: dict[str, int] = field(default_factory=dict)

    def opens(self, label: Label, style: str | None) -> bool:
        """Whether a label opens a note after those counted; `style` is the style of the notes so far."""
        if label.value > LARGEST and label.value != self.last.get(label.series, 0) + 1:
            return False
        if label.style in FIRM:
            return True
        if style is None:
            return label.style != "number" or label.value == 1
        if label.series in self.last:
            step = label.value - self.last[label.series]
            again = label.value == 1 and step <= 0 and self.restarts > 0
            return again or 0 < step <= (3 if label.style == "point" else 1)
        # "9a" comes after "9"; the first of any other series is its number one.
        return label.value == self.last.get("") if label.series.isalpha() else label.value == 1

    def count(self, label: Label) -> None:
        if label.value == 1 and label.series in self.last:
            self.restarts -= 1
        self.last[label.series] = label.value

    def copy(self) -> Tally:
        return Tally(self.restarts, dict(self.last))
