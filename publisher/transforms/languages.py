# SPDX-License-Identifier: AGPL-3.0-or-later
"""How each language sets quotation marks, dashes, abbreviations and the like.

A book that has a habit of its own already keeps it: where its dashes are spaced, those made from "--" are spaced, too.
After the Chicago Manual of Style for English, DIN 5008 and Duden for German, the Lexique of the Imprimerie nationale
for French, the Ortografía of the RAE for Spanish and Milchin's handbook for Russian.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from publisher.wording import primary

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


class Pair(Struct, frozen=True):
    """What opens and what closes, with the spaces that belong to it."""

    open: str
    close: str


class Dash(Struct, frozen=True):
    """A dash between words, with the spaces around it; None leaves those that are there."""

    mark: str
    before: str | None
    after: str | None

    @property
    def closed(self) -> bool:
        """Whether it stands between words without spaces."""
        return self.before == ""


class Habits(Struct, frozen=True, kw_only=True):
    """What is certain in a language.

    `double` are the marks for " and for a " inside; `other` are marks that books in this language may have instead;
    `spaced` says that there are spaces inside them. `single` are those for ', where these are quotation marks at all.
    `elided` are words that an apostrophe begins, `clipped` the ends of words that one may follow. `dialogue` says that
    a hyphen that begins a paragraph is a dash, `hyphens` that one with spaces is. `abbreviations` say what must stand
    behind them: "C" a capital, "9" a number, other characters themselves with a point ("z. B.").
    """

    double: tuple[Pair, Pair]
    other: tuple[tuple[Pair, Pair], ...] = ()
    single: Pair | None = None
    elided: re.Pattern[str] | None = None
    clipped: re.Pattern[str] | None = None
    dash: Dash
    other_dashes: tuple[Dash, ...] = ()
    dialogue: bool = False
    hyphens: bool = True
    ranges: bool = False
    abbreviations: dict[str, str]
    units: re.Pattern[str]
    high_marks: str = ""
    spaced: bool = False
    calls: bool = False


_CURLY = Pair("“", "”")
_GUILLEMETS = Pair("«", "»")
_LOW = Pair("„", "“")
_SPACED_GUILLEMETS = Pair(f"«{NARROW}", f"{NARROW}»")
_EN, _EM = Dash("–", " ", " "), Dash("—", " ", " ")
_CLOSED = Dash("—", "", "")
_METRIC = r"%|‰|°C?|(?:[kmcµ]?m|[kmµ]?g|ha|hl|k[Ww]h?|[kM]?Hz|t)\b(?![.'’-]\w)"


def _units(more: str = "") -> re.Pattern[str]:
    """What a number stays with; the space before it comes first, since that is what is looked for."""
    return re.compile(rf" (?<=\d ) *(?:{_METRIC}{more})(?!\w)")


def _abbreviations(capital: str, number: str) -> dict[str, str]:
    return dict.fromkeys(capital.split(), "C") | dict.fromkeys(number.split(), "9")


HABITS: dict[str, Habits] = {
    "en": Habits(
        double=(_CURLY, _CURLY),
        single=Pair("‘", "’"),
        elided=re.compile(
            r"(?i)(?:t(?:is|was|were|will|would)(?:n't|n’t)?|em|til|twixt|neath|gainst|mongst|pon|scuse)\b|\d0s\b|n['’](?=\s)"
        ),
        clipped=re.compile(r"[^\W\d_]\Z"),
        dash=_CLOSED,
        other_dashes=(_EN, _EM),
        ranges=True,
        abbreviations=_abbreviations(
            "Mr Mrs Ms Dr Prof Messrs Rev Capt St",
            "p pp vol vols Vol Vols No Nos no nos ch chap Ch Art art fig Fig Sec",
        ),
        units=_units(r"|lbs?\.|oz\.|ft\.|[ap]\.m\."),
        calls=True,
    ),
    "de": Habits(
        double=(_LOW, _LOW),
        other=((Pair("»", "«"),) * 2, (_GUILLEMETS,) * 2),
        single=Pair("‚", "‘"),
        elided=re.compile(r"(?:[sn]|ne[nmrs]?|rein|raus|rauf|runter)\b(?=\s)"),
        clipped=re.compile(r"[sxzß]\Z"),
        dash=Dash("–", NO_BREAK, " "),
        other_dashes=(Dash("—", NO_BREAK, " "), _CLOSED),
        ranges=True,
        abbreviations={"z": "B", "d": "h", "u": "a", "o": "ä", "i": "A"}
        | _abbreviations("Dr Prof Hr Fr St", "S Bd Bde Nr Nrn Art Kap Abb Anm H Jg Ziff"),
        units=_units(r"|Mio\.|Mrd\.|Uhr\b|Mk?\.|Pf\."),
    ),
    "fr": Habits(
        double=(_SPACED_GUILLEMETS, _CURLY),
        other=((_CURLY, _CURLY),),
        clipped=re.compile(r"(?i)\b(?:[ldjmtsnc]|qu|lorsqu|puisqu|jusqu|quoiqu|entr|presqu)\Z"),
        dash=_EM,
        other_dashes=(_EN, _CLOSED),
        dialogue=True,
        abbreviations=_abbreviations("MM Dr Me Mgr", "p pp vol t chap art fig n° nᵒ nº"),
        units=_units(r"|fr\.|h\b|francs?\b"),
        high_marks=";:!?",
        spaced=True,
    ),
    "es": Habits(
        double=(_GUILLEMETS, _CURLY),
        other=((_CURLY, _CURLY),),
        dash=Dash("—", None, None),
        hyphens=False,
        abbreviations=_abbreviations("Sr Sra Sres Dr Dra D Ud Uds", "p pp pág págs vol vols núm núms t cap art"),
        units=_units(),
    ),
    "it": Habits(
        double=(_GUILLEMETS, _CURLY),
        other=((_CURLY, _CURLY),),
        clipped=re.compile(r"[^\W\d_]\Z"),
        dash=_EN,
        other_dashes=(_EM, _CLOSED),
        abbreviations=_abbreviations("Sig Dott Prof On", "p pp pag pagg vol voll n nn cap art fig"),
        units=_units(r"|lire\b"),
    ),
    "ru": Habits(
        double=(_GUILLEMETS, _LOW),
        other=((_LOW, _LOW), (_CURLY, _CURLY)),
        dash=Dash("—", NO_BREAK, " "),
        dialogue=True,
        ranges=True,
        abbreviations={"т": "едпнк"} | _abbreviations("им тов гр", "стр с гл рис табл № п ст"),
        units=_units(r"|гг?\.|вв?\.|руб\.|коп\.|млн|млрд|тыс\.|кг|км|см|м|т|га"),
    ),
}


def habits(language: str, texts: Iterable[str]) -> Habits | None:
    """The habits of a language, as a book that is written in it has them; None where no rules are known."""
    known = HABITS.get(primary(language))
    if known is None:
        return None
    if language.lower().startswith("fr-ca"):
        known = replace(known, high_marks=":")
    seen = _counted(texts, known)
    quotes = max((known.double, *known.other), key=lambda pairs: seen[pairs[0].open.strip()])
    dash = max((known.dash, *known.other_dashes), key=lambda dash: seen[_shape(dash)])
    return replace(known, double=quotes, dash=dash)


def _counted(texts: Iterable[str], known: Habits) -> Counter[str]:
    """How often a book has each of the marks that it might have; of several that are equal the first holds."""
    seen: Counter[str] = Counter()
    # What opens stands before a word, with a space between where the language has one: “ also closes „.
    gap = f"[ {NO_BREAK}{NARROW}]?" if known.spaced else ""
    openings = {
        mark: re.compile(f"{mark}{gap}(?=\\w)")
        for mark in (pairs[0].open.strip() for pairs in (known.double, *known.other))
    }
    for text in texts:
        for mark, pattern in openings.items():
            if mark in text:
                seen[mark] += len(pattern.findall(text))
        for dash in "–—":
            if dash in text:
                spaced = text.count(f" {dash} ") + text.count(f"{NO_BREAK}{dash} ")
                seen[f" {dash}"] += spaced
                seen[dash] += text.count(dash) - spaced
    return seen


def _shape(dash: Dash) -> str:
    return dash.mark if not dash.before else f" {dash.mark}"
