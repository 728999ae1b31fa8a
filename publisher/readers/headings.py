# SPDX-License-Identifier: AGPL-3.0-or-later
"""How headings look: the forms of their lines.

Strong headings announce themselves ("Chapter I", "PART TWO", "Appendix", "II. The State"). Weak ones are
short title lines between paragraphs; they are told from sentences by capitals, punctuation and neighbours.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from publisher.readers import arabic, chinese
from publisher.readers.lines import Line
from publisher.readers.ranks import Marker, Rank


class Heading(Struct, frozen=True):
    """A heading: its rank and count, and the lines that it stands on; `word` is its marker's.

    `number` holds the lines of a count that stands on a line of its own, `title` the title's lines,
    `subtitle` dates and remarks below the title.
    """

    rank: Rank
    value: int | None
    number: tuple[Line, ...]
    title: tuple[Line, ...]
    subtitle: tuple[Line, ...]
    word: str = ""


_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_FOREIGN = {
    word: value
    for value, words in {
        1: "erster erstes erste primera primero première premier prima primo primeira первая",
        2: "zweiter zweites zweite segunda segundo deuxième seconda secondo вторая",
        3: "dritter drittes dritte tercera tercero troisième terza terzo terceira третья",
        4: "vierter viertes vierte cuarta cuarto quatrième quarta quarto четвертая",
        5: "fünfter fünftes fünfte quinta quinto cinquième пятая",
    }.items()
    for word in words.split()
}
_WORDS: dict[str, int] = {
    **{word: i for i, word in enumerate(_UNITS, 1)},
    **{word: i for i, word in enumerate(_ORDINALS, 1)},
    **_TENS,
    **{f"{tens}-{unit}": n + i for tens, n in _TENS.items() for i, unit in enumerate(_UNITS[:9], 1)},
    **_FOREIGN,
}
_PART = "part|book|volume|teil|buch|band|partie|livre|tome|parte|libro|часть|книга|том|раздел"
_CHAPTER = (
    "chapter|chap\\.|kapitel|chapitre|capitolo|capítulo|capitulo|глава|lecture|lesson|letter|canto|act|vorlesung|brief"
    "|lettre"
)
_SECTION = "section|sect?\\.|abschnitt|sección|seção|sezione|article|artikel|scene|thesis|§"
_NUMBER = r"(?:\d{1,3}|[IVXLC]{1,8}|[ivxlc]{1,8}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_END = r"(?P<rest>\s*(?:$|[.:)\]–—-]+\s*.*|\s\S.*))"
_NAMED = re.compile(rf"(?i)^(?P<word>{_PART}|{_CHAPTER}|{_SECTION})\s*(?:the\s+)?(?P<number>{_NUMBER})\b{_END}$")
_TURNED = re.compile(
    rf"(?i)^(?:the\s+)?(?P<number>{'|'.join(w for w in _WORDS if w not in _UNITS)}|[IVXLC]+\.|\d+\.)\s+"
    rf"(?P<word>{_PART}|{_CHAPTER}|{_SECTION}){_END}$"
)
# A note call at the end of a heading.
_CALL = r"\s?(?:\[[\w*]{1,4}\]|\(\d{1,2}\)|[¹²³⁰⁴-⁹]+|\*+|\d{1,2}\))$"
_CALLS = re.compile(_CALL)
_SPECIAL = re.compile(
    rf"""(?ix)^(?P<word> (?:author['’]s\s+|editor['’]s\s+|translator['’]s\s+|publisher['’]s\s+|general\s+)?
      (?: preface|foreword|introduction|introductory(?:\s+(?:note|remarks))?|prologue|epilogue|afterword|conclusions?
        | postscript|postface|appendix|appendices|addendum|supplement|bibliography|glossary|dedication|prefatory\s+note
        | editorial\s+note|a?\s*personal\s+note|vorwort|vorrede|einleitung|nachwort|anhang|schluss|schluß|préface
        | avant-propos|introduction|conclusion|annexe|appendice
        | prefazione|introduzione|conclusione|prefacio|prólogo|introducción|conclusión|epílogo|apéndice|anexo
        | предисловие|введение|заключение|послесловие|приложение))
      (?P<rest> {_CALL} | \s*(?:\s(?P<number>[IVXLC]{{1,6}}|\d{{1,3}}|[A-Z]|one|two|three|four|five))? \s*
        (?: $ | [.:–—-]+\s*.{{0,90}} | (?:\s+(?:to|by|zu[rm]?|à|au|aux|de|der|zur|al|alla|a|к|of)\s+ .{{0,90}})
          | \s*\(.{{1,60}}\) | \s+[A-Z].{{0,60}} ))$"""
)
_ROMAN = re.compile(r"^(?P<number>[IVXLC]{1,8})(?P<point>[.):]?\s*[—–-]+\s*|[.)]\s*|\s+)(?P<rest>\S.*)$")
_ARABIC = re.compile(r"^[(]?(?P<number>\d{1,3})(?P<point>[.)]+\s*[—–-]?\s*|\s+[—–-]+\s*)(?P<rest>\S.*)$")
_LETTER = re.compile(r"^[(]?(?P<number>[A-Za-z])(?P<point>\.?\)\s*|\.\s+)(?P<rest>\S.*)$")
_ALONE = re.compile(r"^[(§\[—–-]*\s*(?P<number>[IVXLC]{1,8}|\d{1,3}|[A-H])\s*[.)\]—–-]*$")

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(text: str) -> int | None:
    """The value of a roman numeral in canonical form, else None ("XIV" -> 14, "IIX" -> None)."""
    total = 0
    digits = [_ROMAN_DIGITS.get(c, 0) for c in text.upper()]
    for value, after in pairwise([*digits, 0]):
        total += -value if value < after else value
    return total if total > 0 and _to_roman(total) == text.upper() else None


def _to_roman(value: int) -> str:
    pairs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for size, sign in pairs:
        count, value = divmod(value, size)
        text += sign * count
    return text


def number(text: str) -> int | None:
    """The value of a number as headings write it: "12", "XII", "twelve", "Twenty-One"."""
    if text.isdigit():
        return int(text)
    return _WORDS.get(text.lower()) or roman(text)


def marker(text: str) -> Marker | None:
    """How a line begins as a strong heading, or None. The line's length and neighbours are the caller's to judge."""
    if not text.isascii() and (found := _without_capitals(text)):
        return found
    if match := (_NAMED.match(text) or _TURNED.match(text)):
        value = number(match["number"].rstrip("."))
        if value is not None and not _runs_on(match["rest"]):
            # "Section 1 1": the second count is a note call.
            bare = not match["rest"].strip(" .:)]–—-[*0123456789")
            return Marker(_named_rank(match["word"]), value, bare, match["word"].lower())
    if match := _SPECIAL.match(text):
        return Marker(Rank.CHAPTER, None, not _CALLS.sub("", match["rest"]).strip(" .:–—-"), match["word"].lower())
    if match := _ALONE.match(text):
        return _counted(match["number"], bare=True)
    for pattern in (_ROMAN, _ARABIC, _LETTER):
        match = pattern.match(text)
        found = _counted(match["number"], bare=False) if match else None
        if match and found and (match["point"].strip() or _is_plain_roman(found, match)):
            return found
    return None


def _without_capitals(text: str) -> Marker | None:
    """How a line in a script without capitals begins as a strong heading."""
    if chinese.is_chinese(text):
        return chinese.marker(text)
    return arabic.marker(text) if arabic.is_arabic(text) else None


def _is_plain_roman(found: Marker, match: re.Match[str]) -> bool:
    """A roman count without a point before a title: "IV The State"; "I" is a word."""
    return found.rank is Rank.ROMAN and match["number"] != "I" and match["rest"][0].isupper()


def _runs_on(rest: str) -> bool:
    """Tells a sentence ("Part two of the report says") by the small letter that follows the number."""
    return bool(re.match(r"\s+[a-zà-ÿа-я,;]", rest))


def _named_rank(word: str) -> Rank:
    for rank, words in ((Rank.PART, _PART), (Rank.CHAPTER, _CHAPTER)):
        if re.fullmatch(words, word, re.IGNORECASE):
            return rank
    return Rank.SECTION


def _counted(text: str, *, bare: bool) -> Marker | None:
    if text.isdigit():
        return Marker(Rank.ARABIC, int(text), bare)
    if text.isupper() and (value := roman(text)) and (len(text) > 1 or text in "IVX"):
        return Marker(Rank.ROMAN, value, bare)
    if len(text) == 1:
        rank = Rank.UPPER if text.isupper() else Rank.LOWER
        return Marker(rank, ord(text.lower()) - ord("a") + 1, bare)
    return None


_SMALL = frozenset(
    "a an the of and or in on at to by for from with as but nor is its it into upon over under between against before"
    " after"
    " der die das des dem den und oder im in am zu zur zum von vom für mit über bei aus als"
    " le la les l’ d’ de du des et ou en à au aux sur pour par dans"
    " il lo gli i e ed o di del della dei delle da dal a al nel sul per con su un una uno"
    " el los las y del al en por para con un una unos que se su"
    " и в на о об с к по за из от до для не или а но у".split()
)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")


def is_title_case(text: str) -> bool:
    """Nearly all words begin with a capital, small words aside: "The Truth About The War"."""
    words = _WORD.findall(text)
    telling = [w for i, w in enumerate(words) if i == 0 or w.lower() not in _SMALL]
    if not telling or not telling[0][0].isupper():
        return False
    return len(telling) >= 2 and sum(w[0].isupper() for w in telling) >= 0.75 * len(telling)


def is_capitals(text: str) -> bool:
    """All letters are capitals and there are some: "THE ISOLATED AMERICAN BOOM"."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


