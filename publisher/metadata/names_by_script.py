# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is a name in scripts without capitals, Chinese and Arabic, where the form of a word tells little.

"卡尔·马克思" is a name by its point. "马克思", "毛泽东" and "كارل ماركس" are names because a list has the name or its
first part; "矛盾论" and "النول القديم" are none. Behind a label ("译者：张三") any short word is taken for one.
"""

from __future__ import annotations

import re
from enum import IntEnum

from publisher.characters import HAN, first_letter
from publisher.numerals import plain_arabic


class Form(IntEnum):
    """How sure the form of a text is that it is a name."""

    NONE = 0
    CREDITED = 1
    DOUBTFUL = 2
    POSSIBLE = 3
    LIKELY = 4
    CERTAIN = 5


_POINT = "·・•‧∙"
_POINTED = re.compile(rf"(?:[{HAN}]{{1,7}}|[A-Z]\.?)(?:[{_POINT}](?:[{HAN}]{{1,8}}|[A-Z]\.?)){{1,4}}")
_HAN_NAME = re.compile(rf"[{HAN}]{{2,4}}")
# Names that archives write without the given one.
_KNOWN_HAN = frozenset(
    """
    马克思 馬克思 恩格斯 列宁 列寧 斯大林 史達林 托洛茨基 托洛斯基 卢森堡 盧森堡 葛兰西 葛蘭西 布哈林 考茨基
    普列汉诺夫 普列漢諾夫 拉法格 梅林 倍倍尔 倍倍爾 李卜克内西 李卜克內西 蔡特金 季诺维也夫 季諾維也夫 加米涅夫 拉狄克
    柯伦泰 柯倫泰 卢卡奇 盧卡奇 阿尔都塞 阿爾都塞 曼德尔 曼德爾 克里夫 格瓦拉 巴枯宁 巴枯寧 克鲁泡特金
    克魯泡特金 蒲鲁东 蒲魯東 拉萨尔
    费尔巴哈 費爾巴哈 黑格尔 黑格爾 高尔基 高爾基 鲁迅 魯迅 胡志明 金日成 德热拉斯 德钦丹东 多伊彻 柯尔施 潘涅库克
    """.split()
)
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇"
    "卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段"
    "雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文瞿恽惲向柳艾聂聶戚项項章鲁魯"
)
# Last characters of titles that begin like a name: "方法论", "马赛曲", "文学史".
_TITLES = frozenset("论論曲书書史学學记記歌法案集谈談说說性化者党黨派国國军軍战戰节節年路人会會社报報策战線线义義")
_HAN_BODIES = re.compile(
    rf"[{HAN}\w·]{{2,30}}(?:局|社|部|组|組|会|會|馆|館|院|所|室|书店|書店|中心|小组|小組|学会|大学|大學|网|網|文库|文庫|工作者|志愿者)"
)
# Short names are set as wide as long ones: "列　宁".
_WIDE = re.compile(rf"[{HAN}](?:\s{{1,4}}[{HAN}]){{1,3}}")
_NOBODY = frozenset("佚名 不详 不詳 未知 无名 無名 集体 集體 待考 同上 网络 網絡 本站".split())
# A country before the name, and the verb behind it: "[德]马克思 著".
_COUNTRY = re.compile(rf"^[\[［〔（(【][{HAN}]{{1,4}}[\]］〕）)】]\s*")
_WROTE = re.compile(r"\s*(?:合?著|撰)$")
_DID = re.compile(r"\s*(?:合?[译譯编編校注]|翻[译譯]|[录錄]入|校[对對]|整理)$")
_HAN_LIST = re.compile(rf"\s*[、，,/／；;&]\s*|\s+(?=[{HAN}\[［〔（(])|(?<=[{HAN}])[和与與及](?=[{HAN}])")

_ARABIC_WORD = re.compile("(?:[\u0620-\u064a\u0671-\u06d3]{2,}|(?:[\u0620-\u064a]\\.){1,3}|[\u0620-\u064a]\\.?)")
# Given names, of Arabs and others, in plain letters.
_GIVEN_ARABIC = frozenset(
    """
    ابراهيم احمد ادوارد ادم ادولف ارنست ارنستو اريك اسحاق اسماعيل اغسطس اغوست الان البرت البرتو الكس الكسندر الكسندرا
    الكسي الياس اليزابيث امين انا انتون انطون انطونيو انور اوتو اوجين اوسكار ايرنست ايفان ايمن باتريس باول بشار بشير
    بطرس بليخانوف بنجامين بول بيار بيتر بيير توماس توني تشارلز تشي جاك جان جبران جميل جواد جورج جوزف جوزيف جون جيمس
    حسن حسين حنا خالد خليل دانيال دانييل دميتري ديفيد رافايل رزق روبرت روجيه روزا رياض ريمون سامي سعد سعيد سلامه سلمي
    سليم سمير سمر سيمون شارل شريف صادق صالح صلاح طارق طه عادل عامر عباس عبد عثمان عزيز علي عمر عمرو عيسي غاستون غازي
    غريغوري غسان فؤاد فاروق فاطمه فالتر فتحي فرانتز فرانز فرج فرح فرنسوا فريد فريدرك فريدريك فريدريش فرديناند فلاديمير
    فهد فيدل فيكتور فيليب فيودور كارل كارول كاميل كامل كريس كريم كلارا كمال كورت كونستانتين لويس ليف ليلي ليو ليون
    مارتن ماركوس ماري ماريا ماكس مالك ماهر محسن محمد محمود مراد مروان مريم مصطفي مكسيم مني مهدي موريس موسي ميخائيل ميشال
    ميشيل ميكائيل نادر ناديا ناديجدا ناصر نبيل نجيب نزيه نيقولا نيقولاي نيكولا نيكولاي نوال هادي هال هاني هربرت هنري
    هوشي وليام ويليام وليم يعقوب يوري يوسف يوهان
    """.split()
)
_KNOWN_ARABIC = frozenset(
    """
    ماركس انجلز انغلز انجلس لينين تروتسكي ستالين لوكسمبورغ لوكسمبرغ غرامشي بوخارين كاوتسكي كاوتسكى بليخانوف زينوفييف
    ماندل كليف لوكاش التوسير باكونين كروبوتكين برودون غوركي دويتشر لافارغ مهرنغ كروبسكايا كولونتاي غيفارا هيغل فيورباخ
    """.split()
)
_NO_NAME = frozenset(
    """
    في من عن الي مع بين هذا هذه ذلك التي الذي ان لا ما هو هي كل او ثم قبل بعد عند عام سنه دون لم لن قد كان كانت نقد
    حول ضد نحو تاريخ مقدمه ترجمه نشر موقع بدون غير مجهول النص نص جريده مجله
    """.split()
)
_ARABIC_BODIES = re.compile(
    r"(?:ال)?(?:دار|لجنه|منظمه|حزب|مجموعه|هيئه|مؤسسه|موسسه|جريده|مجله|مركز|موقع|تيار|رابطه|اتحاد|مكتبه|منشورات|ارشيف|فريق|شبكه)\s[^,،؛]*"
)
_BY = re.compile(r"^(?:بقلم|تأليف|تاليف)\s*[:：]?\s*")
_AND = re.compile(r"\s*[،,/؛&]\s*(?:و\s*(?=\S))?|\s+و\s*(?=\S{3})")
_LETTER = re.compile(f"[{HAN}\u0620-\u064a]")


def knows(text: str) -> bool:
    """Whether a text is in one of these scripts, by the first letter that it has."""
    return not text.isascii() and bool(_LETTER.match(first_letter(text)))


def names(text: str) -> tuple[list[str], Form]:
    """The names that a text consists of, and how sure the least certain of them is; none if any part is no name."""
    text = text.strip(" \u3000.。:：")
    if re.search(f"[{HAN}]", text):
        return _han_names(text)
    bare = _BY.sub("", text)
    found, form = _arabic_names(bare)
    return (found, max(form, Form.LIKELY)) if found and bare != text else (found, form)


def says_more(text: str) -> bool:
    """Whether an author's line says more than the names: "马克思和恩格斯 著", "بقلم مريم الحداد"."""
    found, _ = names(text)
    return "".join(found).replace(" ", "") != re.sub(r"\s", "", text)


