# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PDF's pages -> their letters in the order of painting (ISO 32000-1, 9.4 and 14.6): for text of two directions.

What reads a page by where its letters stand cannot know the order of what runs in two directions: a note's number at
the left end of an Arabic line may be its first or its last word. Painted is one stretch of a line after the other, as
they are read. The shapes of a stretch follow one another from left to right; turned round where they run the other
way, they are letters in their order again. Digits and signs, whose place among letters of both directions has many
rules (https://www.unicode.org/reports/tr9/), are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_LEFTWARD = ("R", "AL")
_SHOWN = frozenset({"Tj", "TJ", "'", '"'})


def read(data: bytes, *, leftward: bool) -> list[str]:
    """The letters of each page, without heads and folios; `leftward`: paragraphs run from right to left."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        known: dict[tuple[int, int], dict[int, str]] = {}
        return [
            "".join(_logical(stretch, leftward=leftward) for stretch in _stretches(page, known)) for page in pdf.pages
        ]


def _stretches(page: pikepdf.Page, known: dict[tuple[int, int], dict[int, str]]) -> Iterator[str]:
    """What stands between two marks of a page's content, each line of each element by itself."""
    import pikepdf

    marks: list[bool] = []
    letters: list[str] = []
    characters: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in {"BDC", "BMC"}:
            marks.append(str(operands[0]) == "/Artifact")
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            characters = _characters(page.Resources.Font[str(operands[0])], known)
        elif name in _SHOWN and not any(marks):
            letters += _shown(operands[-1], characters)
            continue
        if name in {"BDC", "BMC", "EMC", "BT"}:
            yield "".join(letters)
            letters = []
    yield "".join(letters)


def _shown(operand: pikepdf.Object, characters: dict[int, str]) -> Iterator[str]:
    """The characters of an operand: a string, or an array of strings and distances."""
    import pikepdf

    for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            for place in range(0, len(codes), 2):
                yield characters.get(int.from_bytes(codes[place : place + 2], "big"), "")


def _characters(font: pikepdf.Object, known: dict[tuple[int, int], dict[int, str]]) -> dict[int, str]:
    """What the codes of a font stand for. A ligature's letters are turned, as it stands among others that will be."""
    if font.objgen not in known:
        pairs = _PAIR.findall(font.ToUnicode.read_bytes())
        texts = ((int(code, 16), bytes.fromhex(text.decode()).decode("utf-16-be")) for code, text in pairs)
        known[font.objgen] = {code: text[::-1] if runs_left(text) else text for code, text in texts}
    return known[font.objgen]


def runs_left(text: str) -> bool:
    """Whether a text has letters that run from right to left."""
    return any(unicodedata.bidirectional(character) in _LEFTWARD for character in text)


def _logical(stretch: str, *, leftward: bool) -> str:
    """A stretch as it stands, from left to right -> its letters in the order in which they are read."""
    runs: list[tuple[bool, list[str]]] = []
    for character in stretch:
        for letter in unicodedata.normalize("NFKC", character):
            if letter.isalpha():
                left = unicodedata.bidirectional(letter) in _LEFTWARD
                if not runs or runs[-1][0] != left:
                    runs.append((left, []))
                runs[-1][1].append(letter)
    ordered = reversed(runs) if leftward else runs
    return "".join("".join(reversed(letters) if left else letters) for left, letters in ordered)
