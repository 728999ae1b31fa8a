# SPDX-License-Identifier: AGPL-3.0-or-later
"""How headings look in Chinese: "第三章 机器", "二、机器", "（二）机器", "序言", and short lines without a full stop.

Simplified and traditional forms are read alike. The script has no capitals and no spaces between words: a title that
follows its count without any mark ("第三章机器") must be short and free of punctuation, or it may be a sentence
("第三章里我们看到，……").
"""

from __future__ import annotations

import re

from publisher.characters import HAN, first_letter
from publisher.numerals import CHINESE, chinese
from publisher.readers.ranks import Marker, Rank

_IS_HAN = re.compile(f"[{HAN}]")

_PART = "卷|部分|部|篇|编|編|册|冊|集"
_CHAPTER = "章|回|讲|講|课|課|封信|信|幕"
_SECTION = "节|節|条|條|场|場"
_FIGURE = rf"(?:[{CHINESE}]{{1,6}}|\d{{1,3}})"
_NAMED = re.compile(rf"第\s?(?P<number>{_FIGURE})\s?(?P<word>{_PART}|{_CHAPTER}|{_SECTION})(?P<rest>.*)")
# "卷一", "附录二", "上篇" count in another order.
_TURNED = re.compile(rf"(?P<word>卷|编|編)\s?(?P<number>{_FIGURE})(?P<rest>(?:[\s：:].*)?)")
_HALVES = re.compile(r"(?P<number>[上中下])(?P<word>卷|部|篇|编|編|册|冊)(?P<rest>(?:[\s：:].*)?)")
_SPECIAL = re.compile(
    r"""(?x) (?: [^\s，。；：！？]{0,18} (?:版|者|者的) )?
      (?P<word> [自代总總原再译譯]?序 | 序言 | 序文 | 序论 | 序論 | 前言 | 弁言 | 小引 | 引子 | 楔子
        | [导導引绪緒][言论論] | 结[论语] | 結[論語] | 结束语 | 結束語 | 尾声 | 尾聲 | 跋
        | [译譯编編]?[后後][记記] | 跋语
        | 附[录錄记記] | 补[遗记] | 補[遺記] | 题解 | 題解 | 出版[说說]明
        | [编編译譯]者(?:的话|的話|按|[说說]明) | 致[读讀]者 )
      (?P<count> \s?(?:[一二三四五六七八九十]{1,2}|\d{1,2}|[A-Z]) (?=$|[\s：:]) )?
      (?P<rest> $ | [\s：:—–-]+ \S.{0,60} | （.{1,40}） )"""
)
_COUNTED = re.compile(rf"(?P<number>[{CHINESE}]{{1,3}})(?P<point>[、．.]\s?|\s+|$)(?P<rest>.*)")
_BRACKETED = re.compile(rf"[（(](?P<number>[{CHINESE}]{{1,3}})[）)]\s?、?(?P<rest>.*)")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_STEM = re.compile(rf"(?P<number>[{_STEMS}])(?P<point>[、．.]\s?|\s+)(?P<rest>\S.*)")
_FIGURES = re.compile(r"(?P<number>\d{1,2})(?P<point>[、．]\s?)(?P<rest>\S.*)")
_CALLS = re.compile(r"\s?(?:[\[［〔(（][\d*＊]{1,4}[\]］〕)）]|[①-⑳]|\*+)$")
_WIDE = re.compile(rf"[{HAN}](?:\s{{1,4}}[{HAN}]){{1,4}}")
_STOPS = "。；，：！？、…"
# What goes on with a sentence behind "第三章".
_GOES_ON = re.compile(r"[的里裡中是内內上下所以与與和至到后後前也就已都曾讲講说說为為开開]")
_LONGEST_TITLE, _LONGEST_GLUED = 60, 20
# The longest title between paragraphs, in characters; one that stands further apart.
_SHORT, _APART = 28, 38


def is_chinese(text: str) -> bool:
    """Whether a line is in Han characters, by the first letter that it has."""
    return bool(_IS_HAN.match(first_letter(text)))


def marker(text: str) -> Marker | None:
    """How a line begins as a strong heading in Chinese, or None."""
    text = _widened(_CALLS.sub("", text))
    for pattern in (_NAMED, _TURNED, _HALVES):
        if (match := pattern.fullmatch(text)) and _is_title(match["rest"]):
            return _named(match)
    if match := _SPECIAL.fullmatch(text):
        return None if match["rest"].endswith("。") else Marker(Rank.CHAPTER, None, not match["rest"], match["word"])
    return _counted(text)


def _widened(text: str) -> str:
    """Short headings are widened with spaces: "序　言", "第 一 章"."""
    return re.sub(r"\s", "", text) if _WIDE.fullmatch(text) else text


def _named(match: re.Match[str]) -> Marker | None:
    word, figure = match["word"], match["number"]
    rank = next(
        rank
        for rank, words in ((Rank.PART, _PART), (Rank.CHAPTER, _CHAPTER), (Rank.SECTION, _SECTION))
        if word in words.split("|")
    )
    halves = {"上": 1, "中": 2, "下": 3}
    value = int(figure) if figure.isdigit() else halves.get(figure) or chinese(figure)
    return None if value is None else Marker(rank, value, not match["rest"].strip(" 　：:．."), word)


def _is_title(rest: str) -> bool:
    """What stands behind "第三章" is nothing, or a title, and no sentence."""
    title = rest.strip(" 　：:．.、—–-")
    if not title:
        return True
    if len(title) > _LONGEST_TITLE or title.endswith(tuple("。；，：")):
        return False
    if rest[0] in " 　：:．.、—–-《“「（":
        return True
    return len(title) <= _LONGEST_GLUED and not any(c in _STOPS for c in title) and not _GOES_ON.match(title)


def _counted(text: str) -> Marker | None:
    for pattern, rank in ((_COUNTED, Rank.ROMAN), (_BRACKETED, Rank.UPPER), (_STEM, Rank.UPPER)):
        if match := pattern.fullmatch(text):
            figure = match["number"]
            value = _STEMS.index(figure) + 1 if pattern is _STEM else chinese(figure)
            return None if value is None else Marker(rank, value, not match["rest"], "", listed=True)
    if match := _FIGURES.fullmatch(text):
        return Marker(Rank.ARABIC, int(match["number"]), bare=False, listed=True)
    return None


def is_weak(text: str, *, apart: bool) -> bool:
    """A short line without a full stop or comma, which a paragraph would have."""
    text = _CALLS.sub("", text)
    if not 2 <= len(text) <= (_APART if apart else _SHORT) or any(c in "。；，,;" for c in text):
        return False
    # "他说：", "——完——", "“织布的人不该受冻！”"
    return not text.endswith(tuple("：:！!”」』—…、")) and not (text[0] in "“「『—…（(" or "：" in text)
