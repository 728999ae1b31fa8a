# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of an e-book -> its navigation (https://www.w3.org/TR/epub-33/#sec-nav): contents, landmarks, page list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.characters import printable
from publisher.html import is_capitals
from publisher.pages import Heading, Page
from publisher.wording import Wording
from publisher.writers.package import Entry

# A reading system opens a book after these.
BEFORE_TEXT = frozenset({"preface", "foreword"})

Href = Callable[[str, str], str]
"""(page, id) -> where it stands among the files."""


class Landmark(Struct, frozen=True):
    """A place that readers offer to jump to; `type` is a word of the structure vocabulary."""

    type: str
    href: str
    title: str


def contents(sheets: Iterable[Page], href: Href) -> tuple[Entry, ...]:
    """The table of contents: pages with a heading, each below the part that it stands in."""
    entries: tuple[Entry, ...] = ()
    for sheet in sheets:
        if sheet.heading is not None:
            entries = _added(entries, _entry(sheet.name, sheet.heading, href), sheet.depth)
    return entries


def _added(entries: Sequence[Entry], entry: Entry, depth: int) -> tuple[Entry, ...]:
    """The entries with one more, `depth` steps below the last of them."""
    if not depth or not entries:
        return (*entries, entry)
    *before, last = entries
    return (*before, replace(last, below=_added(last.below, entry, depth - 1)))


def _entry(page: str, heading: Heading, href: Href) -> Entry:
    title, below = printable(heading.title), tuple(_entry(page, below, href) for below in heading.below)
    return Entry(title, href(page, heading.id), is_capitals(title), below)


def landmarks(sheets: Sequence[Page], words: Wording, *, listed: bool) -> Iterator[Landmark]:
    """Cover, title page, contents if they are a page, the beginning of the text, notes and credits."""
    yield Landmark("cover", "cover.xhtml", words.cover)
    yield Landmark("titlepage", "title.xhtml", words.title_page)
    if listed:
        yield Landmark("toc", "nav.xhtml", words.contents)
    text = [sheet for sheet in sheets if sheet.kind in ("part", "chapter")]
    start = next((sheet for sheet in text if sheet.type not in BEFORE_TEXT), text[0])
    yield Landmark("bodymatter", f"{start.name}.xhtml", words.text)
    for sheet in sheets:
        if sheet.kind in ("notes", "credits") and sheet.type:
            yield Landmark(sheet.type, f"{sheet.name}.xhtml", sheet.title)
