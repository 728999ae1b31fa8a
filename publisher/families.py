# SPDX-License-Identifier: AGPL-3.0-or-later
"""The families of type that pages can be set in, and which of them is for what.

A theme names the family of its text. A character that it lacks comes from the first family of this list that has it.
A text in one of the languages that a family names is set in this family throughout, so that points and quotation marks
fit the letters; only what it lacks comes from the theme's.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.util import find_spec

from msgspec import Struct

OFL = "SIL Open Font License 1.1"
BITSTREAM = "Bitstream Vera and Arev licences"
LICENCES = {OFL: "https://openfontlicense.org", BITSTREAM: "https://dejavu-fonts.github.io/License.html"}


class Family(Struct, frozen=True):
    """A family by the name that its files give it, and the package that holds them.

    `files` names them by a pattern; a family of variable fonts is made in a regular and a bold weight. `languages` are
    those that are set in it, as Fontconfig knows them; `optional`: it comes with an extra. `index` is the font's number
    in a collection.
    """

    name: str
    package: str
    files: str = "files/*.ttf"
    languages: str = ""
    licence: str = OFL
    optional: bool = False
    index: int = 0


def _noto(script: str, languages: str) -> Family:
    return Family(f"Noto Sans {script}", "manimgx_fonts", f"NotoSans{script}[[]*.ttf", languages)


# The order is the order in which a character is looked up.
FAMILIES = (
    Family("EB Garamond", "fontpkg_eb_garamond"),
    Family("Noto Serif", "fontpkg_noto_serif"),
    Family("Amiri", "fontpkg_amiri", "files/Amiri-[RB]*[rd].ttf", "ar az-arab bal ckb fa ku-arab ps sd ug und-arab ur"),
    Family("IBM Plex Mono", "fontpkg_ibm_plex_mono", "files/IBMPlexMono-[RBI]*[rdc].ttf"),
    Family("Frank Ruhl Libre", "fontpkg_frank_ruhl_libre", languages="he und-hebr yi"),
    _noto("Hebrew", ""),
    _noto("Armenian", "hy"),
    _noto("Georgian", "ka"),
    _noto("Ethiopic", "am gez ti"),
    _noto("Devanagari", "bho hi kok mai mr ne sa"),
    _noto("Bengali", "as bn"),
    _noto("Gujarati", "gu"),
    _noto("Gurmukhi", "pa"),
    _noto("Kannada", "kn"),
    _noto("Malayalam", "ml"),
    _noto("Oriya", "or"),
    _noto("Sinhala", "si"),
    _noto("Tamil", "ta"),
    _noto("Telugu", "te"),
    _noto("Thai", "th"),
    _noto("Lao", "lo"),
    _noto("Khmer", "km"),
    _noto("Myanmar", "my"),
    _noto("Symbols", ""),
    # A font that a drawing program brings along; no package has it by itself.
    Family("DejaVu Sans", "ziafont", "fonts/DejaVuSans.ttf", licence=BITSTREAM),
    # One font has the letters of all regions; which of them is shown depends on the language.
    Family(
        "Noto Sans CJK SC",
        "manimgx_fonts_cjk",
        "NotoSansCJK-VF.otf.ttc",
        "ja ko zh zh-cn zh-hk zh-mo zh-sg zh-tw",
        optional=True,
        index=2,
    ),
    Family("Noto Emoji", "manimgx_fonts", "NotoEmoji[[]*.ttf"),
)

# The extra of this project that has the optional families, and the scripts that it is for.
EXTRA = "publisher[cjk]"
_EXTRA_NAMES = ("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "BOPOMOFO ", "IDEOGRAPHIC ", "KANGXI ", "FULLWIDTH ")


@cache
def families() -> tuple[Family, ...]:
    """The families that are installed."""
    return tuple(family for family in FAMILIES if not family.optional or find_spec(family.package))


def extra_has(character: str) -> bool:
    """Whether a character is one of those that the extra is for."""
    return unicodedata.name(character, "").startswith(_EXTRA_NAMES)
