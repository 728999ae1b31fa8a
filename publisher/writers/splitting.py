# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that are too long for old readers -> pages in several files.

Older devices lay out a file as a whole: above some 300 KB they refuse it or take minutes. A page is divided between
blocks; sections around the place are closed in one file and go on in the next. Text that nothing divides, such as one
table, stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from publisher.names import continued
from publisher.pages import Page

# Bytes of a file's content; with what stands around it, a file stays below 250 KB.
LIMIT = 240_000
_TAG = re.compile(r"<(/?)(\w+)([^>]*?)(/?)>")
# What can be closed in one file and go on in the next. Of counted lists, only notes can: they show their own labels.
_DIVISIBLE = frozenset({"section", "div", "blockquote", "ul"})
_NOTES = re.compile(r'<section [^>]*class="notes"')
# What is true of the first file alone.
_ONCE = re.compile(r' (?:id|epub:type|role)="[^"]*"')
_HEADING = re.compile(r"h[1-6]")
_ID = re.compile(r' id="([^"]*)"')


class File(Struct, frozen=True):
    """A page, or a stretch of one: its name, what it holds, and the page."""

    name: str
    body: str
    page: Page


class _Place(Struct, frozen=True):
    """Where a page may be divided, and the tags that are open there."""

    at: int
    opened: tuple[str, ...]


def split(sheets: Iterable[Page], limit: int = LIMIT) -> tuple[File, ...]:
    """The files of all pages, with the links between them set right."""
    files = tuple(file for sheet in sheets for file in _files(sheet, limit))
    moved = {
        f"{file.page.name}.xhtml#{id_}": f"{file.name}.xhtml#{id_}"
        for file in files
        if file.name != file.page.name
        for id_ in _ID.findall(file.body)
    }
    if not moved:
        return files
    return tuple(File(file.name, _relinked(file.body, moved), file.page) for file in files)


def _relinked(body: str, moved: dict[str, str]) -> str:
    return re.sub(r'href="([^"]+)"', lambda link: f'href="{moved.get(link[1], link[1])}"', body)


def _files(sheet: Page, limit: int) -> Iterator[File]:
    size = len(sheet.body.encode())
    if size <= limit:
        yield File(sheet.name, sheet.body, sheet)
        return
    room = limit * len(sheet.body) // size
    start, number = 0, 1
    opened: tuple[str, ...] = ()
    last = _Place(0, ())
    for place in (*_places(sheet.body), _Place(len(sheet.body), ())):
        if place.at - start > room and last.at > start:
            yield _file(sheet, number, sheet.body[start : last.at], opened, last.opened)
            start, opened, number = last.at, last.opened, number + 1
        last = place
    yield _file(sheet, number, sheet.body[start:], opened, ())


def _file(sheet: Page, number: int, content: str, opened: tuple[str, ...], closed: tuple[str, ...]) -> File:
    """A stretch of a page in the sections that it stands in: `opened` before it, `closed` behind it."""
    before = "".join(_ONCE.sub("", tag) + "\n" for tag in opened)
    after = "".join(f"</{tag[1:].split()[0].rstrip('>')}>\n" for tag in reversed(closed))
    name = sheet.name if number == 1 else continued(sheet.name, number)
    return File(name, f"{before}{content}{after}", sheet)


def _places(body: str) -> Iterator[_Place]:
    """All places between blocks that do not stand right behind a heading."""
    divisible = _DIVISIBLE | {"ol"} if _NOTES.match(body) else _DIVISIBLE
    names: list[str] = []
    opened: list[str] = []
    before = ""
    for tag in _TAG.finditer(body):
        closes, name, _, is_empty = tag.groups()
        if closes:
            names.pop()
            del opened[len(names) :]
            before = name
            continue
        # In words of another language a div goes on as it is; a heading keeps what follows it.
        if names and len(opened) == len(names) and before and not _HEADING.fullmatch(before):
            yield _Place(tag.start(), tuple(opened))
        if not is_empty:
            if len(opened) == len(names) and name in divisible:
                opened.append(tag[0])
            names.append(name)
            before = ""
