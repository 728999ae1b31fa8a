# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of a text, told by its most frequent small words, Chinese by its characters; None where they do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from publisher.characters import HAN

_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in that is was for it with as which by on be this are from have not at they their",
        "de": "der die und das den nicht mit von sich des dem ein auch auf für ist im zu als es eine wird aus werden",
        "fr": "le la les de des et du que qui dans une pour pas est par plus sur ce au ne sont nous il avec leur",
        "es": "el la los las de que y en del una por con para no se su al lo como más es sus este pero",
        "it": "il di che e la per del non una gli con i dei della sono alla nel più le si è anche come ma delle",
        "pt": "o a os as de que e do da em um uma não para por com se dos das no na mais ao como são foi seu",
        "nl": "de het een van en dat in is niet te op zijn voor met die aan er ook worden door als bij maar om",
        "ru": "и в не на что с по он как это но из от для к его за все так то же бы они у были мы",
        "sv": "och att det som en för på är av med den till inte har de ett om var från men vi sig så kan",
        "ar": "في من على إلى الى أن ان إن لا ما هذا هذه التي الذي الذين كان كانت عن مع كل بين قد لم أو او هو هي ذلك بعد"
        " حتى لكن إذا كما أي عند قبل غير ليس يكون هم لن ولا وهو وهي وفي ومن وكان ثم إنه أنه فإن وأن تلك لها له به فيه",
        "fa": "و در به از که این را با است برای آن یک خود تا بر هم نیز می شود شده بود اما یا ما هر دو آنها بودند",
        "pl": "i w na nie z że się do jest to jak o co ale po od przez za dla tego są być już oraz który",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 4000
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3041-\u30fe]")
# Frequent characters that only one of the two ways to write Chinese has.
_SIMPLIFIED = frozenset(
    "这们来说时国会为对发经过还没学实现样种动东车见长门问间听书买卖让认论语读谁请调变头点话义产业无与两严个从"
)
_TRADITIONAL = frozenset(
    "這們來說時國會為對發經過還沒學實現樣種動東車見長門問間聽書買賣讓認論語讀誰請調變頭點話義產業無與兩嚴個從"
)
_CLEAR = 20  # times as many characters of one way as of the other


def identify(texts: Iterable[str]) -> str | None:
    """A BCP 47 tag, or None if no language's small words clearly lead."""
    words: list[str] = []
    han: list[str] = []
    for text in texts:
        if not text.isascii() and len(_HAN.findall(text)) * 2 > len(text.strip()):
            han.append(text)
            if sum(map(len, han)) >= _ENOUGH:
                break
            continue
        words += _WORD.findall(text.lower())
        if len(words) >= _ENOUGH:
            break
    if sum(map(len, han)) > sum(map(len, words)):
        return _chinese("".join(han))
    frequency = Counter(words)
    counts = sorted(
        ((sum(frequency[word] for word in known), language) for language, known in _WORDS.items()), reverse=True
    )
    (best, language), (second, _) = counts[:2]
    return language if best >= 3 and best >= 0.12 * len(words) and best >= 1.3 * second else None


def _chinese(text: str) -> str | None:
    """Chinese, with its script where it is clear; Japanese has its own signs between the characters."""
    frequency = Counter(text)
    characters = len(_HAN.findall(text))
    if len(_KANA.findall(text)) * 20 > characters:
        return "ja"
    simplified, traditional = (sum(frequency[c] for c in known) for known in (_SIMPLIFIED, _TRADITIONAL))
    if max(simplified, traditional) < _CLEAR or min(simplified, traditional) * _CLEAR > max(simplified, traditional):
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"
