# SPDX-License-Identifier: AGPL-3.0-or-later
"""How headings begin that announce themselves: "CHAPTER IV.", "Part the First", "III", "PREFACE TO THE SECOND EDITION".

Each belongs to a family, the headings that are counted together; families have a usual order from the widest to the
narrowest. Which of them make parts, chapters and sections of a book is for the outline to say.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from publisher.document import ChapterKind
from publisher.readers.gutenberg.numerals import LEADING, NUMBER, roman, value

# From the widest to the narrowest.
FAMILIES: dict[str, tuple[float, str]] = {
    "volume": (0, r"volume|vol\.?|tome|tomo|band|bd\.|tom|bind|osa"),
    "part": (1, r"part|pt\.|partie|theil|teil|parte|deel|del|pars|dz[ií]l|часть"),
    "book": (2, r"book|livre|buch|libro|liber|boek|bog|bok|kirja|книга"),
    "epoch": (2.5, r"epoch|period|era|century|decade|stage"),
    "act": (3, r"act|acte|akt|aufzug|atto|acto|ato|jornada|bedrijf|näytös|actus"),
    "chapter": (
        4,
        (
            r"chapter|chap\.?|chapitre|kapitel|capitel|cap\.|capitolo|capítulo|capitulo|hoofdstuk|kapitel|caput"
            r"|luku|глава|stave"
            r"|canto|chant|gesang|cantiga|fitt|fytte|letter|lettre|brief|lettera|carta|epistle|lecture|vorlesung"
            r"|lesson|leçon"
            r"|sermon|adventure|night|day|jour|journée|giornata|novella|chronicle|fable|fabel|tale|sonnet|sonett"
            r"|psalm|ode|elegy"
            r"|eclogue|idyll?|satire|essay|discourse|dialogue|meditation|paper|conversation|conference|step"
            r"|problem|exercise|story|episode|rhapsody|rune|runo|tableau|bild|intermezzo|discurso"
        ),
    ),
    "article": (4.5, r"article|art\.|artikel|articolo|artículo"),
    "section": (5, r"section|sect\.?|sec\.|abschnitt|sección|secção|sezione|§+|rule|proposition"),
    "scene": (5, r"scene|scène|szene|scena|escena|cena|auftritt|scen|tooneel|kohtaus"),
    "roman": (6, ""),
    "arabic": (7, ""),
    "letter alone": (8, ""),
}
NAMED = 4  # the usual level of a preface and its like
_WORDS = "|".join(words for _, words in FAMILIES.values() if words)
_MARKED = re.compile(
    rf"(?i)(?P<the>the\s+)?(?P<word>{_WORDS})\s*(?:the\s+|no\.?\s*|number\s+|#)?(?P<number>{NUMBER})(?![\w’'])(?P<rest>.*)$"
)
_TURNED = re.compile(rf"(?i)(?:the\s+)?(?P<number>{LEADING})\s+(?P<word>{_WORDS})(?![\w’'])\.?(?P<rest>.*)$")
# "Inferno: Canto IV", "Purgatorio • Canto II": the count behind the name of a part.
_BEHIND = re.compile(
    rf"(?i)[^\W\d_][\w .’']{{1,40}}\s*[:•,.;—–-]+\s*(?P<word>{_WORDS})\s+(?P<number>{NUMBER})\.?(?P<rest>)$"
)
_ALONE = re.compile(r"[-–—(\[§~=]*\s*(?P<number>[IVXLCDM]{1,12}|\d{1,4}|[A-Z])\s*[.)\]:~=]*[-–—]*$")
_COUNTED = re.compile(
    r"(?P<number>[IVXLCDM]{1,12}|\d{1,4}|[A-Z])(?P<point>[.):]+\s*[-–—]*|\s*[-–—]{1,3}|\s\s+"
    r"|\s(?=[A-ZÀ-Þ“\"]{2}))\s*(?P<rest>\S.*)$"
)
_APART = re.compile(r"\.?\s*(?:[—–:]|--)")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){2,5}")
_OWNER = (
    r"(?:(?:the\s+)?(?:author|translator|editor|publisher|general|historical|biographical|critical|original|first"
    r"|second"
    r"|third|old|new|compiler|american|english|printer)(?:['’]?s['’]?)?\s+)*"
)
_KINDS: tuple[tuple[ChapterKind, str], ...] = (
    ("foreword", r"forewords?|fore-word|geleitwort|zum geleit|voorwoord"),
    (
        "preface",
        (
            r"prefaces?|prefatory(?:\s+(?:note|remarks|letter|memoir))?|pr[æe]fatio|vorwort|vorrede|préface"
            r"|preface|avant-propos"
            r"|prefazione|prefacio|prefácio|prólogo|voorrede|voorbericht|förord|forord|alkulause|esipuhe|avertissement"
            r"|advertisement|au lecteur|to the reader|an den leser|al lector|предисловие"
        ),
    ),
    (
        "introduction",
        (
            r"introductions?|introductory(?:\s+(?:note|remarks|chapter|essay))?|einleitung|einführung|introduzione"
            r"|introducción"
            r"|introdução|inleiding|inledning|indledning|johdanto|введение"
        ),
    ),
    ("prologue", r"prologues?|prolog|proem|prelude|induction|vorspiel|prologo|prélude|overture"),
    ("epilogue", r"epilogues?|epilog|épilogue|epílogo|epilogo|nachspiel"),
    ("conclusion", r"conclusions?|schluss|schluß|schlusswort|conclusione|conclusión|besluit|l['’]envoi|envoi|finale"),
    ("afterword", r"afterword|post-?script(?:um)?|postface|nachwort|nachschrift|postfazione|послесловие"),
    (
        "appendix",
        (
            r"appendix|appendices|addend(?:um|a)|supplement(?:ary note)?|anhang|annexes?|appendice|apéndice|anexo"
            r"|bijlage|bilaga"
        ),
    ),
    ("acknowledgments", r"acknowledge?ments?|danksagung|remerciements"),
    ("dedication", r"dedication|dedicatory(?: (?:letter|epistle))?|widmung|zueignung|dédicace|dedicatoria|dedica"),
    ("epigraph", r"epigraph|motto"),
    (
        "chapter",
        (
            r"bibliograph(?:y|ie)|glossary|glossar|chronolog(?:y|ical table)|bibliographical note"
            r"|biographical (?:note|sketch)"
            r"|(?:a |the )?note(?: on the| by the).*|(?:end ?)?notes|index|interlude|argument|(?:general )?index"
            r"|literatur"
            r"|personen|dramatis person(?:ae|æ)|(?:the )?persons (?:in|of) the (?:play|drama|dialogue)"
            r"|characters(?: in the play)?"
            r"|errata|corrigenda|abbreviations|list of (?:abbreviations|works)|memoir|life of the author|testimonials"
            r"|publishers?['’]? note|editors?['’]?s? note|translators?['’]?s? note|authors?['’]?s? note|sumario|tasa"
            r"|anmerkungen|remarques|personnages|personen|personaggi|personajes|personagens|personer|henkilöt"
        ),
    ),
)
_NAMED = re.compile(
    rf"(?i){_OWNER}(?:{'|'.join(f'(?P<k{i}>{words})' for i, (_, words) in enumerate(_KINDS))})(?P<rest>\b.*|)$"
)
# What may follow such a name: nothing, a count, "to the ...", "by ...", a title behind a point or colon.
_NAMED_REST = re.compile(
    r"\s*[.:,;]?$|\s+(?:[IVXLC]{1,6}|\d{1,3}|[A-Z])[.:]?(?:\s.*)?$|[.:,–—-]+\s*\S.{0,100}$|\s*\(.{1,80}\)\.?$"
    r"|\s+(?i:to|by|of|for|on|zu|zur|zum|von|der|des|du|de|à|aux?|al|alla|a|till|til)\s.{0,120}$"
)


class Mark(Struct, frozen=True):
    """How a heading begins. `rest` is the title behind the count on the same line, empty where there is none."""

    family: str
    level: float
    value: int | None
    rest: str
    kind: ChapterKind = "chapter"


def mark(text: str) -> Mark | None:
    """The mark of a heading whose first line is given, without calls and emphasis; None for any other line."""
    if not text or len(text) > 200 or text[0].islower() or text[0] in "“\"‘'«„":
        return None
    found = _MARKED.match(text) or _TURNED.match(text) or _BEHIND.match(text)
    if found and (marked := _of_family(found)):
        return marked
    if match := _ALONE.match(text):
        return _counted(match["number"], "")
    if match := _NAMED.match(text):
        return _named(match)
    match = _COUNTED.match(text)
    if match and _opens_title(match["rest"]) and not _INITIALS.fullmatch(text) and not _is_article(match):
        return _counted(match["number"], match["rest"])
    return None


def _of_family(found: re.Match[str]) -> Mark | None:
    rest = found["rest"]
    title = rest.strip(" .:–—-")
    if rest[:1].isalnum() or (title and not _may_be_title(rest, title)):
        return None
    # "Part of", "Day by day": a roman count of one small letter is a word.
    if found["number"].islower() and roman(found["number"]) and len(found["number"]) < 2 and found["number"] != "i":
        return None
    family = _family(found["word"].lower())
    return Mark(family, FAMILIES[family][0], value(found["number"]), title)


def _may_be_title(rest: str, title: str) -> bool:
    """A title behind a count: "Book the Second--the Golden Thread", not "Book the second of the series was"."""
    if rest.lstrip(" .:,;)–—-]\"“'‘«_([")[:1].isupper() or _opens_title(title):
        return True
    return bool(_APART.match(rest)) and title.rpartition(" ")[2][:1].isupper()


def _is_article(match: re.Match[str]) -> bool:
    """Words that look like counts: "A STORY OF WATER", "I AM THE WHEEL"."""
    return len(match["number"]) == 1 and match["number"].isalpha() and not match["point"].strip()


def _opens_title(text: str) -> bool:
    """A title, not the rest of a sentence: it begins with a capital, a figure or a quotation mark."""
    first = text.lstrip("_“\"'‘«„([¿¡=")[:1]
    return first.isupper() or first.isdigit()


@cache
def _family(word: str) -> str:
    return next(name for name, (_, words) in FAMILIES.items() if words and re.fullmatch(words, word, re.IGNORECASE))


def _counted(number: str, rest: str) -> Mark | None:
    if number.isdigit():
        return Mark("arabic", FAMILIES["arabic"][0], int(number), rest)
    count = roman(number)
    if count and (len(number) > 1 or number in "IVX"):
        return Mark("roman", FAMILIES["roman"][0], count, rest)
    if len(number) == 1:
        return Mark("letter alone", FAMILIES["letter alone"][0], ord(number) - ord("A") + 1, rest)
    return None


def _named(match: re.Match[str]) -> Mark | None:
    rest = match["rest"]
    if not _NAMED_REST.match(rest):
        return None
    kind = next(kind for i, (kind, _) in enumerate(_KINDS) if match[f"k{i}"] is not None)
    return Mark("named", NAMED, None, rest.strip(" .:–—-"), kind)
