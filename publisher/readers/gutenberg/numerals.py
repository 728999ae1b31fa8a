# SPDX-License-Identifier: AGPL-3.0-or-later
"""The numbers that headings count with: "12", "XII", "twelve", "the Twelfth", "Zwölftes", "douzième", "primero"."""

from __future__ import annotations

import re
from itertools import pairwise

from publisher.readers.headings import number as english

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN = re.compile(r"M{0,3}(?:C[MD]|D?C{0,4})(?:X[CL]|L?X{0,4})(?:I[XV]|V?I{0,4})J?")

# In each language the words for one, two, three ...; "|" parts forms of one number.
_COUNTS = (
    # German, with any ending
    (
        "erst zweit|ander dritt viert fünft|funft sechst|sechzt siebent|siebt|sieben acht neunt zehnt elft|eilft"
        " zwölft|zwoelft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst"
    ),
    # French
    (
        "premier|première|premiere|un deuxième|deuxieme|second|seconde|deux troisième|troisieme|trois"
        " quatrième|quatrieme|quatre"
        " cinquième|cinquieme|cinq sixième|sixieme|six septième|septieme|sept huitième|huitieme|huit"
        " neuvième|neuvieme|neuf"
        " dixième|dixieme|dix onzième|onzieme|onze douzième|douzieme|douze treizième|treizieme|treize"
        " quatorzième|quatorzieme|quatorze quinzième|quinzieme|quinze seizième|seizieme|seize dix-septième|dix-sept"
        " dix-huitième|dix-huit dix-neuvième|dix-neuf vingtième|vingt"
    ),
    # Spanish and Portuguese
    (
        "primero|primera|primeiro|primeira segundo|segunda tercero|tercera|terceiro|terceira"
        " cuarto|cuarta|quarto|quarta"
        " quinto|quinta sexto|sexta séptimo|séptima|septimo|sétimo octavo|octava|oitavo noveno|novena|nono"
        " décimo|décima|decimo"
        " undécimo|undecimo|undécima duodécimo|duodecimo|duodécima"
    ),
    # Italian
    (
        "primo|prima secondo|seconda terzo|terza quarto|quarta quinto|quinta sesto|sesta settimo|settima"
        " ottavo|ottava nono|nona"
        " decimo|decima undecimo|decimoprimo dodicesimo|decimosecondo"
    ),
    # Latin
    (
        "primus|prima|primum secundus|secunda|secundum tertius|tertia|tertium quartus|quarta|quartum"
        " quintus|quinta|quintum"
        " sextus|sexta|sextum septimus|septima octavus|octava nonus|nona decimus|decima undecimus duodecimus"
    ),
    # Dutch
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende",
    # Swedish, Danish, Norwegian
    (
        "första|första|første|forste andra|anden|annen tredje fjärde|fjerde femte sjätte|sjette sjunde|syvende|sjuende"
        " åttonde|ottende|åttende nionde|niende tionde|tiende elfte|ellevte tolfte|tolvte"
    ),
    # Finnish
    "ensimmäinen toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes",
)
_WORDS = {
    word: value for counts in _COUNTS for value, words in enumerate(counts.split(), 1) for word in words.split("|")
}
_GERMAN = re.compile(r"(?:e[rsnm]?|e)$")
_UNITS = (
    "one two three four five six seven eight nine"
    " ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

_ENGLISH = "|".join(
    [
        rf"(?:{'|'.join(_TENS.split())})(?:[- ](?:{'|'.join(_UNITS.split()[:9] + _ORDINALS.split()[:9])}))?",
        *sorted(_ORDINALS.split() + _UNITS.split(), key=len, reverse=True),
    ]
)
_FOREIGN = "|".join(
    sorted({f"{word}(?:e[rsnm]?)?" if word in _COUNTS[0] else word for word in _WORDS}, key=len, reverse=True)
)
# A number as it stands in a heading.
NUMBER = rf"(?:\d{{1,4}}|[IVXLCDMivxlcdm]{{1,12}}|the last|last|dernier|{_ENGLISH}|{_FOREIGN})"
# Numbers that may stand before their noun: "First Act", "2. Kapitel", "IV. Theil", "Premier acte".
LEADING = rf"(?:\d{{1,4}}(?:\.|st|nd|rd|th)|[IVXLCDM]{{1,12}}\.|the last|last|final|dernier|{_ENGLISH}|{_FOREIGN})"


def roman(text: str) -> int | None:
    """The value of a roman numeral, old forms such as IIII and XVIIJ included; None for anything else."""
    upper = text.upper()
    if not upper or not _ROMAN.fullmatch(upper):
        return None
    digits = [_ROMAN_DIGITS[c] for c in upper.replace("J", "I")]
    return sum(-value if value < after else value for value, after in pairwise([*digits, 0]))


def value(text: str) -> int | None:
    """The value of a number in figures, roman figures or words; None where there is none ("the Last")."""
    word = text.strip(" .").casefold()
    if word.isdigit():
        return int(word)
    if word.rstrip("stndrh").isdigit():
        return int(word.rstrip("stndrh"))
    found = english(word.replace(" ", "-")) if not roman(word) else roman(word)
    return found or _WORDS.get(word) or _WORDS.get(_GERMAN.sub("", word)) or _compound(word)


def _compound(word: str) -> int | None:
    """Twenty and one for "twenty-first"."""
    tens, _, unit = word.replace(" ", "-").partition("-")
    if tens in _TENS.split() and unit in _ORDINALS.split()[:9]:
        return 10 * (_TENS.split().index(tens) + 2) + _ORDINALS.split().index(unit) + 1
    return None
