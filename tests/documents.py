# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hypothesis strategies for whole documents: all nodes, in one another, with texts that look like signs of any form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec.structs import replace

from publisher.document import (
    Anchor,
    Apparatus,
    Block,
    Book,
    Break,
    Byline,
    Chapter,
    ChapterKind,
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
    Inline,
    Inlines,
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
    SpanKind,
    Speech,
    Subtitle,
    Synopsis,
    Table,
    Text,
    Verse,
    VerseLine,
)

Blocks: TypeAlias = tuple[Block, ...]

# As many notes as each chapter has, so that any call finds one.
NOTES = 3
SIGNS = (
    "_ * ~ + / // | [1] [2] [*] [a:2] \\ ` { } {_ _} {de: } ^{ _{ < > <https://example.org> </a> - -- --- ... ==== ==="
    " * • 1. 12. [Verse] [Table] [Epigraph] [Break: x] [End of part] [Preface] [Appendix] [Picture: a (b)]"
    " [Picture (b)] |461| ] [ ( ) : # & &amp; <b> '''' ~~~ <!-- -->"
).split(" ")
WORDS = (
    "word",
    "Chapter",
    "I",
    "II.",
    "Notes",
    "Preface",
    "Labour’s",
    "é",
    "e\u0301",
    "x\u0338",
    "שלום",
    "中文",
    "🙂",
    "a_b",
    "1917",
)
SPACES = (" ", "  ", "\u00a0", " // ", "\t", "\n", "\u2028", "\u202f")
THREE_NOTES = tuple(Note(label, (Paragraph((Text("A note."),)),)) for label in ("1", "*", "*"))
LABELS = ("1", "2", "*", "9*", "a", "", "1:2", "a]", "a b", "Verse", "Picture: a (b)")

_pieces = st.one_of(st.sampled_from(SIGNS), st.sampled_from(WORDS), st.sampled_from(SPACES), st.text(max_size=3))
texts = st.lists(_pieces, max_size=8).map("".join)
long_texts = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS)), min_size=10, max_size=60).map(" ".join)
words = st.lists(st.sampled_from((*WORDS, *SIGNS)), max_size=3).map(" ".join)
languages = st.sampled_from(("de", "en-GB", "deleted", "", "x y", "a:b{}"))
urls = st.sampled_from(
    ("https://example.org/a_b", "../index.htm", "https://example.org/a b>", "mailto:a@b", "", "a\\b", "#3", "#a b")
)
counts = st.one_of(st.sampled_from(("", "", "Chapter I", "II.", "12", "Erster Teil", "---", "a //")), words)
pictures = st.builds(Image, st.sampled_from(("a.png", "a (1).png", "x]y.png", "", " a ")), texts)


# Strategies that hold one another are functions that draw: their own descriptions would grow beyond all measure.
@st.composite
def inline(draw: DrawFn, depth: int) -> Inline:
    """Any inline; `depth` says how many may stand in one another."""
    kinds = ("text", "text", "code", "image", "page", "anchor", "end", "call")
    around = ("emphasis", "span", "foreign", "link", "bare link") if depth else ()
    match draw(st.sampled_from((*kinds, *around))):
        case "text":
            return Text(draw(texts))
        case "code":
            return Code(draw(texts))
        case "image":
            return draw(pictures)
        case "page":
            return PageMark(draw(st.one_of(st.sampled_from(("461", "xii", "a|b")), texts)))
        case "anchor":
            return Anchor(draw(st.one_of(st.sampled_from(("3", "a}b", "#")), texts)))
        case "end":
            return LineBreak()
        case "call":
            return NoteCall(draw(st.integers(0, NOTES - 1)))
        case "emphasis":
            return Emphasis(draw(runs(depth - 1)))
        case "span":
            return Span(draw(st.sampled_from(get_args(SpanKind))), draw(runs(depth - 1)))
        case "foreign":
            return Foreign(draw(languages), draw(runs(depth - 1)))
        case "link":
            return Link(draw(urls), draw(runs(depth - 1)))
        case _:
            url = draw(urls)
            return Link(url, (Text(url),))


@st.composite
def runs(draw: DrawFn, depth: int = 3) -> Inlines:
    """Any run of inlines."""
    match draw(st.integers(0, 4)):
        case 0:
            return (Text(draw(long_texts)),)
        case 1:
            return (Text(draw(texts)),)
        case _:
            return tuple(draw(st.lists(inline(depth), max_size=4)))


@st.composite
def lines(draw: DrawFn) -> tuple[Inlines, ...]:
    return tuple(draw(st.lists(runs(), max_size=3)))


@st.composite
def stanzas(draw: DrawFn) -> tuple[tuple[VerseLine, ...], ...]:
    line = st.builds(VerseLine, runs(), st.sampled_from((0, 0, 0, 1, 2, 5, 8, 9, 12)))
    return tuple(map(tuple, draw(st.lists(st.lists(line, max_size=3), max_size=3))))


