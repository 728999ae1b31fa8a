# SPDX-License-Identifier: AGPL-3.0-or-later
"""How headings look in Arabic: "الفصل الثالث", "الجزء ٢: المصنع", "ثانيا: المصنع", "مقدمة", short lines without a stop.

All is compared in plain letters (numerals.plain_arabic), because hamzas, vowel signs and the dots of the last letter
are often left out. The script has no capitals: what follows a count without a mark may go on with a sentence ("الفصل
الأول من الكتاب يتناول ...").
"""

from __future__ import annotations

import re

from publisher.characters import first_letter
from publisher.numerals import ORDINALS, plain_arabic
from publisher.readers.ranks import Marker, Rank

_IS_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_PART = "جزء|كتاب|قسم|باب|مجلد"
_CHAPTER = "فصل|محاضره|رساله|درس"
_SECTION = "مبحث|فقره|مقاله|مشهد|بند|ماده|اطروحه"
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_NAMED = re.compile(
    rf"(?:ال)?(?P<word>{_PART}|{_CHAPTER}|{_SECTION})\s+(?:رقم\s+)?[(\[]?(?P<number>{_NUMBER})[)\]]?(?P<rest>(?:\W.*)?)"
)
_SPECIAL = re.compile(
    r"""(?x) (?:ال)?(?P<word> مقدمه | مقدمات | تمهيد | توطئه | مدخل | تصدير | تقديم | استهلال | فاتحه | خاتمه | خلاصه
        | استنتاج(?:ات)? | ملحق | ملاحق | ذيل | تذييل | كلمه\ اخيره | كلمه\ ختاميه | اهداء | تنبيه )
      (?P<count> \s+ (?:[(]\d{1,2}[)] | NUMBER) (?!\w) )?
      (?P<rest> $ | \s*[:.–—-]+\s*.{0,90}
        | \s+(?:الطبع\w*|ال(?:مؤلف|مترجم|ناشر|محرر|كاتب|كتاب)|لل?\w+|الي|في|عام|سنه|بقلم)\b.{0,80} )""".replace(
        "NUMBER", _NUMBER.replace(" ", r"\ ")
    )
)
_ADVERBS = ("اولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا")
_ADVERB = re.compile(rf"(?P<number>{'|'.join(_ADVERBS)})\s*(?P<point>[:.،–—-]+\s*|$)(?P<rest>.*)")
_LETTERS = "ابجدهوزحطي"
_LETTER = re.compile(rf"[(]?(?P<number>[{_LETTERS}])ـ?\s?(?P<point>[).–—-]+\s*|$)(?P<rest>.*)")
# "1- المصنع" without a space before the dash, which in other languages would be half of a range.
_FIGURES = re.compile(r"(?P<number>\d{1,2})\s?(?P<point>[-–—/]\s*)(?P<rest>[^\W\d].*)")
_CALLS = re.compile(r"\s?(?:[\[(][\d*]{1,4}[\])]|\*+)$")
# Words that go on with a sentence: "of", "in", "was", "treats" ...
_GOES_ON = re.compile(
    r"\s+(?:من|في|علي|الي|عن|هو|هي|كان|كانت|الذي|التي|يتناول|يبحث|يعالج|حيث|لم|لا|قد|ان|انه|هذا|و\w*)\b"
)
_LONGEST_TITLE = 100
_LONGEST_LINE, _MOST_WORDS = 70, 10


def is_arabic(text: str) -> bool:
    """Whether a line is in Arabic letters, by the first letter that it has."""
    return bool(_IS_ARABIC.match(first_letter(text)))


def marker(text: str) -> Marker | None:
    """How a line begins as a strong heading in Arabic, or None."""
    text = _CALLS.sub("", plain_arabic(text)).strip()
    if (match := _NAMED.fullmatch(text)) and _is_title(match["rest"]):
        number, word = match["number"], match["word"]
        value = int(number) if number.isdigit() else ORDINALS[number]
        return Marker(_rank(word), value, not match["rest"].strip(" .:)]–—-"), word)
    if match := _SPECIAL.fullmatch(text):
        ends = len(text) > _LONGEST_LINE and text.endswith(".")
        return None if ends else Marker(Rank.CHAPTER, None, not match["rest"].strip(" .:–—-"), match["word"])
    return _counted(text)


def _rank(word: str) -> Rank:
    for rank, words in ((Rank.PART, _PART), (Rank.CHAPTER, _CHAPTER)):
        if word in words.split("|"):
            return rank
    return Rank.SECTION


def _is_title(rest: str) -> bool:
    """What stands behind "الفصل الأول" is nothing, or a title, and no sentence."""
    title = rest.strip(" .:–—-،")
    if not title:
        return True
    if len(title) > _LONGEST_TITLE or rest.endswith((".", "،", "؛", ":")):
        return False
    return not rest[0].isspace() or rest.lstrip()[0] in ':–—-([«"“' or not _GOES_ON.match(rest)


def _counted(text: str) -> Marker | None:
    if match := _ADVERB.fullmatch(text):
        return Marker(Rank.ROMAN, _ADVERBS.index(match["number"]) + 1, not match["rest"], "", listed=True)
    if match := _LETTER.fullmatch(text):
        return Marker(Rank.UPPER, _LETTERS.index(match["number"]) + 1, not match["rest"], "", listed=True)
    if match := _FIGURES.fullmatch(text):
        return Marker(Rank.ARABIC, int(match["number"]), bare=False, listed=True)
    return None


def is_weak(text: str, *, apart: bool) -> bool:
    """A short line without a stop or comma, which a paragraph would have."""
    text = _CALLS.sub("", text)
    if not 2 <= len(text) <= _LONGEST_LINE or (not apart and len(text.split()) > _MOST_WORDS):
        return False
    if any(c in "،؛,;" for c in text) or text.endswith((".", ":", "!", "…", "”", "»", '"')):
        return False
    return text[0].isalpha() and ":" not in text and (apart or not text.endswith("؟"))
