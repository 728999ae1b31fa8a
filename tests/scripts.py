# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small edition in each of many scripts, with something of everything that a script can change about a page.

The sentences are of our own making or the first article of the Universal Declaration of Human Rights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.document import (
    Book,
    Chapter,
    Emphasis,
    Foreign,
    Link,
    List,
    Note,
    NoteCall,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
    Verse,
    VerseLine,
)
from publisher.edition import Edition
from publisher.metadata.model import Contributor, Metadata, Role
from tests.editions import edition


@dataclass(frozen=True, slots=True)
class Sample:
    """A few words and sentences of one language; `families` are the typefaces that they need beside EB Garamond."""

    title: str
    author: str
    sentence: str
    emphasised: str
    lines: tuple[str, str]
    families: tuple[str, ...]


CJK = ("Noto Sans CJK SC",)
SAMPLES = {
    "ar": Sample(
        "الخبز والملح",
        "مريم الحداد",
        "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميراً وعليهم أن يعامل بعضهم بعضاً بروح الإخاء.",
        "كلمة مهمة",
        ("النول قديم والخيط رفيع،", "ولا أحد يوقد النار."),
        ("Amiri",),
    ),
    "fa": Sample(
        "نان و نمک",
        "مریم آهنگر",
        "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل و وجدان می‌باشند.",
        "واژهٔ مهم",
        ("دستگاه کهنه است و نخ باریک،", "و کسی آتش نمی‌افروزد."),
        ("Amiri",),
    ),
    "he": Sample(
        "לחם ומלח",
        "מרים נפח",
        "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה.",
        "מילה חשובה",
        ("הַנּוֹל יָשָׁן וְהַחוּט דַּק,", "וְאֵין מַדְלִיק אֵשׁ."),
        ("Frank Ruhl Libre",),
    ),
    "zh-Hans": Sample(
        "面包与盐",
        "马丽",
        "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。“织布的人不该受冻”——她说……",
        "重要的词",
        ("织机旧了，线也细了，", "没有人来生火。"),
        CJK,
    ),
    "zh-Hant": Sample(
        "麵包與鹽",
        "馬麗",
        "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。「織布的人不該受凍」，她說。",
        "重要的詞",
        ("織機舊了，線也細了，", "沒有人來生火。"),
        CJK,
    ),
    "ja": Sample(
        "パンと塩",
        "鍛冶まり",
        "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。「織る者が凍えてはならない」と彼女は言った。",
        "大切な言葉",
        ("機は古く、糸は細く、", "火をともす者はいない。"),
        CJK,
    ),
    "ko": Sample(
        "빵과 소금",
        "김마리",
        "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.",
        "중요한 말",
        ("베틀은 낡고 실은 가늘고,", "아무도 불을 지피지 않는다."),
        CJK,
    ),
    "hi": Sample(
        "रोटी और नमक",
        "मरियम लोहार",
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है।",
        "ज़रूरी शब्द",
        ("करघा पुराना, धागा महीन,", "आग जलाने वाला कोई नहीं।"),
        ("Noto Sans Devanagari",),
    ),
    "bn": Sample(
        "রুটি ও লবণ",
        "মরিয়ম কামার",
        "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে। তাঁদের বিবেক এবং বুদ্ধি আছে।",
        "জরুরি শব্দ",
        ("তাঁত পুরোনো, সুতো সরু,", "আগুন জ্বালানোর কেউ নেই।"),
        ("Noto Sans Bengali",),
    ),
    "ta": Sample(
        "ரொட்டியும் உப்பும்",
        "மரியம் கொல்லர்",
        "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும் உரிமைகளிலும் சமமானவர்கள்.",
        "முக்கியமான சொல்",
        ("தறி பழையது, நூல் மெலிது,", "தீ மூட்ட யாருமில்லை."),
        ("Noto Sans Tamil",),
    ),
    "th": Sample(
        "ขนมปังกับเกลือ",
        "มาลี ช่างเหล็ก",
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ",
        "คำสำคัญ",
        ("กี่ก็เก่า ด้ายก็บาง", "ไม่มีใครก่อไฟ"),
        ("Noto Sans Thai",),
    ),
    "ka": Sample(
        "პური და მარილი",
        "მარიამ მჭედელი",
        "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით. მათ მინიჭებული აქვთ გონება და სინდისი.",
        "მნიშვნელოვანი სიტყვა",
        ("დაზგა ძველია, ძაფი წვრილი,", "ცეცხლს არავინ ანთებს."),
        ("Noto Sans Georgian",),
    ),
    "hy": Sample(
        "Հաց և աղ",
        "Մարիամ Դարբին",
        "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։ Նրանք ունեն բանականություն ու խիղճ։",
        "կարևոր խոսք",
        ("Ոստայնը հին է, թելը՝ բարակ,", "կրակ վառող չկա։"),
        ("Noto Sans Armenian",),
    ),
    "am": Sample(
        "ዳቦና ጨው",
        "ማርያም ቀጥቃጭ",
        "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው። የተፈጥሮ ማስተዋልና ሕሊና ስላለው አንዱ ሌላውን በወንድማማችነት መንፈስ መመልከት ይገባዋል።",
        "ዋና ቃል",
        ("ሸማኔው አርጅቷል፣ ፈትሉ ቀጭን፣", "እሳት የሚያነድ የለም።"),
        ("Noto Sans Ethiopic",),
    ),
    "my": Sample(
        "ပေါင်မုန့်နှင့်ဆား",
        "မြ",
        "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။",
        "အရေးကြီးစကား",
        ("ရက်ကန်းစင် ဟောင်း၊ ချည် ပါး၊", "မီးမွှေးသူ မရှိ။"),
        ("Noto Sans Myanmar",),
    ),
    "vi": Sample(
        "Bánh mì và muối",
        "Nguyễn Thị Mai",
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi. Mọi con người đều được tạo hoá ban cho lý trí và lương tâm.",
        "từ quan trọng",
        ("Khung cửi đã cũ, sợi chỉ mảnh,", "không ai nhóm lửa."),
        (),
    ),
    "grc": Sample(
        "Ἄρτος καὶ ἅλες",
        "Μαρία",
        "ἅπαντες οἱ ἄνθρωποι ἐλεύθεροι γεγόνασι καὶ ἴσοι τῇ τιμῇ καὶ τοῖς δικαίοις, ᾧ δὴ λόγος καὶ συνείδησις δέδοται.",
        "λόγος σπουδαῖος",
        ("ὁ ἱστὸς παλαιός, λεπτὸν τὸ νῆμα,", "οὐδεὶς δὲ πῦρ ἀνάπτει."),
        (),
    ),
}


