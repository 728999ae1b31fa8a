# SPDX-License-Identifier: AGPL-3.0-or-later
"""A text -> tokens for dates.py: days, months, seasons, years and what joins them, in nine languages.

Numbers that count something else ("No. 1831", "Vol. 19", "pp. 1900-1910", "1920 words") and addresses of
web pages are taken out of the way, so that they are never read as a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from publisher.metadata.date_scripts import readable

_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero janeiro gennaio январь января январе янв januari",
    "february feb februar février févr fevrier febrero fevereiro febbraio февраль февраля феврале фев februari",
    "march mar märz maerz mars marzo março marco март марта марте maart",
    "april apr avril avr abril aprile апрель апреля апреле апр",
    "may mai mayo maio maggio май мая мае mei maj",
    "june jun juni juin junio junho giugno июнь июня июне",
    "july jul juli juillet julio julho luglio июль июля июле",
    "august aug août aout agosto август августа августе авг augustus augusti",
    "september sept sep septembre septiembre setiembre setembro settembre сентябрь сентября сентябре сент",
    "october oct oktober okt octobre octubre outubro ottobre октябрь октября октябре окт",
    "november nov novembre noviembre novembro ноябрь ноября ноябре нояб",
    "december dec dezember dez décembre déc decembre diciembre dezembro dicembre декабрь декабря декабре дек",
)
# Level 1 of EDTF numbers the seasons from 21, spring, to 24, winter.
_SEASON_NAMES = (
    "spring frühling frühjahr printemps primavera весна весной lente",
    "summer sommer été verano verão estate лето летом zomer",
    "autumn fall herbst automne otoño outono autunno осень осенью herfst",
    "winter hiver invierno inverno зима зимой",
)


class Kind(Enum):
    """What a token is."""

    URL = auto()
    REFERENCE = auto()
    ISO = auto()
    DOTTED = auto()
    DECADE = auto()
    YEAR = auto()
    DAY = auto()
    NUMBER = auto()
    MONTH = auto()
    SEASON = auto()
    OF = auto()
    ABOUT = auto()
    MAYBE = auto()
    LIMIT = auto()
    DASH = auto()
    OPEN = auto()
    CLOSE = auto()
    COMMA = auto()
    SEMICOLON = auto()
    WORD = auto()
    OTHER = auto()


class Token(Struct, frozen=True):
    """One token; `value` is the number that a day, month, season or year stands for."""

    kind: Kind
    text: str
    value: int = 0


MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
SEASONS = {name: number for number, names in enumerate(_SEASON_NAMES, 21) for name in names.split()}

_WORDS: dict[str, Kind] = {
    word: kind
    for kind, words in {
        Kind.DASH: "to bis until till au al tot по",
        Kind.OF: "of de del d the г года году год г a il le el den",
        Kind.ABOUT: "c ca circa about around approximately approx um etwa vers environ hacia aproximadamente около",
        Kind.MAYBE: "probably possibly perhaps wahrscheinlich vermutlich probablement probablemente вероятно",
        Kind.LIMIT: "before after since between vor nach seit zwischen avant après depuis entre antes después desde"
        " prima dopo tra fra до после между late later than earlier",
    }.items()
    for word in words.split()
}

_COUNT = (
    r"(?:№|\#|\b(?:no|nos|nr|nrs|num|number|vol|vols|volume|volumes|band|bd|bde|tome|tomo|jg|jahrgang|heft|issue|pp?|pages?"
    r"|seiten?|стр|т|том|часть|ch|chapter|isbn|issn|session|article|part)\b\.?|\b[STHсp]\.)"
)
_TOKENS = re.compile(
    rf"""
    (?P<URL>(?:https?:|www\.)\S+)
  | (?P<REFERENCE>{_COUNT}\s*(?:\d+|[IVXLC]+\b)(?:\s*[-‐–—/&]\s*\d+)*
      | \b[\d,]*\d\s*(?:words\b|pp?\b(?!\.?\s*\d)\.?|pages\b(?!\s*\d)|copies\b) | \b\d+,\d{{3}}\b )
  | (?P<ISO>\b(?:1[4-9]|20)\d\d-\d\d-\d\d\b)
  | (?P<DOTTED>\b\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:1[4-9]|20)\d\d\b)
  | (?P<DECADE>\b(?:1[4-9]|20)\d0(?:['’]?s|er)\b)
  | (?P<YEAR>\b(?:1[4-9]|20)\d\d\b)
  | (?P<DAY>\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|[º°ª])?(?!\w)\.?)
  | (?P<NUMBER>\b\d+\w*)
  | (?P<WORD>[^\W\d_]+\.?)
  | (?P<MAYBE>\(\?\)|\?)
  | (?P<DASH>[-‐–—/]+)
  | (?P<OPEN>[(\[]) | (?P<CLOSE>[)\]]) | (?P<COMMA>,) | (?P<SEMICOLON>;) | (?P<OTHER>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in their order, white space dropped."""
    for match in _TOKENS.finditer(readable(text)):
        kind, found = Kind[match.lastgroup or "OTHER"], match[0]
        match kind:
            case Kind.WORD:
                yield _word(found)
            case Kind.YEAR | Kind.DECADE:
                yield Token(kind, found, int(found[:4]))
            case Kind.DAY | Kind.NUMBER:
                yield Token(kind, found, int(re.match(r"\d+", found)[0]))  # type: ignore[index]
            case _:
                yield Token(kind, found)


def _word(found: str) -> Token:
    word = found.rstrip(".").casefold()
    if word in MONTHS:
        return Token(Kind.MONTH, found, MONTHS[word])
    if word in SEASONS:
        return Token(Kind.SEASON, found, SEASONS[word])
    return Token(_WORDS.get(word, Kind.WORD), found)