# Speakers: Mr. ARENS: Did you make that statement? GREEN [hesitantly]: I think I did.
_SPEAKER = re.compile(
    r"^(?:(?:Mr|Mrs|Miss|Dr|Comrade)\b\.? )?[^\W\d_a-zß-ÿа-я][^\W\d_a-zß-ÿа-я.’' ]{1,30}"
    r"(?:\s[\[(][^\])]{1,40}[\])])?:\s"
)
_CLOSING = re.compile(r"[.,;:…][—–-]*$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:U\.S|etc|Co|Ltd|Inc|Am|St|vs|No|Jr|Sr|Dr|Mr|Mrs))\.$|\)\.?$")


def is_weak(text: str, *, english: bool, apart: bool) -> bool:
    """A short line that reads as a title by itself; whether it is one, its neighbours decide.

    `apart` says that more space stands above it than between paragraphs: there a title may be worded like a sentence.
    """
    if not text.isascii():
        if chinese.is_chinese(text):
            return chinese.is_weak(text, apart=apart)
        if arabic.is_arabic(text):
            return arabic.is_weak(text, apart=apart)
    text = _CALLS.sub("", text)
    if not 2 <= len(text) <= (115 if apart else 90) or (not text[0].isalpha() and text[0] not in "‘“\"'„«¿¡"):
        return False
    if re.search(r"[=|{}<>\t]", text) or not text.lstrip("‘“\"'„«¿¡")[:1].isupper():
        return False
    if _SPEAKER.match(text):
        return False
    if is_capitals(text):
        return not text.endswith((",", ";", ":"))
    if _CLOSING.search(text) and not _ABBREVIATED.search(text):
        return text.endswith(".") and len(text) <= 45 and not re.search("[,:]", text) and is_title_case(text)
    if is_title_case(text):
        return True
    if text.endswith(("!", "”", "’", '"')) or (text.endswith("?") and not apart):
        return False
    if "," in text and not apart:
        return False
    return apart or (len(text) <= 65 and (len(text.split()) <= 9 or not english))


