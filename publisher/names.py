# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book -> the names of its pages, sections, notes and blocks: files of the EPUB and ids, the same for EPUB and PDF.

A name is made of the words at its place, not of counts: what is inserted or mended elsewhere changes no other name, so
that highlights and links go on working from one release to the next. "Chapter I. The Mill" is `chapter-i-the-mill`, a
section in it `chapter-i-the-mill_the-lamp`, a note `note_chapter-i-the-mill_it-was-built-in-1802`. Words are joined by
hyphens, levels by underscores; so no name of one kind can be one of another. All begin with a letter and have no point
or colon, because some readers look a place up as a CSS selector (Readium's `querySelector(url.hash)`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from publisher.characters import slug, unique
from publisher.document import (
    Block,
    Book,
    Chapter,
    Code,
    Inlines,
    LineBreak,
    Note,
    Paragraph,
    Part,
    Section,
    Text,
    heading_text,
    leaves,
    note_runs,
    plain,
    runs,
)

# Characters of a heading and of the words that a note or paragraph begins with.
HEADING, BEGINNING = 48, 32
# Characters that are looked at for these words.
READ = BEGINNING + 12
# Pages that every edition has or may have, levels of other names, and what Windows allows for no file.
_TAKEN = frozenset(
    "cover title contents nav toc notes variants credits accessibility anchor note call page p con prn aux nul".split()
)
_LICENCE = "licence-"
# A heading that is a count and nothing else, and one that begins with a figure.
_COUNT = re.compile(r"[ivxlcdm]+|\d.*")


class Names(Struct, frozen=True):
    """The names of parts and chapters in reading order, and for each chapter those of its notes."""

    pages: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...]


def names(book: Book) -> Names:
    """The names of a book's pages and notes; each is unique in the book."""
    items = list(_items(book.contents, None))
    files = Counter(item.file for item, _ in items)
    plain_names = [_page(item, has_file=len(items) > 1 and files[item.file] == 1) for item, _ in items]
    repeated = {name for name, count in Counter(plain_names).items() if count > 1}
    taken = set(_TAKEN)
    pages: list[str] = []
    for (_, above), name in zip(items, plain_names, strict=True):
        # "Chapter I" of each part, by the part's name.
        whole = f"{pages[above]}-{name}" if above is not None and name in repeated else name
        pages.append(unique(whole, taken))
    chapters = [name for name, (item, _) in zip(pages, items, strict=True) if isinstance(item, Chapter)]
    notes = (tuple(_notes(c.notes, name)) for c, name in zip(book.chapters, chapters, strict=True))
    return Names(tuple(pages), tuple(notes))


def sections(found: Iterable[Section], above: str) -> list[str]:
    """The names of sections that stand beside one another; `above` is that of the page or section around them."""
    taken: set[str] = set()
    return [unique(f"{above}_{_cut(slug(plain(section.title)), HEADING) or 'section'}", taken) for section in found]


def beginning(block: Block) -> str:
    """The words that a block begins with, as a name; empty where it has none."""
    # Most blocks are paragraphs, and have their words in the first of their inlines.
    found = (block.inlines,) if isinstance(block, Paragraph) else runs(block)
    return _beginning(found)


def continued(page: str, number: int) -> str:
    """The name of a further file of a page that is too long for one; `number` counts from 2."""
    return f"{page}_{number}"


def page_of(file: str) -> str:
    """The page that a file holds, whole or in part: "the-mill_2" -> "the-mill"."""
    return file.partition("_")[0]


def _items(
    contents: Iterable[Part | Chapter], above: int | None, first: int = 0
) -> Iterator[tuple[Part | Chapter, int | None]]:
    """Parts and chapters in reading order, each with the place of the part that it stands in."""
    place = first
    for item in contents:
        yield item, above
        if isinstance(item, Part):
            below = list(_items(item.contents, place, place + 1))
            yield from below
            place += len(below)
        place += 1


def _page(item: Part | Chapter, *, has_file: bool) -> str:
    """The name of a part or chapter after its heading, or where it has none, after a file of its own."""
    kind = item.kind if isinstance(item, Chapter) else "part"
    file = slug(PurePosixPath(item.file).stem) if has_file else ""
    name = _cut(slug(heading_text(item.number, item.title)) or file, HEADING)
    name = name or ("text" if kind == "chapter" else kind)
    is_plain = name not in _TAKEN and not name.startswith(_LICENCE) and not _COUNT.fullmatch(name)
    return name if is_plain else f"{kind}-{name}"


def _notes(found: Iterable[Note], chapter: str) -> Iterator[str]:
    taken: set[str] = set()
    for note in found:
        yield unique(f"note_{chapter}_{_beginning(note_runs(note)) or 'note'}", taken)


def _beginning(found: Iterable[Inlines]) -> str:
    for run in found:
        if name := _cut(slug(_first(run)), BEGINNING):
            return name
    return ""


def _first(run: Inlines) -> str:
    """The first characters of a run, more than a name can have; paragraphs may be long, and are many."""
    if run and isinstance(run[0], Text) and len(run[0].text) >= READ:
        return run[0].text[:READ].lstrip()
    text = ""
    for leaf in leaves(run):
        if isinstance(leaf, Text | Code | LineBreak):
            text += " " if isinstance(leaf, LineBreak) else leaf.text[:READ]
            if len(text) >= READ:
                break
    return text.lstrip()[:READ]


def _cut(name: str, length: int) -> str:
    """The name up to the last whole word within `length`."""
    if len(name) <= length:
        return name
    return name[: length + 1].rpartition("-")[0] or name[:length]
