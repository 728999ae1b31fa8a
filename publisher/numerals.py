# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers as Chinese and Arabic write them, in figures and in words, to their values.

Chinese counts either by size ("二十一", 21) or figure by figure ("一九二一", 1921; "二〇", 20); the characters are in
Unicode's numeric property (https://www.unicode.org/reports/tr38/#kPrimaryNumeric). Arabic uses its own figures
("١٩٢١"), which Python reads as digits, and ordinals ("الثاني عشر", the twelfth).
"""

from __future__ import annotations

import re
import unicodedata

_UNITS = {
    figure: value
    for value, figures in enumerate(
        ("〇零○", "一壹弌", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for figure in figures
}
_SIZES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TWENTIES = {"廿": "二十", "卅": "三十"}
# All characters of Chinese numbers, for a class of a regular expression.
CHINESE = "".join((*_UNITS, *_SIZES, *_TWENTIES))


def chinese(text: str) -> int | None:
    """The value of a Chinese number: "十一" -> 11, "二〇" -> 20, "一百零三" -> 103; None for what is no number."""
    for short, long in _TWENTIES.items():
        text = text.replace(short, long)
    if not text or any(character not in _UNITS and character not in _SIZES for character in text):
        return None
    if all(character in _UNITS for character in text):
        return int("".join(str(_UNITS[character]) for character in text))
    total, unit, size = 0, None, 10000
    for character in text:
        if character in _UNITS:
            if unit:
                return None
            unit = _UNITS[character]
            continue
        # Sizes fall: "十百" is no number. "十一" leaves the one before the ten out.
        if _SIZES[character] >= size or (not unit and total):
            return None
        size = _SIZES[character]
        total, unit = total + (unit or 1) * size, None
    return total + (unit or 0)


_VARIANTS = str.maketrans(dict(zip("أإآٱىةی", "ااااي" + "هي", strict=True)) | {"ـ": None})


def plain_arabic(text: str) -> str:
    """Arabic letters without what spellings differ in: vowel signs, hamzas, dots of the last letter; figures 0-9."""
    if text.isascii():
        return text
    text = "".join(c for c in text.translate(_VARIANTS) if not ("\u064b" <= c <= "\u065f" or c == "\u0670"))
    return western(text)


def western(text: str) -> str:
    """The text with the figures 0 to 9 in place of those of any other script; it keeps its length."""
    if text.isascii():
        return text
    return re.sub(r"[^\D0-9]", lambda figure: str(unicodedata.digit(figure[0])), text)


_ORDINAL_UNITS = ("اول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع")
_TENS = ("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع")


def _ordinals() -> dict[str, int]:
    """Arabic ordinals in both genders: "الثالثة عشرة" is "الثالثه عشره" in plain letters."""
    found = {f"ال{unit}{end}": i for i, unit in enumerate(_ORDINAL_UNITS, 1) for end in ("", "ه")}
    found |= {"الاولي": 1, "الواحد": 1, "العاشر": 10, "العاشره": 10, "المئه": 100, "المائه": 100}
    first = {1: ("حادي", "حاديه", "واحد", "واحده")}
    for i, unit in enumerate(_ORDINAL_UNITS, 1):
        for word in first.get(i, (unit, f"{unit}ه")):
            found |= {f"ال{word} عشر": 10 + i, f"ال{word} عشره": 10 + i}
            for tens, name in enumerate(_TENS, 2):
                found |= {f"ال{word} وال{name}{end}": tens * 10 + i for end in ("ون", "ين")}
    for tens, name in enumerate(_TENS, 2):
        found |= {f"ال{name}{end}": tens * 10 for end in ("ون", "ين")}
    return found


# Arabic ordinals with their article, in plain letters.
ORDINALS = _ordinals()
