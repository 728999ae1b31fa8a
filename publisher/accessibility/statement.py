# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was found out about an e-book's accessibility -> sentences for its readers, in their language if it has any.

They stand on a page of the book and, in one piece, in its metadata, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from publisher import __version__
from publisher.accessibility.model import STANDARD, Accessibility, Obstacle
from publisher.edition import Paging
from publisher.wording import primary


class Phrases(Struct, frozen=True, kw_only=True):
    """The sentences in one language; braces stand for numbers and names."""

    language: str
    title: str
    conforms: str
    does_not: str
    obstacles: dict[Obstacle, str]
    adapts: str
    navigates: str
    notes: str
    no_pictures: str
    described: str
    pages: dict[Paging, str]
    calm: str
    checked: str


PHRASES = {
    "en": Phrases(
        language="en",
        title="Accessibility",
        conforms="This e-book meets {}.",
        does_not="This e-book is not said to meet a standard of accessibility, for these reasons:",
        obstacles={
            "language": "It is not known which language the text is in.",
            "pictures": "Pictures without a description: {}.",
            "tables": "Tables without headings of their columns: {}.",
            "headings": "Headings that are empty or skip a level: {}.",
            "titles": "Pages without a title: {}.",
            "links": "Links without words, or that lead nowhere: {}.",
            "calls": "Marks of notes without a name: {}.",
            "ids": "Places with the name of another: {}.",
            "contents": "Pages that the contents do not lead to: {}.",
            "pages": "Page numbers that are not listed or have no name: {}.",
            "style": "Colours or sizes that readers cannot change: {}.",
            "motion": "Pictures that may move or flash: {}.",
        },
        adapts="It can be read aloud, and set in the reader’s own typeface, size and colours.",
        navigates="Headings and a table of contents lead through it.",
        notes="Notes are linked with the places that call them, and back.",
        no_pictures="Its only picture is the cover, which is described.",
        described="All its pictures are described.",
        pages={
            "pdf": "The pages of this edition’s PDF are marked and listed, so that both can be cited alike.",
            "source": "The pages of the printed edition that the text was taken from are marked and listed.",
            "none": "",
        },
        calm="Nothing in it moves, flashes or sounds.",
        checked=(
            "A program (publisher {}) looked at every page, picture, table and link of the finished book. Whether"
            " descriptions are good, and passages in other languages are marked, it cannot tell."
        ),
    ),
    "de": Phrases(
        language="de",
        title="Barrierefreiheit",
        conforms="Dieses E-Book entspricht {}.",
        does_not="Für dieses E-Book wird keine Norm der Barrierefreiheit beansprucht, aus diesen Gründen:",
        obstacles={
            "language": "Es ist nicht bekannt, in welcher Sprache der Text steht.",
            "pictures": "Bilder ohne Beschreibung: {}.",
            "tables": "Tabellen ohne Überschriften ihrer Spalten: {}.",
            "headings": "Überschriften, die leer sind oder eine Stufe überspringen: {}.",
            "titles": "Seiten ohne Titel: {}.",
            "links": "Links ohne Worte oder ohne Ziel: {}.",
            "calls": "Anmerkungszeichen ohne Namen: {}.",
            "ids": "Stellen, die wie eine andere heißen: {}.",
            "contents": "Seiten, zu denen das Inhaltsverzeichnis nicht führt: {}.",
            "pages": "Seitenzahlen, die nicht verzeichnet sind oder keinen Namen haben: {}.",
            "style": "Farben oder Größen, die sich nicht ändern lassen: {}.",
            "motion": "Bilder, die sich bewegen oder blitzen können: {}.",
        },
        adapts="Es lässt sich vorlesen und in eigener Schrift, Größe und Farbe lesen.",
        navigates="Überschriften und ein Inhaltsverzeichnis führen hindurch.",
        notes="Anmerkungen sind mit ihren Stellen im Text verbunden, hin und zurück.",
        no_pictures="Das einzige Bild ist der Umschlag; er ist beschrieben.",
        described="Alle Bilder sind beschrieben.",
        pages={
            "pdf": "Die Seiten des PDF dieser Ausgabe sind bezeichnet und verzeichnet: beide zitiert man gleich.",
            "source": "Die Seiten der gedruckten Ausgabe, der der Text folgt, sind bezeichnet und verzeichnet.",
            "none": "",
        },
        calm="Nichts darin bewegt sich, blitzt oder tönt.",
        checked=(
            "Ein Programm (publisher {}) hat jede Seite, jedes Bild, jede Tabelle und jeden Link des fertigen Buches"
            " angesehen. Ob Beschreibungen gut und Stellen in anderen Sprachen bezeichnet sind, kann es nicht sagen."
        ),
    ),
    "ar": Phrases(
        language="ar",
        title="إتاحة القراءة للجميع",
        conforms="هذا الكتاب الإلكتروني مطابق لمعيار {}.",
        does_not="لا يُقال عن هذا الكتاب الإلكتروني إنه مطابق لمعيار من معايير الإتاحة، للأسباب الآتية:",
        obstacles={
            "language": "لغة النص غير معروفة.",
            "pictures": "صور بلا وصف: {}.",
            "tables": "جداول بلا عناوين لأعمدتها: {}.",
            "headings": "عناوين فارغة أو تتخطى درجة: {}.",
            "titles": "صفحات بلا عنوان: {}.",
            "links": "روابط بلا كلمات أو لا تؤدي إلى شيء: {}.",
            "calls": "إشارات هوامش بلا اسم: {}.",
            "ids": "مواضع تحمل اسم موضع آخر: {}.",
            "contents": "صفحات لا تؤدي إليها المحتويات: {}.",
            "pages": "أرقام صفحات غير مدرجة أو بلا اسم: {}.",
            "style": "ألوان أو أحجام لا يستطيع القارئ تغييرها: {}.",
            "motion": "صور قد تتحرك أو تومض: {}.",
        },
        adapts="يمكن سماعه بصوت آلي، وعرضه بالخط والحجم والألوان التي يختارها القارئ.",
        navigates="تقود العناوين والمحتويات القارئ عبر الكتاب.",
        notes="الهوامش مربوطة بمواضعها في النص، ذهابا وإيابا.",
        no_pictures="صورته الوحيدة هي الغلاف، وهي موصوفة.",
        described="صوره كلها موصوفة.",
        pages={
            "pdf": "صفحات ملف PDF لهذه الطبعة مؤشرة ومدرجة، فيُستشهد بالاثنين على نحو واحد.",
            "source": "صفحات الطبعة الورقية التي أُخذ منها النص مؤشرة ومدرجة.",
            "none": "",
        },
        calm="لا شيء فيه يتحرك أو يومض أو يصدر صوتا.",
        checked=(
            "فحص برنامج (publisher {}) كل صفحة وصورة وجدول ورابط في الكتاب بعد إعداده. ولا يستطيع أن يعرف هل الأوصاف"
            " جيدة، وهل أُشير إلى المقاطع المكتوبة بلغات أخرى."
        ),
    ),
    "zh": Phrases(
        language="zh-Hans",
        title="无障碍阅读",
        conforms="本电子书符合 {}。",
        does_not="本电子书不声明符合任何无障碍标准，原因如下：",
        obstacles={
            "language": "不知道正文是什么语言。",
            "pictures": "没有说明文字的图片：{}。",
            "tables": "没有列标题的表格：{}。",
            "headings": "空的或跳级的标题：{}。",
            "titles": "没有标题的页面：{}。",
            "links": "没有文字或没有去处的链接：{}。",
            "calls": "没有名称的注号：{}。",
            "ids": "与别处同名的位置：{}。",
            "contents": "目录没有通到的页面：{}。",
            "pages": "没有列出或没有名称的页码：{}。",
            "style": "读者不能更改的颜色或字号：{}。",
            "motion": "可能移动或闪烁的图片：{}。",
        },
        adapts="可以朗读，也可以用读者自选的字体、字号和颜色显示。",
        navigates="有标题和目录引导阅读。",
        notes="注释与正文中的注号互相链接。",
        no_pictures="唯一的图片是封面，并附有说明。",
        described="所有图片都附有说明。",
        pages={
            "pdf": "标出并列出了本版 PDF 的页码，两者可以用同样的方式引用。",
            "source": "标出并列出了正文所依据的印刷版的页码。",
            "none": "",
        },
        calm="书中没有移动、闪烁或发声的内容。",
        checked=(
            "程序（publisher {}）检查了成书的每一页、每幅图片、每个表格和每个链接。"
            "说明文字是否恰当，其他语言的段落是否标明，程序无法判断。"
        ),
    ),
}


