# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chinese and Arabic dates in a text -> the same text with these dates in the words that date_words.py reads.

"1921年3月4日" and "一九二一年三月四日" become "4 March 1921", "٤ آذار/مارس ١٩٢١" becomes "4 March 1921". What has no
Gregorian year with four figures ("民国十年", "1339 هـ") is no date here and stays unread.
"""

from __future__ import annotations

import re

from publisher.characters import HAN
from publisher.numerals import CHINESE, chinese, plain_arabic, western

_MONTHS = (
    "January February March April May June July August September October November December Spring Summer Autumn Winter"
).split()
_YEAR = rf"(?P<year>(?:1[4-9]|20)\d\d|[一二][{CHINESE}]{{3}})\s?年度?"
_FIGURE = rf"(?:\d{{1,2}}|[{CHINESE}]{{1,3}})"
_TO = r"\s?(?:[-–—~～]+|至|到)\s?"
_MONTH = rf"(?<!\d)(?P<month>{_FIGURE})\s?(?:月?{_TO}(?P<until_month>{_FIGURE})\s?)?月份?"
_DAY = rf"(?P<day>{_FIGURE})\s?(?:[日号號]?{_TO}(?P<until_day>{_FIGURE})\s?)?[日号號]"
_SEASON = r"(?P<season>[春夏秋冬])季?"
# Behind a date: before, after, between, about, at the beginning or end of.
_BEHIND = r"(?P<behind>(?:以|之)?[前后後间間]|左右|初|底|末|代|[上中下]旬|[上下]半[年月])?"
_ABOUT = rf"(?P<about>大[约約]|(?<![{HAN}])[约約])?\s?"
_DATED = re.compile(rf"{_ABOUT}{_YEAR}(?:\s?(?:{_MONTH}(?:\s?{_DAY})?|{_SEASON}))?{_BEHIND}")
_UNDATED = re.compile(rf"{_MONTH}(?:\s?{_DAY})?{_BEHIND}|(?<![\d第])(?P<only>{_FIGURE})\s?[日号號]")
_MARKS = str.maketrans("（）［］〔〕，；：～、", "()[]()," + ";:-,")
_UNTIL = re.compile("[至到]")

# The two sets of month names that most Arabic texts use, and those of the Maghreb, in plain letters.
_ARABIC_MONTHS = (
    "يناير|كانون الثاني|كانون ثاني|جانفي",
    "فبراير|شباط|فيفري",
    "مارس|اذار",
    "ابريل|نيسان|افريل",
    "مايو|ايار|ماي",
    "يونيو|يونيه|حزيران|جوان",
    "يوليو|يوليه|تموز|جويليه",
    "اغسطس|اب|اوت|غشت",
    "سبتمبر|ايلول|شتنبر",
    "اكتوبر|تشرين الاول|تشرين اول",
    "نوفمبر|تشرين الثاني|تشرين ثاني|نونبر",
    "ديسمبر|كانون الاول|كانون اول|دجنبر",
    "ربيع(?! ال)",
    "صيف",
    "خريف",
    "شتاء",
)
_NAMES = {name.split("(")[0]: i for i, names in enumerate(_ARABIC_MONTHS) for name in names.split("|")}
_NAME = "|".join(sorted((name for names in _ARABIC_MONTHS for name in names.split("|")), key=len, reverse=True))
_ARABIC = re.compile(rf"(?<!\w)(?P<name>{_NAME})(?:\s*[/(]\s*(?P<other>{_NAME})\s*\)?)?(?!\w)")
_HIJRI = re.compile(r"\d{3,4}\s*(?:ه|هـ|هجري\w*)(?!\w)")
_COMMON_ERA = re.compile(r"(?<=\d)\s*(?:م|ميلادي\w*)(?!\w)")
_WORDS = {
    "عام": "of",
    "سنه": "of",
    "العام": "of",
    "من": "of",
    "قبل": "before",
    "بعد": "after",
    "بين": "between",
    "منذ": "since",
    "حوالي": "circa",
    "نحو": "circa",
    "الي": "to",
    "حتي": "to",
    "و": "and",
}
_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS)})(?!\w)")


def readable(text: str) -> str:
    """The text with its Chinese and Arabic dates in English words, and all figures from 0 to 9."""
    if text.isascii():
        return text
    text = western(text)
    if "年" in text or "月" in text:
        text = _UNDATED.sub(_chinese, _DATED.sub(_chinese, text)).translate(_MARKS)
        text = _UNTIL.sub(" to ", text)
    if re.search("[\u0620-\u064a]", text):
        text = _HIJRI.sub(" ", plain_arabic(text).replace("،", ","))
        text = _COMMON_ERA.sub("", _ARABIC.sub(_arabic, text))
        text = _WORD.sub(lambda word: _WORDS[word[0]], text)
    return text


def _chinese(match: re.Match[str]) -> str:
    """A date in the order of English, a range of days or months as "4-8 March 1921"; what is no date stays."""
    found = {name: value for name, value in match.groupdict().items() if value}
    if "only" in found:
        return f" {_value(found['only'])} "
    months: list[str | None] = [_month(found[name]) for name in ("month", "until_month") if name in found]
    if "season" in found:
        months = [_MONTHS[12 + "春夏秋冬".index(found["season"])]]
    days = [str(_value(found[name])) for name in ("day", "until_day") if name in found]
    if None in months:
        return match[0]
    year = str(_value(found["year"])) if "year" in found else ""
    if found.get("behind") == "代":
        return f" {year}s " if not months else match[0]
    # "1921年3月上旬" lies in March; of "1921年底" and "1921年以前" no more is certain.
    bound = "before" if found.get("behind", "旬")[-1] != "旬" else ""
    about = "circa" if "about" in found else ""
    return f" {bound} {about} {'-'.join(days)} {' - '.join(filter(None, months))} {year} "


def _value(figure: str) -> int:
    return int(figure) if figure.isdigit() else chinese(figure) or 0


def _month(figure: str) -> str | None:
    value = _value(figure)
    return _MONTHS[value - 1] if 1 <= value <= 12 else None


def _arabic(match: re.Match[str]) -> str:
    """A month's name, or both of its names side by side; of two months both stay."""
    first, other = (_NAMES[match[name]] if match[name] else None for name in ("name", "other"))
    if other is None or other == first:
        return _MONTHS[first or 0]
    return f"{_MONTHS[first or 0]} / {_MONTHS[other]}"