def is_body(text: str) -> bool:
    """Whether a text names an institution: "人民出版社", "دار التقدم"."""
    return bool(_HAN_BODIES.fullmatch(text) or _ARABIC_BODIES.fullmatch(plain_arabic(text)))


def _han_names(text: str) -> tuple[list[str], Form]:
    text = re.sub(r"\s", "", text) if _WIDE.fullmatch(text) else text
    stated = [part.strip() for part in _HAN_LIST.split(text) if part.strip()]
    parts = [_COUNTRY.sub("", part) for part in stated]
    # "马克思 著", "李四 译": the verb is a part of its own, or ends the last name.
    wrote = any(_WROTE.fullmatch(part) or (len(part) > 3 and _WROTE.search(part)) for part in parts)
    parts = [_DID.sub("", _WROTE.sub("", part)) if len(part) != 2 and len(part) != 3 else part for part in parts]
    # "李四 译，1972年"
    parts = [part for part in parts if part and not part[0].isdigit() and not _DID.fullmatch(part)]
    forms = [_han_form(part) for part in parts]
    if not forms or Form.NONE in forms:
        return [], Form.NONE
    return _without_places(parts), Form.CERTAIN if wrote or parts != stated else min(forms)


def _without_places(parts: list[str]) -> list[str]:
    """The names without the place behind a body: "人民出版社，北京", "دار التقدم، موسكو"."""
    bodies = [i for i, part in enumerate(parts) if is_body(part)]
    return parts[: bodies[-1] + 1] if bodies else parts


