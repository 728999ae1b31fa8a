# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases of tests/cases/typography: what is read, and what the rules in the file's name make of it.

"en quotes apostrophes.txt" has cases in English for these two rules, "fr.txt" cases in French for all rules. Blank
lines part the cases. Each line of a case is a paragraph, a line of verse after "| ", a row of a table after "# " (cells
parted by " | "), lines as they stand after "= ". Below follow the same lines as they are printed, after "=> ", and
where a quotation mark is left in doubt, "?? " with the words of the message. Lines of "%" are comments.

[1] is a note call, <i>…</i> emphasis, <c>…</c> code, <x>…</x> words in a language without rules, <a>…</a> a link, ⍽ a
no-break space, ⎵ a narrow one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from publisher.document import (
    Block,
    Book,
    Chapter,
    Code,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Lines,
    Link,
    Note,
    NoteCall,
    Paragraph,
    Table,
    Text,
    Verse,
    VerseLine,
    runs,
)
from publisher.edition import Edition
from publisher.ledger import Entry, Fate
from publisher.metadata.model import Metadata
from publisher.metadata.settings import BookSettings, Settings, ShelfSettings, Typography
from publisher.readers import Read
from publisher.transforms import Transformed, apply
from publisher.transforms.flow import flow
from tests.editions import edition

FOLDER = Path(__file__).parent / "cases" / "typography"
_TOKEN = re.compile(r"(\[\d\]|</?[icxa]>)")
_MARKS = {"| ": Verse, "# ": Table, "= ": Lines}


class Case(Struct, frozen=True):
    language: str
    rules: tuple[str, ...]
    given: tuple[str, ...]
    printed: tuple[str, ...]
    doubts: tuple[str, ...]


def cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.txt")):
        language, *rules = file.stem.split()
        for chunk in re.split(r"\n\s*\n", file.read_text(encoding="utf-8").strip()):
            lines = [line for line in chunk.splitlines() if not line.startswith("%")]
            if lines:
                yield Case(
                    language,
                    tuple(rules),
                    tuple(line for line in lines if line[:3] not in ("=> ", "?? ")),
                    tuple(line[3:] for line in lines if line.startswith("=> ")),
                    tuple(line[3:] for line in lines if line.startswith("?? ")),
                )


def transformed(lines: Iterable[str], language: str, rules: Iterable[str] = ()) -> Transformed:
    """What becomes of a book with these lines, with some of the rules or with all."""
    names = Typography.__struct_fields__
    active = Typography(**{name: name in rules for name in names}) if rules else Typography()
    return transform(book(lines), language, Settings(BookSettings(typography=active)))


def transform(text: Book, language: str, settings: Settings[BookSettings]) -> Transformed:
    """What becomes of a book whose source has one line for each of its runs."""
    return apply(made(text, language), as_read(text), settings, ShelfSettings())


def made(text: Book, language: str) -> Edition:
    return edition(text, Metadata(title="Book", language=language), language=language)


def as_read(text: Book) -> Read:
    """A book with the ledger of the source that it might come from."""
    blocks = (block for chapter in text.chapters for block in chapter.blocks)
    lines = [" ".join(flow(run).text.split()) for block in blocks for run in runs(block)]
    ledger = tuple(Entry("x.txt", number, line, Fate.BODY, column=1) for number, line in enumerate(lines, 1))
    return Read(text, Metadata(), ledger, ())


def book(lines: Iterable[str]) -> Book:
    blocks = tuple(_blocks(lines))
    notes = tuple(Note(str(n), (Paragraph((Text("A note"),)),)) for n in range(1, 10))
    return Book((Text("Book"),), (), (Chapter((), blocks, notes=notes, file="x.txt"),))


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    for kind, group in groupby(lines, lambda line: _MARKS.get(line[:2])):
        several = [line[2:] if kind else line for line in group]
        if kind is Verse:
            yield Verse((tuple(VerseLine(inlines(line)) for line in several),))
        elif kind is Table:
            yield Table(tuple(tuple(map(inlines, line.split(" | "))) for line in several))
        elif kind is Lines:
            yield Lines(tuple(map(inlines, several)))
        else:
            yield from (Paragraph(inlines(line)) for line in several)


def inlines(line: str) -> Inlines:
    tokens = iter(_TOKEN.split(line.replace("⍽", "\u00a0").replace("⎵", "\u202f")))
    return tuple(_inlines(tokens))


def _inlines(tokens: Iterator[str]) -> Iterator[Inline]:
    for token in tokens:
        match token:
            case "<i>":
                yield Emphasis(tuple(_inlines(tokens)))
            case "<x>":
                yield Foreign("tlh", tuple(_inlines(tokens)))
            case "<a>":
                yield Link("https://example.org/a--b", tuple(_inlines(tokens)))
            case "<c>":
                yield Code(next(tokens))
                next(tokens)
            case "":
                continue
            case _ if token.startswith("</"):
                return
            case _ if token.startswith("[") and _TOKEN.fullmatch(token):
                yield NoteCall(int(token[1]) - 1)
            case _:
                yield Text(token)


def shown(text: Book) -> tuple[str, ...]:
    """The lines of a book as cases have them."""
    return tuple(line for chapter in text.chapters for block in chapter.blocks for line in _shown(block))


def _shown(block: Block) -> Iterator[str]:
    match block:
        case Verse(stanzas):
            yield from (f"| {_words(line.inlines)}" for stanza in stanzas for line in stanza)
        case Table(rows):
            yield from (f"# {' | '.join(map(_words, row))}" for row in rows)
        case Lines(lines):
            yield from (f"= {_words(line)}" for line in lines)
        case _:
            yield from map(_words, runs(block))


def _words(several: Inlines) -> str:
    return "".join(map(_word, several)).replace("\u00a0", "⍽").replace("\u202f", "⎵")


def _word(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Emphasis(inner):
            return f"<i>{_words(inner)}</i>"
        case Foreign(_, inner):
            return f"<x>{_words(inner)}</x>"
        case Link(_, inner):
            return f"<a>{_words(inner)}</a>"
        case Code(text):
            return f"<c>{text}</c>"
        case NoteCall(note):
            return f"[{note + 1}]"
        case _:
            raise TypeError(inline)
