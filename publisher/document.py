# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document model: what a text is, apart from how it looks and where it stood in its source.

All nodes are frozen and the unions Inline and Block are closed: code that treats them ends in
assert_never, so that a new node that was forgotten somewhere fails type checking.
Positions live in the reader's ledger (ledger.py), not in nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct


class Text(Struct, frozen=True):
    """Characters as they stand in the source."""

    text: str


class Emphasis(Struct, frozen=True):
    """Stressed words or a work's title."""

    inlines: Inlines


SpanKind: TypeAlias = Literal[
    "strong", "small-caps", "spaced", "superscript", "subscript", "deleted", "inserted", "direction"
]


class Span(Struct, frozen=True):
    """Words set apart in another way than emphasis: bold, letterspaced, a stage direction amid speech."""

    kind: SpanKind
    inlines: Inlines


class Foreign(Struct, frozen=True):
    """Words in another language than what stands around them; `language` is a BCP 47 tag."""

    language: str
    inlines: Inlines


class Code(Struct, frozen=True):
    """Characters of a program or a file, in which every space counts."""

    text: str


class Link(Struct, frozen=True):
    """A link: "#3" to the book's Anchor "3", any other address to a place outside the book."""

    url: str
    inlines: Inlines


class Image(Struct, frozen=True):
    """A picture: the path of its file as `Source.file` has it, and words for those who cannot see it.

    An empty `alt` means that nobody has described it.
    """

    file: str
    alt: str


class PageMark(Struct, frozen=True):
    """Where a page of the printed edition begins that scholars cite; `label` is its number ("461", "xii")."""

    label: str


class Anchor(Struct, frozen=True):
    """A place that links of the book lead to; it shows nothing."""

    name: str


class LineBreak(Struct, frozen=True):
    """A line that ends where the source ends it."""


class NoteCall(Struct, frozen=True):
    """The mark in the text that points to a note: the index of the note among its chapter's notes."""

    note: int


Inline: TypeAlias = Text | Emphasis | Span | Foreign | Code | Link | Image | PageMark | Anchor | LineBreak | NoteCall
Inlines: TypeAlias = tuple[Inline, ...]
Leaf: TypeAlias = Text | Code | Image | PageMark | Anchor | LineBreak | NoteCall


class Paragraph(Struct, frozen=True):
    inlines: Inlines


class Subtitle(Struct, frozen=True):
    """The lines below a heading that belong to it: a date, an occasion, "by ..."."""

    inlines: Inlines


class Synopsis(Struct, frozen=True):
    """The list of topics under a chapter's title."""

    inlines: Inlines


class Epigraph(Struct, frozen=True):
    """A motto before the text, with its attribution."""

    blocks: tuple[Block, ...]


class Dedication(Struct, frozen=True):
    """To whom a text is dedicated."""

    blocks: tuple[Block, ...]


class Byline(Struct, frozen=True):
    """Who wrote this piece, where it stands below a heading of an anthology."""

    inlines: Inlines


class Quote(Struct, frozen=True):
    """Somebody else's words, set apart."""

    blocks: tuple[Block, ...]


class Passage(Struct, frozen=True):
    """Blocks in another language than the text; `language` is a BCP 47 tag."""

    language: str
    blocks: tuple[Block, ...]


class VerseLine(Struct, frozen=True):
    """One line of verse; `indent` counts steps of indentation, 0 for the margin."""

    inlines: Inlines
    indent: int = 0


class Verse(Struct, frozen=True):
    """Stanzas of lines."""

    stanzas: tuple[tuple[VerseLine, ...], ...]


class Speech(Struct, frozen=True):
    """What one person says in a play, with verse, prose and directions inside; `speaker` as printed, point included."""

    speaker: Inlines
    blocks: tuple[Block, ...]


class Direction(Struct, frozen=True):
    """A stage direction that stands by itself."""

    inlines: Inlines


class Dateline(Struct, frozen=True):
    """The lines that open a letter: place and date."""

    lines: tuple[Inlines, ...]


class Salutation(Struct, frozen=True):
    """Whom a letter greets: "Dear Comrade,"."""

    inlines: Inlines