def sample(language: str, count: int = 1) -> Edition:
    """The edition of one language; its sentences `count` times over."""
    words = SAMPLES[language]
    text = " ".join([words.sentence] * count)
    first = (
        Paragraph((Text(f"{text} "), Emphasis((Text(words.emphasised),)), Text(" "), NoteCall(0), Text(f" {text} 1917."))),
        Paragraph((Text(f"{text} (London, 1889) "), Foreign("en", (Text("Bread and Salt"),)), Text(f" {text}"))),
        Quote((Paragraph((Text(text),)),)),
        Verse((tuple(VerseLine((Text(line),)) for line in words.lines),)),
        Table((((Text(words.title),), (Text("12"),)), ((Text(words.emphasised),), (Text("345"),)))),
        List(((Paragraph((Text(words.title),)),), (Paragraph((Text(words.author),)),)), ordered=True),
    )
    second = (Paragraph((Text(text), Text(" "), Link("https://example.org/", (Text(words.emphasised),)))),)
    note = Note("1", (Paragraph((Text(words.sentence),)), Paragraph((Text(words.emphasised),))))
    book = Book(
        (Text(words.title),),
        (),
        (
            Chapter((Text(words.title),), first, (Section((Text(words.emphasised),), second),), (note,)),
            Chapter((Text(words.emphasised),), second),
        ),
    )
    metadata = Metadata(title=words.title, contributors=(Contributor(words.author, Role.AUTHOR),))
    return replace(edition(book, metadata), language=language)
