# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> one plain-text file (UTF-8), made for people, from which readers/plain reads the same book again.

It holds, in this order: what is known about the work, the text with each chapter's notes behind it, and what belongs
to the edition: the signs that it uses, the licence and credits, the text of the licence where that must be enclosed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, takewhile

from msgspec.structs import replace

from publisher.characters import printable
from publisher.credits import credits as credits_chapter
from publisher.document import Block, Book, Chapter, Inlines, Note, Part, Section, Subtitle, Text, plain
from publisher.edition import Edition, Output
from publisher.licences.texts import text as licence_text
from publisher.readers.plaintext.form import (
    APPARATUS,
    END,
    END_OF_PART,
    FIRST_LINE,
    INNER,
    KINDS,
    NOTHING,
    WIDTH,
    Lone,
    is_count,
    kind_of,
    names,
    part_underline,
    ruled,
    section_underline,
    underline,
)
from publisher.writers.plaintext import header, signs
from publisher.writers.plaintext.blocks import Writer
from publisher.writers.plaintext.inlines import UNREAD, Names
from publisher.writers.plaintext.lines import below, headed, hung, width
from publisher.writers.plaintext.normal import normal

_NO_NAMES = Names()
_KIND_LINES = {kind: line for line, kind in KINDS.items()}


def write(edition: Edition, _made: Mapping[str, Output]) -> Output:
    """The text file; it needs nothing that other writers made."""
    text = "\n".join(_lines(replace(edition, book=normal(edition.book))))
    return Output(f"{edition.slug}.txt", "text", printable(f"{text}\n").encode())


def _lines(edition: Edition) -> Iterator[str]:
    book = edition.book
    first = _first_names(book.contents)
    yield from (FIRST_LINE, "", *header.lines(edition, first), "", "", "")
    text = [*_title(book, first), *_Contents(book).lines()]
    yield from text
    rule = underline("-", WIDTH)
    yield from ("", "", "", "", rule, END, rule)
    yield from signs.lines(book, has_escapes=any(NOTHING in line for line in text))
    yield from _about(edition)


def _title(book: Book, names_: Names) -> Iterator[str]:
    lines = headed(Writer(names_).run(book.title))
    rule = underline("=", width(lines))
    yield from (rule, *lines, rule)
    if book.subtitle:
        yield below(Writer(names_).run(book.subtitle))


def _about(edition: Edition) -> Iterator[str]:
    """What belongs to the edition and not to the text; a licence's text stands word by word and line by line."""
    (chapter,) = normal(Book((), (), (credits_chapter(edition, plain_text=True),))).chapters
    yield from _chapter(chapter, UNREAD, Lone())
    if edition.licence.text:
        yield from ("", "", "", *licence_text(edition.licence.text).strip("\n").split("\n"))


def _first_names(contents: Iterable[Part | Chapter]) -> Names:
    """How the notes of the first chapter are called."""
    chapters = (chapter for item in contents for chapter in ((item,) if isinstance(item, Chapter) else item.chapters))
    return _names(next(chapters, None))


def _names(chapter: Chapter | None) -> Names:
    return Names(names(chapter.notes)) if chapter else _NO_NAMES


class _Contents:
    """Writes parts and chapters; a part that is followed by a chapter of its own rank is ended by a line."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.open = 0
        self.lone = Lone()

    def lines(self) -> Iterator[str]:
        first, *others = self.book.contents or (None,)
        if isinstance(first, Chapter) and _needs_no_head(first):
            yield from ("", *_body(first, _names(first)))
            first = None
        yield from self._items(filter(None, (first, *others)), 0)

    def _items(self, items: Iterable[Part | Chapter], depth: int) -> Iterator[str]:
        for item in items:
            if isinstance(item, Part):
                yield from _part(item, depth + 1, self.lone)
                self.open = depth + 1
                yield from self._items(item.contents, depth + 1)
                continue
            while self.open > depth:
                yield from ("", "", "", END_OF_PART)
                self.open -= 1
            yield from _chapter(item, _names(item), self.lone)


def _needs_no_head(chapter: Chapter) -> bool:
    """Whether a chapter can follow the book's title at once: it has no heading, and there is something in it."""
    has_head = chapter.title or chapter.number or chapter.kind != "chapter"
    return not has_head and bool(chapter.blocks or chapter.sections or chapter.notes)


def _part(part: Part, rank: int, lone: Lone) -> Iterator[str]:
    names_ = _names(part.chapters[0] if part.chapters else None)
    heading = _heading(part.number, part.title, names_, lone) or [NOTHING]
    rule = part_underline(rank, width(heading))
    yield from ("", "", "", "", rule, *heading, rule)
    yield from _blocks(part.blocks, names_)


def _chapter(chapter: Chapter, names_: Names, lone: Lone) -> Iterator[str]:
    heading = _heading(chapter.number, chapter.title, names_, lone)
    yield from ("", "", "", *heading, underline("=", width(heading) if heading else WIDTH))
    if chapter.kind != kind_of(f"{chapter.number} {plain(chapter.title)}"):
        yield _KIND_LINES[chapter.kind]
    yield from _body(chapter, names_, has_head=True)


def _body(chapter: Chapter, names_: Names, *, has_head: bool = False) -> Iterator[str]:
    yield from _blocks(chapter.blocks, names_, has_head=has_head)
    yield from _sections(chapter.sections, names_, 1)
    yield from _notes(chapter.notes, names_)


def _blocks(blocks: tuple[Block, ...], names_: Names, *, has_head: bool = True) -> Iterator[str]:
    """Blocks below a heading; the subtitles among them stand right below it."""
    writer = Writer(names_)
    subtitles = list(takewhile(lambda block: isinstance(block, Subtitle), blocks)) if has_head else []
    for block in subtitles:
        if isinstance(block, Subtitle):
            yield below(writer.run(block.inlines))
    if lines := writer.content(blocks[len(subtitles) :]):
        yield from ("", *lines)


def _sections(sections: Iterable[Section], names_: Names, rank: int) -> Iterator[str]:
    for section in sections:
        heading = headed(Writer(names_).run(section.title))
        yield from ("", "", *heading, section_underline(rank, width(heading)))
        yield from _blocks(section.blocks, names_)
        yield from _sections(section.sections, names_, rank + 1)


def _heading(number: str, title: Inlines, names_: Names, lone: Lone) -> list[str]:
    """Count and title. Where it cannot be told which of them a line is, an empty sign is the other."""
    writer = Writer(names_)
    count = writer.run((Text(number),)) if number else ""
    count = f"{count}{NOTHING}" if count and ruled(count) else count
    lines = headed(writer.run(title)) if title else []
    if count and lines:
        return [count, *lines]
    alone = [count] if count else lines
    if len(alone) == 1 and is_count(alone[0]):
        is_told, lone.titles = lone.titles == bool(lines), bool(lines)
    else:
        is_told = not count
    if is_told or not alone:
        return alone
    return [count, NOTHING] if count else [NOTHING, *lines]


def _notes(notes: Iterable[Note], names_: Names) -> Iterator[str]:
    """The notes of a chapter, each behind the name that its calls have."""
    writer = Writer(names_)
    named = zip(names_.names, notes, strict=True)
    for apparatus, several in groupby(named, lambda pair: pair[1].apparatus):
        rule = underline("-", len(APPARATUS[apparatus]))
        yield from ("", "", rule, APPARATUS[apparatus], rule)
        for name, note in several:
            mark = f"[{name}] ".ljust(INNER)
            yield from ("", *hung(mark, writer.content(note.blocks, INNER), INNER))