class Signature(Struct, frozen=True):
    """The lines that close a text: who signs, where and when."""

    lines: tuple[Inlines, ...]


class Heading(Struct, frozen=True):
    """A heading that opens no section of the chapter: over a quotation, a poem, a list."""

    inlines: Inlines


class List(Struct, frozen=True):
    """Items with bullets, or counted from `start`."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


class Definition(Struct, frozen=True):
    """Terms and what is said of them."""

    terms: tuple[Inlines, ...]
    blocks: tuple[Block, ...]


class Definitions(Struct, frozen=True):
    """A list of definitions: a glossary, a cast."""

    items: tuple[Definition, ...]


class Listing(Struct, frozen=True):
    """Lines of a program or a file, kept character by character."""

    text: str
    language: str = ""


class Figure(Struct, frozen=True):
    """A picture that stands by itself, with its caption."""

    image: Image
    caption: tuple[Block, ...] = ()


class Lines(Struct, frozen=True):
    """Lines kept as they stand: an address, a formula, the cells of a table that the source flattened."""

    lines: tuple[Inlines, ...]


class Table(Struct, frozen=True):
    """Rows of cells, the first `head` of which name the columns; a cell across several is followed by empty ones."""

    rows: tuple[tuple[Inlines, ...], ...]
    head: int = 0
    caption: Inlines = ()


class Break(Struct, frozen=True):
    """A pause in the text, printed as an ornament; `mark` is what the source has ("* * *")."""

    mark: str


Block: TypeAlias = (
    Paragraph
    | Subtitle
    | Byline
    | Synopsis
    | Epigraph
    | Dedication
    | Quote
    | Passage
    | Verse
    | Speech
    | Direction
    | Dateline
    | Salutation
    | Signature
    | Lines
    | Heading
    | List
    | Definitions
    | Listing
    | Table
    | Figure
    | Break
)

Apparatus: TypeAlias = Literal["notes", "variants"]


class Note(Struct, frozen=True):
    """A note's body. Its identity is its chapter and its place among that chapter's notes.

    `label` is the source's own mark without brackets ("1", "9*", "a"); `called` is false for a body that
    nothing in the text points to. `apparatus` tells notes from the variant readings of a critical edition.
    """

    label: str
    blocks: tuple[Block, ...]
    called: bool = True
    apparatus: Apparatus = "notes"


class Section(Struct, frozen=True):
    """A headed stretch of a chapter. Note calls in it count among the chapter's notes."""

    title: Inlines
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


ChapterKind: TypeAlias = Literal[
    "chapter",
    "dedication",
    "epigraph",
    "foreword",
    "preface",
    "acknowledgments",
    "introduction",
    "prologue",
    "epilogue",
    "conclusion",
    "afterword",
    "appendix",
]


class Chapter(Struct, frozen=True):
    """A chapter. An empty title means that the text has no heading of its own and takes the book's title.

    `number` is the heading's own count where it stands on a line apart ("Chapter I"), else empty.
    `file` names the source file that it was read from.
    """

    title: Inlines
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    number: str = ""
    kind: ChapterKind = "chapter"
    file: str = ""


class Part(Struct, frozen=True):
    """Chapters, or parts of a lower rank, under a common heading; `number` as in Chapter ("Part One").

    `blocks` stand between the heading and the first chapter. Note calls in them and in the title count among the first
    chapter's notes. `file` names the source file of the heading, where it is not that of the first chapter.
    """

    title: Inlines
    contents: tuple[Part | Chapter, ...]
    number: str = ""
    blocks: tuple[Block, ...] = ()
    file: str = ""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters below this part, in reading order."""
        return tuple(_chapters(self.contents))


class Book(Struct, frozen=True):
    """A whole text. Note calls in `title` and `subtitle` point to the first chapter's notes.

    `header_calls` are notes of the first chapter that the transcription's header block calls ("Source: ... [1]"):
    the header is printed verbatim on the credits page, with its marks as text.
    """

    title: Inlines
    subtitle: Inlines
    contents: tuple[Part | Chapter, ...]
    header_calls: tuple[int, ...] = ()

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters in reading order."""
        return tuple(_chapters(self.contents))


