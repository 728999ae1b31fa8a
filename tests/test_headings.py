# SPDX-License-Identifier: AGPL-3.0-or-later
"""How headings begin, and what only looks like one."""

from __future__ import annotations

import pytest

from publisher.readers.headings import continues, is_capitals, is_title_case, marker, roman
from publisher.readers.ranks import Rank


@pytest.mark.parametrize(
    ("text", "rank", "value", "bare"),
    [
        ("Chapter I", Rank.CHAPTER, 1, True),
        ("CHAPTER XIV.", Rank.CHAPTER, 14, True),
        ("Chapter 3: The Gate", Rank.CHAPTER, 3, False),
        ("Chapter Thirty-Two: The Gate", Rank.CHAPTER, 32, False),
        ("Chapter the Second", Rank.CHAPTER, 2, True),
        ("Part One", Rank.PART, 1, True),
        ("PART TWO: The End", Rank.PART, 2, False),
        ("Book II", Rank.PART, 2, True),
        ("Section 4", Rank.SECTION, 4, True),
        ("First Part", Rank.PART, 1, True),
        ("Kapitel 3", Rank.CHAPTER, 3, True),
        ("Erstes Kapitel", Rank.CHAPTER, 1, True),
        ("Erster Teil", Rank.PART, 1, True),
        ("Chapitre premier", Rank.CHAPTER, 1, True),
        ("Capítulo II", Rank.CHAPTER, 2, True),
        ("Capitolo 5", Rank.CHAPTER, 5, True),
        ("Глава IV", Rank.CHAPTER, 4, True),
        ("Часть первая", Rank.PART, 1, True),
        ("IV", Rank.ROMAN, 4, True),
        ("IV.", Rank.ROMAN, 4, True),
        ("IV. The Gate", Rank.ROMAN, 4, False),
        ("IV The Gate", Rank.ROMAN, 4, False),
        ("7.", Rank.ARABIC, 7, True),
        ("7. The Gate", Rank.ARABIC, 7, False),
        ("(3) The Gate", Rank.ARABIC, 3, False),
        ("B. The Gate", Rank.UPPER, 2, False),
        ("b) The Gate", Rank.LOWER, 2, False),
        ("Preface", Rank.CHAPTER, None, True),
        ("Preface to the Second Edition", Rank.CHAPTER, None, False),
        ("APPENDIX", Rank.CHAPTER, None, True),
        ("Vorwort", Rank.CHAPTER, None, True),
        ("Предисловие", Rank.CHAPTER, None, True),
        ("第三章", Rank.CHAPTER, 3, True),
        ("第 一 章", Rank.CHAPTER, 1, True),
        ("第二十一章　机器", Rank.CHAPTER, 21, False),
        ("第三章机器", Rank.CHAPTER, 3, False),
        ("第一百零三節", Rank.SECTION, 103, True),
        ("第2部分：冬天", Rank.PART, 2, False),
        ("卷一", Rank.PART, 1, True),
        ("下篇　机器", Rank.PART, 3, False),
        ("序　言", Rank.CHAPTER, None, True),
        ("1872年德文版序言", Rank.CHAPTER, None, True),
        ("附录二：书信", Rank.CHAPTER, None, False),
        ("三、机器", Rank.ROMAN, 3, False),
        ("（三）机器", Rank.UPPER, 3, False),
        ("十二", Rank.ROMAN, 12, True),
        ("3．机器", Rank.ARABIC, 3, False),
        ("الفصل الأول", Rank.CHAPTER, 1, True),
        ("الفصل ٣: الشتاء", Rank.CHAPTER, 3, False),
        ("الفصل الثاني عشر", Rank.CHAPTER, 12, True),
        ("الباب الحادي والعشرون", Rank.PART, 21, True),
        ("المحاضرة الثالثة - النول", Rank.CHAPTER, 3, False),
        ("مقدّمة", Rank.CHAPTER, None, True),
        ("مقدمة الطبعة الثانية", Rank.CHAPTER, None, False),
        ("ملحق (2)", Rank.CHAPTER, None, True),
        ("ثانيًا: المساء", Rank.ROMAN, 2, False),
        ("ب - المساء", Rank.UPPER, 2, False),
        ("٢- المساء", Rank.ARABIC, 2, False),
    ],
)
def test_strong_headings(text: str, rank: Rank, value: int | None, *, bare: bool) -> None:
    found = marker(text)
    assert found is not None
    assert (found.rank, found.value, found.bare) == (rank, value, bare)


@pytest.mark.parametrize(
    "text",
    [
        "Part two of the report says nothing about it",
        "Chapter three, which was never written, is lost",
        "I was there when the lamp went out",
        "A weaver of the valley",
        "1921 was a cold year",
        "The Gate of the Mill",
        "Partly because of the cold",
        "Introductions were made all round the room",
        "MILLBRIDGE",
        "IIX",
        "第二章里我们将看到，这样的冬天并不是最后一个",
        "第一章讨论了商品。",
        "三民主义",
        "一个幽灵在游荡",
        "序曲已经开始了。",
        "十百",
        "الفصل الأول من هذه القصة كان عن الصباح",
        "مقدمات الحرب كانت كثيرة في تلك السنة",
        "كتابنا الأول",
    ],
)
def test_no_strong_headings(text: str) -> None:
    assert marker(text) is None


@pytest.mark.parametrize(("text", "value"), [("I", 1), ("iv", 4), ("XLIX", 49), ("C", 100), ("IIX", None), ("", None)])
def test_roman_numerals(text: str, value: int | None) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Gate of the Mill", True),
        ("The Truth About the War", True),
        ("The gate of the mill", False),
        ("Weavers", False),
        ("Ткачи и Красильщики", True),
    ],
)
def test_title_case(text: str, *, expected: bool) -> None:
    assert is_title_case(text) is expected


@pytest.mark.parametrize(("text", "expected"), [("THE GATE", True), ("THE GATE of", False), ("I.", False)])
def test_capitals(text: str, *, expected: bool) -> None:
    assert is_capitals(text) is expected


@pytest.mark.parametrize(
    ("line", "after", "expected"),
    [
        ("Speech On", "The Agrarian Question", True),
        ("THE ISOLATED", "AMERICAN BOOM", True),
        ("The Gate", "and the Carters", True),
        ("The Gate", "The Carters", False),
        ("THE GATE.", "THE CARTERS", False),
        ("The Gate", "(May 1907)", False),
        ("The Gate", "by Mary Weaver", False),
        ("THE GATE", "CHAPTER II", False),
    ],
)
def test_titles_that_go_on(line: str, after: str, *, expected: bool) -> None:
    assert continues(line, after) is expected
