# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of header labels: what archives write before a colon, in nine languages, and the key it means.

Entries are written without hyphens ("Mark-up" is "markup"); case and accents do not matter. An entry may be
several words; a label is read when its words are entries and fillers throughout.
"""

from __future__ import annotations

from enum import StrEnum

from publisher.metadata.spelling import fold


class Key(StrEnum):
    """What a header line is about."""

    AUTHOR = "author"
    WRITTEN = "written"
    DELIVERED = "delivered"
    DATE = "date"
    PUBLISHED = "published"
    FIRST_PUBLISHED = "first_published"
    REPUBLISHED = "republished"
    PUBLISHER = "publisher"
    PRINTER = "printer"
    EDITION = "edition"
    SERIES = "series"
    ORIGINAL_TITLE = "original_title"
    SOURCE = "source"
    ONLINE_VERSION = "online_version"
    TRANSLATED = "translated"
    EDITED = "edited"
    INTRODUCTION = "introduction"
    TRANSCRIBED = "transcribed"
    MARKUP = "markup"
    PROOFREAD = "proofread"
    ANNOTATED = "annotated"
    PLACE = "place"
    SIGNED = "signed"
    NOTE = "note"
    THANKS = "thanks"
    PUBLIC_DOMAIN = "public_domain"
    COPYLEFT = "copyleft"
    COPYRIGHT = "copyright"
    CREATIVE_COMMONS = "creative_commons"
    LICENCE = "licence"
    FAIR_USE = "fair_use"
    PERMISSION = "permission"


# Entries are separated by "|"; within a key the order is English, German, French, Spanish, Portuguese,
# Italian, Dutch, Russian, Swedish.
_VOCABULARY: dict[Key, str] = {
    Key.AUTHOR: "author|authors|written by|autor|verfasser|auteur|autore|auteurs|автор|forfattare",
    Key.WRITTEN: (
        "written|composed|drafted|completed|geschrieben|verfasst|niedergeschrieben|entstanden|ecrit|redige|redaction"
        "|escrito|escrita|redactado|scritto|scritta|redatto|geschreven|написано|написана|написан|skriven|skrivet"
    ),
    Key.DELIVERED: (
        "delivered|spoken|recorded|discussed|speech given|gehalten|prononce|discours prononce|pronunciado|proferido"
        "|pronunciato|uitgesproken|произнесено|произнесена"
    ),
    Key.DATE: "date|datum|fecha|data|дата",
    Key.PUBLISHED: (
        "published|publication|publication in english|publ|printed|issued|veroffentlicht|veroffentlichung"
        "|erschienen|gedruckt|publie|parution|paru|publicado|publicada|publicacion|publicacao|edicao|pubblicato"
        "|pubblicazione|gepubliceerd|publicatie|verschenen|опубликовано|опубликована|опубликован|публикация|напечатано"
        "|издано|publicerad|publicerat"
    ),
    Key.FIRST_PUBLISHED: (
        "first published|first publication|first printed|first printing|first edition|first appeared|first issued"
        "|originally published|original publication|originally printed|originally appeared"
        "|erstveroffentlichung|erstveroffentlicht|erstmals veroffentlicht|erstmals erschienen|erstdruck|erstausgabe"
        "|zuerst veroffentlicht|zuerst erschienen|zum ersten mal veroffentlicht"
        "|premiere publication|premiere parution|premiere edition|publie pour la premiere fois|1ere publication"
        "|primera publicacion|primera edicion|publicado por primera vez|publicado por vez primera"
        "|primera vez publicado|1 edicion"
        "|primeira publicacao|primeira edicao|publicado pela primeira vez|1 edicao"
        "|prima pubblicazione|prima edizione|pubblicato per la prima volta|eerste publicatie|eerste uitgave"
        "|eerst gepubliceerd|впервые|впервые опубликовано|впервые опубликована|впервые опубликован|впервые напечатано"
        "|впервые издано|первая публикация|первое издание|forsta gangen publicerad"
    ),
    Key.REPUBLISHED: (
        "republished|republication|reprinted|reprint|reissued|later published|later reprinted|also published"
        "|also printed|subsequently published|retitled|nachdruck|nachgedruckt|reedition|reimpression|republicado"
        "|ristampa|herdruk|переиздано|переиздание"
    ),
    Key.PUBLISHER: (
        "publisher|publishers|publishing house|verlag|herausgeber verlag|editeur|maison d'edition|editora"
        "|casa editrice|editore|uitgever|uitgeverij|издательство|издатель|forlag"
    ),
    Key.PRINTER: "printer|printers|drucker|imprimeur|imprenta|stampatore|drukker|типография",
    Key.EDITION: (
        "edition|this edition|edicion|originally edition|original edition|original ed|pamphlet|ausgabe|cette edition"
        "|esta edicion|esta edicao|edizione|questa edizione|uitgave|издание|настоящее издание"
    ),
    Key.SERIES: "series|section|reihe|collection|coleccion|colecao|collana|reeks|серия",
    Key.ORIGINAL_TITLE: (
        "original title|original heading|originaltitel|titre original|titulo original|titolo originale"
        "|oorspronkelijke titel|оригинальное название"
    ),
    Key.SOURCE: (
        "source|sources|source text|text from|taken from|copied from|copied|downloaded|downloaded from|retrieved from"
        "|originally from|german original|quelle|quellen|seitenzahlen verweisen auf|textgrundlage|vorlage"
        "|source du texte|texte de base|fuente|fuentes|fonte|fontes|bron|bronnen|источник|источники|печатается"
        "|печатается по|kalla"
    ),
    Key.ONLINE_VERSION: (
        "online version|this version|version|pdf version|online publication|online edition|html version|web version"
        "|onlineversion|onlineausgabe|diese version|edition electronique|version electronique|version en ligne"
        "|cette version|edicion digital|edicion electronica|esta version|edicion en linea|edicao eletronica"
        "|esta versao|edizione elettronica|versione online|questa versione|onlineversie|deze versie"
        "|электронная версия|онлайнверсия"
    ),
    Key.TRANSLATED: (
        "translated|translation|translator|translators|translations|transl|trans|rendered into english|ubersetzt"
        "|ubersetzung|ubersetzer|ubersetzerin|traduction|traduit|traducteur|traductrice|traduccion|traducido"
        "|traducida|traductor|traductora|traducao|traduzido|tradutor|tradutora|traduzione|tradotto|tradotta"
        "|traduttore|vertaling|vertaald|vertaler|перевод|переведено|переводчик|перевел|перевела|oversattning"
    ),
    Key.EDITED: (
        "edited|editing|editor|editors|copyedited|copyediting|revised"
        "|translation revised|translation edited|translation checked|abridged|condensed|compiled"
        "|herausgegeben|herausgeber|hrsg|redaktion|bearbeitet|edite|redacteur|editado|editada"
        "|redazione|curatore|a cura|redactie|bewerking|редактор|под редакцией|редакция"
    ),
    Key.INTRODUCTION: (
        "introduction by|foreword by|preface by|introductory essay|introduced|einleitung von|vorwort von"
        "|preface de|introduction de|prologo de|prefazione di|introduzione di|предисловие"
    ),
    Key.TRANSCRIBED: (
        "transcribed|transcription|transcriber|transcribers|transcript|transcripts|typed|typing|keyed|keyed in|scanned"
        "|scanning|scan|scans|ocr|ocred|digitalised|digitalized|digitised|digitized|digitalisation|digitalization"
        "|digitisation|digitization|prepared|proof scanned|transkription|transkribiert|abgeschrieben"
        "|digitalisierung|digitalisiert|eingescannt|transcrit|numerisation|numerise|saisie|mise en ligne|transcripcion"
        "|transcrito|transcriptor|digitalizacion|digitalizado|escaneado|transcricao|digitalizacao|trascrizione"
        "|trascritto|trascrittore|digitalizzazione|scansione|transcriptie|overgetypt|digitalisering|подготовка"
        "|подготовил|подготовила|подготовлено|оцифровка|оцифровано|набор|распознавание|сканирование|скан|transkribering"
    ),
    Key.MARKUP: (
        "markup|mark up|marked up|mmarked up|markedup|html|xhtml|formatted|formatting|reformatted|layout|coding|coded"
        "|converted|conversion|web page|markierung|auszeichnung|htmlmarkierung|htmlauszeichnung|formatierung|balisage"
        "|mise en page|mise en html|marcado|marcacion|maquetacion|etiquetado|marcacao|formatacao|marcatura"
        "|impaginazione|codifica|opmaak|разметка|верстка|uppmarkning"
    ),
    Key.PROOFREAD: (
        "proofread|proofreading|proofreader|proofreaders|proofed|proofing|reproofread|proof read|proof reading|proofs"
        "|corrected|correction|corrections|corrector|checked|korrektur|korrekturlesen|korrektur gelesen|korrigiert"
        "|relecture|relu|corrige|correccion|corregido|revision|revisado|revisao|revisto|correzione|revisione|corretto"
        "|correctie|gecorrigeerd|корректура|корректор|вычитка|вычитано|korrekturlasning"
    ),
    Key.ANNOTATED: "annotated|annotation|annotations|annotiert|annoté|anotado|annotato",
    Key.PLACE: "place|location|ort|lieu|lugar|local|luogo|место",
    Key.SIGNED: "signed|unterzeichnet|signe|firmado|firmato|подпись|подписано",
    Key.NOTE: (
        "note|editorial board"
        "|editor's note|editors note|editors' note|editorial note|ed note|transcriber's note|transcribers note"
        "|translator's note|translators note|note by mia|anmerkung|anmerkung der redaktion|bemerkung|remarque|nota"
        "|nota del editor|opmerking|примечание|примечание редакции"
    ),
    Key.THANKS: "thanks|acknowledgement|acknowledgements|acknowledgment|acknowledgments|dank|remerciements|gracias",
    Key.PUBLIC_DOMAIN: (
        "public domain|gemeinfrei|gemeinfreiheit|domaine public|libre de droits|dominio publico|pubblico dominio"
        "|dominio pubblico|publiek domein|общественное достояние|allman egendom"
    ),
    Key.COPYLEFT: "copyleft|копилефт",
    Key.COPYRIGHT: (
        "copyright|copyrights|all rights reserved|rights|urheberrecht|rechte|droits|droits d'auteur|derechos"
        "|derechos de autor|direitos autorais|direitos de reproducao|diritti|auteursrecht|авторские права|копирайт"
    ),
    Key.CREATIVE_COMMONS: "creative commons",
    Key.LICENCE: "licence|license|lizenz|licencia|licenca|licenza|licentie|лицензия",
    Key.FAIR_USE: "fair use|fair dealing",
    Key.PERMISSION: "permission|permissions|reproduced with permission|reprinted with permission|used with permission",
}

LABELS: dict[str, Key] = {fold(entry): key for key, entries in _VOCABULARY.items() for entry in entries.split("|")}

# Whole labels that would mean too much among other words ("From the masses to ..." is no header line).
WHOLE_LABELS: dict[str, Key] = {"from": Key.SOURCE, "aus": Key.SOURCE}

# Words that may stand before, between and behind entries: "English Transcription", "Minor Editing".
_LEADING_FILLERS = (
    "original web additional further second final minor initial english german french russian spanish italian yiddish"
    " deutsche englische französische russische italienische online also"
)
_FILLERS = (
    "by and from the in into of for at portuguese portugese dutch polish chinese greek with thanks footnotes"
    " von aus dem der des im den par du de del della dal dalla di da e et y и und en por al la le per"
    " door uit het с на в по для deutschen englischen französischen russischen ins anglais russe allemand"
    " français inglese russo tedesco francese inglés ruso alemán английского немецкого русский marxists.org mia"
)
LEADING_FILLERS = frozenset(fold(_LEADING_FILLERS).split())
FILLERS = LEADING_FILLERS | frozenset(fold(_FILLERS).split())
