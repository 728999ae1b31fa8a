# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book -> the lines at the end of its plain-text edition that explain the signs which are used in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.document import (
    Anchor,
    Book,
    Code,
    Emphasis,
    Foreign,
    Image,
    Inlines,
    LineBreak,
    Link,
    NoteCall,
    PageMark,
    Span,
    Text,
    note_runs,
    text_runs,
)
from publisher.readers.plaintext.form import NOTHING, WIDTH, underline
from publisher.writers.plaintext.lines import wrap

# Where the explanations begin.
_COLUMN = 34
TITLE = "Signs used in this text"
_INTRODUCTION = (
    "This edition is made for reading as it is, and for programs that make books of it again. A paragraph begins at the"
    " margin and ends at a blank line; the ends of its lines mean nothing. What is set apart in print is indented, and"
    " where that does not tell what it is, a line in brackets does."
)
_ESCAPE = "what follows the backslash is a character of the text, not one of these signs"
# Each sign, and what it says.
_KINDS = {
    "emphasis": ("_words_", "emphasis: italics in print"),
    "strong": ("*words*", "bold type"),
    "small-caps": ("+words+", "small capitals"),
    "spaced": ("~words~", "letters set apart"),
    "superscript": ("^{2}", "raised"),
    "subscript": ("_{2}", "lowered"),
    "deleted": ("{deleted: words}", "struck out in the source"),
    "inserted": ("{inserted: words}", "added in the source"),
    "direction": ("{direction: words}", "a stage direction amid speech"),
    "foreign": ("{de: words}", "words in another language, named by its tag: de is German"),
    "link": ("{words <https://example.org>}", "words that lead to an address"),
    "code": ("`words`", "characters of a program or a file"),
    "picture": ("[Picture: description (file)]", "a picture"),
    "page": ("|461|", "here page 461 of the printed edition begins"),
    "anchor": ("{#3}", "the place to which {words <#3>} leads"),
    "end": ("words //", "the source ends a line here"),
    "call": ("[1]", "a note; the notes stand at the end of their chapter"),
}


def lines(book: Book, *, has_escapes: bool) -> Iterator[str]:
    """The signs of a book, in the order of the table above, each with what it says."""
    used = _used(book)
    yield from ("", "", "", TITLE, underline("=", len(TITLE)), "", *wrap(_INTRODUCTION), "")
    signs = [said for name, said in _KINDS.items() if name in used]
    for sign, said in (*signs, (NOTHING, _ESCAPE)) if has_escapes else signs:
        first, *rest = wrap(said, WIDTH - _COLUMN)
        yield f"    {sign}".ljust(_COLUMN) + first
        yield from (f"{' ' * _COLUMN}{line}" for line in rest)


def _used(book: Book) -> set[str]:
    runs = (*text_runs(book), *(run for chapter in book.chapters for note in chapter.notes for run in note_runs(note)))
    return {name for run in runs if not _is_text(run) for name in _names(run)}


def _is_text(run: Inlines) -> bool:
    return len(run) == 1 and isinstance(run[0], Text)


def _names(inlines: Iterable[object]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Emphasis(inner):
                yield from ("emphasis", *_names(inner))
            case Span(kind, inner):
                yield from (kind, *_names(inner))
            case Foreign(_, inner):
                yield from ("foreign", *_names(inner))
            case Link(_, inner):
                yield from ("link", *_names(inner))
            case Code():
                yield "code"
            case Image():
                yield "picture"
            case PageMark():
                yield "page"
            case Anchor():
                yield "anchor"
            case LineBreak():
                yield "end"
            case NoteCall():
                yield "call"
            case _:
                pass
