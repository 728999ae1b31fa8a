# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book -> the same book in pandoc's Markdown (https://pandoc.org/MANUAL.html#pandocs-markdown).

Headings, paragraphs, verse and notes are the same as in our EPUB, so that pandoc has the same book to make.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from publisher.document import (
    Block,
    Book,
    Break,
    Chapter,
    Emphasis,
    Epigraph,
    Inline,
    Inlines,
    LineBreak,
    Lines,
    Link,
    Note,
    NoteCall,
    Paragraph,
    Part,
    Section,
    Signature,
    Subtitle,
    Synopsis,
    Table,
    Text,
    Verse,
    plain,
    runs,
)

_MARKUP = re.compile(r"[\\`*_\[\]<>~^$@|#]")
# What would begin a list or a block, at the beginning of one: "1. ", "(a) ", "- ", ": ", "% ".
_START = re.compile(r"(?:[-+:%=]|(?<=\()\w+\)|\w{1,9}[.)])(?=\s|$)")


def markdown(book: Book) -> str:
    """The whole book; the notes follow their chapters."""
    blocks: list[str] = []
    number = 0
    for item in book.contents:
        if isinstance(item, Part):
            blocks.append(_heading(1, item.number, item.title, f"{number + 1}"))
        for chapter in item.chapters if isinstance(item, Part) else (item,):
            number += 1
            blocks += _chapter(chapter, f"{number}", 2 if isinstance(item, Part) else 1)
    return "\n\n".join(blocks) + "\n"


def _chapter(chapter: Chapter, key: str, level: int) -> Iterator[str]:
    if chapter.number or chapter.title:
        yield _heading(level, chapter.number, chapter.title, key)
    yield from _blocks(chapter.blocks, key)
    yield from _sections(chapter.sections, key, level + 1)
    for index, note in enumerate(chapter.notes):
        yield from _note(note, f"{key}-{index}", key)


def _heading(level: int, number: str, title: Inlines, key: str) -> str:
    words = " ".join(filter(None, (_text(number), _inlines(title, key).replace("\\\n", " "))))
    return f"{'#' * min(level, 6)} {words}"


def _sections(sections: Iterable[Section], key: str, level: int) -> Iterator[str]:
    for section in sections:
        yield _heading(level, "", section.title, key)
        yield from _blocks(section.blocks, key)
        yield from _sections(section.sections, key, level + 1)


def _note(note: Note, id_: str, key: str) -> Iterator[str]:
    """A footnote; what nothing calls would be dropped by pandoc, and is text."""
    body = "\n\n".join(_blocks(note.blocks, key))
    if note.called:
        yield f"[^{id_}]: " + textwrap.indent(body, "    ").lstrip()
    else:
        yield f"{_text(note.label)} {body}"


def _blocks(blocks: Iterable[Block], key: str) -> Iterator[str]:
    for block in blocks:
        yield _block(block, key)


def _block(block: Block, key: str) -> str:
    match block:
        case Paragraph(inlines) | Subtitle(inlines) | Synopsis(inlines):
            return _start(_inlines(inlines, key))
        case Epigraph(blocks):
            return textwrap.indent("\n\n".join(_blocks(blocks, key)), "> ", lambda _: True)
        case Verse(stanzas):
            return textwrap.indent(
                "\n\n".join(_lines((line.inlines for line in stanza), key) for stanza in stanzas), "> ", lambda _: True
            )
        case Signature(lines) | Lines(lines):
            return _lines(lines, key)
        case Table(rows):
            return "\n\n".join(_lines(row, key) for row in rows)
        case Break():
            return "* * *"
        case _:
            # No transcription in plain text has other blocks.
            return "\n\n".join(_inlines(run, key) for run in runs(block))


def _lines(lines: Iterable[Inlines], key: str) -> str:
    return "\\\n".join(_start(_inlines(line, key)) for line in lines)


def _inlines(inlines: Inlines, key: str) -> str:
    return "".join(_inline(inline, key) for inline in inlines)


def _inline(inline: Inline, key: str) -> str:
    match inline:
        case Text(text):
            return _text(text)
        case Emphasis(inner):
            return f"*{_inlines(inner, key)}*"
        case Link(url, inner):
            return f"[{_inlines(inner, key)}](<{url}>)"
        case LineBreak():
            return "\\\n"
        case NoteCall(note):
            return f"[^{key}-{note}]"
        case _:
            return _text(plain((inline,)))


def _text(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _start(text: str) -> str:
    """The text with its first mark escaped where Markdown would take it for a list's."""
    found = _START.match(text, 1 if text.startswith("(") else 0)
    return f"{text[: found.end() - 1]}\\{text[found.end() - 1 :]}" if found else text
