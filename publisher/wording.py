# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words that an edition adds to a text, in the text's language: "Notes", "Contents", "Back to note 3".

A language that is not listed gets English words, marked as English, so that a screen reader says them rightly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from itertools import chain
from unicodedata import bidirectional

from msgspec import Struct


class Wording(Struct, frozen=True, kw_only=True):
    """Words in one language; braces stand for a name or a note's label."""

    language: str
    comma: str = ", "
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
    written: str
    published: str
    source: str
    published_by: str
    edition_of: str
    licence: str
    see_credits: str


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
        written="Written: {}",
        published="Published: {}",
        source="Source: {}",
        published_by="Published by {}",
        edition_of="Edition of {}",
        licence="Licence: {}",
        see_credits="Licence and credits stand at the end of the book.",
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
        written="Geschrieben: {}",
        published="Veröffentlicht: {}",
        source="Quelle: {}",
        published_by="Herausgebracht von {}",
        edition_of="Ausgabe vom {}",
        licence="Lizenz: {}",
        see_credits="Lizenz und Nachweise stehen am Ende des Buches.",
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
        written="Rédaction\N{NARROW NO-BREAK SPACE}: {}",
        published="Publication\N{NARROW NO-BREAK SPACE}: {}",
        source="Source\N{NARROW NO-BREAK SPACE}: {}",
        published_by="Publié par {}",
        edition_of="Édition du {}",
        licence="Licence\N{NARROW NO-BREAK SPACE}: {}",
        see_credits="La licence et les crédits se trouvent à la fin du livre.",
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
        written="Escrito: {}",
        published="Publicado: {}",
        source="Fuente: {}",
        published_by="Publicado por {}",
        edition_of="Edición del {}",
        licence="Licencia: {}",
        see_credits="La licencia y los créditos están al final del libro.",
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
        written="Scritto: {}",
        published="Pubblicato: {}",
        source="Fonte: {}",
        published_by="Pubblicato da {}",
        edition_of="Edizione del {}",
        licence="Licenza: {}",
        see_credits="Licenza e riconoscimenti si trovano alla fine del libro.",
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
        written="Написано: {}",
        published="Опубликовано: {}",
        source="Источник: {}",
        published_by="Издатель: {}",
        edition_of="Издание от {}",
        licence="Лицензия: {}",
        see_credits="Лицензия и сведения об издании — в конце книги.",
    ),
    "ar": Wording(
        language="ar",
        comma="، ",
        contents="المحتويات",
        cover="الغلاف",
        title_page="صفحة العنوان",
        text="النص",
        landmarks="معالم الكتاب",
        page_list="الصفحات",
        notes="الهوامش",
        variants="اختلاف القراءات",
        note="هامش {}",
        back="العودة إلى الهامش {} في النص",
        uncalled="(لا إحالة إليه في النص)",
        translated="ترجمة: {}",
        edited="تحرير: {}",
        introduced="تقديم: {}",
        text_note="حول النص",
        emended="صُحّح النص المنسوخ في المواضع الآتية:",
        corrected="صُحّح إلى",
        dropped="حُذف",
        page="ص\N{NO-BREAK SPACE}{}",
        written="كُتب: {}",
        published="نُشر: {}",
        source="المصدر: {}",
        published_by="الناشر: {}",
        edition_of="طبعة {}",
        licence="الرخصة: {}",
        see_credits="الرخصة وبيانات النشر في آخر الكتاب.",
    ),
    "zh": Wording(
        language="zh",
        comma="、",
        contents="目录",
        cover="封面",
        title_page="扉页",
        text="正文",
        landmarks="导航",
        page_list="页码",
        notes="注释",
        variants="异文",
        note="注{}",
        back="返回正文中的注{}",
        uncalled="（正文中未标出）",
        translated="译者：{}",
        edited="编者：{}",
        introduced="导言：{}",
        text_note="文本说明",
        emended="录入文本在以下各处作了更正：",
        corrected="更正为",
        dropped="删去",
        page="第{}页",
        written="写作时间：{}",
        published="发表：{}",
        source="来源：{}",
        published_by="出版者：{}",
        edition_of="版本日期：{}",
        licence="许可：{}",
        see_credits="许可与版本说明见书末。",
    ),
    "zh-hant": Wording(
        language="zh-Hant",
        comma="、",
        contents="目錄",
        cover="封面",
        title_page="扉頁",
        text="正文",
        landmarks="導覽",
        page_list="頁碼",
        notes="註釋",
        variants="異文",
        note="註{}",
        back="返回正文中的註{}",
        uncalled="（正文中未標出）",
        translated="譯者：{}",
        edited="編者：{}",
        introduced="導言：{}",
        text_note="文本說明",
        emended="錄入文本在以下各處作了更正：",
        corrected="更正為",
        dropped="刪去",
        page="第{}頁",
        written="寫作時間：{}",
        published="發表：{}",
        source="來源：{}",
        published_by="出版者：{}",
        edition_of="版本日期：{}",
        licence="授權：{}",
        see_credits="授權與版本說明見書末。",
    ),
}


def wording(language: str) -> Wording:
    """The words for a BCP 47 tag ("de-AT" -> German), English where there are none."""
    return WORDINGS[spoken(language, WORDINGS)]


def spoken(language: str, known: Container[str]) -> str:
    """The one of the known languages that a text in `language` gets its words from: "de-AT" -> "de", else "en".

    Chinese in traditional characters ("zh-TW", "zh-Hant") has words of its own, if they are known.
    """
    own = primary(language)
    if is_traditional(language) and f"{own}-hant" in known:
        return f"{own}-hant"
    return own if own in known else "en"


def is_traditional(language: str) -> bool:
    """Whether a tag means Chinese in traditional characters, by its script or else its region."""
    own, *subtags = language.lower().split("-")
    return own == "zh" and "hans" not in subtags and not {"hant", "tw", "hk", "mo"}.isdisjoint(subtags)


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