def _chapters(contents: Iterable[Part | Chapter]) -> Iterator[Chapter]:
    for item in contents:
        if isinstance(item, Part):
            yield from _chapters(item.contents)
        else:
            yield item


def plain(inlines: Iterable[Inline]) -> str:
    """The characters of inlines on one line, without note calls, white space folded."""
    return " ".join("".join(map(_characters, leaves(inlines))).split())


def _characters(leaf: Leaf) -> str:
    match leaf:
        case Text(text) | Code(text):
            return text
        case LineBreak():
            return " "
        case NoteCall() | PageMark() | Anchor() | Image():
            return ""
        case _:
            assert_never(leaf)


def leaves(inlines: Iterable[Inline]) -> Iterator[Leaf]:
    """The inlines that hold no others, in reading order."""
    for inline in inlines:
        match inline:
            case Emphasis(inner) | Span(_, inner) | Foreign(_, inner) | Link(_, inner):
                yield from leaves(inner)
            case Text() | Code() | Image() | PageMark() | Anchor() | LineBreak() | NoteCall():
                yield inline
            case _:
                assert_never(inline)


def calls(inlines: Iterable[Inline]) -> tuple[NoteCall, ...]:
    """The note calls among inlines, in reading order."""
    return tuple(leaf for leaf in leaves(inlines) if isinstance(leaf, NoteCall))


def runs(block: Block, *, marks: bool = False) -> Iterator[Inlines]:
    """Every run of inlines in a block, in reading order; with `marks` what is printed for a break, too."""
    match block:
        case (
            Paragraph(inlines)
            | Subtitle(inlines)
            | Byline(inlines)
            | Synopsis(inlines)
            | Direction(inlines)
            | Salutation(inlines)
            | Heading(inlines)
        ):
            yield inlines
        case Epigraph(blocks) | Dedication(blocks) | Quote(blocks) | Passage(_, blocks):
            yield from _runs(blocks, marks=marks)
        case Speech(speaker, blocks):
            yield speaker
            yield from _runs(blocks, marks=marks)
        case Verse(stanzas):
            for stanza in stanzas:
                yield from (line.inlines for line in stanza)
        case Dateline(lines) | Signature(lines) | Lines(lines):
            yield from lines
        case List(items):
            for item in items:
                yield from _runs(item, marks=marks)
        case Definitions(definitions):
            for definition in definitions:
                yield from definition.terms
                yield from _runs(definition.blocks, marks=marks)
        case Listing(text):
            yield (Code(text),)
        case Table(rows, _, caption):
            if caption:
                yield caption
            for row in rows:
                yield from row
        case Figure(image, caption_blocks):
            yield (image,)
            yield from _runs(caption_blocks, marks=marks)
        case Break(mark):
            if marks:
                yield (Text(mark),)
        case _:
            assert_never(block)


def _runs(blocks: Iterable[Block], *, marks: bool = False) -> Iterator[Inlines]:
    for block in blocks:
        yield from runs(block, marks=marks)


def text_runs(book: Book) -> Iterator[Inlines]:
    """Every run of a book in reading order, without the notes: titles, counts of headings, blocks, sections."""
    yield book.title
    yield book.subtitle
    yield from _contents_runs(book.contents)


def _contents_runs(contents: Iterable[Part | Chapter]) -> Iterator[Inlines]:
    for item in contents:
        yield (Text(item.number),) if item.number else ()
        yield item.title
        yield from _runs(item.blocks)
        if isinstance(item, Part):
            yield from _contents_runs(item.contents)
            continue
        for section in nested(item.sections):
            yield section.title
            yield from _runs(section.blocks)


def note_runs(note: Note, *, marks: bool = False) -> Iterator[Inlines]:
    """Every run of a note's body; `marks` as in `runs`."""
    return _runs(note.blocks, marks=marks)


def nested(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections, each followed by those inside it, in reading order."""
    for section in sections:
        yield section
        yield from nested(section.sections)


def heading_text(number: str, title: Inlines) -> str:
    """A heading on one line: "Chapter I" and "A Disastrous Dogma" give "Chapter I. A Disastrous Dogma"."""
    text = plain(title)
    if not number or not text:
        return number or text
    return f"{number} {text}" if number[-1] in ".:;,)]—–-!?" else f"{number}. {text}"
