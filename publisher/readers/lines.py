# SPDX-License-Identifier: AGPL-3.0-or-later
"""Text -> lines -> chunks: the runs of lines between blank lines, which a browser copies as one block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from publisher.characters import HAN, IMPOSSIBLE
from publisher.errors import Location, Problem

# What XML cannot hold, and with it the controls of ISO 6429 and byte order marks amid the text, which print nothing.
_CONTROL = re.compile(f"{IMPOSSIBLE.pattern}|[\x7f-\x9f\ufeff]")
LONGEST_TITLE = 180  # characters of a line that may be a title or a heading
PROSE = 140  # characters from which on a chunk is surely a paragraph
# What a sentence ends with, in the scripts that archives hold most.
ENDS = (".", "!", "?", "”", "。", "！", "？", "؟")
WORD = 6  # letters of a word, where no spaces stand between words
_OPENING = re.compile(r"(?:\u3000{1,2}|\u2003{2})(?=[^\s\u3000])")
# What the last line of a Chinese paragraph ends with.
_FULL = tuple("。！？：；”」』）…—")
_HAN = re.compile(f"[{HAN}]")
_HAN_LETTERS = 3
_BREAK = re.compile(r"^(?:[*·•⁂✻☆★~#_=.…—–-]\s*){1,60}$|^(\S)(?:\s+\1){2,}$")


class Line(Struct, frozen=True):
    """One source line: `text` without white space at its ends, `indent` the number of characters cut off before.

    `tab` marks a blank line that holds a tab: what a browser copies between two cells of a table. `opens` marks a line
    that is indented as Chinese paragraphs are, by the width of two characters.
    """

    file: str
    number: int
    text: str
    indent: int = 0
    tab: bool = False
    opens: bool = False

    def at(self, index: int = 0) -> Location:
        """Where the character at `index` of the text stands in the file."""
        return Location(self.file, self.number, self.indent + index + 1)


class Chunk(Struct, frozen=True):
    """Lines with no blank line between them; `gap` counts the blank lines before, `cell` says that one holds a tab."""

    lines: tuple[Line, ...]
    gap: int = 0
    cell: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def first(self) -> Line:
        return self.lines[0]


def split(file: str, text: str) -> tuple[list[Line], list[Problem]]:
    """All lines of a text, blank ones with empty text; control characters are taken out and reported."""
    problems: list[Problem] = []
    lines = []
    for number, raw in enumerate(text.splitlines(), 1):
        clean = _without_controls(file, number, raw, problems) if _CONTROL.search(raw) else raw
        body = clean.strip()
        tab = not body and "\t" in clean
        opens = not clean.isascii() and _OPENING.match(clean) is not None
        lines.append(Line(file, number, body, len(clean) - len(clean.lstrip()), tab, opens))
    return lines, problems


def _without_controls(file: str, number: int, raw: str, problems: list[Problem]) -> str:
    for match in _CONTROL.finditer(raw):
        name = f"U+{ord(match[0]):04X}"
        where = Location(file, number, match.start() + 1)
        problems.append(
            Problem("T005", f"control character {name} left out", where, "It cannot be printed. Remove it.")
        )
    return _CONTROL.sub("", raw)


def chunks(lines: Iterable[Line]) -> Iterator[Chunk]:
    """Groups lines into chunks."""
    run: list[Line] = []
    gap: list[Line] = []
    before: list[Line] = []
    for line in lines:
        if line.text:
            if run and _begins_anew(run[-1], line):
                yield _chunk(run, before)
                run = []
            if not run:
                before, gap = gap, []
            run.append(line)
            continue
        if run:
            yield _chunk(run, before)
            run = []
        gap.append(line)
    if run:
        yield _chunk(run, before)


def _begins_anew(last: Line, line: Line) -> bool:
    """A paragraph that only its indent sets apart, or what stands below one: a heading, which has no indent."""
    return line.opens or (last.opens and last.text.endswith(_FULL))


def _chunk(run: list[Line], gap: list[Line]) -> Chunk:
    return Chunk(tuple(run), len(gap), any(line.tab for line in gap))


def size(text: str) -> int:
    """How long a line is, in letters: a Chinese character counts three, because it says about as much."""
    return len(text) if text.isascii() else len(text) + (_HAN_LETTERS - 1) * len(_HAN.findall(text))


def is_break(text: str) -> bool:
    """An ornament such as "* * *" or "-----"; a single point or dash is not."""
    return bool(_BREAK.match(text)) and (len(text) >= 3 or text in "*⁂✻")
