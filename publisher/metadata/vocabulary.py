# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of header labels: what archives write before a colon, in eleven languages, and the key it means.

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

# The same in Chinese, simplified and traditional, and in Arabic in plain letters.
_WITHOUT_CAPITALS: dict[Key, str] = {
    Key.AUTHOR: "作者|原作者|著者|原著者|著|الكاتب|المؤلف|المؤلفون|الكتاب المؤلفون|تاليف|بقلم",
    Key.WRITTEN: (
        "写作时间|写作日期|写作年代|写于|作于|写成于|成文时间|寫作時間|寫作日期|寫於|作於"
        "|كتب|كتبت|كتبه|كتبها|كتب في|كتب سنة|كتب عام|كتبت في|كتبت عام|كتبت سنة|تاريخ الكتابة|كتابة|حرر|حرر في"
    ),
    Key.DELIVERED: "演讲时间|讲话时间|讲于|演講時間|القي|القيت|القي في|القيت في|تاريخ الالقاء",
    Key.DATE: "时间|日期|年代|時間|التاريخ|تاريخ",
    Key.PUBLISHED: (
        "发表|发表于|发表时间|发表日期|出版|出版时间|出版日期|刊于|载于|刊载|刊登|出版于|發表|發表於|發表時間|發表日期|出版時間|刊於|載於|刊載|نشر|نشرت"
        "|نشر في|نشرت في|النشر|تاريخ النشر|صدر|صدر في|صدرت|صدرت في|تاريخ الصدور"
    ),
    Key.FIRST_PUBLISHED: (
        "首次发表|首次发表于|最初发表|最初发表于|第一次发表|第一次发表于|首次出版|初次发表|初版|原载|原载于|首发|首刊|原刊|首次發表|首次發表於|最初發表|最初發表於"
        "|第一次發表|首次出版於|原載|原載於|اول نشر|اول نشر في|نشر اول مرة|نشر لاول مرة|نشر للمرة الاولي"
        "|نشرت لاول مرة|نشرت اول مرة|نشرت للمرة الاولي|النشر الاول|صدر لاول مرة|صدر اول مرة"
        "|الطبعة الاولي|اول مرة نشر|تاريخ النشر الاول"
    ),
    Key.REPUBLISHED: "再版|重印|转载|重新发表|轉載|重刊|اعادة نشر|اعيد نشره|اعيد نشرها|اعادة طبع",
    Key.PUBLISHER: "出版社|出版者|出版单位|发行|出版單位|發行|الناشر|دار النشر|الناشرون|منشورات",
    Key.PRINTER: "印刷|印刷者|المطبعة|طباعة ونشر",
    Key.EDITION: "版本|版次|الطبعة|طبعة|هذه الطبعة",
    Key.SERIES: "丛书|叢書|السلسلة|سلسلة",
    Key.ORIGINAL_TITLE: "原题|原名|原文标题|原标题|原題|原標題|العنوان الاصلي",
    Key.SOURCE: (
        "来源|出处|资料来源|文本来源|原文来源|文献来源|选自|录自|摘自|译自|转自|根据|底本|來源|出處|資料來源|選自|錄自|譯自|轉自|根據|المصدر|المصادر"
        "|مصدر|النص الاصلي|نقلا عن|الاصل"
    ),
    Key.ONLINE_VERSION: (
        "网络版|电子版|網絡版|網路版|電子版|النسخة الالكترونية|الطبعة الالكترونية|نسخة الكترونية|هذه النسخة"
        "|النشر الالكتروني"
    ),
    Key.TRANSLATED: (
        "译者|翻译|中译|汉译|中文翻译|中译者|译|译文|译者和校对者|編譯者|譯者|翻譯|中譯|漢譯|中文翻譯|譯|譯文|ترجمة|الترجمة|المترجم"
        "|المترجمة|المترجمون|ترجمها|ترجمه|تعريب|نقله الي العربية|نقلها الي العربية"
        "|نقله الي العربية عن|ترجمه الي العربية|الترجمة العربية|ترجمة الي العربية"
    ),
    Key.EDITED: "编辑|编者|主编|编|責編|责编|責任編輯|责任编辑|編輯|編者|主編|編|تحرير|المحرر|المحررون|اعداد|تحقيق",
    Key.INTRODUCTION: "作序|导言作者|تقديم|قدم له|مقدمة بقلم",
    Key.TRANSCRIBED: (
        "录入|转录|录入者|扫描|扫描者|文字录入|输入|打字|制作|电子版制作|整理|文字识别|錄入|轉錄|掃描|文字錄入|輸入|製作|電子版製作|نسخ|النسخ|نسخه"
        "|نسخ رقمي|تحويل رقمي|التحويل الرقمي|النسخة الرقمية|تحويل الي النسخة الرقمية"
        "|حوله الي النسخة الرقمية|حولها الي النسخة الرقمية|رقمنة|كتابة الكترونية"
        "|اعداد النسخة الرقمية|اعداد النسخة الالكترونية|اعده للنشر الالكتروني|صف|تنضيد|ادخال"
        "|طباعة|مسح ضوئي|النسخ الالكتروني"
    ),
    Key.MARKUP: "排版|标记|制作网页|网页制作|版式|標記|網頁製作|تنسيق|التنسيق|اخراج|تصميم|ترميز",
    Key.PROOFREAD: (
        "校对|校對|校|校订|校閱|校阅|校订者|校对者|审校|校訂|審校|مراجعة|المراجعة|المراجع|راجعه|راجعها|تدقيق|تدقيق لغوي"
        "|التدقيق|المدقق|تصحيح|تنقيح"
    ),
    Key.ANNOTATED: "注释者|注者|註釋者|註者",
    Key.PLACE: "地点|写作地点|地點|المكان|مكان",
    Key.SIGNED: "署名|签名|簽名|التوقيع|توقيع",
    Key.NOTE: (
        "说明|编者按|编者注|编者说明|译者注|译者按|备注|附注|說明|編者按|編者註|譯者註|備註|ملاحظة|ملاحظة المترجم"
        "|ملاحظة المحرر|ملاحظة الناشر|تنويه"
    ),
    Key.THANKS: "感谢|鸣谢|致谢|感謝|鳴謝|致謝|شكر|شكر وتقدير",
    Key.PUBLIC_DOMAIN: (
        "公有领域|公共领域|公有領域|公共領域|公版|الملكية العامة|ملكية عامة|ملك عام|الملك العام|المشاع العام|الحق العام"
    ),
    Key.COPYLEFT: "著佐权|著佐權",
    Key.COPYRIGHT: (
        "版权|版权所有|版权声明|著作权|版權|版權所有|版權聲明|著作權|حقوق النشر|حقوق الطبع|حقوق التاليف|الحقوق"
        "|حقوق الملكية|حقوق المؤلف|حقوق الطبع والنشر|جميع الحقوق محفوظة"
    ),
    Key.CREATIVE_COMMONS: "知识共享|创作共用|創用|創用cc|知識共享|المشاع الابداعي",
    Key.LICENCE: "许可|许可证|许可协议|授权|授权协议|授權|許可|許可證|授權條款|الرخصة|الترخيص|رخصة|ترخيص",
    Key.PERMISSION: "转载许可|授权转载|轉載許可|باذن|اذن النشر",
}

LABELS: dict[str, Key] = {
    fold(entry): key
    for vocabulary in (_VOCABULARY, _WITHOUT_CAPITALS)
    for key, entries in vocabulary.items()
    for entry in entries.split("|")
}

# Whole labels that would mean too much among other words ("From the masses to ..." is no header line).
WHOLE_LABELS: dict[str, Key] = {"from": Key.SOURCE, "aus": Key.SOURCE, "عن": Key.SOURCE}

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
    " في من عن الى على عام سنة بواسطة بقلم الإنجليزية الانكليزية الفرنسية الألمانية الروسية العربية"
)
LEADING_FILLERS = frozenset(fold(_LEADING_FILLERS).split())
FILLERS = LEADING_FILLERS | frozenset(fold(_FILLERS).split())
