# SPDX-License-Identifier: AGPL-3.0-or-later
"""English names of languages, as the archive's headers have them -> BCP 47 tags (https://www.rfc-editor.org/info/bcp47)."""

from __future__ import annotations

import re

_TAGS = {
    name: tag
    for tag, names in {
        "af": "afrikaans",
        "ang": "anglo-saxon|english, old|old english",
        "ar": "arabic",
        "arp": "arapaho",
        "bg": "bulgarian",
        "bo": "tibetan",
        "br": "breton",
        "brx": "bodo",
        "ca": "catalan",
        "ceb": "cebuano",
        "cs": "czech",
        "csb": "kashubian",
        "cy": "welsh",
        "da": "danish",
        "de": "german",
        "el": "greek",
        "en": "english",
        "enm": "middle english|english, middle",
        "eo": "esperanto",
        "es": "spanish|castilian",
        "et": "estonian",
        "fa": "persian|farsi",
        "fi": "finnish",
        "fr": "french",
        "frm": "middle french",
        "fro": "old french",
        "fur": "friulian",
        "fy": "frisian",
        "ga": "irish|gaelic, irish",
        "gd": "scottish gaelic|gaelic, scottish",
        "gl": "galician",
        "grc": "greek, ancient|ancient greek",
        "he": "hebrew",
        "hi": "hindi",
        "hr": "croatian",
        "hu": "hungarian",
        "ia": "interlingua",
        "ilo": "iloko|ilocano",
        "is": "icelandic",
        "it": "italian",
        "iu": "inuktitut",
        "ja": "japanese",
        "ka": "georgian",
        "kha": "khasi",
        "kld": "gamilaraay",
        "ko": "korean",
        "la": "latin",
        "lt": "lithuanian",
        "lv": "latvian",
        "mi": "maori",
        "mr": "marathi",
        "myn": "mayan languages",
        "nah": "nahuatl",
        "nai": "north american indian",
        "nap": "neapolitan",
        "nl": "dutch|flemish",
        "no": "norwegian",
        "nv": "navajo",
        "oc": "occitan",
        "oj": "ojibwa|ojibwe",
        "pl": "polish",
        "pt": "portuguese",
        "rm": "romansh",
        "ro": "romanian",
        "ru": "russian",
        "sa": "sanskrit",
        "scn": "sicilian",
        "sco": "scots",
        "sk": "slovak",
        "sl": "slovenian",
        "sr": "serbian",
        "sv": "swedish",
        "te": "telugu",
        "tl": "tagalog",
        "tr": "turkish",
        "uk": "ukrainian",
        "yi": "yiddish",
        "zh": "chinese",
    }.items()
    for name in names.split("|")
}
_ASIDE = re.compile(r"\s*[(\[].*$")
_BETWEEN = re.compile(r"\s*(?:[,;/&]|\band\b|\bwith\b)\s*", re.IGNORECASE)


def tags(names: str) -> tuple[str, ...]:
    """The tags of the languages named, in their order: "English (Middle) and Latin" -> en, la."""
    whole = names.strip().strip(".").casefold()
    if whole in _TAGS:
        return (_TAGS[whole],)
    found = (_TAGS.get(_ASIDE.sub("", name).strip().casefold()) for name in _BETWEEN.split(whole))
    return tuple(dict.fromkeys(tag for tag in found if tag))
