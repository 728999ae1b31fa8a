# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of a text, by its small words or its characters."""

from __future__ import annotations

import pytest

from publisher.numerals import chinese, plain_arabic, western
from publisher.readers.language import identify

SIMPLIFIED = "这座山谷里的织布工人聚集到老磨坊里，因为城里没有别的房间容得下他们，说话的时候门是关着的。"
TRADITIONAL = "這座山谷裏的織布工人聚集到老磨坊裏，因為城裏沒有別的房間容得下他們，說話的時候門是關著的。"
ARABIC = "كان النول القديم يقف في زاوية الغرفة، وقال إن الشتاء طويل وإن الذي لا ينسج لا يلبس في هذه السنة."
PERSIAN = "دستگاه کهنه بود و کسی که در آن خانه بود آتش را روشن نکرد، از این رو زمستان برای آنها دراز شد."
JAPANESE = "機は古く、糸は細く、火をともす者はいない。人々は朝から町へ行き、夜になってから家に帰った。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SIMPLIFIED * 10, "zh-Hans"),
        (TRADITIONAL * 10, "zh-Hant"),
        (SIMPLIFIED + TRADITIONAL, "zh"),
        ("老磨坊", "zh"),
        (f"{SIMPLIFIED} Karl Marx, Das Kapital", "zh"),
        (ARABIC * 5, "ar"),
        (PERSIAN * 5, "fa"),
        ("النول القديم", None),
        ("The wheel was old and the stone of the mill was older than it.", "en"),
    ],
)
def test_language(text: str, expected: str | None) -> None:
    assert identify([text]) == expected


def test_japanese_is_not_taken_for_chinese() -> None:
    assert identify([JAPANESE] * 10) in {None, "ja"}


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("廿三", 23),
        ("一百零三", 103),
        ("二〇", 20),
        ("一九二一", 1921),
    ],
)
def test_chinese_numbers(number: str, value: int) -> None:
    assert chinese(number) == value


@pytest.mark.parametrize("text", ["", "十百", "二三十", "三民", "1"])
def test_what_is_no_chinese_number(text: str) -> None:
    assert chinese(text) is None


def test_figures_of_all_scripts_become_western_ones() -> None:
    assert western("١٩٢١, ۱۲, ３, ²") == "1921, 12, 3, ²"
    assert plain_arabic("الأُولى، الثانية عشرة ـ ٣") == "الاولي، الثانيه عشره  3"
