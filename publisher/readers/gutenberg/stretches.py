# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parts of lines, and what is the same for comparing them: letters and digits, whatever their case and marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from publisher.readers.lines import Chunk, Line

_MARKED = re.compile(r"[\[({*†‡_=+~]")
_BYLINE = re.compile(
    r"(?i:by|von|par|por|di)\s+(?:the\s+)?(?:[A-ZÀ-Þ][\w.’'-]*,?\s*|(?:and|und|et|y|e|de|von|van|of)\s+){1,12}\.?$"
)
_SIGNS = re.compile(r"[\W_]+")
_CALL = re.compile(r"\[[\w*†‡]{1,4}\]|\([*†‡+%#&$@§]{1,4}\)|\{\d{1,4}\}|[*†‡]+$|_")


def part(line: Line, start: int, end: int | None = None) -> Line:
    """The characters start to end of a line's text, as a line that knows its place; white space at its ends goes."""
    text = line.text[start:end]
    body = text.strip()
    return Line(line.file, line.number, body, line.indent + start + len(text) - len(text.lstrip()))


def letters(text: str) -> str:
    """What two titles have in common that are the same: "MOBY-DICK; or, THE WHALE." and "Moby Dick; or The Whale"."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return _SIGNS.sub("", plain.casefold())


def bare(text: str) -> str:
    """A line without the calls of notes and the marks of emphasis: "_PREFACE_[1]" -> "PREFACE"."""
    if text.isalnum() or not _MARKED.search(text):
        return text
    return _CALL.sub("", text).strip().strip("=+~")


def right(line: Line) -> int:
    """The column that a line reaches to."""
    return line.indent + len(line.text)


def chunk_of(lines: Iterable[Line], gap: int = 1) -> Chunk | None:
    """A chunk of the lines that hold text; None where none does."""
    kept = tuple(line for line in lines if line.text)
    return Chunk(kept, gap) if kept else None


def is_capitals(text: str) -> bool:
    """No small letters, and at least two capitals."""
    return text.upper() == text and sum(c.isalpha() for c in text) >= 2


def is_byline(text: str) -> bool:
    """Who wrote what stands below a heading: "By KARL MARX and FREDERICK ENGELS."."""
    return len(text) <= 100 and bool(_BYLINE.match(text))