RUNS: tuple[Callable[[Inlines], Block], ...] = (Paragraph, Subtitle, Byline, Synopsis, Direction, Salutation, Heading)
LINES: tuple[Callable[[tuple[Inlines, ...]], Block], ...] = (Dateline, Signature, Lines)
HOLDERS: tuple[Callable[[tuple[Block, ...]], Block], ...] = (Epigraph, Dedication, Quote)
MARKS = ("", "* * *", "---", "--------------------", "====", "o o o", "I", "*  *", "[Break]", "_", "1.")


@st.composite
def block(draw: DrawFn, depth: int) -> Block:
    """Any block; `depth` says how many may stand in one another."""
    kinds = ("paragraph", "run", "lines", "verse", "listing", "table", "break")
    holders = ("holder", "passage", "speech", "list", "definitions", "figure") if depth else ()
    match draw(st.sampled_from((*kinds, *holders))):
        case "paragraph":
            return Paragraph(draw(runs()))
        case "run":
            return draw(st.sampled_from(RUNS))(draw(runs()))
        case "lines":
            return draw(st.sampled_from(LINES))(draw(lines()))
        case "verse":
            return Verse(draw(stanzas()))
        case "listing":
            text = draw(st.one_of(texts, st.just("a\n\n  b \n")))
            return Listing(text, draw(st.sampled_from(("", "python", "a]b", "a\\b"))))
        case "table":
            rows = tuple(tuple(draw(st.lists(runs(2), max_size=3))) for _ in range(draw(st.integers(0, 3))))
            return Table(rows, draw(st.integers(0, 2)), draw(runs(2)))
        case "break":
            return Break(draw(st.one_of(st.sampled_from(MARKS), texts)))
        case "holder":
            return draw(st.sampled_from(HOLDERS))(draw(blocks(depth - 1)))
        case "passage":
            return Passage(draw(languages), draw(blocks(depth - 1)))
        case "speech":
            return Speech(draw(runs()), draw(blocks(depth - 1)))
        case "list":
            several = tuple(draw(blocks(depth - 1)) for _ in range(draw(st.integers(0, 3))))
            return List(several, draw(st.booleans()), draw(st.sampled_from((1, 1, 0, -3, 5, 9999))))
        case "definitions":
            definitions = (Definition(draw(lines()), draw(blocks(depth - 1))) for _ in range(draw(st.integers(0, 2))))
            return Definitions(tuple(definitions))
        case _:
            return Figure(draw(pictures), draw(blocks(depth - 1)))


@st.composite
def blocks(draw: DrawFn, depth: int = 2) -> tuple[Block, ...]:
    """Any blocks, one after the other."""
    return tuple(draw(st.lists(block(depth), max_size=4)))


@st.composite
def sections(draw: DrawFn, depth: int = 5) -> tuple[Section, ...]:
    count = draw(st.sampled_from((0, 0, 1, 2))) if depth else 0
    return tuple(Section(draw(runs()), draw(blocks(1)), draw(sections(depth - 1))) for _ in range(count))


@st.composite
def notes(draw: DrawFn) -> tuple[Note, ...]:
    labels = st.one_of(st.sampled_from(LABELS), words)
    apparatus: st.SearchStrategy[Apparatus] = st.sampled_from(get_args(Apparatus))
    return tuple(Note(draw(labels), draw(blocks(1)), apparatus=draw(apparatus)) for _ in range(NOTES))


@st.composite
def chapters(draw: DrawFn) -> Chapter:
    kind: ChapterKind = draw(st.sampled_from(get_args(ChapterKind)))
    head = (draw(st.one_of(st.just(()), runs())), draw(blocks()))
    return Chapter(*head, draw(sections()), draw(notes()), draw(counts), kind, "book.txt")


@st.composite
def contents(draw: DrawFn, depth: int = 3) -> tuple[Part | Chapter, ...]:
    """Parts and chapters; a part without chapters calls no notes, since there are none."""
    found: list[Part | Chapter] = []
    for is_part in draw(st.lists(st.booleans() if depth else st.just(value=False), max_size=3)):
        if not is_part:
            found.append(draw(chapters()))
            continue
        part = Part(draw(runs()), draw(contents(depth - 1)), draw(counts), draw(blocks(1)))
        found.append(part if part.chapters else Part((Text("Empty"),), part.contents, part.number))
    return tuple(found)


@st.composite
def books(draw: DrawFn) -> Book:
    """Whole books with at least one chapter."""
    found = draw(contents())
    book = Book(draw(runs()), draw(runs()), found, draw(st.sampled_from(((), (), (0,), (2, 0)))))
    return book if book.chapters else replace(book, contents=(*found, draw(chapters())))
