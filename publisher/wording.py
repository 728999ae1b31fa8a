# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words that an edition adds to a text, in the text's language: "Notes", "Contents", "Back to note 3".

A language that is not listed gets English words, marked as English, so that a screen reader says them rightly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from unicodedata import bidirectional

from msgspec import Struct


class Wording(Struct, frozen=True, kw_only=True):
    """Words in one language; braces stand for a name or a note's label."""

    language: str
    contents: str
    cover: str
    title_page: str
    text: str
    landmarks: str
    page_list: str
    notes: str
    variants: str
    note: str
    back: str
    uncalled: str
    translated: str
    edited: str
    introduced: str
    text_note: str
    emended: str
    corrected: str
    dropped: str
    page: str


WORDINGS: dict[str, Wording] = {
    "en": Wording(
        language="en",
        contents="Contents",
        cover="Cover",
        title_page="Title page",
        text="Text",
        landmarks="Landmarks",
        page_list="Pages",
        notes="Notes",
        variants="Variant readings",
        note="Note {}",
        back="Back to note {} in the text",
        uncalled="(not called in the text)",
        translated="Translated by {}",
        edited="Edited by {}",
        introduced="Introduction by {}",
        text_note="Note on the Text",
        emended="The transcription was corrected in these places:",
        corrected="corrected to",
        dropped="left out",
        page="p.\N{NO-BREAK SPACE}{}",
    ),
    "de": Wording(
        language="de",
        contents="Inhalt",
        cover="Umschlag",
        title_page="Titelseite",
        text="Text",
        landmarks="Wegweiser",
        page_list="Seiten",
        notes="Anmerkungen",
        variants="Lesarten",
        note="Anmerkung {}",
        back="Zurück zu Anmerkung {} im Text",
        uncalled="(ohne Verweis im Text)",
        translated="Übersetzt von {}",
        edited="Herausgegeben von {}",
        introduced="Mit einer Einleitung von {}",
        text_note="Zum Text",
        emended="An diesen Stellen wurde die Abschrift berichtigt:",
        corrected="berichtigt zu",
        dropped="gestrichen",
        page="S.\N{NO-BREAK SPACE}{}",
    ),
    "fr": Wording(
        language="fr",
        contents="Table des matières",
        cover="Couverture",
        title_page="Page de titre",
        text="Texte",
        landmarks="Repères",
        page_list="Pages",
        notes="Notes",
        variants="Variantes",
        note="Note {}",
        back="Retour à la note {} dans le texte",
        uncalled="(sans appel dans le texte)",
        translated="Traduction : {}",
        edited="Édition : {}",
        introduced="Introduction : {}",
        text_note="Note sur le texte",
        emended="La transcription a été corrigée aux endroits suivants\N{NARROW NO-BREAK SPACE}:",
        corrected="corrigé en",
        dropped="supprimé",
        page="p.\N{NO-BREAK SPACE}{}",
    ),
    "es": Wording(
        language="es",
        contents="Índice",
        cover="Cubierta",
        title_page="Portada",
        text="Texto",
        landmarks="Puntos de referencia",
        page_list="Páginas",
        notes="Notas",
        variants="Variantes",
        note="Nota {}",
        back="Volver a la nota {} en el texto",
        uncalled="(sin llamada en el texto)",
        translated="Traducción: {}",
        edited="Edición: {}",
        introduced="Introducción: {}",
        text_note="Nota sobre el texto",
        emended="La transcripción se ha corregido en estos lugares:",
        corrected="corregido:",
        dropped="suprimido",
        page="p.\N{NO-BREAK SPACE}{}",
    ),
    "it": Wording(
        language="it",
        contents="Indice",
        cover="Copertina",
        title_page="Frontespizio",
        text="Testo",
        landmarks="Punti di riferimento",
        page_list="Pagine",
        notes="Note",
        variants="Varianti",
        note="Nota {}",
        back="Torna alla nota {} nel testo",
        uncalled="(senza richiamo nel testo)",
        translated="Traduzione: {}",
        edited="A cura di {}",
        introduced="Introduzione: {}",
        text_note="Nota al testo",
        emended="La trascrizione è stata corretta in questi luoghi:",
        corrected="corretto in",
        dropped="soppresso",
        page="p.\N{NO-BREAK SPACE}{}",
    ),
    "ru": Wording(
        language="ru",
        contents="Содержание",
        cover="Обложка",
        title_page="Титульный лист",
        text="Текст",
        landmarks="Ориентиры",
        page_list="Страницы",
        notes="Примечания",
        variants="Варианты",
        note="Примечание {}",
        back="Назад к примечанию {} в тексте",
        uncalled="(в тексте нет ссылки)",
        translated="Перевод: {}",
        edited="Редакция: {}",
        introduced="Предисловие: {}",
        text_note="О тексте",
        emended="В этих местах исправлены опечатки:",
        corrected="исправлено на",
        dropped="исключено",
        page="с.\N{NO-BREAK SPACE}{}",
    ),
}


def wording(language: str) -> Wording:
    """The words for a BCP 47 tag ("de-AT" -> German), English where there are none."""
    return WORDINGS.get(primary(language), WORDINGS["en"])


def primary(language: str) -> str:
    """The language itself, without script and region: "de-AT" -> "de"."""
    return language.lower().partition("-")[0]


# Languages written from right to left unless their tag names another script ("az-Arab" is, "ks-Deva" is not).
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa"})


def direction(language: str) -> str:
    """The value of the HTML attribute `dir`: "rtl" or "ltr"."""
    subtags = language.lower().split("-")
    scripts = {subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()}
    written_leftward = bool(scripts & RIGHT_TO_LEFT_SCRIPTS) if scripts else subtags[0] in RIGHT_TO_LEFT
    return "rtl" if written_leftward else "ltr"


def undetermined(texts: Iterable[str]) -> str:
    """The tag of an unknown language: "und", with the script where most letters run from right to left.

    So the pages of such a text run as it does, whatever its language is.
    """
    counts = Counter(bidirectional(character) for character in chain.from_iterable(texts))
    ways = {way: counts[way] for way in ("L", "R", "AL")}
    return {"R": "und-Hebr", "AL": "und-Arab"}.get(max(ways, key=ways.__getitem__), "und")
