# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small editions built by hand, with something of everything that a page can hold."""

from __future__ import annotations

from msgspec.structs import replace

from publisher.document import (
    Anchor,
    Book,
    Break,
    Byline,
    Chapter,
    Code,
    Dateline,
    Dedication,
    Definition,
    Definitions,
    Direction,
    Emphasis,
    Epigraph,
    Figure,
    Foreign,
    Heading,
    Image,
    LineBreak,
    Lines,
    Link,
    List,
    Listing,
    Note,
    NoteCall,
    PageMark,
    Paragraph,
    Part,
    Passage,
    Quote,
    Salutation,
    Section,
    Signature,
    Span,
    Speech,
    Subtitle,
    Synopsis,
    Table,
    Text,
    Verse,
    VerseLine,
)
from publisher.edition import Edition
from publisher.errors import Location
from publisher.licences.model import Licence, Status
from publisher.metadata.model import Contributor, Date, Metadata, Role, SourceEdition, Statement
from publisher.pictures import pictures

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>"""
STATEMENT = "Permission is granted to copy and/or distribute this document under the terms of the GNU FDL"


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def edition(book: Book, metadata: Metadata, *, language: str = "en", licence: Licence | None = None) -> Edition:
    return Edition(
        book=book,
        metadata=metadata,
        licence=licence or Licence(status=Status.NOT_STATED),
        slug="book",
        identifier="urn:uuid:6e2b4c3e-30bb-5c39-9d5a-0f3fbd5b8a4e",
        language=language,
        modified=1_000_000_000,
        paper="A5",
        theme="book",
    )


def article() -> Edition:
    """One chapter without a heading of its own, and a title with a note call: the most frequent kind of text."""
    chapter = Chapter(
        title=(),
        blocks=(
            paragraph("Comrades, I very much regret that I have been unable to go to Petrograd."),
            paragraph("In conveying my greetings, I should like to wish you every success in your work."),
            Signature(((Text("N. Lenin"),), (Text("April 14, 1921"),))),
        ),
        notes=(Note("1", (paragraph("The conference was attended by over 1,000 delegates."), paragraph("A reply."))),),
        file="petrograd.txt",
    )
    title = (Text("To the Petrograd City Conference of Non-Party Workers"), NoteCall(0))
    licence = Licence(
        status=Status.FREE,
        statement=STATEMENT,
        label="Copyleft",
        spdx="GFDL-1.1-or-later",
        name="GNU Free Documentation License",
        url="https://www.gnu.org/licenses/fdl-1.3.html",
        text="GFDL-1.3",
    )
    metadata = Metadata(
        title="To the Petrograd City Conference of Non-Party Workers",
        language="en",
        contributors=(
            Contributor("V. I. Lenin", Role.AUTHOR, "Lenin, V. I."),
            Contributor("Yuri Sdobnikov", Role.TRANSLATOR),
            Contributor("David Walters", Role.MARKUP),
        ),
        written=Date("14 April, 1921", "1921-04-14"),
        source=SourceEdition("Collected Works, Moscow, 1965, Volume 32", "32"),
        statements=(Statement(STATEMENT, "Copyleft", Location("petrograd.txt", 10)),),
    )
    return edition(Book(title, (), (chapter,)), metadata, licence=licence)


def everything() -> Edition:
    """A preface, a part of two chapters and an appendix, with every node, and text that markup could trip over."""
    preface = Chapter(
        (Text("Preface"),), (paragraph("What & why: <em>not</em> markup ]]> \ufffe\x0b."),), kind="preface"
    )
    book = Book(
        (Text("The "), Emphasis((Text("Whole"),)), LineBreak(), Text("Book")),
        (Text("With everything"),),
        (
            preface,
            Part((Text("Beginnings"),), (_first(), _second()), number="Part One"),
            Part((Text("Ends"),), (Part((Text("Inside"),), (_play(),), blocks=(paragraph("Below."),)),)),
            _appendix(),
        ),
    )
    metadata = Metadata(
        title="The Whole Book",
        contributors=(Contributor("A. Author", Role.AUTHOR), Contributor("B. Author", Role.AUTHOR)),
        publisher="A Small Press",
        subjects=("Tests & trials",),
        edition_date="2001-09-09",
    )
    shown, _ = pictures(book, {"drawing.svg": DRAWING})
    return replace(edition(book, metadata), pictures=shown)


def _first() -> Chapter:
    verse = Verse(
        (
            (
                VerseLine((Text("Once upon a midnight dreary,"),)),
                VerseLine((Text("while I pondered, weak and weary,"),), 2),
            ),
            (VerseLine((Text("Over many a quaint and curious volume"), NoteCall(1))),),
        )
    )
    return Chapter(
        title=(Text("A Disastrous Dogma"), NoteCall(0)),
        number="Chapter I",
        blocks=(
            Subtitle((Text("A lecture"),)),
            Synopsis((Text("The dogma — Its origins — Its end"),)),
            Epigraph((paragraph("Know thyself."), Signature(((Text("Delphi"),),)))),
            Paragraph((Text("It is called here"), NoteCall(0), Text(" and "), Emphasis((Text("there"), NoteCall(0))))),
            Break("* * *"),
            paragraph("After the break."),
            verse,
        ),
        sections=(
            Section((Text("A section"),), (paragraph("Its text."),), (Section((Text("Deeper"),), (Break(""),)),)),
        ),
        notes=(
            Note("1", (paragraph("A note with two paragraphs."), Paragraph((Text("It calls the next"), NoteCall(1))))),
            Note("2*", (Verse(((VerseLine((Text("A note in verse"),)),),)),)),
            Note("3", (paragraph("Nobody calls it."),), called=False),
        ),
        file="first.txt",
    )


def _second() -> Chapter:
    links = Paragraph(
        (
            Link("https://example.org/a page?x=1&y=2", (Text("a page"),)),
            Text(", "),
            Link("javascript:alert(1)", (Text("a trap"),)),
            Text(", "),
            Link("../index.htm", (Text("the index"),)),
        )
    )
    table = Table((((Text("Year"),), (Text("Tons"),)), ((Text("1913"),), (Text("4,216,000"), NoteCall(0)))))
    return Chapter(
        title=(Text("Figures"),),
        number="II.",
        blocks=(links, table, Lines(((Text("First line"),), (Text("Second line"),)))),
        notes=(Note("1", (paragraph("In metric tons."),)),),
        file="second.txt",
    )


def _play() -> Chapter:
    """A scene of a play, a letter, lists, and what else marked-up sources have."""
    verse = Verse(((VerseLine((Text("To be,"),)), VerseLine((Text("or not to be."),), 3)),))
    drama = (
        Dedication((paragraph("To whom it concerns."),)),
        Byline((Text("by C. Author"),)),
        Direction((Text("Enter Hamlet."),)),
        Speech(
            (Text("HAMLET."),), (Paragraph((Text("Words, "), Span("direction", (Text("reads"),)), Text(" words."))),)
        ),
        Speech((Text("HAMLET"),), (verse,)),
        Passage("ar", (paragraph("سلام"),)),
        Heading((Text("Over a quotation"),)),
        Quote((paragraph("Quoted."), paragraph("At length."))),
        Dateline(((Text("Paris"),), (Text("1 May 1890"),))),
        Salutation((Text("Dear Comrade,"),)),
    )
    spans = Paragraph(
        (
            PageMark("461"),
            Span("strong", (Text("Bold"),)),
            Span("small-caps", (Text("Small"),)),
            Span("spaced", (Text("spaced"),)),
            Text(" H"),
            Span("subscript", (Text("2"),)),
            Text("O, m"),
            Span("superscript", (Text("2"),)),
            Span("deleted", (Text("no"),)),
            Span("inserted", (Text("yes"),)),
            Foreign("de", (Text("Zeitgeist"), NoteCall(0))),
            Code("x  <  1"),
            PageMark("461"),
            Anchor("here"),
            Link("#there", (Text("the caption"),)),
            Link("#nowhere", (Text("nowhere"),)),
            Image("drawing.svg", "A circle"),
            Image("absent.png", "Not there"),
        )
    )
    items = List(((paragraph("One"),), (paragraph("Two"), List(((paragraph("Deeper"),),)))), ordered=True, start=3)
    terms = Definitions((Definition(((Text("Term"),), (Text("Other"),)), (paragraph("What it means."),)),))
    listing = Listing("if x:\n    return  <b>\n", "python")
    table = Table((((Text("Head"),), (Text("Tail"),)), ((Text("a"),), ())), head=1, caption=(Text("A table"),))
    figure = Figure(Image("drawing.svg", "A circle & more"), (Paragraph((Anchor("there"), Text("A caption."))),))
    return Chapter(
        title=(Text("A Play"),),
        blocks=(*drama, spans, items, terms, listing, table, figure),
        notes=(
            Note("a", (paragraph("spirit of the age"),), apparatus="variants"),
            Note("1", (paragraph("Nobody calls it."),), called=False),
        ),
        file="play.txt",
    )


def _appendix() -> Chapter:
    return Chapter((), (paragraph("A heading of a number alone."),), number="Appendix", kind="appendix")