class Statement(Struct, frozen=True):
    """The sentences on a book: whether it conforms, why not, and what it has. `language` is theirs."""

    language: str
    title: str
    claim: str
    obstacles: tuple[str, ...]
    features: tuple[str, ...]
    checked: str

    @property
    def summary(self) -> str:
        """All of it in one piece."""
        return " ".join((self.claim, *self.obstacles, *self.features, self.checked))


def statement(found: Accessibility, language: str, pages: Paging) -> Statement:
    """The statement on a book whose text is in `language`; `pages` says whose page numbers it has."""
    phrases = PHRASES.get(primary(language), PHRASES["en"])
    return Statement(
        language=phrases.language,
        title=phrases.title,
        claim=phrases.conforms.format(STANDARD) if found.conforms else phrases.does_not,
        obstacles=tuple(phrases.obstacles[kind].format(count) for kind, count in found.obstacles.items()),
        features=tuple(_features(found, phrases, pages)),
        checked=phrases.checked.format(__version__),
    )


def _features(found: Accessibility, phrases: Phrases, pages: Paging) -> Iterator[str]:
    has = {value for _, value in found.claims}
    if "displayTransformability" in has:
        yield phrases.adapts
    if {"structuralNavigation", "tableOfContents"} <= has:
        yield phrases.navigates
    if found.notes and not {"links", "calls"} & found.obstacles.keys():
        yield phrases.notes
    if "alternativeText" in has:
        yield phrases.described if found.pictures else phrases.no_pictures
    if "pageNavigation" in has:
        yield phrases.pages[pages]
    if "motion" not in found.obstacles:
        yield phrases.calm
