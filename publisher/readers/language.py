# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of a text, told by its most frequent small words; None where they do not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

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
        "pl": "i w na nie z że się do jest to jak o co ale po od przez za dla tego są być już oraz który",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 4000


def identify(texts: Iterable[str]) -> str | None:
    """A BCP 47 tag, or None if no language's small words clearly lead."""
    words: list[str] = []
    for text in texts:
        words += _WORD.findall(text.lower())
        if len(words) >= _ENOUGH:
            break
    frequency = Counter(words)
    counts = sorted(
        ((sum(frequency[word] for word in known), language) for language, known in _WORDS.items()), reverse=True
    )
    (best, language), (second, _) = counts[:2]
    return language if best >= 3 and best >= 0.12 * len(words) and best >= 1.3 * second else None
