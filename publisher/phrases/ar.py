# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the credits page in Arabic."""

from __future__ import annotations

from publisher.licences.model import ANY_VERSION, NO_VERSION, NONE_STATED, NOT_UNDERSTOOD, Status
from publisher.metadata.model import Role
from publisher.phrases.model import Phrases

PHRASES = Phrases(
    language="ar",
    title="الرخصة وبيانات النشر",
    comma="، ",
    and_=" و",
    written="كُتب",
    published="نُشر",
    source="المصدر",
    roles={
        Role.AUTHOR: "المؤلف",
        Role.TRANSLATOR: "الترجمة",
        Role.EDITOR: "التحرير",
        Role.INTRODUCTION: "التقديم",
        Role.TRANSCRIBER: "النسخ",
        Role.MARKUP: "الترميز",
        Role.PROOFREADER: "التدقيق",
    },
    taken_from="أُخذ النص المنسوخ من ",
    archive="نُشر النص المنسوخ في {}.",
    licence="الرخصة",
    statement="يحمل النص المنسوخ هذا البيان:",
    statements="يحمل النص المنسوخ هذه البيانات:",
    whose="هذا قول من نشروا النص المنسوخ. ولا يثبت به أنه يسري كذلك على الأصل أو على ترجمة أو مقدمة.",
    recorded="سجّل من أعدوا هذه الطبعة الرخصة التي تُنشر بموجبها.",
    named="الرخصة: {}",
    status={
        Status.FREE: "",
        Status.RESTRICTED: "الاستعمال مقيد: ما لا تسمح به الرخصة أو البيان صراحة يحتاج إلى موافقة أصحاب الحقوق.",
        Status.REFUSED: "لا يجوز نسخ هذه الطبعة أو تداولها دون موافقة أصحاب الحقوق.",
        Status.NOT_STATED: "ولذلك لا يُعرف هل يجوز نسخ هذه الطبعة أو تداولها.",
    },
    reasons={
        NONE_STATED: "لا يذكر النص المنسوخ رخصة، ولا تُفترض أي رخصة.",
        NO_VERSION: "لا يذكر البيان إصدارا لهذه الرخصة، ولا يُفترض أي إصدار.",
        ANY_VERSION: (
            "لا يذكر البيان إصدارا للرخصة، ويجوز بحسب قسمها العاشر اختيار أي إصدار منشور، والمرفق هنا أحدثها، 1.3."
        ),
        NOT_UNDERSTOOD: "لا يمنح البيان إذنا بعبارات معروفة هنا، ولا يُفترض أي إذن.",
    },
    enclosed="النص الكامل للرخصة في آخر الكتاب.",
    pieces="نصوص هذا الكتاب",
    edition="هذه الطبعة",
    publisher="الناشر: {}.",
    series="ضمن سلسلة {}.",
    number="{}، العدد {}",
    date="طبعة {}.",
    unchanged="الكلمات وعلامات الترقيم كما هي في النص المنسوخ، بما فيها الأخطاء المطبعية.",
    changed="غُيّر ما يأتي عما في النص المنسوخ:",
    added="أُضيفت صفحة العنوان والمحتويات ورؤوس الصفحات وأرقامها والروابط بين النص وهوامشه وهذه الصفحة.",
    added_to_text="أُضيف الرأس والعلامات المشروحة أعلاه وهذه الصفحات في الآخر.",
    made="صُنع ببرنامج publisher {}.",
    typeface="صُفّت الصفحات المطبوعة بخط {}.",
    typefaces="صُفّت الصفحات المطبوعة بخط {} وجزئيا بخط {}.",
    font_licence="{}: {}، ",
    misprint="صُحّح خطأ مطبعي، وتعطي الملاحظة حول النص قراءة النص المنسوخ.",
    misprints="صُحّحت أخطاء مطبعية، وتعطي الملاحظة حول النص قراءات النص المنسوخ.",
    regular="وُحّدت علامات الطباعة دون تغيير أي كلمة: {}.",
    counted="{name} ({number})",
    rules={
        "quotes": ("علامات الاقتباس", "علامات الاقتباس"),
        "apostrophes": ("الفواصل العليا", "الفواصل العليا"),
        "dashes": ("الشرطات", "الشرطات"),
        "ranges": ("مجالات الأرقام", "مجالات الأرقام"),
        "ellipses": ("علامات الحذف", "علامات الحذف"),
        "calls": ("إشارات هوامش نُقلت إلى ما بعد علامة الترقيم", "إشارات هوامش نُقلت إلى ما بعد علامة الترقيم"),
        "spaces": ("المسافات", "المسافات"),
        "no_break": ("مسافات لا تنقسم", "مسافات لا تنقسم"),
    },
)
