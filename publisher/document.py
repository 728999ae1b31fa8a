# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document model: what a text is, apart from how it looks and where it stood in its source.

All nodes are frozen and the unions Inline and Block are closed: code that treats them ends in
assert_never, so that a new node that was forgotten somewhere fails type checking.
Positions live in the reader's ledger (ledger.py), not in nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they stand in the source."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words or a work's title."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place outside the book."""

    url: str
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line that ends where the source ends it."""


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The mark in the text that points to a note: the index of the note among its chapter's notes."""

    note: int


Inline: TypeAlias = Text | Emphasis | Link | LineBreak | NoteCall
Inlines: TypeAlias = tuple[Inline, ...]
Leaf: TypeAlias = Text | LineBreak | NoteCall


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Subtitle:
    """The lines below a heading that belong to it: a date, an occasion, "by ..."."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Synopsis:
    """The list of topics under a chapter's title."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Epigraph:
    """A motto before the text, with its attribution."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Verse:
    """Stanzas of lines."""

    stanzas: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines that close a text: who signs, where and when."""

    lines: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines kept as they stand: an address, a formula, the cells of a table that the source flattened."""

    lines: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A pause in the text, printed as an ornament; `mark` is what the source has ("* * *")."""

    mark: str


Block: TypeAlias = Paragraph | Subtitle | Synopsis | Epigraph | Verse | Signature | Lines | Table | Break


@dataclass(frozen=True, slots=True)
class Note:
    """A note's body. Its identity is its chapter and its place among that chapter's notes.

    `label` is the source's own mark without brackets ("1", "9*", "a"); `called` is false for a body that
    nothing in the text points to.
    """

    label: str
    blocks: tuple[Block, ...]
    called: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A headed stretch of a chapter. Note calls in it count among the chapter's notes."""

    title: Inlines
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


ChapterKind: TypeAlias = Literal["chapter", "preface", "introduction", "foreword", "afterword", "appendix"]


@dataclass(frozen=True, slots=True)
class Chapter:
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


@dataclass(frozen=True, slots=True)
class Part:
    """Chapters under a common heading; `number` as in Chapter ("Part One")."""

    title: Inlines
    chapters: tuple[Chapter, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Book:
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
        return tuple(
            chapter for item in self.contents for chapter in (item.chapters if isinstance(item, Part) else (item,))
        )


def plain(inlines: Iterable[Inline]) -> str:
    """The characters of inlines on one line, without note calls, white space folded."""
    return " ".join("".join(map(_characters, leaves(inlines))).split())


def _characters(leaf: Leaf) -> str:
    match leaf:
        case Text(text):
            return text
        case LineBreak():
            return " "
        case NoteCall():
            return ""
        case _:
            assert_never(leaf)


def leaves(inlines: Iterable[Inline]) -> Iterator[Leaf]:
    """The inlines that hold no others, in reading order."""
    for inline in inlines:
        match inline:
            case Emphasis(inner) | Link(_, inner):
                yield from leaves(inner)
            case Text() | LineBreak() | NoteCall():
                yield inline
            case _:
                assert_never(inline)


def calls(inlines: Iterable[Inline]) -> tuple[NoteCall, ...]:
    """The note calls among inlines, in reading order."""
    return tuple(leaf for leaf in leaves(inlines) if isinstance(leaf, NoteCall))


def runs(block: Block) -> Iterator[Inlines]:
    """Every run of inlines in a block, in reading order."""
    match block:
        case Paragraph(inlines) | Subtitle(inlines) | Synopsis(inlines):
            yield inlines
        case Epigraph(blocks):
            for inner in blocks:
                yield from runs(inner)
        case Verse(stanzas):
            for stanza in stanzas:
                yield from stanza
        case Signature(lines) | Lines(lines):
            yield from lines
        case Table(rows):
            for row in rows:
                yield from row
        case Break():
            pass
        case _:
            assert_never(block)


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