# A line of this length, in characters, is a paragraph below a title and does not go on with it.
LONGEST_LINE, LONGEST_SENTENCE = 120, 90
_CONTINUES = re.compile(
    r"(?i)(?:\b(?:of|and|or|in|on|at|to|by|for|from|with|the|a|an|its|their|und|der|die|das|des|von|zur|zum|im|de|du|des|la|le|les|et|"
    r"della|del|di|e|il|y|el|los|las|и|в|на|о|с|к|по)|[,–—-])$"
)
_CONTINUING = re.compile(r"^(?:(?:Of|And|Or|In|On|At|To|By|For|From|With|Und|De|Du|Des|Et|Y)\b|[a-zà-ÿа-я(])")


def _is_paragraph(text: str) -> bool:
    return len(text) > LONGEST_LINE or (len(text) > LONGEST_SENTENCE and text.endswith((".", "!", "?", ":", "”")))


def continues(line: str, after: str) -> bool:
    """The second line goes on with the title that the first one began ("Speech On" / "The Agrarian Question")."""
    if after.startswith("("):
        return False
    if _CONTINUES.search(line):
        return True
    if _CONTINUING.match(after) and not after.lower().startswith("by ") and not _is_paragraph(after):
        return True
    return is_capitals(line) and is_capitals(after) and not re.search(r"[.!?:]$", line) and marker(after) is None
