# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small works of the kinds that are hard to set: verse, a play, wide tables, notes, scripts of several directions."""

from __future__ import annotations

from msgspec.structs import replace

from publisher.document import (
    Block,
    Book,
    Chapter,
    Dateline,
    Definition,
    Definitions,
    Direction,
    Emphasis,
    Epigraph,
    Figure,
    Foreign,
    Image,
    List,
    Listing,
    Note,
    NoteCall,
    PageMark,
    Paragraph,
    Passage,
    Quote,
    Signature,
    Speech,
    Table,
    Text,
    Verse,
    VerseLine,
)
from publisher.edition import Edition
from publisher.metadata.model import Contributor, Metadata, Role
from publisher.pictures import pictures
from tests.editions import DRAWING, edition, paragraph

WORDS = "The mill stood by the river, and whoever had no work elsewhere found some there, badly paid as it was. "


def _work(title: str, *blocks: Block, language: str = "en", notes: tuple[Note, ...] = ()) -> Edition:
    chapters = (Chapter((Text(title),), blocks, notes=notes), Chapter((Text("2"),), (paragraph(WORDS),)))
    metadata = Metadata(title=title, contributors=(Contributor("Ada Weaver", Role.AUTHOR),), language=language)
    return edition(Book((Text(title),), (), chapters), metadata, language=language)


def _verse() -> Edition:
    lines = (
        VerseLine((Text("Once upon a midnight dreary, while I pondered, weak and weary,"),)),
        VerseLine((Text("over many a quaint and curious "), Foreign("la", (Text("volumen"),))), 1),
        VerseLine((Text("of forgotten lore"), NoteCall(0)), 4),
        VerseLine((PageMark("7"), Text("Merely this and nothing more.")), 8),
    )
    epigraph = Epigraph((paragraph("Nevermore."), Signature(((Text("A raven"),), (Text("on the bust of Pallas"),)))))
    notes = (Note("1", (Verse((lines[:2],)),)),)
    return replace(_work("The Raven", epigraph, Verse((lines, lines)), notes=notes), pages="source")


def _play() -> Edition:
    speech = Speech((Text("LADY BRACKNELL."),), (paragraph(WORDS), paragraph("A handbag?")))
    sung = Speech((Text("ALGERNON"),), (Direction((Text("sings, at the piano, in another room"),)), _verse_lines()))
    cast = Definitions(
        tuple(Definition(((Text(name),),), (paragraph("of the Manor House"),)) for name in ("Jack", "Gwendolen"))
    )
    return _work(
        "A Trivial Comedy", cast, Direction((Text("Morning-room in Half-Moon Street."),)), speech, sung, speech
    )


def _verse_lines() -> Verse:
    return Verse(
        (
            (
                VerseLine((Text("Lines that are far too long for the screen of any telephone,"),)),
                VerseLine((Text("and one that is not."),), 3),
            ),
        )
    )


def _tables() -> Edition:
    head = (
        "District",
        "Spindles",
        "Weekly wages, in shillings",
        "Accidents",
        "Remarks of the inspectors",
        "1851",
        "1861",
    )
    row = ("Ashton-under-Lyne", "1,234,567", "12s. 6d.", "4", "Machinery insufficiently fenced", "10,000", "—")
    wide = Table(tuple(tuple((Text(cell),) for cell in cells) for cells in (head, row, row)), head=1)
    narrow = Table(((((Text("Year"),), (Text("Tons"),))), ((Text("1913"),), (Text("4,216,000"), NoteCall(0)))), head=1)
    crowded = Table(((tuple((Text("Incomprehensibilities"),) for _ in range(9))),) * 2, caption=(Text("Crowded"),))
    notes = (Note("1", (paragraph("Metric."), narrow)),)
    return _work("A Report", paragraph(WORDS), wide, narrow, crowded, notes=notes)


def _technical() -> Edition:
    listing = Listing("def mill(river):\n    return " + "water_" * 30 + "wheel\n", "python")
    items = List(((paragraph(WORDS), List(((paragraph("Deeper"),),), ordered=True, start=9)), (paragraph("x" * 200),)))
    figure = Figure(Image("mill.svg", "A mill"), (paragraph("The mill, from the river."),))
    work = _work("A Manual", listing, items, figure, Quote((paragraph("https://example.org/" + "long/" * 40),)))
    shown, _ = pictures(work.book, {"mill.svg": DRAWING})
    return replace(work, pictures=shown)


def _arabic() -> Edition:
    words = paragraph("كانت الطاحونة تقوم على ضفة النهر، وكل من لم يجد عملا في مكان آخر وجده هناك. " * 3)
    verse = Verse(((VerseLine((Text("سطر أول من القصيدة"),)), VerseLine((Text("سطر ثان"), NoteCall(0)), 2)),))
    english = Passage("en", (paragraph(WORDS), _verse_lines()))
    closing = Signature(((Text("كاتب"),), (Text("القاهرة"),)))
    notes = (Note("1", (paragraph("حاشية"), paragraph("فقرة ثانية"))),)
    return _work(
        "الطاحونة", Dateline(((Text("القاهرة"),),)), words, verse, english, closing, language="ar", notes=notes
    )


def _chinese() -> Edition:
    words = "磨坊立在河边，凡是在别处找不到工作的人，都在那里找到了工作，虽然工钱很少。" * 4
    return _work(
        "磨坊",
        Paragraph((Text(words), Emphasis((Text("重要"),)), Text(words), NoteCall(0))),
        language="zh",
        notes=(Note("1", (paragraph(words),)),),
    )


def specimens() -> dict[str, Edition]:
    """The works by their kinds."""
    return {
        "verse": _verse(),
        "play": _play(),
        "tables": _tables(),
        "technical": _technical(),
        "arabic": _arabic(),
        "chinese": _chinese(),
    }
