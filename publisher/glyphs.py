# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which characters of an edition no font has: a problem for each, where it first stands.

No font of the machine fills in, because the pages would then depend on it. Of a character that only the upright face
of a family has, the upright is printed amid italics or bold: strokes are neither slanted nor fattened.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from publisher.errors import Location, Problem
from publisher.families import EXTRA, Family, extra_has, families
from publisher.fonts import files
from publisher.ledger import Entry

# What the first families have, as a test makes sure. In a text with nothing else no font need be opened to know that.
COMMON = frozenset(string.ascii_letters + string.digits + string.punctuation + "“”‘’«»–—…§°£ÀÄÉÖÜßàâäçèéêëîïñôöùûü")


# Letters that other languages than those with a family of their own are written in.
FOREIGN = ("LATIN ", "GREEK ", "CYRILLIC ")


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that no packaged font has, in the order of their code points."""
    lacking = {ord(character) for character in set(text) - COMMON if _visible(character)}
    for family in families():
        # To read what a font has takes longer than to read a chapter.
        if lacking:
            lacking -= _shown(family)
    return tuple(map(chr, sorted(lacking)))


def family(text: str) -> Family | None:
    """The first family that has all characters of a text, None where several would be needed."""
    wanted = {ord(character) for character in set(text) - COMMON if _visible(character)}
    return next((family for family in families() if wanted <= (_shown(family) if wanted else wanted)), None)


@cache
def characters(file: Path, index: int = 0) -> frozenset[int]:
    """The code points that a font file, or one font of a collection, can show."""
    import uharfbuzz

    return frozenset(uharfbuzz.Face(uharfbuzz.Blob(file.read_bytes()), index).unicodes)


def used(text: str, language: str, code: str = "", faces: Sequence[str] = ()) -> tuple[Family, ...]:
    """The families that a text of a language is set in, by the rules that Fontconfig follows as well.

    `code` is the family of programs, where there are any, `faces` those that a theme asks for before all others.
    """
    tags = {language.lower(), language.lower().partition("-")[0]}
    own = [family for family in families() if tags & set(family.languages.split())]
    named = [family for face in faces for family in families() if family.name == face]
    order = dict.fromkeys((*own, *named, *families()))
    wanted = {ord(character) for character in set(text) if _visible(character)}
    found: dict[Family, None] = dict.fromkeys(own)
    if not own:
        wanted -= set(map(ord, COMMON))
    for family in order:
        shown = wanted & _shown(family) if wanted else set()
        if family in own:
            # Foreign letters are of another language, whatever the text is in: Pango knows that by their script.
            shown = {code for code in shown if not unicodedata.name(chr(code), "").startswith(FOREIGN)}
        if family.name == code or shown or not found:
            found[family] = None
        wanted -= shown
    return tuple(found)


def _shown(family: Family) -> frozenset[int]:
    """The code points that a family may show."""
    return frozenset[int]().union(*(characters(file, family.index) for file in files(family)))


def _visible(character: str) -> bool:
    """Whether a character needs a glyph: not a control, format or white space character (U+00AD, U+3000).

    Selectors of variants (U+FE0F, U+180B) choose among glyphs and have none.
    """
    if unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}:
        return False
    return "VARIATION SELECTOR" not in unicodedata.name(character, "")


def check(entries: Iterable[Entry], added: str = "", file: str = "") -> tuple[Problem, ...]:
    """One problem for each character that no font has, at its first occurrence in the printed lines.

    `added` is what the edition prints beside the text: titles and names from the settings, its own words. What only
    that lacks is a problem of the whole work, `file`.
    """
    # Every font has the letters, figures and marks of ASCII.
    printed = [entry for entry in entries if entry.printed and not entry.text.isascii()]
    used = "".join(set().union(*(entry.text for entry in printed)))
    found = missing("".join({*used, *added}))
    return tuple(_problem(character, printed, file) for character in found)


def _problem(character: str, entries: list[Entry], file: str) -> Problem:
    entry = next((entry for entry in entries if character in entry.text), None)
    name = unicodedata.name(character, "a character without a name")
    count = sum(entry.text.count(character) for entry in entries)
    times = f"found {count} time{'s' if count > 1 else ''}" if entry else "in what is printed beside the text"
    if entry:
        place = Location(entry.file, entry.line, entry.column and entry.column + entry.text.index(character))
    else:
        place = Location(file)
    return Problem(
        "O002", f"no font has {character} (U+{ord(character):04X}, {name}), {times}", place, _hint(character)
    )


def _hint(character: str) -> str:
    shown = "The PDF shows \N{REPLACEMENT CHARACTER} instead; the EPUB keeps it."
    if extra_has(character) and not any(family.optional for family in families()):
        return f"{shown} Chinese, Japanese and Korean letters come with the extra: pip install '{EXTRA}'."
    return f"{shown} publisher explain O002 says which scripts the fonts have."