def _han_form(text: str) -> Form:
    if _POINTED.fullmatch(text):
        return Form.CERTAIN
    if text in _KNOWN_HAN:
        return Form.LIKELY
    if text in _NOBODY:
        return Form.NONE
    if not _HAN_NAME.fullmatch(text):
        return Form.CREDITED if is_body(text) else Form.NONE
    if text[0] not in _SURNAMES or len(text) > 3 or text[-1] in _TITLES:
        return Form.CREDITED
    return Form.POSSIBLE if len(text) == 3 else Form.DOUBTFUL


def _arabic_names(text: str) -> tuple[list[str], Form]:
    whole = _arabic_form(text)
    if whole > Form.CREDITED or is_body(text):
        return [text], whole
    parts = [part.strip() for part in _AND.split(text) if part.strip()]
    forms = [_arabic_form(part) for part in parts]
    # "و" may be the first letter of a name: where the parts are unknown, only a comma parts them.
    if len(parts) > 1 and min(forms) > Form.CREDITED:
        return parts, min(forms)
    parts = [part.strip() for part in re.split("[،,/؛]", text) if part.strip()]
    forms = [_arabic_form(part) for part in parts]
    if not forms or Form.NONE in forms:
        return [], Form.NONE
    return _without_places(parts), min(forms)


def _goes_on(word: str) -> bool:
    """A word that begins with "and": "والاشتراكية", "وفريدريك"."""
    return word.startswith("وال") or (word[0] == "و" and word[1:] in _GIVEN_ARABIC | _KNOWN_ARABIC)


def _arabic_form(text: str) -> Form:
    words = plain_arabic(text).replace(".", ". ").split()
    if is_body(text):
        return Form.CREDITED
    # "على" (on) is no "علي", whom plain letters make of it.
    if not 1 <= len(words) <= 5 or "على" in text.split() or any(word in _NO_NAME for word in words):
        return Form.NONE
    if not all(map(_ARABIC_WORD.fullmatch, words)) or any(map(_goes_on, words[1:])):
        return Form.NONE
    given = words[0] in _GIVEN_ARABIC or (len(words) > 1 and words[0].endswith("."))
    if len(words) > 1 and given and len(words) <= 4:
        return Form.CERTAIN if words[0] in _GIVEN_ARABIC else Form.LIKELY
    if words[-1] in _KNOWN_ARABIC and len(words) <= 3:
        return Form.LIKELY
    return Form.CREDITED if len(words) <= 4 else Form.NONE
